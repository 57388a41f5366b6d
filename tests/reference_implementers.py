"""Implementers worked out over records, one document and edge after the other: what the search in columns is held to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum

from graph.checks import only_checks
from graph.errors import UnknownDocumentError
from graph.model import BasisKind, Document, Edge, Relation, StatedIn
from graph.store.base import Filter, View
from graph.store.filters import passes
from graph.superiors import is_superior
from queries.implementers import DEPTH, Hop, Implementer
from queries.tiers import Tier, hop_tier

_TITLES = frozenset({StatedIn.OWN_TITLE, StatedIn.CITED_TITLE})


class _State(Enum):
    """What a chain is so far, seen from the directive: its tier, and with it what a further hop may make of it."""

    MADE = 1, Tier.MADE_FOR
    GUESSED = 2, Tier.INFERRED
    BASED = 3, Tier.BASED_ON
    GUESSED_BASED = 4, Tier.INFERRED
    DIRECT_BASIS = 5, Tier.BASED_ON
    DIRECT_TASK = 6, Tier.TASK
    LOOSE = 7, Tier.RELATED

    def __init__(self, order: int, tier: Tier) -> None:
        self.order = order
        self.tier = tier


_DIRECT = {
    Tier.MADE_FOR: _State.MADE,
    Tier.BASED_ON: _State.DIRECT_BASIS,
    Tier.TASK: _State.DIRECT_TASK,
    Tier.INFERRED: _State.GUESSED,
    Tier.RELATED: _State.LOOSE,
}
_LONGER = {
    (_State.MADE, Tier.MADE_FOR): _State.MADE,
    (_State.MADE, Tier.INFERRED): _State.GUESSED,
    (_State.MADE, Tier.BASED_ON): _State.BASED,
    (_State.GUESSED, Tier.MADE_FOR): _State.GUESSED,
    (_State.GUESSED, Tier.INFERRED): _State.GUESSED,
    (_State.GUESSED, Tier.BASED_ON): _State.GUESSED_BASED,
    (_State.BASED, Tier.MADE_FOR): _State.BASED,
    (_State.BASED, Tier.INFERRED): _State.GUESSED_BASED,
    (_State.GUESSED_BASED, Tier.MADE_FOR): _State.GUESSED_BASED,
    (_State.GUESSED_BASED, Tier.INFERRED): _State.GUESSED_BASED,
}
# A chain in a state need not be followed where one no longer is in a covering state: whatever hop comes next, the
# covering one becomes no worse. No hop leaves what its own state covers, so this also keeps chains free of cycles.
_COVERED_BY = {
    _State.MADE: {_State.MADE},
    _State.GUESSED: {_State.MADE, _State.GUESSED},
    _State.BASED: {_State.MADE, _State.BASED},
    _State.GUESSED_BASED: {_State.MADE, _State.GUESSED, _State.BASED, _State.GUESSED_BASED},
    _State.DIRECT_BASIS: {_State.MADE, _State.DIRECT_BASIS},
    _State.DIRECT_TASK: {_State.MADE, _State.DIRECT_BASIS, _State.DIRECT_TASK},
    _State.LOOSE: set(_State),
}
_EXTENSIBLE = frozenset(state for state, _ in _LONGER)
_Node = tuple[str, _State]
_Way = tuple[Edge, Tier, _State | None]


def implementers(
    view: View,
    id: str,
    *,
    relations: Collection[Relation] | None = None,
    wanted: Filter | None = None,
    related: bool = True,
    competence: bool = False,
    depth: int = DEPTH,
) -> tuple[Implementer, ...]:
    """The documents that implement document `id` or are related to it, sorted by (tier, date with nulls last, id).

    Each comes once, in its best tier by its shortest chain of at most `depth` hops. `relations` limits the relations
    that hops may have, `wanted` the documents in the answer (not those on the way). `related` False leaves the last
    tier out; `competence` True admits legal bases of mere competence. Raises UnknownDocumentError.
    """
    goal = view.document(id)
    if goal is None:
        raise UnknownDocumentError(f"the store holds no document {id!r}", remedy="ask by its sign or for its title")
    walk = _Walk(view, goal, relations=relations, related=related, competence=competence)
    for _ in range(depth):
        if not walk.step():
            break
    return tuple(sorted(walk.answers(wanted or Filter()), key=_order))


class _Walk:
    """A search against the arrows, level by level, over pairs of a document and the state of a chain from it."""

    def __init__(
        self, view: View, goal: Document, *, relations: Collection[Relation] | None, related: bool, competence: bool
    ) -> None:
        self._view, self._goal, self._related, self._competence = view, goal.id, related, competence
        self._relations = None if relations is None else frozenset(relations)
        self._documents: dict[str, Document] = {goal.id: goal}
        self._incoming: dict[str, list[tuple[Edge, Tier]]] = {}
        self._reached: dict[str, set[_State]] = {}
        self._next: dict[_Node, _Way] = {}
        self._frontier: list[tuple[str, _State | None]] = [(goal.id, None)]

    def step(self) -> bool:
        """Lengthen every chain of the frontier by one hop. False when there was none left to lengthen."""
        self._fetch({id for id, _ in self._frontier})
        found: dict[_Node, _Way] = {}
        for id, state in self._frontier:
            for edge, tier in self._incoming[id]:
                longer = self._longer(state, edge, tier)
                if longer is None or edge.source == self._goal:
                    continue
                node, way = (edge.source, longer), (edge, tier, state)
                if node not in found or _preference(way) < _preference(found[node]):
                    found[node] = way
        self._frontier = [node for node in sorted(found, key=_node_order) if self._reach(node, found[node])]
        return bool(self._frontier)

    def answers(self, wanted: Filter) -> Iterable[Implementer]:
        """Each wanted document that was reached, in its best tier, by the shortest of its chains in that tier."""
        for id, states in self._reached.items():
            if not passes(self._documents[id], wanted):
                continue
            best = min(state.tier.rank for state in states)
            chains = {state: self._chain(id, state) for state in states if state.tier.rank == best}
            state = min(chains, key=lambda state: (len(chains[state]), state.order))
            yield Implementer(self._documents[id], state.tier, chains[state])

    def _fetch(self, ids: set[str]) -> None:
        """The edges into `ids` with their tiers, read from the store once a document."""
        missing = sorted(ids - self._incoming.keys())
        for id in missing:
            self._incoming[id] = []
        asked = None if self._relations is None else self._relations | {Relation.MONITORS}
        edges = self._view.incoming(missing, asked, strongest=True)
        self._documents.update(self._view.documents({edge.source for edge in edges} - self._documents.keys()))
        inspections = {
            (edge.source, edge.target)
            for edge in edges
            if edge.relation is Relation.MONITORS and edge.stated_in in _TITLES
        }
        for edge in edges:
            if self._counts(edge):
                source, target = self._documents[edge.source], self._documents[edge.target]
                checks = (source.id, target.id) in inspections or only_checks(source, target)
                tier = hop_tier(edge, checks=checks)
                self._incoming[edge.target].append((edge, tier))

    def _counts(self, edge: Edge) -> bool:
        if edge.source not in self._documents:  # a writer has renamed it since the edges were read
            return False
        if self._relations is not None and edge.relation not in self._relations:
            return False
        return self._competence or edge.basis is not BasisKind.COMPETENCE

    def _longer(self, state: _State | None, edge: Edge, tier: Tier) -> _State | None:
        """The state of a chain in `state` with `edge` before it, None where it is of no interest."""
        if state is None:
            longer = _DIRECT[tier]
        else:
            longer = _LONGER.get((state, tier), _State.LOOSE)
            superior = tier is not Tier.BASED_ON or longer is _State.LOOSE or self._is_basis_above(edge)
            longer = longer if superior else _State.LOOSE
        return None if longer is _State.LOOSE and not self._related else longer

    def _is_basis_above(self, edge: Edge) -> bool:
        return is_superior(self._documents[edge.target], self._documents[edge.source])

    def _reach(self, node: _Node, way: _Way) -> bool:
        """Note that the node is reached; True where chains through it are worth following."""
        id, state = node
        states = self._reached.setdefault(id, set())
        if states & _COVERED_BY[state]:
            return False
        states.add(state)
        self._next[node] = way
        return self._related or state in _EXTENSIBLE

    def _chain(self, id: str, state: _State) -> tuple[Hop, ...]:
        hops: list[Hop] = []
        at: _State | None = state
        while at is not None:
            edge, tier, at = self._next[(id, at)]
            hops.append(_hop(edge, tier))
            id = edge.target
        return tuple(hops)


def _hop(edge: Edge, tier: Tier) -> Hop:
    proof = edge.evidence[0] if edge.evidence else None
    ends = edge.source, edge.relation, edge.target
    return Hop(*ends, edge.stated_in, edge.quote, tier, edge.origin, edge.score, proof)


def _node_order(node: _Node) -> tuple[str, int]:
    return node[0], node[1].order


def _preference(way: _Way) -> tuple[int, int, str, str]:
    """Among chains of one length in one state: the stronger hop, then names, so that any store gives the same chain."""
    edge, tier, state = way
    return tier.rank, 0 if state is None else state.order, edge.target, edge.relation


def _order(one: Implementer) -> tuple[int, bool, str, str]:
    return one.tier.rank, one.document.date is None, one.document.date or "", one.document.id

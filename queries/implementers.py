"""Which documents implement a directive, in which tier, through which chain of stated relations.

The tiers are those of an officer's reading (`queries.tiers`), the rule for chains stands in `queries.walk`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from graph.model import Document, Edge, Evidence, Origin, Relation, StatedIn
from graph.store.base import Filter, View
from graph.store.traversal import Flags, Traversal
from queries.find import number_of
from queries.tiers import Tier, trait_tier
from queries.walk import Link, Reached, Rules, Walk

DEPTH = 6
REMEMBERED = 2_000
"""Documents from which on an answer is kept for those who ask for another slice or filter of it."""
_TIERS = tuple(Tier)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a chain, by document ids. `proof` is where the quote stands, None for an inferred relation."""

    source: str
    relation: Relation
    target: str
    stated_in: StatedIn
    quote: str
    tier: Tier
    origin: Origin
    score: float
    proof: Evidence | None


@dataclass(frozen=True, slots=True)
class Implementer:
    """A document that answers to a directive; `chain` leads from it to the directive."""

    document: Document
    tier: Tier
    chain: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All documents that answer to a directive, sorted by (tier, date with nulls last, id), and `slice` reads some.

    Each is in it once, in its best tier by its shortest chain.
    """

    _view: View
    _traversal: Traversal
    _walk: Walk
    _found: Reached

    @property
    def total(self) -> int:
        """How many documents there are."""
        return self._found.numbers.size

    @property
    def tiers(self) -> dict[Tier, int]:
        """How many documents each tier has."""
        counts = np.bincount(self._found.tiers, minlength=len(_TIERS) + 1).tolist()
        return dict(zip(_TIERS, counts[1:], strict=True))

    def count(self, wanted: Filter) -> int:
        """How many of the documents that implement, and are not only related, pass a filter."""
        implementing = self._found.numbers[self._found.tiers < Tier.RELATED.rank]
        return int(np.count_nonzero(self._traversal.passing(implementing, wanted)))

    def slice(self, limit: int | None = None, offset: int = 0, *, tier: Tier | None = None) -> tuple[Implementer, ...]:
        """At most `limit` documents from `offset` on, of all or of one tier.

        Those that a writer has renamed since the answer was found are left out.
        """
        first, end = 0, self.total
        if tier is not None:
            first, end = np.searchsorted(self._found.tiers, (tier.rank, tier.rank + 1)).tolist()
        first += offset
        chosen = slice(first, end if limit is None else min(first + limit, end))
        found = Reached(self._found.numbers[chosen], self._found.tiers[chosen], self._found.states[chosen])
        return tuple(self._read(found))

    def _read(self, found: Reached) -> Iterable[Implementer]:
        states = zip(found.numbers.tolist(), found.states.tolist(), strict=True)
        chains = [tuple(self._walk.chain(number, state)) for number, state in states]
        numbers = {number for chain in chains for link in chain for number in (link.source, link.target)}
        ids = dict(zip(numbers, self._traversal.ids(np.array(list(numbers), np.int64)), strict=True))
        ends = {_ends(link, ids) for chain in chains for link in chain}
        edges = {(one.source, one.relation, one.target): one for one in self._view.edges(ends, strongest=True)}
        documents = self._view.documents({ids[chain[0].source] for chain in chains})
        for chain, tier in zip(chains, found.tiers.tolist(), strict=True):
            document = documents.get(ids[chain[0].source])
            if document is not None and all(_ends(link, ids) in edges for link in chain):
                hops = tuple(_hop(edges[_ends(link, ids)], trait_tier(link.trait)) for link in chain)
                yield Implementer(document, _TIERS[tier - 1], hops)


def answer(
    view: View,
    id: str,
    *,
    relations: Collection[Relation] | None = None,
    wanted: Filter | None = None,
    related: bool = True,
    competence: bool = False,
    depth: int = DEPTH,
) -> Answer:
    """The documents that implement document `id` or are related to it, through chains of at most `depth` hops.

    `relations` limits the relations that hops may have, `wanted` the documents in the answer (not those on the way).
    `related` False leaves the last tier out; `competence` True admits legal bases of mere competence. Raises
    UnknownDocumentError.
    """
    traversal = view.traversal()
    goal = number_of(traversal, id)
    rules = Rules(None if relations is None else frozenset(relations), competence=competence, related=related)
    walk = _walked(traversal, goal, rules, depth)
    found = walk.reached
    if wanted is not None and wanted != Filter():
        passing: Flags = traversal.passing(found.numbers, wanted)
        found = Reached(found.numbers[passing], found.tiers[passing], found.states[passing])
    return Answer(view, traversal, walk, found)


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
    """The whole of an `answer`, read from the store."""
    found = answer(view, id, relations=relations, wanted=wanted, related=related, competence=competence, depth=depth)
    return found.slice()


def _walked(traversal: Traversal, goal: int, rules: Rules, depth: int) -> Walk:
    key = goal, rules, depth
    walk: Walk | None = traversal.memory.get(key)
    if walk is None:
        walk = Walk(traversal, goal, rules, depth=depth)
        if walk.reached.numbers.size >= REMEMBERED:
            traversal.memory[key] = walk
    return walk


def _ends(link: Link, ids: dict[int, str]) -> tuple[str, Relation, str]:
    return ids[link.source], link.trait.relation, ids[link.target]


def _hop(edge: Edge, tier: Tier) -> Hop:
    return Hop(
        source=edge.source,
        relation=edge.relation,
        target=edge.target,
        stated_in=edge.stated_in,
        quote=edge.quote,
        tier=tier,
        origin=edge.origin,
        score=edge.score,
        proof=edge.evidence[0] if edge.evidence else None,
    )

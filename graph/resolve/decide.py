"""What people decided: how decisions name claims, and what they make of documents and edges.

Decisions work on documents as texts alone make them, in the order of (time, id). First those about what is one document
(merge, split, apart), then corrections, which hold for the document that the first of their claims is of by then; edges
come last. All are pure functions, so that the order in which claims and decisions arrive does not matter.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Generic, TypeVar

from graph.model import Claim, Matching, Place, Relation, StatedIn
from graph.resolve.block import Cluster
from graph.resolve.records import Tally
from graph.ruling import Correctable, DecisionKind, Ruling


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, by whom, when and why: a claim of its own, which wins over those of texts.

    It speaks of claims by their names (`claim_name`): `claims` on one side, `others` on the other;
    of an edge, those of its source and of its target. `time` is ISO 8601 in UTC to the microsecond. `source` says where
    it is known from and `quote` what is said there. `undoes` is the id of the decision that an UNDO undoes.
    """

    kind: DecisionKind
    author: str
    time: str
    reason: str
    claims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    field: Correctable | None = None
    value: str = ""
    relation: Relation | None = None
    stated_in: StatedIn = StatedIn.BODY
    quote: str = ""
    source: str = ""
    undoes: str = ""

    @property
    def id(self) -> str:
        """A hash of all that it says, in hex: equal decisions are one."""
        said = json.dumps([getattr(self, name) for name in self.__slots__], ensure_ascii=False)
        return blake2b(said.encode(), digest_size=12).hexdigest()


_Home = TypeVar("_Home", bound=Hashable)
_Key = TypeVar("_Key", bound=Hashable)
_GROUPING = frozenset({DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.APART})
_ON_EDGES = frozenset({DecisionKind.REJECT, DecisionKind.ADD})


def claim_name(digest: str, claim: Claim) -> str:
    """The name of a claim: the digest of its source and a hash of its span and text.

    It stays when the source is read again, by another version too, as long as the citation is found at its place.
    """
    said = f"{claim.start}-{claim.end}:{claim.text}"
    return f"{digest}.{blake2b(said.encode(), digest_size=8).hexdigest()}"


def source_of(name: str) -> str:
    """The digest of the source of a claim, from its name."""
    return name.partition(".")[0]


def in_effect(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions that hold, each once, by time and id: those that no decision that holds undoes."""
    known = {each.id: each for each in decisions}
    undoing: dict[str, list[str]] = defaultdict(list)
    for id, each in known.items():
        if each.kind is DecisionKind.UNDO:
            undoing[each.undoes].append(id)
    holds: dict[str, bool] = {}
    pending = list(known)
    while pending:  # no cycle: an id is a hash of what it undoes
        id = pending[-1]
        unclear = [other for other in undoing[id] if other not in holds]
        if unclear:
            pending += unclear
            continue
        pending.pop()
        holds[id] = not any(holds[other] for other in undoing[id])
    return sorted((each for id, each in known.items() if holds[id]), key=decision_order)


def decision_order(decision: Decision) -> tuple[str, str]:
    """What decisions are sorted by and applied in: time, then id."""
    return decision.time, decision.id


def ruling_of(decision: Decision) -> Ruling:
    """A decision as what it decided tells it."""
    one = decision
    return Ruling(one.id, one.kind, one.author, one.time, one.reason, one.field or "", one.value, one.source)


@dataclass(slots=True, eq=False)
class _Part(Generic[_Home]):
    """A document in the making, with the home and the place of the cluster that it began as."""

    home: _Home
    place: Place | None
    matching: Matching
    members: list[Tally]
    rulings: dict[str, Ruling] = field(default_factory=dict)

    def ruled(self, decision: Decision) -> None:
        self.rulings[decision.id] = ruling_of(decision)

    def cluster(self, block: str) -> Cluster:
        rulings = tuple(sorted(self.rulings.values(), key=lambda one: (one.time, one.id)))
        return Cluster(tuple(self.members), self.place, self.matching, rulings, block)


def constrained(
    found: Mapping[_Home, Sequence[Cluster]], decisions: Iterable[Decision]
) -> dict[_Home, list[Cluster]]:
    """The clusters of each home, a block or a part of one, as decisions make them: those in effect, in order.

    `found` holds all homes that a decision ties to another of them. A document made of clusters of several homes
    belongs to that of the first claim named.
    """
    made = _Making(found)
    ordered = list(decisions)
    for decision in ordered:
        if decision.kind in _GROUPING:
            made.group(decision)
    for decision in ordered:
        if decision.kind is DecisionKind.CORRECT:
            for part in made.holding(decision.claims)[:1]:
                part.ruled(decision)
    return made.clusters()


class _Making(Generic[_Home]):
    """Clusters while decisions are applied to them, and where each was at first and each pinned claim is."""

    def __init__(self, found: Mapping[_Home, Sequence[Cluster]]) -> None:
        self._blocks = {home: some[0].members[0].signature.block if some else "" for home, some in found.items()}
        self._parts = [
            _Part(home, one.place, one.matching, list(one.members)) for home, some in found.items() for one in some
        ]
        self._native = {each.signature: (part.home, part.place) for part in self._parts for each in part.members}
        self._now = {name: part for part in self._parts for each in part.members for name, _ in each.pins}

    def group(self, decision: Decision) -> None:
        """Apply a decision on what is one document."""
        ones, others = self.holding(decision.claims), self.holding(decision.others)
        if decision.kind is DecisionKind.MERGE and ones and others:
            self._merge([*ones, *others]).ruled(decision)
        elif decision.kind is DecisionKind.SPLIT and ones:
            for part in [*ones, self._take(decision.claims)]:
                part.ruled(decision)
        elif decision.kind is DecisionKind.APART and ones and others:
            for part in (part for part in others if part in ones):
                self._take([pin for pin in decision.others if self._now.get(pin) is part])
            for part in [*ones, *self.holding(decision.others)]:
                part.ruled(decision)

    def holding(self, pins: Iterable[str]) -> list[_Part[_Home]]:
        """The documents of these claims as far as they are there, each once, in the order of the claims."""
        return list(dict.fromkeys(self._now[pin] for pin in pins if pin in self._now))

    def clusters(self) -> dict[_Home, list[Cluster]]:
        """What the decisions made, by home."""
        result: dict[_Home, list[Cluster]] = {home: [] for home in self._blocks}
        for part in self._parts:
            if part.members:
                self._settle(part)
                result[part.home].append(part.cluster(self._blocks[part.home] if part.rulings else ""))
        return result

    def _settle(self, part: _Part[_Home]) -> None:
        """Give a document that lost all that it began with the home and place of the first of what it has."""
        block = self._blocks[part.home]
        if part.rulings and not any(
            each.signature.block == block and self._began(each)[1] == part.place for each in part.members
        ):
            part.home, part.place = self._began(min(part.members, key=lambda one: one.signature.order))

    def _began(self, tally: Tally) -> tuple[_Home, Place | None]:
        """Home and place of the cluster that a signature was of at first."""
        return self._native[replace(tally.signature, pin="")]

    def _merge(self, parts: Iterable[_Part[_Home]]) -> _Part[_Home]:
        first, *rest = dict.fromkeys(parts)
        for part in rest:
            first.members += part.members
            first.rulings |= part.rulings
            self._move(part.members, first)
            part.members = []
        first.matching = Matching.RESOLVED
        return first

    def _take(self, pins: Sequence[str]) -> _Part[_Home]:
        """A new document of these claims, which leave theirs."""
        taken = [pin for pin in pins if pin in self._now]
        members = {name: each for part in self.holding(taken) for each in part.members for name, _ in each.pins}
        new = _Part(*self._began(members[taken[0]]), Matching.RESOLVED, [])
        for part in self.holding(taken):
            new.members += [alone for each in part.members for alone in each.alone(taken)]
            rest = (each.without(taken) for each in part.members)
            part.members = [each for each in rest if each.count]
        self._move(new.members, new)
        self._parts.append(new)
        return new

    def _move(self, members: Iterable[Tally], part: _Part[_Home]) -> None:
        self._now |= {name: part for each in members for name, _ in each.pins}


def verdicts(
    decisions: Iterable[Decision], spoken: Mapping[str, _Key]
) -> dict[tuple[_Key, Relation, _Key], Decision]:
    """The last decision on each edge that any is on, by source, relation and target.

    `decisions` are those in effect, in order; `spoken` tells the document of each claim that they name and is there.
    """
    found: dict[tuple[_Key, Relation, _Key], Decision] = {}
    for decision in decisions:
        if decision.kind in _ON_EDGES and decision.relation is not None:
            source, target = _document(decision.claims, spoken), _document(decision.others, spoken)
            if source is not None and target is not None and source != target:
                found[source, decision.relation, target] = decision
    return found


def _document(names: Iterable[str], spoken: Mapping[str, _Key]) -> _Key | None:
    return next((spoken[name] for name in names if name in spoken), None)

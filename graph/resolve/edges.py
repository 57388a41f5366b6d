"""Third stage: from relation claims to typed edges with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import BasisKind, Claim, Edge, Evidence, Origin, Reading, Relation, RelationClaim, StatedIn, Zone
from graph.resolve.decide import Decision, ruling_of
from graph.ruling import DecisionKind

End = tuple[str, Relation, str]
"""An edge by the identifiers of its ends."""

_RANKS = {
    Relation.REPLACES: 0,
    Relation.REPEALS: 1,
    Relation.AMENDS: 2,
    Relation.GUIDES: 3,
    Relation.IMPLEMENTS: 4,
    Relation.BASED_ON: 5,
    Relation.MONITORS: 6,
    Relation.DISSEMINATES: 7,
    Relation.CITES: 8,
}
_TOGETHER = frozenset({Relation.IMPLEMENTS, Relation.BASED_ON})
_PLACES = {place: rank for rank, place in enumerate(StatedIn)}
_ZONES = {zone: rank for rank, zone in enumerate(Zone)}


@dataclass(frozen=True, slots=True)
class Statement:
    """One relation claim between documents: the identifiers of both ends, and the sentence."""

    source: str
    relation: Relation
    target: str
    evidence: Evidence
    score: float = 1.0


def strongest(relations: Collection[Relation]) -> frozenset[Relation]:
    """Which of the relations stated between one source and one target are kept.

    The strongest, in the order replaces, repeals, amends, guides, implements, based_on, monitors, disseminates, cites;
    but implements and based_on are both kept where both are stated and neither gives way to a stronger one.
    """
    if not relations:
        return frozenset()
    first = min(relations, key=_RANKS.__getitem__)
    return _TOGETHER & frozenset(relations) if first in _TOGETHER else frozenset({first})


def evidence_of(reading: Reading, stated: RelationClaim) -> Evidence:
    """The evidence that a relation claim gives, with the span of the object's mention."""
    mention: Claim = reading.claims[stated.object]
    return Evidence(
        digest=reading.source.digest,
        start=stated.start,
        end=stated.end,
        mention_start=mention.start,
        mention_end=mention.end,
        quote=stated.quote,
        zone=stated.zone,
        stated_in=stated.stated_in,
        cue=stated.cue,
        basis=stated.basis,
    )


def statements(reading: Reading, assigned: Sequence[str]) -> Iterator[Statement]:
    """The relation claims of one source between the documents that its claims were assigned to, self-loops dropped."""
    for stated in reading.relations:
        source, target = assigned[stated.subject], assigned[stated.object]
        if source != target:
            yield Statement(source, stated.relation, target, evidence_of(reading, stated), stated.score)


def weave(stated: Iterable[Statement], decided: Mapping[End, Decision] | None = None) -> list[Edge]:
    """The edges that follow from statements and decisions, in the order (source, relation, target).

    Of a pair the strongest relations only, and those that are decided. `decided` holds the decision on each edge that
    any is on, which wins over all statements of it.
    """
    verdicts = decided or {}
    pairs: dict[tuple[str, str], dict[Relation, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for each in stated:
        if (each.source, each.relation, each.target) not in verdicts:
            pairs[each.source, each.target][each.relation].append(each)
    added = {end: one for end, one in verdicts.items() if one.kind is DecisionKind.ADD}
    for source, relation, target in added:
        pairs[source, target][relation] = []
    edges = [decided_edge(end, one) for end, one in added.items()]
    edges += [
        edge_of(by_relation[kept])
        for by_relation in pairs.values()
        for kept in strongest(by_relation.keys())
        if by_relation[kept]
    ]
    return sorted(edges, key=edge_order)


def decided_edge(end: End, decision: Decision) -> Edge:
    """The edge that a decision adds."""
    source, relation, target = end
    ruling = ruling_of(decision)
    where, origin = decision.stated_in, Origin.DECIDED
    return Edge(source, relation, target, where, decision.quote, origin=origin, ruling=ruling)


def edge_order(edge: Edge) -> tuple[str, str, str]:
    """What edges are sorted by."""
    return edge.source, edge.relation.value, edge.target


def evidence_order(evidence: Evidence) -> tuple[int | str, ...]:
    """What evidence is sorted by: the strongest place first."""
    places = _PLACES[evidence.stated_in], _ZONES[evidence.zone]
    spans = evidence.start, evidence.end, evidence.mention_start, evidence.mention_end
    return (*places, evidence.digest, *spans, evidence.quote, evidence.cue, evidence.basis or "")


def edge_of(stated: Sequence[Statement]) -> Edge:
    """The edge that statements of one relation between two documents make."""
    evidence = sorted({each.evidence for each in stated}, key=evidence_order)
    best = evidence[0]
    return Edge(
        source=stated[0].source,
        relation=stated[0].relation,
        target=stated[0].target,
        stated_in=best.stated_in,
        quote=best.quote,
        score=max(each.score for each in stated),
        basis=BasisKind.SUBSTANCE if any(each.basis is BasisKind.SUBSTANCE for each in evidence) else best.basis,
        evidence=tuple(evidence),
    )


def joined(edge: Edge, other: Edge) -> Edge:
    """Two edges of one pair and relation, made of different statements, as one with the first of their evidence."""
    first = min(edge.evidence[0], other.evidence[0], key=evidence_order)
    return replace(
        edge,
        stated_in=first.stated_in,
        quote=first.quote,
        score=max(edge.score, other.score),
        basis=BasisKind.SUBSTANCE if BasisKind.SUBSTANCE in (edge.basis, other.basis) else first.basis,
        evidence=(first,),
    )

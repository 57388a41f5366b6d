"""What people who decide need to see: the claims of a document by their names, and what became of decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from graph.model import Claim, Document
from graph.resolve.decide import Decision, claim_name, in_effect, source_of
from graph.ruling import DecisionKind
from graph.store.base import Curated, View

MOST_CLAIMS = 50
"""How many claims of a document a decision about it names: a few hold it as well as thousands."""
_EDGES = frozenset({DecisionKind.REJECT, DecisionKind.ADD})
_TWO_SIDED = _EDGES | {DecisionKind.MERGE, DecisionKind.APART}


class Standing(StrEnum):
    """What became of a decision. ORPHANED: the store holds no claim of one of its sides."""

    IN_EFFECT = "in_effect"
    UNDONE = "undone"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class NamedClaim:
    """A claim with its name, and the file that it is in."""

    name: str
    claim: Claim
    file: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, what became of it, and the documents that its claims are of now, those of its first side first."""

    decision: Decision
    standing: Standing
    documents: tuple[str, ...]


def claims_of(view: View, document: Document, *, limit: int = MOST_CLAIMS) -> tuple[NamedClaim, ...]:
    """Claims that speak of a document, at most `limit`: those of its own texts first, then those of texts that cite it.

    The texts are taken in the order of the edges; of each text the claims in order of appearance.
    """
    citing = (*view.incoming([document.id], strongest=True), *view.outgoing([document.id], strongest=True))
    cited_in = [evidence.digest for edge in citing for evidence in edge.evidence]
    found: list[NamedClaim] = []
    for digest in dict.fromkeys((*document.sources, *cited_in)):
        if len(found) >= limit:
            break
        reading = view.reading(digest)
        for claim, id in zip(reading.claims, view.assigned(digest), strict=True) if reading else ():
            if reading and id == document.id:
                found.append(NamedClaim(claim_name(digest, claim), claim, reading.source.name))
    return tuple(found[:limit])


def decided(store: Curated, *, of: str | None = None) -> tuple[Decided, ...]:
    """All decisions by time and id, or those that name a claim of document `of`, with what became of them."""
    decisions = store.decisions()
    holding = {each.id for each in in_effect(decisions)}
    spoken = _spoken(store, (name for each in decisions for name in (*each.claims, *each.others)))
    told = (_decided(each, holding, spoken) for each in decisions)
    return tuple(one for one in told if of is None or of in one.documents)


def _decided(one: Decision, holding: set[str], spoken: dict[str, str]) -> Decided:
    sides = [[spoken[name] for name in side if name in spoken] for side in (one.claims, one.others)]
    needed = sides if one.kind in _TWO_SIDED else sides[:1]
    standing = Standing.IN_EFFECT if one.id in holding else Standing.UNDONE
    if standing is Standing.IN_EFFECT and one.kind is not DecisionKind.UNDO and not all(needed):
        standing = Standing.ORPHANED
    return Decided(one, standing, tuple(dict.fromkeys(id for side in sides for id in side)))


def _spoken(view: View, names: Iterable[str]) -> dict[str, str]:
    """The document of each named claim that the store holds."""
    found: dict[str, str] = {}
    for digest in dict.fromkeys(map(source_of, names)):
        if reading := view.reading(digest):
            ids = view.assigned(digest)
            found |= {claim_name(digest, claim): id for claim, id in zip(reading.claims, ids, strict=True)}
    return found

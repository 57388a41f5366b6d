"""From claims to documents and edges: pure, deterministic, independent of the order, batch and number of readings.

`resolve` is the reference; stores call the same stages on what a change touches: `normalise` for each source,
`resolve_block` for each block of signatures, `weave` for each pair of documents, `infer` for each opening of a title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from graph.model import Document, Matching, Reading, Resolution
from graph.resolve.block import clusters
from graph.resolve.decide import Decision, claim_name, constrained, in_effect, verdicts
from graph.resolve.documents import Resolved, documents_of, resolve_block
from graph.resolve.edges import Statement, edge_order, statements, strongest, weave
from graph.resolve.infer import infer
from graph.resolve.normalise import normalise
from graph.resolve.records import Signature, Tally, tally
from graph.text import one_line

__all__ = [
    "Resolved",
    "Signature",
    "Statement",
    "Tally",
    "document_order",
    "infer",
    "normalise",
    "pinned",
    "resolve",
    "resolve_block",
    "statements",
    "strongest",
    "tallies_of",
    "tally",
    "unique",
    "weave",
]


def resolve(readings: Iterable[Reading], decisions: Iterable[Decision] = ()) -> Resolution:
    """The graph that follows from `readings` and from what people decided.

    Documents are sorted by (date, unknown last, id), edges by (source, type, target). Readings of one text under
    several names count once.
    """
    held, decided = unique(readings), in_effect(decisions)
    named = {name for each in decided for name in (*each.claims, *each.others)}
    said = {reading.source.digest: normalise(reading) for reading in held}
    tallies = (each for reading in held for each in tallies_of(reading, said[reading.source.digest], named))
    resolved = _documents(tallies, decided)
    spoken = {signature: one.document for one in resolved for signature in one.signatures}
    signatures = {reading.source.digest: pinned(reading, said[reading.source.digest], named) for reading in held}
    assigned = {digest: tuple(spoken[each].id for each in some) for digest, some in signatures.items()}
    ends = verdicts(decided, {said.pin: document.id for said, document in spoken.items() if said.pin})
    said_of = [each for one in held for each in statements(one, assigned[one.source.digest])]
    edges = weave(said_of, ends)
    documents = sorted((one.document for one in resolved), key=document_order)
    stated = {(one.source, one.target) for one in said_of} | {(edge.source, edge.target) for edge in edges}
    guessed = infer(documents, documents, lambda source, target: (source, target) in stated)
    inferred = [edge for edge in guessed if (edge.source, edge.relation, edge.target) not in ends]
    return Resolution(
        documents=tuple(documents),
        edges=tuple(sorted([*edges, *inferred], key=edge_order)),
        assigned=assigned,
        matching={digest: _matching(some, spoken) for digest, some in signatures.items()},
    )


def unique(readings: Iterable[Reading]) -> list[Reading]:
    """One reading for each digest, that of the smallest file name, sorted by digest."""
    found: dict[str, Reading] = {}
    for reading in readings:
        known = found.setdefault(reading.source.digest, reading)
        if reading.source.name < known.source.name:
            found[reading.source.digest] = reading
    return [found[digest] for digest in sorted(found)]


def tallies_of(reading: Reading, signatures: Iterable[Signature], named: Collection[str] = ()) -> Iterable[Tally]:
    """One tally for each claim of a reading, from its signatures as `normalise` gives them.

    `named` are the names of claims that decisions speak of. Where the values of a header stand stays with its reading.
    """
    for claim, signature in zip(reading.claims, signatures, strict=True):
        quote = one_line(claim.text)
        name = claim_name(reading.source.digest, claim) if named else ""
        pins = ((name, quote),) if name in named else ()
        header = replace(claim.header, evidence=()) if claim.own and claim.header else None
        yield Tally(signature, 1, quote, header, pins)


def pinned(reading: Reading, signatures: Sequence[Signature], named: Collection[str]) -> tuple[Signature, ...]:
    """The signatures of a reading's claims, each claim that decisions name told from its equals."""
    if not named:
        return tuple(signatures)
    names = (claim_name(reading.source.digest, claim) for claim in reading.claims)
    return tuple(
        replace(said, pin=name) if name in named else said for said, name in zip(signatures, names, strict=True)
    )


def document_order(document: Document) -> tuple[bool, str, str]:
    """What documents are sorted by: date, unknown dates last, then identifier."""
    return document.date is None, document.date or "", document.id


def _documents(tallies: Iterable[Tally], decided: Sequence[Decision]) -> list[Resolved]:
    blocks: dict[str, list[Tally]] = defaultdict(list)
    for each in tally(tallies):
        blocks[each.signature.block].append(each)
    found = {block: clusters(blocks[block]) for block in sorted(blocks)}
    made = constrained(found, decided) if decided else found
    return [one for some in made.values() for one in documents_of(some)]


def _matching(signatures: Iterable[Signature], spoken: dict[Signature, Document]) -> tuple[Matching, ...]:
    return tuple(spoken[each].matching for each in signatures)

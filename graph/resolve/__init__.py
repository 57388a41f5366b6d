"""From claims to documents and edges: pure, deterministic, independent of the order, batch and number of readings.

`resolve` is the reference; stores call the same stages on what a change touches: `normalise` for each source,
`resolve_block` for each block of signatures, `weave` for each pair of documents, `infer` for each opening of a title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.model import Document, Matching, Reading, Resolution
from graph.resolve.documents import Resolved, resolve_block
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
    "resolve",
    "resolve_block",
    "statements",
    "strongest",
    "tallies_of",
    "tally",
    "unique",
    "weave",
]


def resolve(readings: Iterable[Reading]) -> Resolution:
    """The graph that follows from `readings`: documents by (date, unknown last, id), edges by (source, type, target).

    Readings of one text under several names count once.
    """
    held = unique(readings)
    signatures = {reading.source.digest: normalise(reading) for reading in held}
    resolved = _documents(each for reading in held for each in tallies_of(reading, signatures[reading.source.digest]))
    spoken = {signature: one.document for one in resolved for signature in one.signatures}
    assigned = {digest: tuple(spoken[each].id for each in said) for digest, said in signatures.items()}
    edges = weave(each for reading in held for each in statements(reading, assigned[reading.source.digest]))
    documents = sorted((one.document for one in resolved), key=document_order)
    stated = {(edge.source, edge.target) for edge in edges}
    inferred = infer(documents, documents, lambda source, target: (source, target) in stated)
    return Resolution(
        documents=tuple(documents),
        edges=tuple(sorted([*edges, *inferred], key=edge_order)),
        assigned=assigned,
        matching={digest: _matching(said, spoken) for digest, said in signatures.items()},
    )


def unique(readings: Iterable[Reading]) -> list[Reading]:
    """One reading for each digest, that of the smallest file name, sorted by digest."""
    found: dict[str, Reading] = {}
    for reading in readings:
        known = found.setdefault(reading.source.digest, reading)
        if reading.source.name < known.source.name:
            found[reading.source.digest] = reading
    return [found[digest] for digest in sorted(found)]


def tallies_of(reading: Reading, signatures: Iterable[Signature]) -> Iterable[Tally]:
    """One tally for each claim of a reading, from its signatures as `normalise` gives them."""
    for claim, signature in zip(reading.claims, signatures, strict=True):
        yield Tally(signature, 1, one_line(claim.text), claim.header if claim.own else None)


def document_order(document: Document) -> tuple[bool, str, str]:
    """What documents are sorted by: date, unknown dates last, then identifier."""
    return document.date is None, document.date or "", document.id


def _documents(tallies: Iterable[Tally]) -> list[Resolved]:
    blocks: dict[str, list[Tally]] = defaultdict(list)
    for each in tally(tallies):
        blocks[each.signature.block].append(each)
    return [one for block in sorted(blocks) for one in resolve_block(blocks[block])]


def _matching(signatures: Iterable[Signature], spoken: dict[Signature, Document]) -> tuple[Matching, ...]:
    return tuple(spoken[each].matching for each in signatures)

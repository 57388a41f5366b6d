"""The ledger in Neo4j: sources, and claims in canonical form, each once with its count.

    (:Source)-[:SAYS {positions}]->(:Claim)-[:STATED {relation, quote, ...}]->(:Claim)
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from neo4j import ManagedTransaction

from graph.model import Reading
from graph.resolve import Signature, Statement, Tally, normalise, pinned, tallies_of, unique
from graph.resolve.edges import evidence_of
from graph.store.codec import dumps
from graph.store.neo4j.decide import names_in
from graph.store.neo4j.records import Properties, statement_properties

_NAMES = "UNWIND $digests AS digest MATCH (source:Source {digest: digest}) RETURN digest, source.name"
_RENAME = "UNWIND $rows AS row MATCH (source:Source {digest: row.digest}) SET source.name = row.name"
_ADD_SOURCES = "UNWIND $rows AS row CREATE (source:Source) SET source = row"
_KNOWN = """
UNWIND $hashes AS hash MATCH (claim:Claim {hash: hash})
RETURN collect([hash, claim.quote, [(claim)-[:SPEAKS_OF]->(document) | document.id][0]])
"""
"""Many small rows are sent as one: each that is sent alone costs as much as what is in it."""
_ADD_CLAIMS = "UNWIND $rows AS row CREATE (claim:Claim) SET claim = row"
_COUNT = """
UNWIND $rows AS row MATCH (claim:Claim {hash: row.hash})
SET claim.count = claim.count + row.count, claim.quote = row.quote
"""
_SAY = """
UNWIND $rows AS row MATCH (source:Source {digest: row.digest}), (claim:Claim {hash: row.hash})
CREATE (source)-[:SAYS {positions: row.positions}]->(claim)
"""
_STATE = """
UNWIND $rows AS row MATCH (subject:Claim {hash: row.subject}), (object:Claim {hash: row.object})
CREATE (subject)-[stated:STATED]->(object) SET stated = row.stated
"""


@dataclass(slots=True)
class Entered:
    """What new sources brought: their digests, the blocks of claims never met before, the document that each further
    claim of a known one speaks of by hash, how many there are of it, and statements between claims by hash."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    blocks: set[str] = field(default_factory=set)
    spoken: dict[str, str] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    stated: list[Statement] = field(default_factory=list)


@dataclass(slots=True)
class Batch:
    """Rows to write, of sources that are new: `sources` and `said` by digest, `stated` by the hashes of two claims, in
    the order of `statements`. `tallies` are the claims by hash."""

    sources: list[Properties] = field(default_factory=list)
    said: list[Properties] = field(default_factory=list)
    stated: list[Properties] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)

    def add(self, reading: Reading, named: Collection[str] = ()) -> list[str]:
        """Add the rows of a source, of whose claims decisions name `named`. The hash of each of them, in order."""
        source = reading.source
        blank = replace(reading, source=replace(source, text=""))
        packed = zlib.compress(dumps(blank).encode())
        self.sources.append({"digest": source.digest, "name": source.name, "text": source.text, "reading": packed})
        signatures = normalise(reading)
        hashes = {signature: hash_of(signature) for signature in signatures}
        for signature, tally in zip(signatures, tallies_of(reading, signatures, named), strict=True):
            known = self.tallies.get(hashes[signature])
            self.tallies[hashes[signature]] = known.merged(tally) if known else tally
        said = [hashes.get(each) or hash_of(each) for each in pinned(reading, signatures, named)]
        positions: dict[str, list[int]] = defaultdict(list)
        for position, hashed in enumerate(said):
            positions[hashed].append(position)
        self.said += [{"digest": source.digest, "hash": hashed, "positions": at} for hashed, at in positions.items()]
        for position, stated in enumerate(reading.relations):
            subject, target = said[stated.subject], said[stated.object]
            one = Statement(subject, stated.relation, target, evidence_of(reading, stated), stated.score)
            self.statements.append(one)
            self.stated.append({"subject": subject, "object": target, "stated": statement_properties(position, one)})
        return said

    def claims(self) -> Iterator[tuple[str, Tally, str | None]]:
        """Each claim by its hash as its node has it, those that decisions name beside their equals: with the hash of
        these, which are counted without them."""
        for hashed, tally in self.tallies.items():
            names = {name for name, _ in tally.pins}
            yield hashed, tally.without(names), None
            for alone in tally.alone(names):
                yield hash_of(alone.signature), alone, hashed


def enter(transaction: ManagedTransaction, given: Iterable[Reading]) -> Entered:
    """Add what is new of `given`. Documents are not touched."""
    readings = unique(given)
    digests = [reading.source.digest for reading in readings]
    names = dict(transaction.run(_NAMES, digests=digests).values())
    result, batch = Entered(), Batch()
    named = names_in(transaction, digests)
    renamed = []
    for reading in readings:
        digest, name = reading.source.digest, reading.source.name
        if digest not in names:
            result.added.append(digest)
            batch.add(reading, named)
            continue
        result.known.append(digest)
        if name < names[digest]:
            renamed.append({"digest": digest, "name": name})
    if renamed:
        transaction.run(_RENAME, rows=renamed)
    if batch.sources:
        result.stated = batch.statements
        _write(transaction, batch, result)
    return result


def hash_of(signature: Signature) -> str:
    """What names a signature: 32 hexadecimal digits, equal for equal ones."""
    return signature.digest.hex()


def _write(transaction: ManagedTransaction, batch: Batch, result: Entered) -> None:
    claims = list(batch.claims())
    (rows,) = transaction.run(_KNOWN, hashes=[hashed for hashed, *_ in claims]).value()
    known = {hashed: (quote, spoken) for hashed, quote, spoken in rows}
    fresh, grown = [], []
    for hashed, tally, base in claims:
        quote, spoken = known.get(hashed, ("", None))
        if spoken is None:  # new, or all of its claims so far were moved one by one
            result.blocks.add(tally.signature.block)
        else:
            result.spoken[hashed], result.counted[hashed] = spoken, tally.count
        if hashed in known:
            grown.append({"hash": hashed, "count": tally.count, "quote": min(quote, tally.quote)})
        else:
            fresh.append(claim_properties(hashed, tally, base))
    transaction.run(_ADD_SOURCES, rows=batch.sources)
    transaction.run(_ADD_CLAIMS, rows=fresh)
    if grown:
        transaction.run(_COUNT, rows=grown)
    transaction.run(_SAY, rows=batch.said)
    if batch.stated:
        transaction.run(_STATE, rows=batch.stated)


def claim_properties(hashed: str, tally: Tally, base: str | None) -> Properties:
    """The properties of a claim's node; `base` is the hash of its equals if a decision names it."""
    return {
        "hash": hashed,
        "block": tally.signature.block,
        "count": tally.count,
        "quote": tally.quote,
        "packed": tally.signature.packed,
        "header": dumps(tally.header) if tally.header else None,
        "pin": tally.signature.pin or None,
        "base": base,
    }

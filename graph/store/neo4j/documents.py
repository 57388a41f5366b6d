"""Documents in Neo4j after claims came: the blocks that they touch are resolved again, and what differs is written.

    (:Claim)-[:SPEAKS_OF]->(:Document)-[:ISSUED_BY]->(:Authority), (:Document)-[:OF]->(:Place)-[:PART_OF]->(:Place)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

from neo4j import ManagedTransaction

from graph.model import Document, Header
from graph.resolve import Signature, Tally
from graph.resolve.block import Cluster, clusters
from graph.resolve.decide import constrained
from graph.resolve.documents import Resolved, documents_of
from graph.store.codec import loads
from graph.store.neo4j.decide import tied
from graph.store.neo4j.ledger import Entered
from graph.store.neo4j.records import (
    Label,
    Properties,
    document_of,
    labels_of,
    node_properties,
    place_properties,
)

_SLACKS = """
UNWIND $ids AS id MATCH (document:Document {id: id})
RETURN collect([id, document.block, document.slack])
"""
_RECOUNT = """
UNWIND $rows AS row MATCH (document:Document {id: row.id})
SET document.mentions = document.mentions + row.count, document.slack = row.slack
"""
_CLAIMS = """
UNWIND $blocks AS block MATCH (claim:Claim {block: block})
RETURN block, collect([claim.hash, claim.packed, claim.count, claim.quote, claim.header,
                       [(claim)-[:SPEAKS_OF]->(document) | document.id][0], claim.pin, claim.base])
"""
_DOCUMENTS = """
UNWIND $blocks AS block MATCH (document:Document {block: block}) RETURN block, collect(properties(document))
"""
_WRITE = "UNWIND $rows AS row MERGE (document:Document {id: row.id}) SET document = row"
_LABEL = "UNWIND $ids AS id MATCH (document:Document {{id: id}}) {change} document:{label}"
_CUT = """
UNWIND $rows AS row MATCH (claim:Claim {hash: row.hash})-[old:SPEAKS_OF]->() DELETE old
"""
_SPEAK = """
UNWIND $rows AS row MATCH (claim:Claim {hash: row.hash}), (document:Document {id: row.id})
CREATE (claim)-[:SPEAKS_OF]->(document)
"""
_LOG = """
UNWIND $ids AS id MATCH (claim:Claim)-[:SPEAKS_OF]->(:Document {id: id})
MERGE (issued:Issued {id: id}) MERGE (issued)-[:STOOD_FOR]->(claim)
"""
_DROP = "UNWIND $ids AS id MATCH (document:Document {id: id}) DETACH DELETE document"
_LEAVE = """
UNWIND $ids AS id MATCH (document:Document {id: id})-[old:ISSUED_BY|OF]->(of) DELETE old WITH DISTINCT of
WHERE NOT EXISTS { (of)<-[:ISSUED_BY|OF|PART_OF]-() } DETACH DELETE of
"""
_ISSUE = """
UNWIND $rows AS row MATCH (document:Document {id: row.id})
MERGE (authority:Authority {name: row.issuer}) CREATE (document)-[:ISSUED_BY]->(authority)
"""
_PLACES = """
UNWIND $rows AS row MERGE (place:Place {id: row.id})
SET place.name = row.name, place.kind = coalesce(row.kind, place.kind), place.level = row.level
"""
_PARTS = "UNWIND $rows AS row MATCH (a:Place {id: row[0]}), (b:Place {id: row[1]}) MERGE (a)-[:PART_OF]->(b)"
_SETTLE = """
UNWIND $rows AS row MATCH (document:Document {id: row.id}), (place:Place {id: row.place})
CREATE (document)-[:OF]->(place)
"""


@dataclass(slots=True)
class Changes:
    """What resolving changed. `spoken` maps each claim that new sources brought, and each that was resolved again, to
    its document; `moved` those whose document is another now to the one before, None where there was none. `remade` are
    documents with their old and new state by identifier, None where there is none."""

    spoken: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str | None] = field(default_factory=dict)
    remade: dict[str, tuple[Document | None, Document | None]] = field(default_factory=dict)

    @property
    def new(self) -> set[str]:
        """Documents that were not there before."""
        return {id for id, (before, _) in self.remade.items() if before is None}

    @property
    def gone(self) -> set[str]:
        """Documents that are no more; their nodes are removed last."""
        return {id for id, (_, after) in self.remade.items() if after is None}


@dataclass(slots=True)
class _Loaded:
    """What is there of some blocks: by block the claims by hash, and the properties of its documents' nodes by
    identifier; the hash of each signature, and the document of each hash, None where it speaks of none."""

    tallies: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(dict))
    stored: dict[str, dict[str, Properties]] = field(default_factory=lambda: defaultdict(dict))
    hashes: dict[Signature, str] = field(default_factory=dict)
    spoke: dict[str, str | None] = field(default_factory=dict)


def resolve_touched(transaction: ManagedTransaction, entered: Entered) -> Changes:
    """Resolve what `entered` touched and write documents that differ; those that are no more stay for `drop`."""
    changes = Changes(spoken=dict(entered.spoken))
    blocks, decisions = tied(transaction, entered.blocks | _recount(transaction, entered))
    held = _load(transaction, blocks)
    found = {name: clusters(held.tallies[name].values()) for name in sorted(held.tallies)}
    made = constrained(found, decisions) if decisions else found
    rows: list[Properties] = []
    for name, some in made.items():
        rows += _resolve(name, documents_of(some), held, changes)
    for hashed in held.spoke.keys() - {held.hashes[said] for some in made.values() for said in _signatures(some)}:
        _silence(hashed, held, changes)
    _write(transaction, rows, changes)
    return changes


def drop(transaction: ManagedTransaction, changes: Changes) -> None:
    """Remove documents that are no more. Their identifiers are in the log."""
    if gone := sorted(changes.gone):
        transaction.run(_LEAVE, ids=gone)
        transaction.run(_DROP, ids=gone)


def _recount(transaction: ManagedTransaction, entered: Entered) -> set[str]:
    """Count further claims in the documents that they speak of; the blocks in which they may change a choice."""
    grown = Counter[str]()
    for hashed, count in entered.counted.items():
        grown[entered.spoken[hashed]] += count
    touched, counted = set(), []
    (rows,) = transaction.run(_SLACKS, ids=list(grown)).value()
    for id, block, slack in rows:
        if block in entered.blocks:
            continue
        left = None if slack is None else slack - grown[id]
        if left is not None and left <= 0:
            touched.add(block)
        else:
            counted.append({"id": id, "block": block, "count": grown[id], "slack": left})
    if rest := [row for row in counted if row["block"] not in touched]:
        transaction.run(_RECOUNT, rows=rest)
    return touched


def _load(transaction: ManagedTransaction, names: Collection[str]) -> _Loaded:
    held = _Loaded()
    for name, claims in transaction.run(_CLAIMS, blocks=sorted(names)):
        pins: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for hashed, packed, count, quote, header, spoke, pin, base in claims:
            signature = Signature.unpack(packed)
            held.hashes[signature], held.spoke[hashed] = hashed, spoke
            if pin is not None:
                pins[base].append((pin, quote))
            else:
                head = loads(Header, header) if header else None
                held.tallies[name][hashed] = Tally(signature, count, quote, head)
        for base, named in pins.items():
            one = held.tallies[name][base]
            held.tallies[name][base] = replace(one, count=one.count + len(named), pins=tuple(sorted(named)))
    for name, nodes in transaction.run(_DOCUMENTS, blocks=sorted(names)):
        held.stored[name] = {node["id"]: node for node in nodes}
    return held


def _signatures(some: Iterable[Cluster]) -> Iterator[Signature]:
    return (said for one in some for each in one.members for said in each.signatures)


def _silence(hashed: str, held: _Loaded, changes: Changes) -> None:
    """Note that a claim, all of whose equals were moved one by one, speaks of no document any more."""
    changes.spoken.pop(hashed, None)
    if held.spoke[hashed] is not None:
        changes.moved[hashed] = held.spoke[hashed]


def _resolve(name: str, resolved: Iterable[Resolved], held: _Loaded, changes: Changes) -> list[Properties]:
    """The properties of the documents of a block that are to be written; notes what changed."""
    rows, left = [], dict(held.stored[name])
    for one in resolved:
        document = replace(one.document, facts=())
        stored = left.pop(document.id, None)
        row = node_properties(one.document, name)
        if stored is None or {key: value for key, value in row.items() if value is not None} != stored:
            rows.append(row)
            before = document_of(stored) if stored else None
            if before is None or replace(before, mentions=document.mentions) != document:
                changes.remade[document.id] = before, document
        for hashed in map(held.hashes.__getitem__, one.signatures):
            changes.spoken[hashed] = document.id
            if held.spoke[hashed] != document.id:
                changes.moved[hashed] = held.spoke[hashed]
    changes.remade.update({id: (document_of(stored), None) for id, stored in left.items()})
    return rows


def _write(transaction: ManagedTransaction, rows: list[Properties], changes: Changes) -> None:
    if rows:
        transaction.run(_WRITE, rows=rows)
    if gone := sorted(changes.gone):
        transaction.run(_LOG, ids=gone)
    cut = [{"hash": hashed} for hashed, before in changes.moved.items() if before is not None]
    if cut:
        transaction.run(_CUT, rows=cut)
    spoken = [{"hash": hashed, "id": changes.spoken[hashed]} for hashed in changes.moved if hashed in changes.spoken]
    if spoken:
        transaction.run(_SPEAK, rows=spoken)
    remade = {id: pair for id, pair in changes.remade.items() if pair[1] is not None}
    _label(transaction, remade)
    _surround(transaction, remade)


def _label(
    transaction: ManagedTransaction, remade: Mapping[str, tuple[Document | None, Document | None]]
) -> None:
    before = {id: labels_of(old) if old else frozenset[Label]() for id, (old, _) in remade.items()}
    now = {id: labels_of(new) if new else frozenset[Label]() for id, (_, new) in remade.items()}
    for change, start, end in (("REMOVE", before, now), ("SET", now, before)):
        for label in sorted(set(chain.from_iterable(start[id] - end[id] for id in remade))):
            ids = [id for id in remade if label in start[id] - end[id]]
            transaction.run(_LABEL.format(change=change, label=label), ids=ids)


def _surround(
    transaction: ManagedTransaction, remade: Mapping[str, tuple[Document | None, Document | None]]
) -> None:
    """Tie documents to the bodies that issued them and to their territories, where these are others than before."""
    tied = [new for old, new in remade.values() if new and not (old and _surroundings(old) == _surroundings(new))]
    if left := [document.id for document in tied if remade[document.id][0]]:
        transaction.run(_LEAVE, ids=left)
    issued = [{"id": document.id, "issuer": document.issuer} for document in tied if document.issuer]
    if issued:
        transaction.run(_ISSUE, rows=issued)
    chains = {document.place: place_properties(document.place) for document in tied if document.place}
    if places := _distinct(chain.from_iterable(chains.values())):
        transaction.run(_PLACES, rows=places)
        parts = {(a["id"], b["id"]) for nodes in chains.values() for a, b in pairwise(nodes)}
        transaction.run(_PARTS, rows=[list(part) for part in sorted(parts)])
    settled = [
        {"id": document.id, "place": chains[document.place][0]["id"]}
        for document in tied
        if document.place and chains[document.place]
    ]
    if settled:
        transaction.run(_SETTLE, rows=settled)


def _surroundings(document: Document) -> tuple[object, ...]:
    return document.issuer, document.place


def _distinct(nodes: Iterable[Properties]) -> list[Properties]:
    return list({node["id"]: node for node in nodes}.values())

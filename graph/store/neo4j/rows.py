"""All of a store of any kind as rows of the tables of a store in Neo4j, none of it resolved again.

Texts, documents and edges pass one by one; what many of them share is gathered in a temporary database on disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from graph.errors import StoreError
from graph.model import Document, Edge
from graph.store.base import Curated, View
from graph.store.codec import loads
from graph.store.copy import digests
from graph.store.neo4j import tables
from graph.store.neo4j.ledger import Batch, claim_properties
from graph.store.neo4j.records import (
    Properties,
    edge_properties,
    labels_of,
    node_properties,
    place_properties,
    relation_type,
)

Row = tuple[tables.Table, Properties]
_GATHERED = """
PRAGMA journal_mode = OFF; PRAGMA cache_size = -262144;
CREATE TABLE claim (
    hash TEXT PRIMARY KEY, block TEXT, count INTEGER, quote TEXT, packed TEXT, header TEXT, pin TEXT, base TEXT,
    document TEXT
) WITHOUT ROWID;
CREATE TABLE authority (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE place (id TEXT PRIMARY KEY, name TEXT, kind TEXT, level TEXT) WITHOUT ROWID;
CREATE TABLE part (lower TEXT, upper TEXT, PRIMARY KEY (lower, upper)) WITHOUT ROWID;
"""
_CLAIM = """
INSERT INTO claim VALUES (:hash, :block, :count, :quote, :packed, :header, :pin, :base, :document)
ON CONFLICT DO UPDATE SET count = count + excluded.count, quote = min(quote, excluded.quote),
    header = coalesce(header, excluded.header)
"""
_PLACE = """
INSERT INTO place VALUES (:id, :name, :kind, :level)
ON CONFLICT DO UPDATE SET name = excluded.name, kind = coalesce(excluded.kind, kind), level = excluded.level
"""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a dump."""

    document: Document | None = None
    edge: Edge | None = None


def rows(view: View) -> Iterator[Row]:
    """Each row with its table; what a row lacks has no value.

    A source comes before what it says, and that before what its claims state; a document before its relations. Nodes
    that many share, claims, bodies and places, come last. Where somebody writes to the store meanwhile, rows may lack.
    Decisions are left out, and which document the equals of claims that they name speak of where there are no others.
    Raises StoreError where there is no room to gather.
    """
    try:
        with closing(sqlite3.connect("")) as gathered:
            gathered.executescript(_GATHERED)
            yield from _ledger(view, gathered)
            gathered.execute("CREATE INDEX claim_document ON claim (document, block)")
            yield from _graph(view, gathered)
            yield from _shared(gathered)
    except sqlite3.OperationalError as error:
        message = f"the folder for temporary files cannot be written to: {error}"
        raise StoreError(message, remedy="free space there, or name another by SQLITE_TMPDIR") from error
    for id, pairs in groupby(view.issued(), key=itemgetter(0)):
        yield tables.ISSUED, {"id": id}
        for _, hashed in pairs:
            yield tables.STOOD_FOR, {tables.START: id, tables.END: hashed}


def _ledger(view: View, gathered: sqlite3.Connection) -> Iterator[Row]:
    """Sources and what they say; gathers claims."""
    decisions = view.decisions() if isinstance(view, Curated) else ()
    named = {name for each in decisions for name in (*each.claims, *each.others)}
    for digest in digests(view):
        reading = view.reading(digest)
        if reading is None:
            continue
        batch = Batch()
        spoken = dict(zip(batch.add(reading, named), view.assigned(digest), strict=False))
        yield from ((tables.SOURCES, source) for source in batch.sources)
        for said in batch.said:
            ends = {tables.START: digest, tables.END: said["hash"]}
            yield tables.SAYS, {**ends, "positions": said["positions"]}
        for stated in batch.stated:
            ends = {tables.START: stated["subject"], tables.END: stated["object"]}
            yield tables.STATED, {**ends, **stated["stated"]}
        claims = (
            {**claim_properties(hashed, tally, base), "document": spoken.get(hashed)}
            for hashed, tally, base in batch.claims()
        )
        gathered.executemany(_CLAIM, claims)


def _graph(view: View, gathered: sqlite3.Connection) -> Iterator[Row]:
    """Documents and edges; gathers bodies and places."""
    for text in view.dump():
        line = loads(_Line, text)
        if line.document:
            yield from _document(line.document, gathered)
        elif line.edge:
            edge = line.edge
            ends = {tables.START: edge.source, tables.END: edge.target, tables.TYPE: relation_type(edge.relation)}
            yield tables.RELATIONS, {**ends, **edge_properties(edge)}


def _document(document: Document, gathered: sqlite3.Connection) -> Iterator[Row]:
    row = gathered.execute("SELECT block FROM claim WHERE document = ?", (document.id,)).fetchone()
    if row is None:  # it came after the ledger was read
        return
    labels = sorted(labels_of(document)) or None
    yield tables.DOCUMENTS, {**node_properties(document, row[0]), tables.LABELS: labels}
    if document.issuer:
        gathered.execute("INSERT OR IGNORE INTO authority VALUES (?)", (document.issuer,))
        yield tables.ISSUED_BY, {tables.START: document.id, tables.END: document.issuer}
    places = place_properties(document.place) if document.place else []
    gathered.executemany(_PLACE, places)
    ids = [place["id"] for place in places]
    gathered.executemany("INSERT OR IGNORE INTO part VALUES (?, ?)", pairwise(ids))
    if ids:
        yield tables.OF, {tables.START: document.id, tables.END: ids[0]}


def _shared(gathered: sqlite3.Connection) -> Iterator[Row]:
    """What was gathered."""
    for (name,) in gathered.execute("SELECT name FROM authority"):
        yield tables.AUTHORITIES, {"name": name}
    for lower, upper in gathered.execute("SELECT lower, upper FROM part"):
        yield tables.PART_OF, {tables.START: lower, tables.END: upper}
    gathered.row_factory = sqlite3.Row
    for row in gathered.execute("SELECT * FROM place"):
        yield tables.PLACES, dict(row)
    for row in gathered.execute("SELECT * FROM claim ORDER BY hash"):
        claim = dict(row)
        ends = {tables.START: claim["hash"], tables.END: claim.pop("document")}
        yield tables.CLAIMS, claim
        if ends[tables.END]:
            yield tables.SPEAKS_OF, ends

"""A store of any kind written as a store in Neo4j, for the import.

Texts, documents and edges pass one by one; what many of them share is gathered in a temporary database on disk.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

from graph.errors import StoreError
from graph.model import Document, Edge
from graph.store.base import Counts, Curated, View
from graph.store.codec import loads
from graph.store.copy import digests
from graph.store.neo4j.admin import tables
from graph.store.neo4j.admin.csv_files import ARRAY_DELIMITER, Writer
from graph.store.neo4j.ledger import Batch, claim_properties
from graph.store.neo4j.records import edge_properties, labels_of, node_properties, place_properties, relation_type

SCRIPT = "import.sh"
_READ_AT_ONCE = 4 * 1024 * 1024
"""The bytes that the import reads at once if not told otherwise; the longest line must fit in."""
_GATHERED = """
CREATE TABLE claim (
    hash TEXT PRIMARY KEY, block TEXT, count INTEGER, quote TEXT, packed TEXT, header TEXT, document TEXT
) WITHOUT ROWID;
CREATE TABLE authority (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE place (id TEXT PRIMARY KEY, name TEXT, kind TEXT, level TEXT) WITHOUT ROWID;
CREATE TABLE part (lower TEXT, upper TEXT, PRIMARY KEY (lower, upper)) WITHOUT ROWID;
"""
_CLAIM = """
INSERT INTO claim VALUES (:hash, :block, :count, :quote, :packed, :header, :document)
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


def export(view: View, folder: Path) -> Path:
    """Write all of a store into `folder`, which is made if it is not there; the script that imports it, written last.

    Raises StoreError where the folder holds anything or cannot be written to, where people decided something, which a
    store in Neo4j does not keep, and where somebody writes to the store meanwhile.
    """
    if isinstance(view, Curated) and view.decisions():
        message = "people decided something in this store, which a store in Neo4j does not keep"
        raise StoreError(message, remedy="export a store without decisions")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise StoreError(f"{folder}: holds something already", remedy="give a folder that is new or empty")
        counts = view.counts()
        with Writer(folder, tables.TABLES) as writer, closing(sqlite3.connect("")) as gathered:
            gathered.executescript(_GATHERED)
            if _written(view, writer, gathered) != _sizes(counts) or view.counts() != counts:
                remedy = "export into another folder when nobody writes to it"
                raise StoreError("the store was changed while it was written out", remedy=remedy)
        return import_script(folder, writer.longest)
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreError(f"{folder}: cannot be written: {error}", remedy="check the folder and free space") from error


def import_script(folder: Path, longest: int) -> Path:
    """Write the script that imports the files of `tables.TABLES` in `folder`, of which `longest` is the number of bytes
    of the longest line. Raises OSError."""
    script = folder / SCRIPT
    script.write_text(_script(longest), encoding="utf-8")
    script.chmod(0o755)
    return script


def _sizes(counts: Counts) -> tuple[int, int, int]:
    return counts.sources, counts.held + counts.cited, sum(counts.edges.values())


def _written(view: View, writer: Writer, gathered: sqlite3.Connection) -> tuple[int, int, int]:
    """Write everything; the numbers of sources, documents and edges."""
    writer.write(tables.STORE, {"name": "cancu", "version": 0, "schema": 0})
    sources = _ledger(view, writer, gathered)
    gathered.execute("CREATE INDEX claim_document ON claim (document, block)")
    documents, edges = _graph(view, writer, gathered)
    _shared(writer, gathered)
    for id, pairs in groupby(view.issued(), key=itemgetter(0)):
        writer.write(tables.ISSUED, {"id": id})
        for _, hashed in pairs:
            writer.write(tables.STOOD_FOR, {tables.START: id, tables.END: hashed})
    return sources, documents, edges


def _ledger(view: View, writer: Writer, gathered: sqlite3.Connection) -> int:
    """Write sources and what they say, and gather claims; the number of sources."""
    number = 0
    for digest in digests(view):
        reading = view.reading(digest)
        if reading is None:
            continue
        batch = Batch()
        spoken = dict(zip(batch.add(reading), view.assigned(digest), strict=False))
        for source in batch.sources:
            writer.write(tables.SOURCES, source)
        for said in batch.said:
            ends = {tables.START: digest, tables.END: said["hash"]}
            writer.write(tables.SAYS, {**ends, "positions": said["positions"]})
        for stated in batch.stated:
            ends = {tables.START: stated["subject"], tables.END: stated["object"]}
            writer.write(tables.STATED, {**ends, **stated["stated"]})
        rows = (
            {**claim_properties(hashed, tally), "document": spoken.get(hashed)}
            for hashed, tally in batch.tallies.items()
        )
        gathered.executemany(_CLAIM, rows)
        number += 1
    return number


def _graph(view: View, writer: Writer, gathered: sqlite3.Connection) -> tuple[int, int]:
    """Write documents and edges, and gather bodies and places; the numbers of documents and edges."""
    documents = edges = 0
    for text in view.dump():
        line = loads(_Line, text)
        if line.document:
            documents += 1
            _document(line.document, writer, gathered)
        elif line.edge:
            edges += 1
            edge = line.edge
            ends = {tables.START: edge.source, tables.END: edge.target, tables.TYPE: relation_type(edge.relation)}
            writer.write(tables.RELATIONS, {**ends, **edge_properties(edge)})
    return documents, edges


def _document(document: Document, writer: Writer, gathered: sqlite3.Connection) -> None:
    row = gathered.execute("SELECT block FROM claim WHERE document = ?", (document.id,)).fetchone()
    if row is None:  # it came after the ledger was read, which the counts will tell
        return
    labels = sorted(labels_of(document)) or None
    writer.write(tables.DOCUMENTS, {**node_properties(document, row[0]), tables.LABELS: labels})
    if document.issuer:
        gathered.execute("INSERT OR IGNORE INTO authority VALUES (?)", (document.issuer,))
        writer.write(tables.ISSUED_BY, {tables.START: document.id, tables.END: document.issuer})
    places = place_properties(document.place) if document.place else []
    gathered.executemany(_PLACE, places)
    ids = [place["id"] for place in places]
    gathered.executemany("INSERT OR IGNORE INTO part VALUES (?, ?)", pairwise(ids))
    if ids:
        writer.write(tables.OF, {tables.START: document.id, tables.END: ids[0]})


def _shared(writer: Writer, gathered: sqlite3.Connection) -> None:
    """Write what was gathered."""
    for (name,) in gathered.execute("SELECT name FROM authority"):
        writer.write(tables.AUTHORITIES, {"name": name})
    for lower, upper in gathered.execute("SELECT lower, upper FROM part"):
        writer.write(tables.PART_OF, {tables.START: lower, tables.END: upper})
    gathered.row_factory = sqlite3.Row
    for row in gathered.execute("SELECT * FROM place"):
        writer.write(tables.PLACES, dict(row))
    for row in gathered.execute("SELECT * FROM claim ORDER BY hash"):
        claim = dict(row)
        ends = {tables.START: claim["hash"], tables.END: claim.pop("document")}
        writer.write(tables.CLAIMS, claim)
        writer.write(tables.SPEAKS_OF, ends)


def _script(longest: int) -> str:
    """The import for a shell, from any folder; what follows it is added to the command line."""
    options = [
        f"--array-delimiter=U+{ord(ARRAY_DELIMITER):04X}",
        "--multiline-fields=true",
        f"--read-buffer-size={max(_READ_AT_ONCE, 2 * longest)}",
        *(table.option for table in tables.TABLES),
    ]
    lines = " \\\n    ".join(["exec neo4j-admin database import full", *options, '"$@"'])
    return f'#!/bin/sh\ncd "$(dirname "$0")" || exit\n{lines}\n'

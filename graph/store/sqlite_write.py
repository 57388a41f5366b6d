"""Putting readings into the SQLite store: the ledger grows, and what it touches is resolved again.

Runs inside the caller's transaction. The stages are those of `graph.resolve`; blocks, pairs of documents and openings
of titles are the units that are worked out anew, so that the result is that of resolving all readings at once.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graph.model import Document, Header, Reading, Relation
from graph.resolve import (
    Resolved,
    Signature,
    Tally,
    infer,
    normalise,
    resolve_block,
    strongest,
    tallies_of,
    tally,
    unique,
)
from graph.resolve.edges import evidence_of
from graph.resolve.infer import is_steering, opening
from graph.signs import Sign
from graph.store.base import Stored
from graph.store.codec import dumps, loads
from graph.text import fold

_COLUMNS = ["id", "block", "sign_key", "date", "year", "level", "province", "type", "status", "held"]
_COLUMNS += ["opening", "steering", "record"]
_INSERT = f"INSERT INTO document ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_REWRITE = f"UPDATE document SET {', '.join(f'{column} = ?' for column in _COLUMNS)} WHERE n = ?"  # noqa: S608


def put(connection: sqlite3.Connection, readings: Iterable[Reading]) -> Stored:
    """Add what is new of `readings` and resolve what they touch."""
    added, known = [], []
    touched: dict[str, None] = {}
    for reading in unique(readings):
        digest, name = reading.source.digest, reading.source.name
        held = connection.execute("SELECT name FROM source WHERE digest = ?", (digest,)).fetchone()
        if held is None:
            touched |= dict.fromkeys(_add(connection, reading))
            added.append(digest)
        else:
            connection.execute("UPDATE source SET name = ? WHERE digest = ?", (min(name, held[0]), digest))
            known.append(digest)
    if added:
        _Update(connection).run(sorted(touched))
    return Stored(tuple(added), tuple(known))


def _add(connection: sqlite3.Connection, reading: Reading) -> list[str]:
    """Write one source to the ledger; the blocks that its claims are in."""
    signatures = normalise(reading)
    numbers = {each.signature: _count(connection, each) for each in tally(tallies_of(reading, signatures))}
    said = [numbers[signature] for signature in signatures]
    source = reading.source
    row = connection.execute(
        "INSERT INTO source (digest, name, text, reading, signatures) VALUES (?, ?, ?, ?, ?)",
        (
            source.digest,
            source.name,
            zlib.compress(source.text.encode()),
            zlib.compress(dumps(replace(reading, source=replace(source, text=""))).encode()),
            json.dumps(said),
        ),
    ).lastrowid
    connection.executemany(
        "INSERT INTO statement (source, position, subject, object, type, score, evidence) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row,
                position,
                said[stated.subject],
                said[stated.object],
                stated.relation,
                stated.score,
                dumps(evidence_of(reading, stated)),
            )
            for position, stated in enumerate(reading.relations)
        ],
    )
    return [signature.block for signature in numbers]


def _count(connection: sqlite3.Connection, each: Tally) -> int:
    header = dumps(each.header) if each.header else None
    connection.execute(
        "INSERT INTO signature (packed, block, count, quote, header) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (packed) DO UPDATE SET count = count + ?3, quote = min(quote, ?4)",
        (each.signature.packed, each.signature.block, each.count, each.quote, header),
    )
    found = connection.execute("SELECT n FROM signature WHERE packed = ?", (each.signature.packed,)).fetchone()
    return int(found[0])


class _Update:
    """One pass over what new sources touched. `_sources` are the documents whose inferred edges may have changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sources: set[str] = set()
        self._openings: set[str] = set()
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS moved (n INTEGER PRIMARY KEY)")
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS pair (src TEXT, dst TEXT, PRIMARY KEY (src, dst))")
        connection.execute("DELETE FROM temp.moved")
        connection.execute("DELETE FROM temp.pair")

    def run(self, blocks: Sequence[str]) -> None:
        for block in blocks:
            self._resolve(block)
        self._weave()
        self._infer()

    def _resolve(self, block: str) -> None:
        rows = self._connection.execute(
            "SELECT n, packed, count, quote, header, document FROM signature WHERE block = ?", (block,)
        ).fetchall()
        numbers, before, tallies = {}, {}, []
        for n, packed, count, quote, header, document in rows:
            signature = Signature.unpack(packed)
            numbers[signature], before[signature] = n, document
            tallies.append(Tally(signature, count, quote, loads(Header, header) if header else None))
        resolved = resolve_block(tallies)
        self._write_documents(block, resolved)
        moved = [
            (one.document.id, numbers[signature])
            for one in resolved
            for signature in one.signatures
            if before[signature] != one.document.id
        ]
        self._connection.executemany("UPDATE signature SET document = ? WHERE n = ?", moved)
        self._connection.executemany("INSERT INTO temp.moved VALUES (?)", [(number,) for _, number in moved])

    def _write_documents(self, block: str, resolved: Iterable[Resolved]) -> None:
        rows = self._connection.execute("SELECT id, n, record FROM document WHERE block = ?", (block,))
        held = {id: (n, record) for id, n, record in rows}
        for one in resolved:
            n, record = held.pop(one.document.id, (None, ""))
            written = dumps(one.document)
            if written == record:
                continue
            self._note(one.document, loads(Document, record) if record else None)
            n = self._write(n, block, one.document, written)
            self._connection.execute("DELETE FROM words WHERE rowid = ?", (n,))
            self._connection.execute(
                "INSERT INTO words (rowid, sign, title, issuer) VALUES (?, ?, ?, ?)",
                (n, *map(fold, _words(one.document))),
            )
        for n, record in held.values():
            self._note(None, loads(Document, record))
            self._connection.execute("DELETE FROM document WHERE n = ?", (n,))
            self._connection.execute("DELETE FROM words WHERE rowid = ?", (n,))

    def _write(self, n: int | None, block: str, document: Document, record: str) -> int:
        row = (
            document.id,
            block,
            Sign.parse(document.sign).key if document.sign else None,
            document.date,
            int(document.date[:4]) if document.date else None,
            document.level,
            document.place.province if document.place else None,
            document.type,
            document.status,
            document.held,
            opening(document),
            is_steering(document),
            record,
        )
        if n is None:
            return self._connection.execute(_INSERT, row).lastrowid or 0
        self._connection.execute(_REWRITE, (*row, n))
        return n

    def _note(self, new: Document | None, old: Document | None) -> None:
        """Remember whose inferred edges a changed document bears on: its own, and a directive's all in its opening."""
        if new and old and _inferred_from(new) == _inferred_from(old):
            return
        for document in (new, old):
            if document is not None:
                self._sources.add(document.id)
                if is_steering(document) and (words := opening(document)):
                    self._openings.add(words)

    def _weave(self) -> None:
        """Edges of every pair of documents between which a statement is new or has moved, from all their statements."""
        connection = self._connection
        rows = connection.execute(
            "SELECT source, position FROM statement WHERE src IS NULL"
            " UNION SELECT source, position FROM statement WHERE subject IN (SELECT n FROM temp.moved)"
            " UNION SELECT source, position FROM statement WHERE object IN (SELECT n FROM temp.moved)"
        ).fetchall()
        remember = (
            "INSERT OR IGNORE INTO temp.pair SELECT src, dst FROM statement"
            " WHERE source = ? AND position = ? AND src IS NOT NULL"
        )
        connection.executemany(remember, rows)
        connection.executemany(
            "UPDATE statement SET src = (SELECT document FROM signature WHERE n = subject),"
            " dst = (SELECT document FROM signature WHERE n = object) WHERE source = ? AND position = ?",
            rows,
        )
        connection.executemany(remember, rows)
        for src, dst in connection.execute("SELECT src, dst FROM temp.pair WHERE src <> dst").fetchall():
            self._weave_pair(src, dst)

    def _weave_pair(self, src: str, dst: str) -> None:
        select = "SELECT DISTINCT type FROM statement WHERE src = ? AND dst = ?"
        stated = [Relation(row[0]) for row in self._connection.execute(select, (src, dst))]
        self._connection.execute("DELETE FROM edge WHERE src = ? AND dst = ?", (src, dst))
        self._connection.executemany(
            "INSERT INTO edge (src, type, dst) VALUES (?, ?, ?)", [(src, kept, dst) for kept in strongest(stated)]
        )
        self._sources |= {src, dst}

    def _infer(self) -> None:
        """Inferred edges of the documents noted, and of all that share their opening with a directive that changed."""
        connection = self._connection
        sources = self._sources | {
            row[0]
            for words in sorted(self._openings)
            for row in connection.execute("SELECT id FROM document WHERE opening = ?", (words,))
        }
        connection.executemany(
            "DELETE FROM edge WHERE src = ? AND inferred IS NOT NULL", [(id,) for id in sorted(sources)]
        )
        documents = list(self._records("id", sources, "opening <> ''"))
        targets = self._records("opening", {opening(document) for document in documents}, "steering")
        for edge in infer(documents, targets, self._related):
            connection.execute(
                "INSERT INTO edge (src, type, dst, inferred) VALUES (?, ?, ?, ?)",
                (edge.source, edge.relation, edge.target, dumps(edge)),
            )

    def _records(self, column: str, values: Iterable[str], where: str) -> Iterator[Document]:
        select = f"SELECT record FROM document WHERE {column} = ? AND {where}"  # noqa: S608  (names of ours)
        for value in sorted(values):
            for row in self._connection.execute(select, (value,)):
                yield loads(Document, row[0])

    def _related(self, source: str, target: str) -> bool:
        select = "SELECT 1 FROM edge WHERE src = ? AND dst = ? AND inferred IS NULL"
        return self._connection.execute(select, (source, target)).fetchone() is not None


def _words(document: Document) -> tuple[str, str, str]:
    """What a document is searched by; people say type and sign in one breath ("chỉ thị 33")."""
    return f"{document.type or ''} {document.sign or ''}", document.title or "", document.issuer or ""


def _inferred_from(document: Document) -> tuple[object, ...]:
    """The fields of a document on which inference rests."""
    one = document
    return one.type, one.title, one.level, one.branch, one.place, one.date, one.held

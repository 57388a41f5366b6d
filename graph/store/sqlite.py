"""The embedded store: one SQLite file that holds the ledger of claims and the graph that follows from it."""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.model import BasisKind, Document, Edge, Evidence, Field, Reading, Relation, Source
from graph.resolve.decide import Decision
from graph.resolve.edges import Statement, edge_of
from graph.store.base import Counts, Filter, Page, Stored, counted
from graph.store.codec import loads
from graph.store.decisions import checked
from graph.store.dump import dump_lines
from graph.store.entry import Entry, unpacked
from graph.store.index import shelf
from graph.store.plain import PlainTraversal
from graph.store.sqlite_decide import all_decisions
from graph.store.sqlite_documents import facts_held
from graph.store.sqlite_file import VERSION, connect, schema
from graph.store.sqlite_totals import totals
from graph.store.sqlite_words import count, newest
from graph.store.sqlite_write import decide, put, rebuild
from graph.store.traversal import Traversal
from graph.store.words import query_words

_ORDER = "date IS NULL, date, id"
_NEWEST = "d.date IS NULL, d.date DESC, d.id"
_SELECT = "SELECT d.n, substr(d.record, 1, length(d.record) - 1) || ',\"mentions\":' || d.mentions || '}' FROM"
"""The beginning of a query for documents, which are called d in it."""
_EDGES = """
SELECT a.id, e.type, b.id, coalesce(e.inferred, e.decided), {columns}
FROM {edges} JOIN document a ON a.n = e.src JOIN document b ON b.n = e.dst LEFT JOIN statement s ON {statements}
WHERE e.kept ORDER BY a.id, e.type, b.id
"""
_BETWEEN = """json_each(:ends) wanted JOIN document f ON f.id = wanted.value ->> 0
JOIN document t ON t.id = wanted.value ->> 2
CROSS JOIN edge e ON e.src = f.n AND e.type = wanted.value ->> 1 AND e.dst = t.n"""
_ALL = "s.src = e.src AND s.dst = e.dst AND s.type = e.type AND e.inferred IS NULL AND e.decided IS NULL"
_STRONGEST = "s.source = e.source AND s.position = e.position"


class SqliteStore:
    """A store in one SQLite file (`graph.store.base.Store`). Safe to use from several threads and processes.

    Use as a context manager, or call `close`. All methods raise StoreError where the database fails.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """Open the database at `path`. Raises StoreError as `graph.store.sqlite_file.connect` does."""
        self._path = path
        self._readonly = readonly
        self._connection = connect(path, readonly=readonly)
        self._lock = threading.RLock()
        self._written = False
        if not readonly and schema(self._connection) < VERSION:
            self.rebuild()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def put(self, readings: Iterable[Reading | Entry]) -> Stored:
        """Store all of `readings` or none, and resolve what they touch. Raises StoreError."""
        if self._readonly:
            raise StoreError(f"{self._path}: is open for reading only", remedy="open it without readonly")
        given = [Entry.of(each) for each in readings]  # made before others are kept from writing
        with self._transaction("BEGIN IMMEDIATE") as connection:
            stored = put(connection, given)
        self._written = True
        self._keep_index(ended=False)
        return stored

    def remember(self, issued: Iterable[tuple[str, str]]) -> None:
        """Add to the identifiers that were given up those of another store that holds the same texts."""
        rows = [(id, bytes.fromhex(hashed)) for id, hashed in issued]
        with self._transaction("BEGIN IMMEDIATE") as connection:
            connection.executemany("INSERT OR IGNORE INTO issued VALUES (?, ?)", rows)

    def decide(self, decisions: Iterable[Decision]) -> tuple[str, ...]:
        """Keep all of `decisions` or none, and resolve what they touch; the ids of those new, in order."""
        if self._readonly:
            raise StoreError(f"{self._path}: is open for reading only", remedy="open it without readonly")
        given = [checked(each) for each in decisions]
        with self._transaction("BEGIN IMMEDIATE") as connection:
            new = decide(connection, given)
        self._written = True
        self._keep_index(ended=False)
        return new

    def rebuild(self) -> None:
        """Work everything but the ledger out anew, or leave all as it is. Raises StoreError."""
        self._written = True
        with self._lock:
            self._connection.execute("PRAGMA foreign_keys = OFF")
            try:
                with self._transaction("BEGIN IMMEDIATE") as connection:
                    rebuild(connection)
            finally:
                self._connection.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        """Release the file, after building a traversal index where what was written calls for one."""
        with self._lock:
            if self._written:
                self._written = False
                self._keep_index(ended=True)
            self._connection.close()

    def document(self, id: str) -> Document | None:
        """The document with this id, with all its facts, or None."""
        with self._transaction("BEGIN") as connection:
            row = connection.execute(f"{_SELECT} document d WHERE d.id = ?", (id,)).fetchone()
            return _whole(connection, *row) if row else None

    def documents(self, ids: Collection[str]) -> dict[str, Document]:
        """Those of `ids` that exist, by id, without facts."""
        select = f"{_SELECT} json_each(?) wanted JOIN document d ON d.id = wanted.value ORDER BY d.id"
        return {found.id: found for found in self._records(select, (_array(ids),))}

    def listing(self, wanted: Filter, *, limit: int, offset: int = 0) -> Page:
        """Documents that pass the filter, in order, without facts."""
        where, given = _passing(wanted)
        return self._page(f"document d WHERE {where}", given, _ORDER, limit, offset)

    def disputed(self, wanted: Filter, *, field: Field | None = None, limit: int, offset: int = 0) -> Page:
        """Documents that pass the filter and of whose `field`, or any, claims disagree, in order, with all facts."""
        where, given = _passing(wanted)
        matching = f"document d WHERE disputed <> '' AND instr(disputed, :field) AND {where}"
        bound = {**given, "field": f"|{field}|" if field else "|"}
        return self._page(matching, bound, _ORDER, limit, offset, whole=True)

    def by_sign(self, key: str) -> tuple[Document, ...]:
        """Documents whose sign has this `Sign.key`, in order, without facts."""
        select = f"{_SELECT} document d WHERE sign_key = ? ORDER BY {_ORDER}"
        return tuple(self._records(select, (key,)))

    def outgoing(
        self, ids: Collection[str], relations: Collection[Relation] | None = None, *, strongest: bool = False
    ) -> list[Edge]:
        """Edges from any of `ids`, in order, with all evidence or the strongest alone."""
        return self._beside("src", ids, relations, strongest)

    def incoming(
        self, ids: Collection[str], relations: Collection[Relation] | None = None, *, strongest: bool = False
    ) -> list[Edge]:
        """Edges to any of `ids`, in order, with all evidence or the strongest alone."""
        return self._beside("dst", ids, relations, strongest)

    def edges(self, ends: Collection[tuple[str, Relation, str]], *, strongest: bool = False) -> list[Edge]:
        """Those of the edges with these ends that exist, in order, with all evidence or the strongest alone."""
        return self._edges(_BETWEEN, {"ends": json.dumps(sorted(set(ends)))}, strongest)

    def traversal(self) -> Traversal:
        """One state of the graph for questions that pass many edges."""
        with self._transaction("BEGIN") as connection:
            indexed = shelf.opened(connection, self._path)
        return indexed or PlainTraversal(self)

    def index(self) -> None:
        """Build the traversal index of what is stored and go by it. Raises StoreError."""
        with self._lock, closing(connect(self._path, readonly=True)) as reading:
            shelf.renew(self._path, reading, lambda: self._transaction("BEGIN IMMEDIATE"))

    def _keep_index(self, *, ended: bool) -> None:
        with self._transaction("BEGIN") as connection:
            due = shelf.due(connection, self._path, ended=ended)
        if due:
            self.index()

    def search(self, words: str, *, limit: int, offset: int = 0) -> Page:
        """Documents whose type, sign, title or issuer hold all words, the last of them as a beginning, newest first,
        without facts."""
        asked = query_words(words)
        if not asked:
            return Page((), 0)
        query = " ".join(f'"{" ".join(word)}"' for word in asked) + "*"
        with self._transaction("BEGIN") as connection:
            most = counted(limit, offset)
            found = count(connection, query, most=most + 1)
            numbers = newest(connection, query, most=max(limit, 0) + max(offset, 0))
            chosen = "json_each(?) c JOIN document d ON d.n = c.value"
            select = f"{_SELECT} {chosen} ORDER BY {_NEWEST} LIMIT ? OFFSET ?"
            rows = connection.execute(select, (json.dumps(numbers), max(limit, 0), max(offset, 0)))
            return Page(tuple(loads(Document, row[1]) for row in rows), min(found, most), more=found > most)

    def source(self, digest: str) -> Source | None:
        """The text that was read, or None."""
        row = self._row("SELECT name, text FROM source WHERE digest = ?", (digest,))
        return Source(digest, row[0], zlib.decompress(row[1]).decode()) if row else None

    def reading(self, digest: str) -> Reading | None:
        """The claims as read from one source, or None."""
        row = self._row("SELECT name, text, reading FROM source WHERE digest = ?", (digest,))
        return unpacked(digest, *row) if row else None

    def digests(self, *, after: str = "", limit: int) -> tuple[str, ...]:
        """The digests of the first texts after this one, in their order."""
        select = "SELECT digest FROM source WHERE digest > ? ORDER BY digest LIMIT ?"
        return tuple(row[0] for row in self._rows(select, (after, limit)))

    def assigned(self, digest: str) -> tuple[str, ...]:
        """For each claim of a source the id of the document that it speaks of."""
        select = (
            "SELECT d.id FROM source, json_each(source.signatures) said JOIN signature s ON s.n = said.value"
            " JOIN document d ON d.n = s.document WHERE source.digest = ? ORDER BY said.key"
        )
        return tuple(row[0] for row in self._rows(select, (digest,)))

    def moved(self, id: str) -> tuple[str, ...]:
        """The documents that now have the claims for which `id`, since given up, was issued; sorted."""
        select = (
            "SELECT DISTINCT d.id FROM issued i JOIN signature s ON s.hash = i.signature"
            " JOIN document d ON d.n = s.document WHERE i.id = ? ORDER BY d.id"
        )
        return tuple(row[0] for row in self._rows(select, (id,)))

    def issued(self) -> Iterator[tuple[str, str]]:
        """Identifiers that were given up, each with the hash of a signature that it stood for, in hex; sorted."""
        yield from self._rows("SELECT id, lower(hex(signature)) FROM issued ORDER BY id, signature", ())

    def decisions(self) -> tuple[Decision, ...]:
        """All that people decided, by time and id."""
        with self._transaction("BEGIN") as connection:
            return tuple(all_decisions(connection))

    def counts(self) -> Counts:
        """Size of the store."""
        with self._transaction("BEGIN") as connection:
            return totals(connection)

    def dump(self) -> Iterator[str]:
        """The graph as sorted JSON lines without ingest times; equal graphs give equal dumps.

        It has a connection of its own, so that the store can be used meanwhile, and shows one committed state.
        """
        with closing(connect(self._path, readonly=True)) as connection:
            connection.execute("BEGIN")
            records = connection.execute(f"{_SELECT} document d ORDER BY d.id")
            documents = (_whole(connection, *row) for row in records)
            edges = _EDGES.format(edges="edge e", statements=_ALL, columns="s.score, s.evidence")
            yield from dump_lines(documents, _grouped(connection.execute(edges)))

    def _beside(
        self, end: str, ids: Collection[str], relations: Collection[Relation] | None, strongest: bool
    ) -> list[Edge]:
        """Edges with one end in `ids`, by one statement however many ids there are. `end` is the name of a column."""
        edges = f"json_each(:ids) wanted JOIN document w ON w.id = wanted.value CROSS JOIN edge e ON e.{end} = w.n"
        if relations is not None:
            edges += " AND e.type IN (SELECT value FROM json_each(:relations))"
        return self._edges(edges, {"ids": _array(ids), "relations": _array(relations or ())}, strongest)

    def _edges(self, edges: str, given: dict[str, str], strongest: bool) -> list[Edge]:
        """The edges e of a FROM clause of ours; every value in `given` is bound."""
        columns = "e.score, s.evidence, e.substance" if strongest else "s.score, s.evidence"
        select = _EDGES.format(edges=edges, columns=columns, statements=_STRONGEST if strongest else _ALL)
        with self._transaction("BEGIN") as connection:
            rows = connection.execute(select, given)
            return list(map(_edge, rows)) if strongest else list(_grouped(rows))

    def _page(
        self, matching: str, given: dict[str, Any], order: str, limit: int, offset: int, *, whole: bool = False
    ) -> Page:
        """A page of the documents of a FROM clause of ours, with facts if `whole`; every value in `given` is bound."""
        with self._transaction("BEGIN") as connection:
            (total,) = connection.execute(f"SELECT count(*) FROM {matching}", given).fetchone()  # noqa: S608
            rows = connection.execute(
                f"{_SELECT} {matching} ORDER BY {order} LIMIT :limit OFFSET :offset",
                {**given, "limit": max(limit, 0), "offset": max(offset, 0)},
            )
            made = (_whole(connection, *row) if whole else loads(Document, row[1]) for row in rows.fetchall())
            return Page(tuple(made), total)

    def _records(self, select: str, values: tuple[Any, ...]) -> list[Document]:
        return [loads(Document, row[1]) for row in self._rows(select, values)]

    def _rows(self, select: str, values: tuple[Any, ...]) -> list[Any]:
        with self._transaction("BEGIN") as connection:
            return connection.execute(select, values).fetchall()

    def _row(self, select: str, values: tuple[Any, ...]) -> Any:
        rows = self._rows(select, values)
        return rows[0] if rows else None

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        """One transaction: committed if nothing is raised, else rolled back; database errors as StoreError."""
        with self._lock:
            try:
                self._connection.execute(begin)
                try:
                    yield self._connection
                    self._connection.execute("COMMIT")
                except BaseException:
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                busy = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
                message = "another process is writing to it, and did not end in time" if busy else str(error)
                remedy = "try again when it has ended" if busy else "check the disk and its free space"
                raise StoreError(f"{self._path}: {message}", remedy=remedy) from error


def _passing(wanted: Filter) -> tuple[str, dict[str, Any]]:
    """A filter as a condition on columns of a document, and the values that it binds."""
    conditions = [f"{name} = :{name}" for name in wanted.equal]
    provinces = {f"province{at}": name for at, name in enumerate(wanted.provinces or ())}
    if provinces:
        conditions.append(f"province IN ({', '.join(f':{name}' for name in provinces)})")
    return " AND ".join(conditions) or "TRUE", {**wanted.equal, **provinces}


def _array(values: Iterable[str]) -> str:
    return json.dumps(sorted(set(values)))


def _whole(connection: sqlite3.Connection, n: int, record: str) -> Document:
    """A document with its facts, which follow from the signatures that speak of it."""
    document = loads(Document, record)
    return replace(document, facts=facts_held(connection, n, document.rulings))


def _edge(row: tuple[Any, ...]) -> Edge:
    """An edge from its row with its strongest evidence."""
    src, type, dst, unstated, score, evidence, substance = row
    if unstated is not None:
        return replace(loads(Edge, unstated), source=src, target=dst)
    best = loads(Evidence, evidence)
    basis = BasisKind.SUBSTANCE if substance else best.basis
    return Edge(src, Relation(type), dst, best.stated_in, best.quote, score=score, basis=basis, evidence=(best,))


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Iterator[Edge]:
    """Edges from rows of an edge and one of its statements, in order of the edges."""
    for (src, type, dst), same in groupby(rows, key=itemgetter(0, 1, 2)):
        stated = []
        for *_, unstated, score, evidence in same:
            if unstated is not None:
                yield replace(loads(Edge, unstated), source=src, target=dst)
            else:
                stated.append(Statement(src, Relation(type), dst, loads(Evidence, evidence), score))
        if stated:
            yield edge_of(stated)

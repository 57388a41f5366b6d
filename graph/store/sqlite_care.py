"""Caring for an SQLite store: is it whole, make it so again, copy it while it is used, tell its size."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from graph.errors import StoreError
from graph.store.index.compare import differences
from graph.store.sqlite import SqliteStore
from graph.store.sqlite_decide import all_decisions
from graph.store.sqlite_file import VERSION, connect
from graph.store.sqlite_ledger import readings
from graph.store.sqlite_totals import counted, totals
from graph.store.sqlite_write import AT_ONCE
from graph.store.whole import Stats, graph_differences, new_file

_COUNTED = ("source", "document", "edge", "statement", "signature", "unit", "issued", "decision")


def check(path: Path) -> Iterator[str]:
    """What is wrong with the store, one line a finding; nothing is written to it.

    The file's structure, references between its tables, whether the traversal index tells what they do, and whether
    documents, edges and the documents of all claims are those that follow from the ledger, which is resolved anew in a
    temporary folder. Raises StoreError where it cannot be read at all.
    """
    try:
        with closing(connect(path, readonly=True)) as connection:
            connection.execute("BEGIN")
            structure = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            yield from (f"structure: {line}" for line in structure)
            if structure:
                return
            yield from _loose_ends(connection)
            yield from differences(connection, path)
            with tempfile.TemporaryDirectory() as folder, SqliteStore(Path(folder) / "fresh.db") as fresh:
                try:
                    _copy_ledger(connection, fresh)
                except StoreError as error:
                    yield f"ledger: {error}"
                    return
                with SqliteStore(path, readonly=True) as store:
                    yield from graph_differences(store, fresh)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be read: {error}", remedy="restore a backup") from error


def repair(path: Path) -> None:
    """Work everything but the ledger out anew, in one transaction, and build the traversal index where the store is
    large enough for one. Raises StoreError where the ledger cannot be read."""
    with SqliteStore(path) as store:
        store.rebuild()


def backup(path: Path, target: Path) -> None:
    """Copy the store as it was at one moment to `target`, while it may be read and written.

    Raises StoreError where `target` is there already or cannot be written; nothing is left of it then.
    """
    with new_file(target) as partial:
        try:
            with closing(connect(path, readonly=True)) as source, closing(sqlite3.connect(partial)) as copy:
                source.backup(copy)
        except sqlite3.Error as error:
            message = f"{target}: cannot be written: {error}"
            raise StoreError(message, remedy="check its folder and the disk") from error


def stats(path: Path) -> Stats:
    """The size of the store. Raises StoreError."""
    try:
        with closing(connect(path, readonly=True)) as connection:
            connection.execute("BEGIN")
            select = "SELECT count(*) FROM {}"
            rows = {table: connection.execute(select.format(table)).fetchone()[0] for table in _COUNTED}
        size = sum(part.stat().st_size for part in (path, path.with_name(f"{path.name}-wal")) if part.exists())
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: cannot be read: {error}", remedy="check it with `cancu store check`") from error
    return Stats(rows, VERSION, size)


def _loose_ends(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(20):
        yield f"reference: row {row} of table {table} names a row of {parent} that is not there"
    unspoken = "SELECT id FROM document d WHERE NOT EXISTS (SELECT 1 FROM signature s WHERE s.document = d.n)"
    for (id,) in connection.execute(unspoken).fetchmany(20):
        yield f"orphan: no claim speaks of document {id}"
    (documents,) = connection.execute("SELECT count(*) FROM document").fetchone()
    (words,) = connection.execute("SELECT count(*) FROM words").fetchone()
    if documents != words:
        yield f"search: {words} entries for {documents} documents"
    if (kept := totals(connection)) != (found := counted(connection)):
        yield f"totals: {kept} are kept of {found}"


def _copy_ledger(connection: sqlite3.Connection, fresh: SqliteStore) -> None:
    last = 0
    while rows := readings(connection, after=last, limit=AT_ONCE):
        fresh.put(reading for _, reading in rows)
        last = rows[-1][0]
    fresh.decide(all_decisions(connection))

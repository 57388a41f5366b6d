"""Putting readings into the SQLite store: the ledger grows, and what it touches is resolved again.

Runs inside the caller's transaction. The stages are those of `graph.resolve`; territories of blocks, pairs of documents
and openings of titles are the units that are worked out anew, so that the result is that of resolving all at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from operator import attrgetter

from graph.resolve.decide import Decision
from graph.store.base import Stored
from graph.store.entry import Entry
from graph.store.sqlite_decide import keep
from graph.store.sqlite_documents import Resolver
from graph.store.sqlite_edges import Weaver
from graph.store.sqlite_file import VERSION, recreate, schema
from graph.store.sqlite_ledger import Entered, Ledger, chunks, readings
from graph.store.sqlite_words import index_words

AT_ONCE = 2_000
"""Readings that are resolved together: what is held in memory of a batch, however large."""


def put(connection: sqlite3.Connection, given: Iterable[Entry]) -> Stored:
    """Add what is new of `given` and resolve what it touches."""
    added: dict[str, None] = {}
    known: dict[str, None] = {}
    for chunk in chunks(given, AT_ONCE):
        ledger = Ledger(connection)
        for entry in sorted(chunk, key=attrgetter("digest", "name")):
            digest, name = entry.digest, entry.name
            held = connection.execute("SELECT name FROM source WHERE digest = ?", (digest,)).fetchone()
            if held is None:
                ledger.add(entry)
                added[digest] = None
                continue
            if name < held[0]:
                connection.execute("UPDATE source SET name = ? WHERE digest = ?", (name, digest))
            if digest not in added:
                known[digest] = None
        _resolve(connection, ledger)
    return Stored(tuple(added), tuple(known))


def decide(connection: sqlite3.Connection, given: Iterable[Decision]) -> tuple[str, ...]:
    """Keep what is new of `given` and resolve what it touches; the ids of what is new."""
    new, pins = keep(connection, given)
    if new:
        changes = Resolver(connection).run(Entered(pins=pins))
        index_words(connection, changes.remade)
        Weaver(connection).run((), changes)
    return tuple(new)


def rebuild(connection: sqlite3.Connection) -> None:
    """Work everything out anew from the ledger, and log identifiers that are given up by it.

    Foreign keys must be off, and a transaction open.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS held (id TEXT, signature BLOB)")
    connection.execute("DELETE FROM temp.held")
    if schema(connection) == VERSION:
        spoken = "SELECT d.id, s.hash FROM signature s JOIN document d ON d.n = s.document"
        connection.execute(f"INSERT INTO temp.held {spoken}")
    recreate(connection)
    last = 0
    while rows := readings(connection, after=last, limit=AT_ONCE):
        ledger = Ledger(connection)
        for last, reading in rows:
            ledger.derive(last, reading)
        _resolve(connection, ledger)
    given_up = "SELECT id, signature FROM temp.held WHERE id NOT IN (SELECT id FROM document)"
    connection.execute(f"INSERT OR IGNORE INTO issued {given_up}")


def _resolve(connection: sqlite3.Connection, ledger: Ledger) -> None:
    entered = ledger.entered()
    changes = Resolver(connection).run(entered)
    index_words(connection, changes.remade)
    Weaver(connection).run(entered.stated, changes)

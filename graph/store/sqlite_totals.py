"""How many texts, documents and edges an SQLite store holds, kept in the transaction that changes it.

Triggers count, so that no way of writing can forget to. A row that is replaced is deleted first, of which triggers are
told where `recursive_triggers` is on: every connection that writes turns it on.
"""

from __future__ import annotations

import sqlite3

from graph.model import Relation
from graph.store.base import Counts

TABLE = "total"
_CREATE = (
    "CREATE TABLE total (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO total SELECT 'source', count(*) FROM source",
    "INSERT INTO total SELECT 'held', coalesce(sum(held), 0) FROM document",
    "INSERT INTO total SELECT 'cited', count(*) - coalesce(sum(held), 0) FROM document",
)
_RELATION = "INSERT INTO total SELECT ?1, count(*) FROM edge WHERE type = ?1 AND kept"
_NAMES = {"source": "'source'", "document": "iif({row}.held, 'held', 'cited')", "edge": "{row}.type"}
"""What the rows of a table count as."""
_ALIKE = {"document": "old.held = new.held", "edge": "(old.type, old.kept) = (new.type, new.kept)"}
"""Where an update of a row changes no number."""
_COUNTED = {"edge": "{row}.kept"}
_ADD = "UPDATE total SET number = number + {by} WHERE name = {name};"
_TRIGGER = "CREATE TRIGGER {table}_total_{event} AFTER {event} ON {table} WHEN {when} BEGIN {steps} END"


def keep_totals(connection: sqlite3.Connection) -> None:
    """Count what is there, and keep the numbers from now on. `TABLE` is not there yet, those that are counted are."""
    for statement in _CREATE:
        connection.execute(statement)
    connection.executemany(_RELATION, [(relation,) for relation in Relation])
    for table in _NAMES:
        for event, row, by in (("INSERT", "new", 1), ("DELETE", "old", -1)):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_total_{event}")  # of a table that outlives the totals
            when = _COUNTED.get(table, "TRUE").format(row=row)
            connection.execute(_TRIGGER.format(table=table, event=event, when=when, steps=_step(table, row, by)))
    for table, alike in _ALIKE.items():
        steps = " ".join(_step(table, row, by) for row, by in (("old", -1), ("new", 1)))
        connection.execute(_TRIGGER.format(table=table, event="UPDATE", when=f"NOT ({alike})", steps=steps))


def _step(table: str, row: str, by: int) -> str:
    """Add `by` for a row, if it is counted."""
    name = _NAMES[table].format(row=row)
    counted = _COUNTED.get(table, "1").format(row=row)
    return _ADD.format(name=name, by=f"{by} * {counted}")


def totals(connection: sqlite3.Connection) -> Counts:
    """The size of the store as it was kept."""
    numbers = dict(connection.execute("SELECT name, number FROM total"))
    edges = {relation: numbers[relation] for relation in sorted(Relation) if numbers[relation]}
    return Counts(numbers["source"], numbers["held"], numbers["cited"], edges)


def counted(connection: sqlite3.Connection) -> Counts:
    """The size of the store, counted row by row."""
    (sources,) = connection.execute("SELECT count(*) FROM source").fetchone()
    held = dict(connection.execute("SELECT held, count(*) FROM document GROUP BY held"))
    edges = connection.execute("SELECT type, count(*) FROM edge WHERE kept GROUP BY type ORDER BY type")
    return Counts(sources, held.get(1, 0), held.get(0, 0), {Relation(type): number for type, number in edges})

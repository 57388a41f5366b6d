"""What changed in an SQLite store since its traversal index was built, logged in the transaction that changes it.

The log names documents and nothing more: what became of them, and of the edges from them, is read from the tables.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

TABLES = ("changed", "indexed")
_CREATE = (
    "CREATE TABLE changed (seq INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL)",
    "CREATE TABLE indexed (token TEXT NOT NULL, seq INTEGER NOT NULL)",
    "INSERT INTO indexed VALUES ('', 0)",
)
_LOGGED = (
    ("document", "INSERT", "new.n", "TRUE"),
    ("document", "UPDATE", "new.n", "(old.id, old.record) IS NOT (new.id, new.record)"),
    ("document", "DELETE", "old.n", "TRUE"),
    ("edge", "INSERT", "new.src", "TRUE"),
    ("edge", "UPDATE", "new.src", "TRUE"),
    ("edge", "DELETE", "old.src", "TRUE"),
)
_TRIGGER = """
CREATE TRIGGER {table}_{event} AFTER {event} ON {table}
WHEN {when} AND {number} IS NOT (SELECT document FROM changed ORDER BY seq DESC LIMIT 1)
BEGIN INSERT INTO changed (document) VALUES ({number}); END
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which index a store goes by: the name of its folder, "" for none, and the last change that it holds.

    `last` is the last change of all.
    """

    token: str
    indexed: int
    last: int


def watch(connection: sqlite3.Connection) -> None:
    """Make the log, and log from now on. `TABLES` are not there yet, those that are watched are."""
    for statement in _CREATE:
        connection.execute(statement)
    for table, event, number, when in _LOGGED:
        connection.execute(_TRIGGER.format(table=table, event=event, number=number, when=when))


def standing(connection: sqlite3.Connection) -> Standing:
    """The index that the store goes by."""
    select = (
        "SELECT token, seq, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changed'), 0) FROM indexed"
    )
    return Standing(*connection.execute(select).fetchone())


def changed(connection: sqlite3.Connection, *, after: int, most: int) -> list[int]:
    """Numbers of the documents that changed after this change, `most` of them at most."""
    select = "SELECT DISTINCT document FROM changed WHERE seq > ? LIMIT ?"
    return [row[0] for row in connection.execute(select, (after, most))]


def adopt(connection: sqlite3.Connection, token: str, seq: int) -> None:
    """Go by the index in this folder from now on, and forget the changes that it holds."""
    connection.execute("UPDATE indexed SET token = ?, seq = ?", (token, seq))
    connection.execute("DELETE FROM changed WHERE seq <= ?", (seq,))

"""The search words of an SQLite store, in rows that stand in the order of answers: newest first.

A full-text table gives its rows by number without sorting them, so that the first page of a search costs the same
however many documents it finds. A row's number begins with the date, counted down; its end is the document's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from graph.model import Document
from graph.store.words import word_fields
from graph.text import fold

_NUMBER_BITS = 36
_DAYS_END = 99_999_999
_NUMBER = (1 << _NUMBER_BITS) - 1


def index_words(
    connection: sqlite3.Connection, remade: Iterable[tuple[int, Document | None, Document | None]]
) -> None:
    """Bring the words of documents up to date, each given by number with its old and new state, None where there is
    none. In order of rows: each step back would make the full-text table write what it has gathered."""
    dropped, written = [], []
    for n, before, after in remade:
        if before and after and (before.date, word_fields(before)) == (after.date, word_fields(after)):
            continue
        if before is not None:
            dropped.append((row_of(n, before.date),))
        if after is not None:
            written.append((row_of(n, after.date), *map(fold, word_fields(after))))
    connection.executemany("DELETE FROM words WHERE rowid = ?", sorted(dropped))
    connection.executemany("INSERT INTO words (rowid, sign, title, issuer) VALUES (?, ?, ?, ?)", sorted(written))


def row_of(n: int, date: str | None) -> int:
    """The number of the row of document `n`: those of later dates are lower, those of none the highest."""
    day = int(date.replace("-", "").ljust(8, "0")) if date else 0
    return (_DAYS_END - day) << _NUMBER_BITS | n


def count(connection: sqlite3.Connection, query: str, *, most: int) -> int:
    """How many documents a full-text query finds, counted to `most`."""
    select = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    (found,) = connection.execute(select, (query, most)).fetchone()
    return int(found)


def newest(connection: sqlite3.Connection, query: str, *, most: int) -> list[int]:
    """Numbers of the documents that a full-text query finds, whole days at a time, the newest first, until there are
    `most` of them; those of one day in no order."""
    found: list[int] = []
    for (row,) in connection.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", (query,)):
        if len(found) >= most and (not found or row >> _NUMBER_BITS != found[-1] >> _NUMBER_BITS):
            break
        found.append(row)
    return [row & _NUMBER for row in found]

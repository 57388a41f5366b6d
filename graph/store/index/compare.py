"""Whether the traversal index of a store tells the same as its tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from graph.store import sqlite_changes
from graph.store.index import shelf
from graph.store.index.arrays import load
from graph.store.index.build import build
from graph.store.index.facts import DTYPES, NONE, Columns, Names, Vocabulary
from graph.store.index.snapshot import IndexTraversal, extended
from graph.store.traversal import Arrows, Numbers


def differences(connection: sqlite3.Connection, path: Path) -> Iterator[str]:
    """What is wrong with the index that the store at `path` goes by, one line a finding.

    None where there is no index: then the tables are asked. The connection's transaction tells what is right.
    """
    now = sqlite_changes.standing(connection)
    folder = shelf.folder_of(path) / now.token
    if not now.token or not folder.is_dir():
        return
    index = load(folder)
    if index is None or index.seq != now.indexed:
        yield f"index: {folder} is damaged or of another version, and passed by"
        return
    changed = sqlite_changes.changed(connection, after=index.seq, most=-1)
    fresh, offices = build(connection, folder, now.last)
    ordered = fresh.by_order.astype(np.int64)
    right = Vocabulary(Names(list(fresh.provinces)), Names(list(fresh.types)), Names(offices))
    try:
        over = extended(index, None, connection, changed)
        agree = _facts(over.columns, over.words, ordered) == _facts(fresh.columns, right, ordered)
        agree = agree and _agree(IndexTraversal(index, over), IndexTraversal(fresh, None), ordered)
    except (IndexError, ValueError, KeyError):
        agree = False
    if not agree:
        yield f"index: {folder} does not tell what the tables do"


def _agree(stored: IndexTraversal, fresh: IndexTraversal, ordered: Numbers) -> bool:
    """Whether both tell the same identifiers, order and edges of all documents, given in the order of answers."""
    ids = fresh.ids(ordered)
    return (
        stored.ids(ordered) == ids
        and [stored.number(id) for id in ids] == ordered.tolist()
        and bool(np.all(np.diff(stored.order_keys(ordered)) > 0))
        and np.array_equal(np.argsort(stored.id_keys(ordered)), np.argsort(fresh.id_keys(ordered)))
        and _edges(stored.into(ordered)) == _edges(fresh.into(ordered))
        and _edges(stored.out_of(ordered)) == _edges(fresh.out_of(ordered))
    )


def _facts(columns: Columns, words: Vocabulary, numbers: Numbers) -> list[list[Any]]:
    """The columns with the values that they name."""
    named: dict[str, Names[Any]] = {"province": words.provinces, "type": words.types, "office": words.offices}
    told: list[list[Any]] = []
    for name in DTYPES:
        values = columns[name][numbers].tolist()
        if name in named:
            values = [None if value == NONE else named[name].values[value] for value in values]
        told.append(values)
    return told


def _edges(arrows: Arrows) -> list[bytes]:
    columns = arrows.code, arrows.target, arrows.source
    order = np.lexsort(columns)
    return [column[order].tobytes() for column in columns]

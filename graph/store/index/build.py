"""Building an index, and reading what changed since, from the tables of an SQLite store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.model import Document
from graph.store.codec import loads
from graph.store.index.arrays import Index, adjacency
from graph.store.index.facts import (
    DTYPES,
    Columns,
    Office,
    Vocabulary,
    code_of,
    columns_of,
    completed,
    facts_of,
)
from graph.store.traversal import Codes, Numbers

_AT_ONCE = 50_000
_EDGES = """
SELECT e.src, e.dst, e.type, coalesce(e.inferred, e.decided, s.evidence) ->> 'stated_in', e.inferred IS NOT NULL,
  CASE WHEN e.inferred IS NOT NULL THEN e.inferred ->> 'basis' WHEN e.substance THEN 'substance'
  ELSE s.evidence ->> 'basis' END
FROM {edges} LEFT JOIN statement s ON s.source = e.source AND s.position = e.position WHERE e.kept
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """Documents and the edges from them, as read: `facts` are rows of the columns, edges lack what `completed` adds."""

    numbers: list[int]
    ids: list[str]
    facts: Columns
    source: Numbers
    target: Numbers
    code: Codes


def read(connection: sqlite3.Connection, words: Vocabulary, numbers: Sequence[int] | None = None) -> Rows:
    """All documents of a store, or those of `numbers` that it still holds, with the edges from them."""
    if numbers is None:
        documents = connection.execute("SELECT n, id, record FROM document ORDER BY n")
        edges = connection.execute(_EDGES.format(edges="edge e"))
    else:
        given = (json.dumps(list(numbers)),)
        chosen = "SELECT d.n, d.id, d.record FROM json_each(?) c JOIN document d ON d.n = c.value ORDER BY d.n"
        documents = connection.execute(chosen, given)
        edges = connection.execute(_EDGES.format(edges="json_each(?) c CROSS JOIN edge e ON e.src = c.value"), given)
    held, ids, facts = [], [], []
    for n, id, record in documents:
        held.append(n)
        ids.append(id)
        facts.append(facts_of(loads(Document, record), words))
    source, target, code = _columns(edges)
    return Rows(held, ids, columns_of(facts), source, target, code.astype(np.uint16))


def replaced(before: Rows, now: Rows, changed: Sequence[int]) -> Rows:
    """Rows with those of the documents that changed taken from `now`."""
    kept = np.flatnonzero(~np.isin(before.numbers, changed))
    edges = ~np.isin(before.source, changed)
    return Rows(
        [before.numbers[at] for at in kept] + now.numbers,
        [before.ids[at] for at in kept] + now.ids,
        {name: np.concatenate([before.facts[name][kept], column]) for name, column in now.facts.items()},
        *(
            np.concatenate([getattr(before, name)[edges], getattr(now, name)])
            for name in ("source", "target", "code")
        ),
    )


def build(connection: sqlite3.Connection, folder: Path, seq: int) -> tuple[Index, list[Office]]:
    """The index of the state that the connection's transaction sees, and the issuers that it names."""
    words = Vocabulary()
    rows = read(connection, words)
    size = rows.numbers[-1] + 1 if rows.numbers else 0
    numbers = np.array(rows.numbers, np.int32)
    columns = {name: _spread(rows.facts[name], numbers, size) for name in DTYPES}
    code = completed(columns, words.offices.values, rows.source, rows.target, rows.code)
    lengths = np.zeros(size + 1, np.int64)
    lengths[numbers + 1] = [len(id) for id in rows.ids]
    by_id = numbers[sorted(range(len(rows.ids)), key=rows.ids.__getitem__)]
    id_rank = _ranks(by_id, size)
    by_order = by_id[np.argsort(columns["date"][by_id], kind="stable")]
    index = Index(
        folder=folder,
        seq=seq,
        ids=np.frombuffer("".join(rows.ids).encode("ascii"), np.uint8),
        id_at=np.cumsum(lengths),
        by_id=by_id,
        by_order=by_order,
        id_rank=id_rank,
        order_rank=_ranks(by_order, size),
        columns=columns,
        out_of=adjacency(rows.source, rows.target, code, size),
        into=adjacency(rows.target, rows.source, code, size),
        provinces=tuple(words.provinces.values),
        types=tuple(words.types.values),
    )
    return index, words.offices.values


def _columns(edges: sqlite3.Cursor) -> tuple[Numbers, Numbers, Numbers]:
    parts = [np.zeros((0, 3), np.int64)]
    while rows := edges.fetchmany(_AT_ONCE):
        parts.append(np.array([(src, dst, code_of(*trait)) for src, dst, *trait in rows], np.int64))
    source, target, code = np.concatenate(parts).T
    return source, target, code


def _spread(column: NDArray[Any], numbers: NDArray[np.int32], size: int) -> NDArray[Any]:
    spread = np.zeros(size, column.dtype)
    spread[numbers] = column
    return spread


def _ranks(order: NDArray[np.int32], size: int) -> NDArray[np.int32]:
    ranks = np.zeros(size, np.int32)
    ranks[order] = np.arange(order.size, dtype=np.int32)
    return ranks

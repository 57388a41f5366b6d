"""Traversal over an index and what has changed since it was built."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Hashable, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.store.base import Filter
from graph.store.index.arrays import Index
from graph.store.index.build import Rows, read, replaced
from graph.store.index.facts import FOLLOWED, Columns, Vocabulary, completed, passing
from graph.store.traversal import Arrows, Flags, Numbers, together

KEPT = 8
"""Answers that a state of the graph keeps for those who ask again."""
_BETWEEN = 20
"""Bits that are left between two neighbours of an index for documents that came between them since."""
_Placed: TypeAlias = tuple[Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class Overlay:
    """The documents that changed since an index was built, as they are now, and the edges from them.

    `stale` tells by number which those are, whether they are still there or not; `rows` are those that are. `columns`
    are of all documents of the index and the overlay; edges stand sorted by source and by target.
    """

    stale: NDArray[np.bool_]
    rows: Rows
    columns: Columns
    words: Vocabulary
    by_source: Arrows
    by_target: Arrows


def extended(index: Index, over: Overlay | None, connection: sqlite3.Connection, changed: Sequence[int]) -> Overlay:
    """What became of the documents that changed before, which `over` holds, and of these, which changed since."""
    words = over.words if over else index.vocabulary(offices=True)
    rows = read(connection, words, changed)
    known = over.stale if over else np.zeros(index.size, np.bool_)
    if citing := _told_otherwise(index, rows, known, changed):
        changed = [*changed, *citing]
        rows = replaced(rows, read(connection, words, citing), citing)
    if over:
        rows = replaced(over.rows, rows, changed)
    size = max(known.size, 1 + max(changed, default=0), 1 + int(rows.target.max(initial=-1)))
    stale = np.concatenate([known, np.zeros(size - known.size, np.bool_)])
    stale[list(changed)] = True
    columns = {}
    for name, column in index.columns.items():
        columns[name] = np.concatenate([column, np.zeros(size - index.size, column.dtype)])
        columns[name][rows.numbers] = rows.facts[name]
    code = completed(columns, words.offices.values, rows.source, rows.target, rows.code)
    edges = Arrows(rows.source, rows.target, code)
    by_source, by_target = np.argsort(rows.source, kind="stable"), np.argsort(rows.target, kind="stable")
    return Overlay(stale, rows, columns, words, edges.where(by_source), edges.where(by_target))


def _told_otherwise(index: Index, rows: Rows, known: NDArray[np.bool_], changed: Sequence[int]) -> list[int]:
    """Documents that the index still goes by, whose edges lead to one of which it now tells what edges follow from."""
    numbers = np.array(rows.numbers, np.int64)
    of_index = np.flatnonzero(numbers < index.size)
    held = numbers[of_index]
    differs = np.zeros(held.size, np.bool_)
    for name in FOLLOWED:
        differs |= rows.facts[name][of_index] != index.columns[name][held]
    _, sources, _ = index.into.rows(held[differs])
    fresh = np.setdiff1d(sources, np.array(changed, np.int64))
    return [number for number in fresh.tolist() if not known[number]]


class IndexTraversal:
    """`graph.store.traversal.Traversal` over an index and its overlay, None where nothing changed since.

    May be used by several threads at once.
    """

    def __init__(self, index: Index, over: Overlay | None) -> None:
        self._index, self._over = index, over
        self._words = over.words if over else index.vocabulary()
        self._columns = over.columns if over else index.columns
        self._ids = dict(zip(over.rows.numbers, over.rows.ids, strict=True)) if over else {}
        self._numbers = {id: number for number, id in self._ids.items()}
        self.memory: MutableMapping[Hashable, Any] = _Recent()

    @property
    def size(self) -> int:
        return self._over.stale.size if self._over else self._index.size

    def number(self, id: str) -> int | None:
        if id in self._numbers:
            return self._numbers[id]
        at = self._place(self._index.by_id, id, self._index.id)
        number = int(self._index.by_id[at]) if at < self._index.by_id.size else None
        if number is None or self._index.id(number) != id or (self._over and self._over.stale[number]):
            return None
        return number

    def ids(self, numbers: Numbers) -> list[str]:
        return [self._ids[number] if number in self._ids else self._index.id(number) for number in numbers.tolist()]

    def into(self, numbers: Numbers) -> Arrows:
        target, source, code = self._index.into.rows(numbers[numbers < self._index.size])
        known = Arrows(source, target, code)
        if self._over is None:
            return known
        edges = self._over.by_target
        return together([known.where(~self._over.stale[source]), edges.where(_at(edges.target, numbers))])

    def out_of(self, numbers: Numbers) -> Arrows:
        if self._over is None:
            return Arrows(*self._index.out_of.rows(numbers))
        edges = self._over.by_source
        known = Arrows(*self._index.out_of.rows(numbers[~self._over.stale[numbers]]))
        return together([known, edges.where(_at(edges.source, numbers))])

    def degree(self, numbers: Numbers, *, into: bool) -> int:
        side = self._index.into if into else self._index.out_of
        known = side.degree(numbers[numbers < self._index.size])
        if self._over is None:
            return known
        return known + _at(self._over.by_target.target if into else self._over.by_source.source, numbers).size

    def passing(self, numbers: Numbers, wanted: Filter) -> Flags:
        return passing(self._columns, self._words, numbers, wanted)

    def id_keys(self, numbers: Numbers) -> Numbers:
        return self._keys(numbers, self._index.id_rank, lambda: self._placed_by_id)

    def order_keys(self, numbers: Numbers) -> Numbers:
        return self._keys(numbers, self._index.order_rank, lambda: self._placed_by_order)

    def _keys(self, numbers: Numbers, ranks: NDArray[np.int32], placed: Callable[[], _Placed]) -> Numbers:
        """Keys of documents from their places in the index, and from those `placed` between them."""
        known = numbers[numbers < self._index.size] if self._over else numbers
        keys = np.zeros(numbers.size, np.int64)
        keys[numbers < self._index.size] = (ranks[known].astype(np.int64) << _BETWEEN) + (1 << _BETWEEN) - 1
        if self._over is not None:
            stale = np.flatnonzero(self._over.stale[numbers])
            changed, their = placed() if stale.size else (stale, stale)
            keys[stale] = their[np.searchsorted(changed, numbers[stale])]
        return keys

    @cached_property
    def _placed_by_id(self) -> _Placed:
        return self._placed(self._index.by_id, lambda number: self._ids[number], self._index.id)

    @cached_property
    def _placed_by_order(self) -> _Placed:
        dates, known = self._columns["date"], self._index.columns["date"]
        return self._placed(
            self._index.by_order,
            lambda number: (int(dates[number]), self._ids[number]),
            lambda number: (int(known[number]), self._index.id(number)),
        )

    def _placed(self, order: NDArray[np.int32], now: Callable[[int], Any], before: Callable[[int], Any]) -> _Placed:
        """The numbers of changed documents, sorted, and keys that place them between those of the index."""
        ordered = sorted(self._ids, key=now)
        keys = {
            number: (self._place(order, now(number), before) << _BETWEEN) + position
            for position, number in enumerate(ordered)
        }
        numbers = sorted(keys)
        return np.array(numbers, np.int64), np.array([keys[number] for number in numbers], np.int64)

    @staticmethod
    def _place(order: NDArray[np.int32], value: Any, key: Callable[[int], Any]) -> int:
        return bisect_left(range(order.size), value, key=lambda at: key(int(order[at])))


class _Recent(OrderedDict[Hashable, Any]):
    """The KEPT values that were noted last."""

    def __setitem__(self, key: Hashable, value: Any) -> None:
        super().__setitem__(key, value)
        while len(self) > KEPT:
            self.popitem(last=False)


def _at(ends: Numbers, numbers: Numbers) -> Numbers:
    """Positions of these numbers in sorted ends."""
    starts = np.searchsorted(ends, numbers)
    counts = np.searchsorted(ends, numbers, "right") - starts
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())

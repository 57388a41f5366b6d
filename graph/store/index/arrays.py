"""The index of one state of a store as arrays: what it holds, and its files."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.model import Branch, Level, Place
from graph.registry.inspections import inspection_words
from graph.store.index.facts import DTYPES, Columns, Names, Office, Vocabulary
from graph.store.traversal import Codes, Numbers

FORMAT = 2
"""To be raised with every change of the files, or of the rules behind them (`graph.checks`, `graph.superiors`)."""
_MANIFEST = "manifest.json"
_OFFICES = "offices.json"


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Edges sorted by one end: those of document n are at `at[n]` to `at[n + 1]`; `far` is their other end."""

    at: NDArray[np.int64]
    far: NDArray[np.int32]
    code: Codes

    def degree(self, numbers: Numbers) -> int:
        """How many edges these documents have."""
        return int((self.at[numbers + 1] - self.at[numbers]).sum())

    def rows(self, numbers: Numbers) -> tuple[Numbers, Numbers, Codes]:
        """For each edge of these documents its end among them, its other end, and its code."""
        starts = self.at[numbers]
        counts = self.at[numbers + 1] - starts
        before = np.cumsum(counts) - counts
        positions = np.repeat(starts - before, counts) + np.arange(counts.sum())
        return np.repeat(numbers, counts), self.far[positions].astype(np.int64), self.code[positions]


def adjacency(near: Numbers, far: Numbers, code: Codes, size: int) -> Adjacency:
    """Edges by their near ends, which are below `size`."""
    order = np.argsort(near, kind="stable")
    at = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(near, minlength=size), out=at[1:])
    return Adjacency(at, far[order].astype(np.int32), code[order])


@dataclass(frozen=True, slots=True)
class Index:
    """A graph as arrays, by numbers of documents as in the store; numbers that no document has have an empty id.

    `ids` are all identifiers in ASCII, one after the other, document n's from `id_at[n]`. `by_id` and `by_order` are
    the numbers in order of identifier, and of (date with nulls last, id); `id_rank` and `order_rank` where each stands.
    """

    folder: Path
    seq: int
    ids: NDArray[np.uint8]
    id_at: NDArray[np.int64]
    by_id: NDArray[np.int32]
    by_order: NDArray[np.int32]
    id_rank: NDArray[np.int32]
    order_rank: NDArray[np.int32]
    columns: Columns
    out_of: Adjacency
    into: Adjacency
    provinces: tuple[str, ...]
    types: tuple[str, ...]

    @property
    def size(self) -> int:
        """Above every number."""
        return int(self.id_at.size) - 1

    def id(self, number: int) -> str:
        """The identifier of a document."""
        return self.ids[self.id_at[number] : self.id_at[number + 1]].tobytes().decode("ascii")

    def vocabulary(self, *, offices: bool = False) -> Vocabulary:
        """The values that columns name; with `offices` issuers too, which are needed for changes alone."""
        issuers = self._offices() if offices else []
        return Vocabulary(Names(list(self.provinces)), Names(list(self.types)), Names(issuers))

    def _offices(self) -> list[Office]:
        return [_office(given) for given in json.loads((self.folder / _OFFICES).read_text(encoding="utf-8"))]


_ARRAYS = ("ids", "id_at", "by_id", "by_order", "id_rank", "order_rank")
_SIDES = ("out_of", "into")


def save(index: Index, offices: list[Office]) -> None:
    """Write an index to its folder, which is there and empty, and wait until it is on the disk."""
    arrays: dict[str, NDArray[Any]] = {name: getattr(index, name) for name in _ARRAYS}
    arrays |= {f"column_{name}": column for name, column in index.columns.items()}
    for side in _SIDES:
        edges: Adjacency = getattr(index, side)
        arrays |= {f"{side}_{name}": getattr(edges, name) for name in Adjacency.__slots__}
    for name, array in arrays.items():
        with (index.folder / f"{name}.npy").open("wb") as file:
            np.save(file, array, allow_pickle=False)
            os.fsync(file.fileno())
    _write(index.folder / _OFFICES, [_plain(office) for office in offices])
    names = {"provinces": index.provinces, "types": index.types}
    _write(index.folder / _MANIFEST, {"rules": _rules(), "seq": index.seq, **names})


def load(folder: Path) -> Index | None:
    """The index in a folder, its arrays mapped into memory; None where there is none that is whole and of our rules."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["rules"] != _rules():
            return None
        columns: Columns = {name: _mapped(folder, f"column_{name}") for name in DTYPES}
        arrays: dict[str, Any] = {name: _mapped(folder, name) for name in _ARRAYS}
        for side in _SIDES:
            arrays[side] = Adjacency(*(_mapped(folder, f"{side}_{name}") for name in Adjacency.__slots__))
        arrays |= {name: tuple(manifest[name]) for name in ("provinces", "types")}
        index = Index(folder=folder, seq=manifest["seq"], columns=columns, **arrays)
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None
    return index if _fits(index) else None


def _rules() -> list[Any]:
    """What an index has to be of to be used."""
    return [FORMAT, list(inspection_words())]


def _mapped(folder: Path, name: str) -> NDArray[Any]:
    mapped: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return np.asarray(mapped)


def _fits(index: Index) -> bool:
    """Whether the lengths of the arrays agree."""
    by_number = [index.id_rank, index.order_rank, *index.columns.values()]
    sides = [getattr(index, side) for side in _SIDES]
    return (
        all(array.size == index.size for array in by_number)
        and index.by_id.size == index.by_order.size
        and int(index.id_at[-1]) == index.ids.size
        and all(side.at.size == index.size + 1 for side in sides)
        and all(int(side.at[-1]) == side.far.size == side.code.size for side in sides)
    )


def _write(path: Path, value: object) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())


def _plain(office: Office) -> list[Any]:
    level, branch, place, issuer = office
    named = None if place is None else [place.province, place.district, place.commune, place.kind]
    return [level, branch, named, issuer]


def _office(given: list[Any]) -> Office:
    level, branch, named, issuer = given
    place = None if named is None else Place(*named)
    return Level(level) if level else None, Branch(branch) if branch else None, place, issuer

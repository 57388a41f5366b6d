"""The ledger of the SQLite store: sources, the signatures of their claims with counts, and what they state."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from graph.errors import StoreError
from graph.model import Evidence, Reading, Relation
from graph.resolve import Signature, Tally, normalise, pinned, tallies_of, tally
from graph.resolve.block import PLACELESS, hints, territory_of
from graph.resolve.edges import evidence_of
from graph.store.codec import dumps, loads
from graph.store.sqlite_decide import any_decided, names_in

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation claim by the numbers of its source and of its ends' signatures."""

    source: int
    position: int
    subject: int
    object: int
    relation: Relation
    score: float
    evidence: Evidence


@dataclass(slots=True)
class Entered:
    """What new sources brought: signatures never met before, by unit and number, those of them that tell no place, the
    number of further claims of signatures met before, and statements, which are not written yet. `pins` are the
    signatures of single claims to which a decision was applied or is to be."""

    fresh: dict[int, dict[int, Tally]] = field(default_factory=dict)
    placeless: set[int] = field(default_factory=set)
    counted: Counter[int] = field(default_factory=Counter)
    stated: list[Stated] = field(default_factory=list)
    pins: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Known:
    """A signature met in this batch: its number, its unit, and what the batch adds to it. `base` is that of a pin."""

    n: int
    unit: int
    fresh: bool
    tally: Tally
    count: int = 0
    base: int | None = None


class Ledger:
    """Adds sources within the caller's transaction. Use one for one batch, and `close` it by `entered`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[Signature, _Known] = {}
        self._units: dict[tuple[str, str], int] = {}
        self._next = 1 + (connection.execute("SELECT max(n) FROM signature").fetchone()[0] or 0)
        self._stated: list[Stated] = []
        self._decided = any_decided(connection)

    def add(self, reading: Reading) -> None:
        """Add a source that the ledger does not hold."""
        source = reading.source
        blank = replace(reading, source=replace(source, text=""))
        row = self._connection.execute(
            "INSERT INTO source (digest, name, text, reading, signatures) VALUES (?, ?, ?, ?, '')",
            (source.digest, source.name, zlib.compress(source.text.encode()), zlib.compress(dumps(blank).encode())),
        ).lastrowid
        self.derive(row or 0, reading)

    def derive(self, row: int, reading: Reading) -> None:
        """Add what follows from the source of this row."""
        names = names_in(self._connection, reading.source.digest) if self._decided else set()
        signatures = normalise(reading)
        for each in tally(tallies_of(reading, signatures, names)):
            self._count(each)
        signatures = pinned(reading, signatures, names)
        said = [self._known[signature].n for signature in signatures]
        self._connection.execute("UPDATE source SET signatures = ? WHERE n = ?", (json.dumps(said), row))
        for position, each_stated in enumerate(reading.relations):
            ends = said[each_stated.subject], said[each_stated.object]
            proof = evidence_of(reading, each_stated)
            self._stated.append(Stated(row, position, *ends, each_stated.relation, each_stated.score, proof))

    def entered(self) -> Entered:
        """Write the signatures with their counts, and tell what is new."""
        result = Entered(stated=self._stated)
        fresh = [known for known in self._known.values() if known.fresh]
        self._connection.executemany(
            "INSERT INTO signature (n, hash, packed, unit, count, quote, header, base, pin)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [self._row(known) for known in fresh],
        )
        grown = [known for known in self._known.values() if not known.fresh]
        self._connection.executemany(
            "UPDATE signature SET count = count + ?, quote = min(quote, ?) WHERE n = ?",
            [(known.count, known.tally.quote, known.n) for known in grown],
        )
        near, astray = set(), []
        for known in fresh:
            if known.base is not None:
                result.pins.add(known.n)
                continue
            keys = hint_keys(known.tally.signature.block, hints(known.tally.signature))
            result.fresh.setdefault(known.unit, {})[known.n] = known.tally
            if known.tally.signature.place is None:
                result.placeless.add(known.n)
                astray += [(key, known.n) for key in keys]
            else:
                near |= {(key, known.unit) for key in keys}
        self._connection.executemany("INSERT OR IGNORE INTO hint VALUES (?, ?)", sorted(near))
        self._connection.executemany("INSERT INTO astray VALUES (?, ?)", sorted(astray))
        result.counted.update({known.n: known.count for known in grown})
        return result

    def _count(self, each: Tally) -> None:
        known = self._known.get(each.signature)
        if known is None:
            known = self._known[each.signature] = self._found(each)
        else:
            known.tally = known.tally.merged(each)
        known.count += each.count - len(each.pins)
        for alone in each.alone({name for name, _ in each.pins}):
            number, self._next = self._next, self._next + 1
            pin = _Known(number, known.unit, fresh=True, tally=alone, count=1, base=known.n)
            self._known[alone.signature] = pin

    def _found(self, each: Tally) -> _Known:
        hashed = each.signature.digest
        row = self._connection.execute("SELECT n, unit FROM signature WHERE hash = ?", (hashed,)).fetchone()
        if row:
            return _Known(row[0], row[1], fresh=False, tally=each)
        number, self._next = self._next, self._next + 1
        return _Known(number, self._unit(each.signature), fresh=True, tally=each)

    def _unit(self, signature: Signature) -> int:
        key = signature.block, territory_of(signature)
        if key not in self._units:
            self._units[key] = unit_number(self._connection, *key)
        return self._units[key]

    @staticmethod
    def _row(known: _Known) -> tuple[object, ...]:
        said, signature = known.tally, known.tally.signature
        header = dumps(said.header) if said.header else None
        row = known.n, signature.digest, signature.packed, known.unit, known.count, said.quote, header
        return (*row, known.base, signature.pin or None)


def unit_number(connection: sqlite3.Connection, block: str, territory: str = PLACELESS) -> int:
    """The number of a unit, which is made if it is not there."""
    connection.execute("INSERT OR IGNORE INTO unit (block, territory) VALUES (?, ?)", (block, territory))
    select = "SELECT n FROM unit WHERE block = ? AND territory = ?"
    return int(connection.execute(select, (block, territory)).fetchone()[0])


def hint_keys(block: str, hints: Iterable[str]) -> set[int]:
    """Numbers for hints in a block. Those of two hints may be equal: what they find is to be checked."""
    return {zlib.crc32(f"{block}\n{hint}".encode()) for hint in hints}


def readings(connection: sqlite3.Connection, *, after: int, limit: int) -> list[tuple[int, Reading]]:
    """Sources of the ledger with their row numbers, in order, without their texts. Raises StoreError."""
    select = "SELECT n, reading FROM source WHERE n > ? ORDER BY n LIMIT ?"
    return [(n, _read(n, blob)) for n, blob in connection.execute(select, (after, limit))]


def _read(n: int, blob: bytes) -> Reading:
    try:
        return loads(Reading, zlib.decompress(blob).decode())
    except (zlib.error, ValueError) as error:
        raise StoreError(f"row {n} of the ledger cannot be read: {error}", remedy="restore a backup") from error


def chunks(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """`items` in lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk

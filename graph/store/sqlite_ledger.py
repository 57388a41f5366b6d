"""The ledger of the SQLite store: sources, the signatures of their claims with counts, and what they state."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from graph.errors import StoreError
from graph.model import Header, Reading, Relation
from graph.resolve import Signature, Tally
from graph.resolve.block import PLACELESS, hints, territory_of
from graph.store.codec import loads
from graph.store.entry import Entry, Said, Signed
from graph.store.sqlite_decide import any_decided, names_in

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation claim by the numbers of its source and of its ends' signatures; `evidence` is JSON."""

    source: int
    position: int
    subject: int
    object: int
    relation: Relation
    score: float
    substance: bool
    evidence: str


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
    """A signature met in this batch: its number, its unit, and what the batch adds to it. `fresh` tells that it was
    never met before, `pins` are those of its claims that decisions name, `base` is the signature that a pin is of."""

    n: int
    unit: int
    fresh: bool
    first: Signed
    quote: str
    header: str | None = None
    count: int = 0
    pins: tuple[tuple[str, str], ...] = ()
    base: int | None = None

    def add(self, one: Signed) -> None:
        self.count += one.times
        self.quote = min(self.quote, one.quote)
        self.header = self.header or one.header

    def tally(self) -> Tally:
        header = loads(Header, self.header) if self.header else None
        signature, count = Signature.unpack(self.first.packed), self.count + len(self.pins)
        return Tally(signature, count, self.quote, header, tuple(sorted(self.pins)))

    @property
    def row(self) -> tuple[object, ...]:
        one = self.first
        return self.n, one.digest, one.packed, self.unit, self.count, self.quote, self.header, self.base, one.pin


class Ledger:
    """Adds sources within the caller's transaction. Use one for one batch, and `close` it by `entered`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[bytes, _Known] = {}
        self._units: dict[tuple[str, str], int] = {}
        self._next = 1 + (connection.execute("SELECT max(n) FROM signature").fetchone()[0] or 0)
        self._stated: list[Stated] = []
        self._decided = any_decided(connection)

    def add(self, entry: Entry) -> None:
        """Add a source that the ledger does not hold."""
        names = self._named(entry.digest)
        said = Said.of(entry.reading, names) if names else entry.said
        numbers = self._enter(said)
        row = self._connection.execute(
            "INSERT INTO source (digest, name, text, reading, signatures) VALUES (?, ?, ?, ?, ?)",
            (entry.digest, entry.name, entry.text, entry.packed, json.dumps(numbers)),
        ).lastrowid
        self._state(row or 0, said, numbers)

    def derive(self, row: int, reading: Reading) -> None:
        """Add what follows from the source of this row."""
        said = Said.of(reading, self._named(reading.source.digest))
        numbers = self._enter(said)
        self._connection.execute("UPDATE source SET signatures = ? WHERE n = ?", (json.dumps(numbers), row))
        self._state(row, said, numbers)

    def entered(self) -> Entered:
        """Write the signatures with their counts, and tell what is new."""
        result = Entered(stated=self._stated)
        fresh = [known for known in self._known.values() if known.fresh]
        self._connection.executemany(
            "INSERT INTO signature (n, hash, packed, unit, count, quote, header, base, pin)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [known.row for known in fresh],
        )
        grown = [known for known in self._known.values() if not known.fresh]
        self._connection.executemany(
            "UPDATE signature SET count = count + ?, quote = min(quote, ?) WHERE n = ?",
            [(known.count, known.quote, known.n) for known in grown],
        )
        near, astray = set(), []
        for known in fresh:
            if known.base is not None:
                result.pins.add(known.n)
                continue
            tally = known.tally()
            keys = hint_keys(tally.signature.block, hints(tally.signature))
            result.fresh.setdefault(known.unit, {})[known.n] = tally
            if tally.signature.place is None:
                result.placeless.add(known.n)
                astray += [(key, known.n) for key in keys]
            else:
                near |= {(key, known.unit) for key in keys}
        self._connection.executemany("INSERT OR IGNORE INTO hint VALUES (?, ?)", sorted(near))
        self._connection.executemany("INSERT INTO astray VALUES (?, ?)", sorted(astray))
        result.counted.update({known.n: known.count for known in grown})
        return result

    def _named(self, digest: str) -> set[str]:
        """The claims of a source that decisions name."""
        return names_in(self._connection, digest) if self._decided else set()

    def _enter(self, said: Said) -> list[int]:
        """Count the signatures of a source. The number of that of each claim."""
        met: list[_Known] = []
        for one in said.signatures:
            if one.base is None:
                known = self._known.get(one.digest) or self._found(one)
            else:
                known = self._alone(one, met[one.base])
            known.add(one)
            met.append(known)
        return [met[at].n for at in said.claims]

    def _state(self, row: int, said: Said, numbers: list[int]) -> None:
        for position, one in enumerate(said.relations):
            ends = numbers[one.subject], numbers[one.object]
            self._stated.append(
                Stated(row, position, *ends, Relation(one.relation), one.score, one.substance, one.evidence)
            )

    def _found(self, one: Signed) -> _Known:
        row = self._connection.execute("SELECT n, unit FROM signature WHERE hash = ?", (one.digest,)).fetchone()
        if row:
            known = _Known(row[0], row[1], fresh=False, first=one, quote=one.quote)
        else:
            number, self._next = self._next, self._next + 1
            known = _Known(number, self._unit(one), fresh=True, first=one, quote=one.quote)
        self._known[one.digest] = known
        return known

    def _alone(self, one: Signed, base: _Known) -> _Known:
        """The signature of a single claim that decisions name."""
        number, self._next = self._next, self._next + 1
        base.pins += ((one.pin or "", one.quote),)
        pin = _Known(number, base.unit, fresh=True, first=one, quote=one.quote, base=base.n)
        self._known[one.digest] = pin
        return pin

    def _unit(self, one: Signed) -> int:
        signature = Signature.unpack(one.packed)
        key = signature.block, territory_of(signature)
        if key not in self._units:
            self._units[key] = unit_number(self._connection, *key)
        return self._units[key]


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

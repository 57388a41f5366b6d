"""A reading as a ledger takes it: packed, and its claims in canonical form.

All of it follows from the reading alone, so that the process that reads can work it out, and what passes to the one
that stores is text and bytes, which cost little to hand over.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

from graph.model import BasisKind, Reading, Source
from graph.resolve import Signature, Tally, normalise, tallies_of
from graph.resolve.edges import evidence_of
from graph.resolve.records import digest_of
from graph.store.codec import dumps, loads


class Signed(NamedTuple):
    """A signature of a source: `Signature.packed` and `Signature.digest`, how often its claims say it, the smallest of
    their written forms, and the header of an own claim as JSON.

    `pin` names the one claim that it is of, where decisions speak of that; `base` is then the position of the signature
    that the claim shares with its equals, whose `times` are without it.
    """

    packed: str
    digest: bytes
    times: int
    quote: str
    header: str | None
    pin: str | None = None
    base: int | None = None


class Related(NamedTuple):
    """A relation claim by the positions of its claims, with its evidence as JSON; `substance` as in `BasisKind`."""

    subject: int
    object: int
    relation: str
    score: float
    substance: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Said:
    """All that one source says. `claims` holds for each claim the position of its signature in `signatures`."""

    signatures: tuple[Signed, ...]
    claims: tuple[int, ...]
    relations: tuple[Related, ...]

    @classmethod
    def of(cls, reading: Reading, named: Collection[str] = ()) -> Said:
        """`named` are the names of the claims that decisions speak of."""
        canonical = normalise(reading)
        each_alone = list(tallies_of(reading, canonical, named))
        position: dict[Signature, int] = {}
        claims = [position.setdefault(signature, len(position)) for signature in canonical]
        found: list[Tally] = []
        for at, each in zip(claims, each_alone, strict=True):
            if at == len(found):
                found.append(each)
            else:
                found[at] = found[at].merged(each)
        signatures = list(map(_signed, found))
        for at, each in enumerate(each_alone):
            for alone in each.alone([name for name, _ in each.pins]):
                signatures.append(_signed(alone)._replace(pin=alone.signature.pin, base=claims[at]))
                claims[at] = len(signatures) - 1
        return cls(tuple(signatures), tuple(claims), _relations(reading))


@dataclass(frozen=True, slots=True)
class Entry:
    """A source with all that it says. `text` is compressed, `packed` the rest of the reading as compressed JSON."""

    digest: str
    name: str
    text: bytes
    packed: bytes
    said: Said

    @classmethod
    def of(cls, given: Reading | Entry) -> Entry:
        """The entry of a reading that may be one already."""
        if isinstance(given, Entry):
            return given
        source = given.source
        blank = dumps(replace(given, source=replace(source, text="")))
        text, packed = zlib.compress(source.text.encode()), zlib.compress(blank.encode())
        return cls(source.digest, source.name, text, packed, Said.of(given))

    @property
    def reading(self) -> Reading:
        """What this was made of."""
        return unpacked(self.digest, self.name, self.text, self.packed)


def unpacked(digest: str, name: str, text: bytes, packed: bytes) -> Reading:
    """The reading of a source that is kept as in an `Entry`."""
    source = Source(digest, name, zlib.decompress(text).decode())
    return replace(loads(Reading, zlib.decompress(packed).decode()), source=source)


def reading_of(given: Reading | Entry) -> Reading:
    """The reading of an entry that may be one already."""
    return given.reading if isinstance(given, Entry) else given


def _signed(each: Tally) -> Signed:
    header = dumps(each.header) if each.header else None
    times = each.count if each.signature.pin else each.count - len(each.pins)
    packed = each.signature.packed
    return Signed(packed, digest_of(packed), times, each.quote, header)


def _relations(reading: Reading) -> tuple[Related, ...]:
    return tuple(
        Related(
            stated.subject,
            stated.object,
            stated.relation.value,
            stated.score,
            stated.basis is BasisKind.SUBSTANCE,
            dumps(evidence_of(reading, stated)),
        )
        for stated in reading.relations
    )

"""The records that pass between the stages of resolve."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter

from graph.model import Header, Place
from graph.signs import Sign

_RARE = ("pin", "other_than")
"""The last fields of a signature, which few have: without them it is packed as it was before there were any."""


@lru_cache(maxsize=65536)
def sign_of(text: str) -> Sign:
    """`Sign.parse`, remembered: a text is parsed at every stage. Raises SignError."""
    return Sign.parse(text)


@lru_cache(maxsize=65536)
def place_order(place: Place | None) -> str:
    """What orders places: equal for equal ones alone."""
    return repr(place)


@dataclass(frozen=True, slots=True)
class Signature:
    """All that one claim says which bears on what document it speaks of, in canonical form; "" and None: not said.

    Equal claims share a signature, and resolve works on signatures with counts. `block` names all signatures that can
    share an identifier, `key` those that can be one document: the `Sign.key`, or the slug of the name. `before` is the
    latest date that the document can have, to the month in the end, set where `date` is not known. `own` is the digest
    of the source whose header speaks. `filled` names the fields that this claim does not state: other claims of its
    source or the registry do. `open` tells that the name fits several documents of the registry. `pin` is the name of
    the one claim meant, where a decision may tell it from its equals. `other_than` is a date under the same sign, of
    the citing document or of another that its text names, which this is told to be other than.
    """

    block: str
    key: str
    stem: str
    sign: str = ""
    name: str = ""
    type: str = ""
    issuer: str = ""
    place: Place | None = None
    date: str = ""
    term: str = ""
    title: str = ""
    before: str = ""
    own: str = ""
    filled: tuple[str, ...] = ()
    open: bool = False
    pin: str = ""
    other_than: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """What orders signatures: equal for equal ones alone."""
        said = (self.key, self.sign, self.name, self.type, self.issuer, self.date, self.term, self.title, self.before)
        rest = (place_order(self.place), self.block, self.stem, self.pin, self.other_than)
        return (*said, self.own, self.filled, self.open, *rest)

    @property
    def packed(self) -> str:
        """The signature as one line of JSON, equal for equal signatures."""
        place = self.place and [self.place.province, self.place.district, self.place.commune, self.place.kind]
        fields = list(_fields(self))
        fields[_PLACE] = place
        for _ in _RARE:
            if not fields[-1]:
                fields.pop()
        return _encode(fields)

    @property
    def digest(self) -> bytes:
        """A hash of all that it says."""
        return digest_of(self.packed)

    @classmethod
    @lru_cache(maxsize=65536)
    def unpack(cls, packed: str) -> Signature:
        """The signature whose `packed` this is."""
        fields = dict(zip(cls.__slots__, json.loads(packed), strict=False))
        fields["place"] = fields["place"] and Place(*fields["place"])
        fields["place"] = fields["place"] or None
        fields["filled"] = tuple(fields["filled"])
        return cls(**fields)


_fields = attrgetter(*Signature.__slots__)
_PLACE = Signature.__slots__.index("place")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest_of(packed: str) -> bytes:
    """The `Signature.digest` of a signature, from its `packed`."""
    return blake2b(packed.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Tally:
    """A signature, the number of claims that have it, the smallest of their written forms, an own claim's header.

    `pins` are those of its claims that decisions name: name and written form, by name.
    """

    signature: Signature
    count: int
    quote: str
    header: Header | None = None
    pins: tuple[tuple[str, str], ...] = ()

    def merged(self, other: Tally) -> Tally:
        """This tally and another of the same signature as one."""
        header, pins = self.header or other.header, tuple(sorted({*self.pins, *other.pins}))
        return Tally(self.signature, self.count + other.count, min(self.quote, other.quote), header, pins)

    def without(self, names: Collection[str]) -> Tally:
        """This tally without these of its pinned claims. The written form stays that of all of them."""
        left = tuple(pin for pin in self.pins if pin[0] not in names)
        return replace(self, count=self.count - len(self.pins) + len(left), pins=left)

    def alone(self, names: Collection[str]) -> list[Tally]:
        """These of its pinned claims, each with a signature of its own."""
        return [
            Tally(replace(self.signature, pin=name), 1, quote, self.header, ((name, quote),))
            for name, quote in self.pins
            if name in names
        ]

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """The signature, and those of its pinned claims."""
        if self.signature.pin:
            return (self.signature,)
        return (self.signature, *(replace(self.signature, pin=name) for name, _ in self.pins))


def tally(tallies: Iterable[Tally]) -> list[Tally]:
    """One tally for each signature, in the order of `Signature.order`."""
    found: dict[Signature, Tally] = {}
    for each in tallies:
        known = found.get(each.signature)
        found[each.signature] = known.merged(each) if known else each
    return sorted(found.values(), key=lambda one: one.signature.order)

"""The records that pass between the stages of resolve."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.model import Header, Place
from graph.signs import Sign


@lru_cache(maxsize=65536)
def sign_of(text: str) -> Sign:
    """`Sign.parse`, remembered: a text is parsed at every stage. Raises SignError."""
    return Sign.parse(text)


@lru_cache(maxsize=65536)
def _place_order(place: Place | None) -> str:
    return repr(place)


@dataclass(frozen=True, slots=True)
class Signature:
    """All that one claim says which bears on what document it speaks of, in canonical form; "" and None: not said.

    Equal claims share a signature, and resolve works on signatures with counts. `block` names all signatures that can
    share an identifier, `key` those that can be one document: the `Sign.key`, or the slug of the name. `before` is the
    latest date that the document can have, to the month in the end, set where `date` is not known. `own` is the digest
    of the source whose header speaks. `filled` names the fields that this claim does not state: other claims of its
    source or the registry do. `open` tells that the name fits several documents of the registry.
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

    @property
    def order(self) -> tuple[object, ...]:
        """What orders signatures: equal for equal ones alone."""
        said = (self.key, self.sign, self.name, self.type, self.issuer, self.date, self.term, self.title, self.before)
        return (*said, self.own, self.filled, self.open, _place_order(self.place), self.block, self.stem)

    @property
    def packed(self) -> str:
        """The signature as one line of JSON, equal for equal signatures."""
        place = self.place and [self.place.province, self.place.district, self.place.commune, self.place.kind]
        fields = [getattr(self, name) for name in self.__slots__]
        fields[self.__slots__.index("place")] = place
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    @lru_cache(maxsize=65536)
    def unpack(cls, packed: str) -> Signature:
        """The signature whose `packed` this is."""
        fields = dict(zip(cls.__slots__, json.loads(packed), strict=True))
        fields["place"] = fields["place"] and Place(*fields["place"])
        fields["place"] = fields["place"] or None
        fields["filled"] = tuple(fields["filled"])
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Tally:
    """A signature, the number of claims that have it, the smallest of their written forms, an own claim's header."""

    signature: Signature
    count: int
    quote: str
    header: Header | None = None

    def merged(self, other: Tally) -> Tally:
        """This tally and another of the same signature as one."""
        header = self.header or other.header
        return Tally(self.signature, self.count + other.count, min(self.quote, other.quote), header)


def tally(tallies: Iterable[Tally]) -> list[Tally]:
    """One tally for each signature, in the order of `Signature.order`."""
    found: dict[Signature, Tally] = {}
    for each in tallies:
        known = found.get(each.signature)
        found[each.signature] = known.merged(each) if known else each
    return sorted(found.values(), key=lambda one: one.signature.order)

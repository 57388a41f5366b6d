"""Identifiers of documents: readable, stable, one a document, the same in every store and in RDF.

`33.ct-ttg~2021`, `08.nq-tu~tinh.bac-kan~2021`, `55-kh.hu~huyen.cao-lanh.dong-thap~2021`: sign or name, territory of the
body that numbered it (left out for central bodies), year, or the full date where the year still collides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import IdentifierError
from graph.model import COUNTRY, Place
from graph.signs import Sign
from graph.text import slug

UNKNOWN = "chua-ro"
_PART = re.compile(r"[a-z0-9._-]+")
_TIME = re.compile(rf"(?:\d{{4}}(?:-\d\d(?:-\d\d)?)?|{UNKNOWN})(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in its parts: `territory` is "" for central bodies; it and `time` are UNKNOWN when no text tells.

    `str(identifier)` matches `[a-z0-9._~-]+` and parses back to an equal identifier.
    """

    stem: str
    territory: str
    time: str

    def __str__(self) -> str:
        return "~".join(part for part in (self.stem, self.territory, self.time) if part)

    @classmethod
    def parse(cls, text: str) -> Identifier:
        """Raises IdentifierError where `text` has not the form of an identifier."""
        parts = text.split("~")
        if len(parts) not in (2, 3) or not all(_PART.fullmatch(part) for part in parts):
            raise IdentifierError(f"{text!r} is not an identifier", remedy="an identifier looks like 33.ct-ttg~2021")
        if not _TIME.fullmatch(parts[-1]):
            raise IdentifierError(f"{text!r} ends without a year", remedy="an identifier looks like 33.ct-ttg~2021")
        return cls(parts[0], parts[1] if len(parts) == 3 else "", parts[-1])


def sign_stem(sign: Sign) -> str:
    """The sign as the first part of an identifier: 25-NQ/TW → "25-nq.tw", 59/2023/NĐ-CP → "59.2023.nd-cp"."""
    return ".".join(slug(part) for part in re.split(r"[/.]", str(sign)))


@lru_cache(maxsize=16_384)
def territory(place: Place | None) -> str:
    """The place as the second part of an identifier, lowest unit first with its kind: "huyen.cao-lanh.dong-thap"."""
    if place is None:
        return UNKNOWN
    if place == COUNTRY:
        return ""
    names = [name for name in (place.commune, place.district, place.province) if name]
    usual = "xa" if place.commune else "huyen" if place.district else "tinh"
    return ".".join([slug(place.kind) if place.kind else usual, *map(slug, names)])

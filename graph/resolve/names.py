"""Names of documents without a number: what is equal for all spellings of one name."""

from __future__ import annotations

import re

from graph.model import Place
from graph.registry.laws import TYPES
from graph.text import slug

STEM_LENGTH = 80

_YEAR = re.compile(r"[\s,(]*(?:năm\s+)?\b(?P<year>(?:19|20)\d\d)\)?\s*$", re.IGNORECASE)
_IGNORED = re.compile(r"(?:^|(?<=-))(?:lan-thu|dai-bieu-toan-quoc|dai-bieu(?=-dang-bo)|cong-san-viet-nam)(?:-|$)")
_NATIONAL = re.compile(r"(?<=^nghi-quyet-dai-hoi-)(?P<ordinal>[ivx]+)(?:-dang)?$")
_PLENUM = re.compile(
    r"^(?P<type>nghi-quyet|ket-luan)-(?:(?:hoi-nghi-)?(?:trung-uong|tw)-(?P<nth>[a-z0-9-]+?)"
    r"|hoi-nghi-(?P<spelt>[a-z0-9-]+?)-(?:cua-)?ban-chap-hanh-trung-uong(?:-dang)?)-khoa-(?P<term>[ivx]+)$"
)
_NTH = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_BEYOND_TEN = (f"muoi-{unit}" for unit in ("mot", *_NTH[1:5]))
_ORDINALS = {word: str(number) for number, word in enumerate((*_NTH, *_BEYOND_TEN), 1)}


def split_year(name: str) -> tuple[str, str]:
    """A name without the year of passing, and that year: "Luật Đất đai năm 2024" → ("Luật Đất đai", "2024").

    Only for laws, whose versions it tells apart; in other names the year is what the document is for.
    """
    match = _YEAR.search(name) if name.startswith(TYPES) else None
    return (name[: match.start()].strip(), match["year"]) if match and match.start() else (name, "")


def name_key(name: str, place: Place | None) -> str:
    """The slug that spellings of a name share: "Nghị quyết Đại hội lần thứ XIII" → "nghi-quyet-dai-hoi-xiii-cua-dang".

    A congress without its organisation is that of the whole Party, and "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành
    Trung ương Đảng khóa XII" is "Nghị quyết Trung ương 4 khóa XII". The name of the province itself is left out, since
    the same name is written with and without it.
    """
    key = _NATIONAL.sub(r"\g<ordinal>-cua-dang", _PLENUM.sub(_plenum, _IGNORED.sub("", slug(name)).strip("-")))
    if place and place.province:
        key = re.sub(rf"\b(tinh|thanh-pho)-{slug(place.province)}(?=-|$)", r"\1", key)
    return key


def _plenum(match: re.Match[str]) -> str:
    nth = match["nth"] or match["spelt"]
    return f"{match['type']}-trung-uong-{_ORDINALS.get(nth, nth.lstrip('0'))}-khoa-{match['term']}"


def name_stem(key: str) -> str:
    """The first part of an identifier: at most STEM_LENGTH characters of the key, cut at a word boundary."""
    if len(key) <= STEM_LENGTH:
        return key or "khong-ten"
    return key[: STEM_LENGTH + 1].rpartition("-")[0] or key[:STEM_LENGTH]

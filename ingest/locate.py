"""The territory of a document, by its letterhead, place line, signature and the places that its text names."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain

from graph.model import COUNTRY, Level, Place
from graph.registry.places import REFORM, find_units, provinces, spelling
from ingest import units
from ingest.frame import HEAD, PREAMBLE, Frame, acting
from ingest.issuers import Issuer, parse_issuer

_KINDS = {
    Level.DISTRICT: ("huyện", "thị xã", "quận", "thành phố"),
    Level.COMMUNE: ("xã", "phường", "thị trấn", "đặc khu"),
}
_BODIES = "(?:ủy ban nhân dân|ubnd|ban chỉ đạo|đảng ủy)"
_DISTRICT = re.compile(
    r"[HhQqTt](?:(?<=[Hh])uyện|(?<=[Qq])uận|(?<=[Tt])hị(?:\sxã)?|(?<=[Tt])hành(?:\sphố)?|(?<=T)P\.?)\s(?:(?:ủy|uỷ)\s)?"
    r"(?P<names>[^\W\d_]+(?:\s[^\W\d_]+){0,3})"
)


def locate(frame: Frame) -> Place | None:
    """The territory of the document: the letterhead's, completed by the place line and by the names in the text.

    COUNTRY for central bodies; None where the text names no place.
    """
    head = frame.letterhead or (frame.heading.issuer if frame.heading else None)
    if head is not None and head.level is Level.CENTRAL:
        return COUNTRY
    place = head.place if head else None
    doer, _ = (acting(frame, None) if place is None or place.province is None else None) or (None, None)
    place = place or (doer.place if doer else None)
    level = head.level if head and head.level else _level(frame, doer)
    if level is Level.CENTRAL:
        return COUNTRY
    if place is None and level is not None:
        place = _named_by_date_line(frame, level)
    province = (place.province if place else None) or (doer.place.province if doer and doer.place else None)
    province = province or _province(frame)
    if place is None:
        return Place(province, kind=units.province_kind(province)) if province else None
    return Place(province, place.district or _district(frame, place, province), place.commune, place.kind)


def _level(frame: Frame, doer: Issuer | None) -> Level | None:
    """The level that signature, acting body or sign tell where the letterhead is missing."""
    for signature in frame.signatures:
        for words in (signature.body, *(signature.position or "").split(", "), signature.office):
            parsed = parse_issuer(words or "", 0, None)
            if parsed and parsed[0].level:
                return parsed[0].level
    if doer:
        return doer.level
    letters = frame.number.letters if frame.number else frame.act["sign"] if frame.act else ""
    found = re.search(r"/\w*?(TW|TU|HU)\b", letters)
    return {"TW": Level.CENTRAL, "TU": Level.PROVINCE, "HU": Level.DISTRICT}[found[1]] if found else None


def _named_by_date_line(frame: Frame, level: Level) -> Place | None:
    """The unit of this level whose name stands before the date; its kind as the text writes it."""
    name = frame.dated.place if frame.dated else None
    if not name:
        return None
    name = re.sub(r"^(?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn)\s+", "", name, flags=re.I).strip()
    if level is Level.PROVINCE:
        found = find_units(name, level=level)
        return Place(found[0].name, kind=found[0].kind) if found else None
    kind = _kind(frame, level)
    return Place(None, name, kind=kind) if level is Level.DISTRICT else Place(None, None, name, kind)


def _kind(frame: Frame, level: Level) -> str:
    """The kind of unit of this level that the preamble and signature speak of most; the usual one otherwise."""
    start = frame.signature_start if frame.signature_start is not None else len(frame.clean)
    words = (frame.clean[:HEAD] + frame.clean[start : start + PREAMBLE]).casefold()
    counts = Counter(re.findall(rf"{_BODIES}\s+({'|'.join(_KINDS[level])})\b", words))
    return max(_KINDS[level], key=counts.__getitem__)


@lru_cache(maxsize=1)
def _province_names() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """Provinces after their kind or committee, and anywhere. The first leap from one rare word to the next, the others
    from one capital to the next."""
    names = sorted({unit.name for unit in provinces()}, key=len, reverse=True)
    written = [re.escape(name).replace(r"\ ", r"\s") for name in names]
    either = "|".join(written)
    opening = "|".join(rf"{name[0]}(?<!\w{name[0]}){name[1:]}" for name in written)
    kinds = (r"ỉnh(?<=[Tt]ỉnh)(?:\s(?:ủy|uỷ))?", r"hành(?<=[Tt]hành)\s(?:phố|ủy|uỷ)", r"P(?<=[Tt]P)\.?")
    after_kind = tuple(re.compile(rf"{kind}\s(?P<name>{either})\b") for kind in kinds)
    return after_kind, (re.compile(rf"(?P<name>{opening})\b"),)


@lru_cache(maxsize=256)
def _standing(date: str | None) -> frozenset[str]:
    """The names of the provinces that stood on a day, of all for None."""
    return frozenset(unit.name for unit in provinces(date))


def _province(frame: Frame) -> str | None:
    """The province that the text names most often, first after "tỉnh" or "Tỉnh ủy", then at all.

    A province that had ceased by the document's date counts only where no other is named.
    """
    date = frame.dated.date if frame.dated else None
    standing = _standing(date if date and len(date) == 10 else None)
    for patterns in _province_names():
        matches = chain.from_iterable(pattern.finditer(frame.clean) for pattern in patterns)
        counts = Counter(" ".join(match["name"].split()) for match in matches)
        if counts:
            return min(counts, key=lambda name: (name not in standing, -counts[name], name))
    return None


def _district(frame: Frame, place: Place, province: str | None) -> str | None:
    """The district of a commune that the text names most often, None where none does or districts were no more.

    Where the registry lists the commune it decides which districts may hold it.
    """
    date = frame.dated.date if frame.dated else None
    if place.commune is None or (date or "") >= REFORM:
        return None
    listed = {unit.district for unit in find_units(place.commune, level=Level.COMMUNE, province=province)} - {None}
    named = Counter(_first_district(match["names"], province) for match in _DISTRICT.finditer(frame.clean))
    counts = {name: named[name] for name in named if name and (not listed or name in listed)}
    return min(counts, key=lambda name: (-counts[name], name), default=None)


@lru_cache(maxsize=4096)
def _first_district(names: str, province: str | None) -> str | None:
    """The district that a run of words begins with."""
    words = names.split()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        found = find_units(name, level=Level.DISTRICT, province=province) if name.istitle() else ()
        if found and spelling(found[0].name) == spelling(name):
            return found[0].name
    return None


def completed(place: Place | None, known: Place | None) -> Place | None:
    """The issuer's place with what else is known of the units above it."""
    if place is None or known is None or units.lowest(place) != units.lowest(known):
        return place or known
    return Place(place.province or known.province, place.district or known.district, place.commune, place.kind)

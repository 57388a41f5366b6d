"""Administrative units: provinces, districts and communes, when they stood, and what became of them on 2025-07-01.

The table of units until 2025-06-30 is a snapshot of early 2025, not a history: it lacks communes and districts merged
before and says of few units since when they stand. Its sources are named in docs/data.md.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import RegistryError
from graph.model import COUNTRY, Level, Place
from graph.registry.load import load_table
from graph.text import slug

COLUMNS = ("key", "name", "kind", "province", "district", "valid_from", "valid_until", "became")
REFORM = "2025-07-01"
WHOLE_COUNTRY = "cả nước"
KINDS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
_LEVELS = {level: rank for rank, level in enumerate(Level)}
_RISING = "\u0301"
_STOPS = ("c", "ch", "k", "p", "t")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit by its bare name ("Bắc Kạn") and kind ("tỉnh", "thành phố", "xã" …).

    `province` and `district` are bare names too, the unit's own on its own level, None where there is none. The dates
    are ISO, the last day included; None where the unit stands still or nothing tells since when it stands.
    """

    name: str
    kind: str
    level: Level
    province: str
    district: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None

    def stands(self, on: str) -> bool:
        """Whether the unit stood on ISO date `on`; a missing bound is open."""
        return (self.valid_from or "") <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A unit as its file has it: with the kind of its district, and the units that it became, "xã Tân Thành"."""

    unit: Unit
    district_kind: str
    became: tuple[str, ...]


@lru_cache(maxsize=1)
def _upper_lines() -> list[str]:
    return sorted(load_table("places.tsv", COLUMNS) + load_table("places_history.tsv", COLUMNS))


@lru_cache(maxsize=1)
def _commune_lines() -> list[str]:
    return sorted(load_table("communes.tsv", COLUMNS))


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    pairs = (line.split("\t") for line in load_table("place_aliases.tsv", ("alias", "province")))
    return {slug(alias): slug(province) for alias, province in pairs}


def _entry(line: str, *, commune: bool) -> _Entry:
    _, name, kind, province, district, start, end, became = line.split("\t")
    district_kind, bare = split_kind(district)
    level = Level.COMMUNE if commune else Level.DISTRICT if province else Level.PROVINCE
    own = name if level is Level.DISTRICT else bare
    unit = Unit(name, kind, level, province or name, own or None, start or None, end or None)
    return _Entry(unit, district_kind, tuple(became.split(";")) if became else ())


def split_kind(full: str) -> tuple[str, str]:
    """Kind in lower case and bare name of a unit named in full: "Thị trấn Sịa" → ("thị trấn", "Sịa"), "" → ("", "").

    Raises RegistryError where no kind of unit begins `full`.
    """
    if not full:
        return "", ""
    for kind in KINDS:
        if full[: len(kind) + 1].casefold() == kind + " ":
            return kind, full[len(kind) + 1 :].strip()
    raise RegistryError(f"places: {full!r} begins with no kind of unit", remedy=f"begin with one of {KINDS}")


def _with_key(lines: list[str], key: str) -> Iterator[str]:
    prefix = key + "\t"
    for index in range(bisect_left(lines, prefix), len(lines)):
        if not lines[index].startswith(prefix):
            return
        yield lines[index]


def _entries(key: str, level: Level | None = None) -> Iterator[_Entry]:
    if level is not Level.COMMUNE:
        yield from (_entry(line, commune=False) for line in _with_key(_upper_lines(), key))
    if level in (None, Level.COMMUNE):
        yield from (_entry(line, commune=True) for line in _with_key(_commune_lines(), key))


def spelling(name: str) -> str:
    """`name` in one spelling whatever letter of a syllable carries its tone: equal for "Hoà Bình" and "Hòa Bình".

    A syllable that ends in a stop has one of two tones; where none is written the rising one is meant: "Đăk" is "Đắk".
    """
    return " ".join(map(_tone_last, unicodedata.normalize("NFD", name.casefold()).split()))


def _tone_last(syllable: str) -> str:
    letters = "".join(sorted(syllable, key=_TONES.__contains__))
    return f"{letters}{_RISING}" if letters.endswith(_STOPS) else letters


def provinces(on: str | None = None) -> tuple[Unit, ...]:
    """The provinces and cities under the Centre by name, those that stood on ISO date `on` if given.

    A province that kept its name and kind on 2025-07-01 is one unit, though its territory may have grown.
    """
    return tuple(unit for unit in _provinces() if on is None or unit.stands(on))


@lru_cache(maxsize=1)
def _provinces() -> tuple[Unit, ...]:
    units = (_entry(line, commune=False).unit for line in _upper_lines())
    return tuple(unit for unit in units if unit.level is Level.PROVINCE)


def find_units(
    name: str,
    *,
    kind: str | None = None,
    level: Level | None = None,
    province: str | None = None,
    district: str | None = None,
    on: str | None = None,
) -> tuple[Unit, ...]:
    """The units of bare name `name` that meet every other condition given, higher levels first; () if there is none.

    Names compare without case and diacritics, but where some unit is spelled exactly so, wherever its tones are set,
    only such units are given: "Cẩm Thủy" is not "Cam Thủy", "cam thuy" is both. A province is also found by the
    abbreviations that offices use ("TPHCM", "BR-VT"). `province` and `district` are bare names, `on` an ISO date.
    """
    key = slug(name)
    alias = _aliases().get(key, key)
    found = [entry.unit for entry in _entries(key, level)]
    if alias != key and level in (None, Level.PROVINCE):
        found += [entry.unit for entry in _entries(alias, Level.PROVINCE) if entry.unit.level is Level.PROVINCE]
    found = [
        unit
        for unit in found
        if (kind is None or unit.kind == kind.casefold())
        and (level is None or unit.level is level)
        and (province is None or slug(unit.province) == _aliases().get(slug(province), slug(province)))
        and (district is None or slug(unit.district or "") == slug(district))
        and (on is None or unit.stands(on))
    ]
    exact = [unit for unit in found if spelling(unit.name) == spelling(name)]
    return tuple(sorted(exact or found, key=_order))


def official_province(name: str | None) -> str | None:
    """The official spelling of a province's name, whatever case and diacritics; an unknown name, and None, as it is."""
    units = find_units(name, level=Level.PROVINCE) if name else ()
    return units[0].name if units else name


@lru_cache(maxsize=1024)
def place_named(words: str) -> Place | None:
    """The place whose lowest unit is named with its kind before those that it lies in, None where the lists have not
    just one: "xã Chợ Mới, tỉnh Thái Nguyên", "phường 7, thành phố Trà Vinh, tỉnh Trà Vinh"; "cả nước" is the country.
    """
    if words.casefold() == WHOLE_COUNTRY:
        return COUNTRY
    lowest, *above = [_kind_and_name(part.strip()) for part in words.split(",")]
    if not lowest[0] or len(above) > len(("district", "province")):
        return None
    found = find_units(
        lowest[1],
        kind=lowest[0],
        level=None if above else Level.PROVINCE,
        province=above[-1][1] if above else None,
        district=above[0][1] if len(above) > 1 else None,
    )
    places = {to_place(unit) for unit in found}
    if len(above) == 1:  # a commune of today, rather than those of before in a district that is not named
        places = {place for place in places if not (place.commune and place.district)} or places
    return places.pop() if len(places) == 1 else None


def _kind_and_name(part: str) -> tuple[str, str]:
    """As `split_kind`, the kind "" where none is told."""
    try:
        return split_kind(part)
    except RegistryError:
        return "", part


def province_predecessors(name: str) -> tuple[str, ...]:
    """The provinces of other names that have become the one of this name, in order: "Thái Nguyên" → "Bắc Kạn".

    Nearly all did on 2025-07-01. () for a province that took none in, and for a name that is no province's, which
    `name` gives in any case and diacritics.
    """
    return _predecessors().get(official_province(name) or "", ())


@lru_cache(maxsize=1)
def _predecessors() -> dict[str, tuple[str, ...]]:
    """By the names of today's provinces those of the provinces that are no more and became them."""
    found: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(_provinces(), key=_order):
        if not unit.stands(REFORM):
            for heir in successors(to_place(unit)):
                if heir.province and heir.province != unit.name:
                    found[heir.province].append(unit.name)
    return {name: tuple(dict.fromkeys(former)) for name, former in found.items()}


def _order(unit: Unit) -> tuple[int, str, str, str]:
    return _LEVELS[unit.level], unit.province, unit.district or "", unit.valid_from or ""


def to_place(unit: Unit) -> Place:
    """The place that a unit is, its names in the spelling of the registry."""
    commune = unit.name if unit.level is Level.COMMUNE else None
    return Place(unit.province, unit.district, commune, unit.kind)


@lru_cache(maxsize=1)
def _communes_by_district() -> dict[tuple[str, str, str], tuple[_Entry, ...]]:
    """The old communes by province, district and kind of district."""
    found: dict[tuple[str, str, str], list[_Entry]] = defaultdict(list)
    for line in _commune_lines():
        entry = _entry(line, commune=True)
        if entry.unit.district:
            found[entry.unit.province, entry.unit.district, entry.district_kind].append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def successors(place: Place) -> tuple[Place, ...]:
    """What `place` became on 2025-07-01, the main heir of a divided commune first; itself if unchanged or the country.

    A district, which has no heir on its own level, became the communes that its communes became. () where no table
    lists the place or where its names fit several units.
    """
    name = place.commune or place.district or place.province
    if name is None:
        return (place,)
    level = Level.COMMUNE if place.commune else Level.DISTRICT if place.district else Level.PROVINCE
    fitting = [entry for entry in _entries(slug(name), level) if entry.unit.level is level and _fits(entry.unit, place)]
    today = [entry.unit for entry in fitting if entry.unit.stands(REFORM)]
    if today:
        return tuple(map(to_place, today)) if len(today) == 1 else ()
    last = [entry for entry in fitting if entry.became or level is Level.DISTRICT]
    return _heirs(last[-1]) if len({entry.unit.kind + (entry.unit.district or "") for entry in last}) == 1 else ()


def _fits(unit: Unit, place: Place) -> bool:
    """Exact spelling decides here: a place comes from the registry or from a document that names it in full."""
    return (
        spelling(unit.name) == spelling(place.commune or place.district or place.province or "")
        and (place.kind is None or unit.kind == place.kind)
        and (place.province is None or spelling(unit.province) == spelling(place.province))
        and (place.district is None or spelling(unit.district or "") == spelling(place.district))
    )


def _heirs(entry: _Entry) -> tuple[Place, ...]:
    unit = entry.unit
    if unit.level is Level.PROVINCE:
        return tuple(Place(province=name, kind=kind) for kind, name in map(split_kind, entry.became))
    province = successors(Place(province=unit.province))[0].province
    parts: Iterable[_Entry] = (entry,)
    if unit.level is Level.DISTRICT and not entry.became:
        parts = _communes_by_district().get((unit.province, unit.name, unit.kind), ())
    names = dict.fromkeys(full for part in parts for full in part.became)
    return tuple(Place(province=province, commune=name, kind=kind) for kind, name in map(split_kind, names))


def provinces_before(place: Place) -> frozenset[str]:
    """The provinces, by their names until 2025-06-30, that a commune of since then was made of; () for other places."""
    if not place.commune or place.district or not place.province:
        return frozenset()
    return _origins().get((slug(place.province), slug(place.commune), place.kind or ""), frozenset())


@lru_cache(maxsize=1)
def _origins() -> dict[tuple[str, str, str], frozenset[str]]:
    """By province, name and kind of today's communes ("" for any kind) the provinces of the old ones in them."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    today = {unit.name: successors(Place(unit.name))[:1] for unit in _provinces() if not unit.stands(REFORM)}
    for line in _commune_lines():
        entry = _entry(line, commune=True)
        old = entry.unit.province
        now = today[old][0].province if today.get(old) else old
        for kind, name in map(split_kind, entry.became):
            for either in (kind, ""):
                found[slug(now or ""), slug(name), either].add(old)
    return {key: frozenset(names) for key, names in found.items()}

"""Units and Party committees as phrases name them: "tỉnh Bắc Kạn", "TP. Hà Nội", "huyện", "Tỉnh ủy", "Đảng ủy xã"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from graph.frozen import quick
from graph.model import Level, Place
from graph.registry.places import Unit, find_units, spelling
from graph.text import one_line, slug

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_DASHES = str.maketrans("–—’", "--'")
_LEVELS = {
    "tỉnh": Level.PROVINCE,
    "huyện": Level.DISTRICT,
    "quận": Level.DISTRICT,
    "thị xã": Level.DISTRICT,
    "xã": Level.COMMUNE,
    "phường": Level.COMMUNE,
    "thị trấn": Level.COMMUNE,
    "đặc khu": Level.COMMUNE,
}
_CITY = "thành phố"
_COMMITTEES = {
    "Tỉnh ủy": "tỉnh",
    "Thành ủy": _CITY,
    "Huyện ủy": "huyện",
    "Thị ủy": "thị xã",
    "Quận ủy": "quận",
    "Đảng ủy": "xã",
}
_NOT_NAMES = frozenset(map(spelling, ("về", "căn", "thực", "ngày", "số", "khóa", "kỳ", "ban", "của", "và", "kế")))
_LONGEST_NAME = 7
_CUT_AT_ONCE = 8


@dataclass(slots=True)
class Phrase:
    """A window of text from `start` on, cut into words and punctuation marks only as far as it is looked at.

    Most names end within a few words. `tokens` and `keys` hold what is cut, `rest` cuts on; `past` tells that a token
    after the last was looked for, so that a wider window could change the answer.
    """

    text: str
    start: int
    rest: Iterator[re.Match[str]]
    tokens: list[re.Match[str]]
    keys: list[str]
    past: bool = False

    def key(self, at: int) -> str:
        """What token `at` is compared by, "" past the last."""
        while at >= len(self.keys):
            more = list(islice(self.rest, _CUT_AT_ONCE))
            if not more:
                self.past = True
                return ""
            self.tokens += more
            self.keys += [key(token[0]) for token in more]
        return self.keys[at]

    def token(self, at: int) -> str:
        """Token `at` as written, "" past the last."""
        return self.tokens[at][0] if self.key(at) else ""

    def follows(self, at: int, keys: Iterable[str]) -> bool:
        """Whether the tokens from `at` on have these keys."""
        return all(self.key(index) == wanted for index, wanted in enumerate(keys, at))

    def end(self, to: int) -> int:
        """Where the token before token `to` ends in `text`."""
        return self.tokens[to - 1].end() if to else self.start

    def words(self, at: int, to: int) -> str:
        """Tokens `at`..`to` as written, on one line, dashes as hyphens."""
        return one_line(self.text[self.end(at) : self.end(to)]).translate(_DASHES)

    def same_line(self, at: int, to: int) -> bool:
        """Whether no line break stands between tokens `at`..`to`."""
        return "\n" not in self.text[self.end(at) : self.end(to)].lstrip()


@quick
@dataclass(frozen=True, slots=True)
class Territory:
    """What a slot was filled with: how the name of a body writes it, and the place, None where nothing tells it.

    `end` is the index of the token after it.
    """

    written: str
    place: Place | None
    level: Level | None
    party: bool
    end: int


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """What is equal for all ways to write a word: without case, tones in one seat, dashes and apostrophes as typed."""
    return spelling(word).translate(_DASHES)


def cut(text: str, start: int, width: int) -> Phrase:
    """The tokens of `text[start : start + width]`, up to a "V/v" in it."""
    subject = text.find("V/v", start, start + width)
    stop = subject if subject >= 0 else start + width
    return Phrase(text, start, _TOKEN.finditer(text, start, stop), [], [])


def _by_first_key(names: Iterable[tuple[str, str]]) -> dict[str, list[tuple[list[str], str]]]:
    """What written names mean, by the key of their first word, each with the keys of the other words."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for written, meaning in names:
        first, *others = map(key, written.split())
        found.setdefault(first, []).append((others, meaning))
    return found


def _named_at(names: dict[str, list[tuple[list[str], str]]], phrase: Phrase, at: int) -> tuple[str, int] | None:
    """The meaning of the first of `names` that stands at token `at`, and the token after it."""
    for others, meaning in names.get(phrase.key(at), ()):
        if phrase.follows(at + 1, others):
            return meaning, at + 1 + len(others)
    return None


_KIND_SPELLINGS = {
    _CITY: ("thành phố", "TP .", "TP", "T . P", "T . phố"),
    "thị xã": ("thị xã", "TX .", "TX"),
    "thị trấn": ("thị trấn",),
    "đặc khu": ("đặc khu",),
    **{kind: (kind,) for kind in ("tỉnh", "huyện", "quận", "xã", "phường")},
}
_KIND_WORDS = _by_first_key((written, kind) for kind, spellings in _KIND_SPELLINGS.items() for written in spellings)
_COMMITTEE_LETTERS = {"TU": "Tỉnh ủy", "HU": "Huyện ủy"}
_COMMITTEE_NAMES = _by_first_key((name, name) for name in _COMMITTEES)

COMMITTEE_WORDS = frozenset([*_COMMITTEE_NAMES, *map(key, _COMMITTEE_LETTERS)])


def kind_at(phrase: Phrase, at: int) -> tuple[str, int] | None:
    """The kind of unit whose word stands at token `at`, and the token after it."""
    return _named_at(_KIND_WORDS, phrase, at)


def unit_at(phrase: Phrase, at: int, context: Place | None) -> Territory | None:
    """A unit by its kind, its name and the units above it where they follow; a bare kind takes the context's name."""
    found = kind_at(phrase, at)
    if found is None:
        return None
    kind, after = found
    named = _name_at(phrase, after, kind, context)
    if named is None:
        place, level = _from_context(kind, context)
        return Territory(_written(kind, place), place, level, False, after)
    place, after = _with_superiors(phrase, *named, context)
    return Territory(_written(kind, place), place, level_of(place), False, after)


def province_at(phrase: Phrase, at: int, context: Place | None) -> Territory | None:
    """A province, its kind perhaps left out: "tỉnh Kiên Giang", "Kiên Giang", "tỉnh"."""
    unit = unit_at(phrase, at, context)
    if unit is not None:
        return unit if unit.level in (Level.PROVINCE, None) else None
    for kind in ("tỉnh", _CITY):
        if (named := _registered(phrase, at, kind, context)) and named[0].district is None:
            return Territory(_written(kind, named[0]), named[0], Level.PROVINCE, False, named[1])
    return None


def district_at(phrase: Phrase, at: int, context: Place | None) -> Territory | None:
    """A district with its kind."""
    unit = unit_at(phrase, at, context)
    return unit if unit is not None and unit.level is Level.DISTRICT else None


def committee_at(phrase: Phrase, at: int, context: Place | None) -> Territory | None:
    """A Party committee: "Tỉnh ủy Bắc Kạn", "Huyện ủy", "Đảng ủy xã Tam Thanh", "TU", "HU"."""
    written, after = _committee_words(phrase, at)
    if not written:
        return None
    if written == "Đảng ủy":
        unit = unit_at(phrase, after, context)
        if unit is not None and unit.level is Level.COMMUNE:
            return Territory(f"Đảng ủy {unit.written}", unit.place, Level.COMMUNE, True, unit.end)
        return None if unit is not None else committee_of(context, after, Level.COMMUNE)
    named = _name_at(phrase, after, _COMMITTEES[written], context)
    if named is None:
        place, level = _from_context(_COMMITTEES[written], context)
        return Territory(f"{written} {lowest(place)}".strip(), place, level, True, after)
    place, after = _with_superiors(phrase, *named, context)
    return Territory(f"{written} {lowest(place)}", place, level_of(place), True, after)


def _committee_words(phrase: Phrase, at: int) -> tuple[str, int]:
    if found := _named_at(_COMMITTEE_NAMES, phrase, at):
        return found
    letters = phrase.token(at)
    return (_COMMITTEE_LETTERS[letters], at + 1) if letters in _COMMITTEE_LETTERS else ("", at)


def committee_of(context: Place | None, end: int, level: Level | None = None) -> Territory | None:
    """The Party committee of the context's place, its unit of `level` if given; None where the context lacks it."""
    place = _cut_to(context, level) if level and context else context
    if place is None or lowest(place) == "" or level_of(place) is Level.CENTRAL:
        return None
    if place.commune:
        return Territory(f"Đảng ủy {_written(place.kind or 'xã', place)}", place, Level.COMMUNE, True, end)
    kind = place.kind or ("huyện" if place.district else "tỉnh")
    written = next((name for name, of in _COMMITTEES.items() if of == kind), "Huyện ủy")
    return Territory(f"{written} {lowest(place)}", place, level_of(place), True, end)


def unit_of(context: Place | None, end: int, level: Level | None = None) -> Territory | None:
    """The context's own unit, or that of `level`; None where the context lacks it."""
    place = _cut_to(context, level) if level and context else context
    if place is None or lowest(place) == "":
        return None
    usual = {Level.COMMUNE: "xã", Level.DISTRICT: "huyện"}.get(level_of(place), "tỉnh")
    return Territory(_written(place.kind or usual, place), place, level_of(place), False, end)


def level_of(place: Place) -> Level:
    """The level of a place by the names that it has."""
    if place.commune:
        return Level.COMMUNE
    if place.district:
        return Level.DISTRICT
    return Level.PROVINCE if place.province else Level.CENTRAL


def lowest(place: Place | None) -> str:
    """The bare name of the lowest unit, "" for none."""
    return (place.commune or place.district or place.province or "") if place else ""


def province_kind(name: str) -> str:
    """ "tỉnh" or "thành phố", by the registry; "tỉnh" where it does not list the province."""
    return next((unit.kind for unit in _units(name, None) if unit.level is Level.PROVINCE), "tỉnh")


@lru_cache(maxsize=16384)
def _units(name: str, kind: str | None) -> tuple[Unit, ...]:
    """Units spelled so, or a province by its abbreviation; "Cẩm Thủy" is not "Cam Thủy"."""
    found = find_units(name, kind=kind)
    return tuple(unit for unit in found if spelling(unit.name) == spelling(name) or slug(unit.name) != slug(name))


def _written(kind: str, place: Place | None) -> str:
    return f"{kind} {lowest(place)}".strip()


def _from_context(kind: str, context: Place | None) -> tuple[Place | None, Level | None]:
    """The place and level that a bare kind means in a document of this place."""
    if kind != _CITY:
        return _cut_to(context, _LEVELS[kind], kind), _LEVELS[kind]
    if context is None or not context.province:
        return None, None
    if province_kind(context.province) == _CITY:
        return _cut_to(context, Level.PROVINCE, kind), Level.PROVINCE
    return _cut_to(context, Level.DISTRICT, kind), Level.DISTRICT


def _cut_to(context: Place | None, level: Level, kind: str | None = None) -> Place | None:
    """The unit of this level that the context lies in; None where the context does not reach down to it."""
    if context is None:
        return None
    if level is Level.PROVINCE:
        known = context.province
        return Place(known, kind=province_kind(known)) if known else None
    if level is Level.DISTRICT:
        own = context.kind if not context.commune else None
        return Place(context.province, context.district, kind=kind or own or "huyện") if context.district else None
    return context if context.commune else None


def _name_at(phrase: Phrase, at: int, kind: str, context: Place | None) -> tuple[Place, int] | None:
    """The place of this kind whose name stands at token `at`, and the token after it."""
    found = _registered(phrase, at, kind, context)
    if found or kind in ("tỉnh", _CITY):
        return found
    return _capitalised(phrase, at, kind, context)


def _name_ends(phrase: Phrase, at: int) -> Iterator[int]:
    """Ends of what may be a name at token `at`: words with capitals or digits, hyphens between them."""
    for to in range(at + 1, at + _LONGEST_NAME + 1):
        if phrase.key(to - 1) == "-":
            continue
        word = phrase.token(to - 1)
        if not (word[:1].isupper() or word.isdigit()):
            return
        yield to


def _registered(phrase: Phrase, at: int, kind: str, context: Place | None) -> tuple[Place, int] | None:
    for to in sorted(_name_ends(phrase, at), reverse=True):
        if units := _units(phrase.words(at, to), kind):
            return _choose(units, context), to
    return None


def _choose(units: tuple[Unit, ...], context: Place | None) -> Place:
    """The place that a name means: in the context's province if there is one there, else without a province."""
    province = context.province if context else None
    inside = [unit for unit in units if province and spelling(unit.province) == spelling(province)]
    unit = (inside or units)[0]
    if unit.level is Level.PROVINCE:
        return Place(unit.name, kind=unit.kind)
    known = province if unit in inside else None
    if unit.level is Level.DISTRICT:
        return Place(known, unit.name, kind=unit.kind)
    district = context.district if context and _in_district(inside, context) else None
    return Place(known, district, unit.name, unit.kind)


def _in_district(units: list[Unit], context: Place) -> bool:
    wanted = spelling(context.district or "")
    return any(wanted and unit.district and spelling(unit.district) == wanted for unit in units)


def _capitalised(phrase: Phrase, at: int, kind: str, context: Place | None) -> tuple[Place, int] | None:
    """A unit that the registry does not list, by its capitals; on one line where all letters are capitals."""
    last = at
    for to in _name_ends(phrase, at):
        word = phrase.token(to - 1)
        shouted = word.isupper() and len(word) > 1
        if to - at > 4 or phrase.key(to - 1) in _NOT_NAMES or (word.isdigit() and kind not in ("quận", "phường")):
            break
        if (shouted and at < to - 1 and not phrase.same_line(at, to)) or (word.isdigit() and to - at > 1):
            break
        last = to
    if last == at:
        return None
    name = unicodedata.normalize("NFC", phrase.words(at, last))
    name = name.title() if name.isupper() else name
    province = context.province if context else None
    if _LEVELS[kind] is Level.DISTRICT:
        return Place(province, name, kind=kind), last
    return Place(province, context.district if context else None, name, kind), last


def _with_superiors(phrase: Phrase, place: Place, at: int, context: Place | None) -> tuple[Place, int]:
    """The place with the units above it that follow its name: "xã A, huyện B, tỉnh C"."""
    while True:
        after = at + 1 if phrase.key(at) == "," else at
        kind = kind_at(phrase, after)
        named = _registered(phrase, kind[1], kind[0], context) if kind else None
        if named is None:
            return place, at
        above, end = named
        if level_of(place) is Level.COMMUNE and level_of(above) is Level.DISTRICT:
            place = Place(above.province or place.province, above.district, place.commune, place.kind)
        elif level_of(above) is Level.PROVINCE and level_of(place) in (Level.COMMUNE, Level.DISTRICT):
            place = Place(above.province, place.district, place.commune, place.kind)
        else:
            return place, at
        at = end

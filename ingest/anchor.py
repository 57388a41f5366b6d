"""Anchor citations at their signs: one cheap pass over the text, then the words before each number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import SignError
from graph.signs import Sign
from graph.text import flatten
from ingest.amending import names_itself
from ingest.patterns import FORM_BEFORE, SIGN, spaced, type_codes, type_pattern, type_told_by, type_words
from ingest.records import Anchor, Layout

_NUMBER_WORDS = ("so", "s6", "s0")
_FORM_WORDS = ("mau", "bieu", "phieu", "bang", "luc", "ma")
_NOT_LETTERS = re.compile(r".*[\W\d_]")
_BESIDE_TYPE = " \t\n\x1f(:*_"
_WORDS_BETWEEN = spaced(r"(?: (?:tiep thu, giai trinh|giai trinh, tiep thu|[^\W\d_]+)){1,8}\s*")
_LAW_WORD = spaced(r"(?<![^\W_])(?<!phap\s)(?:bo luat|luat|phap lenh)(?![^\W_])")
_OUTSIDE_NAME = spaced(r"[;:.\"“”]|\bngay\b|\bcan cu\b|\btheo\b")
_GAP = re.compile(r"\n\s*\n\s*")
_AMENDS = spaced(r" sua doi\b")
_LAW_BODY = re.compile(r"(?:UBTV)?QH\d{1,2}", re.I)
_LISTED = spaced(
    r"(?:s[o06]:? )?(?<![\w/.,-])(?P<numbers>\d{1,5}[a-z]?(?:,\s*(?:so )?\d{1,5}[a-z]?){0,9}+)(?:,\s*| va )(?:so )?$"
)
_LISTED_NUMBER = re.compile(r"\d+[a-zđ]?")
_CODE = re.compile(r"[^\s\-‐‑–_/&+.]+")
_DASHES = re.compile(r"[-‐‑–_]+")
_MAX_BEFORE = 90
_MAX_TYPE = 60
_MAX_LAW_NAME = 400


def anchor_signs(layout: Layout) -> Iterator[Anchor]:
    """The spans of all citations by sign in order, each with its type as far as its own words or sign tell it."""
    floor = 0
    for match in SIGN.finditer(layout.clean):
        anchor = _anchor(layout, match, floor)
        if anchor is not None:
            yield from _before_shared_letters(layout, match, anchor, floor)
            yield anchor
            floor = match.end()


def _before_shared_letters(layout: Layout, match: re.Match[str], last: Anchor, floor: int) -> Iterator[Anchor]:
    """The bare numbers of a list whose `last` alone writes the letters of all: "Quyết định số 217, 218-QĐ/TW"."""
    if layout.flat[last.start : match.start()].strip() not in ("", *_NUMBER_WORDS):
        return
    listed = _LISTED.search(layout.flat, max(floor, last.start - _MAX_BEFORE), last.start)
    if listed is None:
        return
    first, kind = _type_before(layout.flat, floor, listed.start())
    if kind is None or (last.sign and type_told_by(last.sign) != kind):
        return
    beside = ":" not in layout.flat[first : listed.start("numbers")]
    for number in _LISTED_NUMBER.finditer(layout.flat, *listed.span("numbers")):
        written = layout.clean[number.start() : number.end()] + "".join(match[0][len(match["number"]) :].split())
        start = first if number.start() == listed.start("numbers") and beside else number.start()
        yield Anchor(start, number.end(), kind, written, Sign.parse(_DASHES.sub("-", written)))


@dataclass(frozen=True, slots=True)
class _Number:
    """A sign as `written` without spaces, and the type that it tells.

    `known` tells that its letters can only be a document's, `law` that they are those of a law.
    """

    written: str
    sign: Sign
    type: str | None
    known: bool
    law: bool


@lru_cache(maxsize=8192)
def _read_number(found: str, tail: str) -> _Number | None:
    """The sign that the words `found` write, `tail` the letters in them; None where they write none."""
    written = "".join(found.split())
    try:
        sign = Sign.parse(_DASHES.sub("-", written))
    except SignError:
        return None
    code = _CODE.match(tail)
    known = (code is not None and flatten(code[0]) in type_codes()) or _LAW_BODY.fullmatch(tail) is not None
    law = _LAW_BODY.fullmatch(sign.body) is not None
    unnamed = "Công văn" if not sign.code and not law else None
    return _Number(written, sign, type_told_by(sign) or unnamed, known, law)


def _anchor(layout: Layout, match: re.Match[str], floor: int) -> Anchor | None:
    """The citation whose number `match` is; None where it is no document's."""
    led = _led_up_to(layout, match.start(), floor)
    low = max(floor, led - _MAX_BEFORE)
    before = _up_to_mark(layout.flat[low:led])
    if _numbers_form(layout.flat, before, floor, led):
        return None
    start, numbered, kind = _lead(layout, low, before, led)
    if start == led:
        start = match.start()
    if kind is None and numbered and _new_line(layout.clean, start):
        return None
    number = _read_number(match[0], match["tail"])
    if number is None or not (number.known or numbered or kind):
        return None
    if number.law and kind in (None, "Luật"):
        start, kind = _law_lead(layout, start, kind, floor)
    return Anchor(start, match.end(), kind or number.type, number.written, number.sign)


def _led_up_to(layout: Layout, start: int, floor: int) -> int:
    """Where the words before the number at `start` end: before the page's end, where it is the first of a page."""
    if layout.clean[max(0, start - 1)] != "\n":
        return start
    paused = layout.paused(start)
    return paused if paused >= floor else start


def _up_to_mark(before: str) -> str:
    """The words before a number, without the colon or stop between them."""
    before = before.rstrip()
    return before[:-1].rstrip() if before.endswith((":", ".")) else before


def _numbers_form(flat: str, before: str, floor: int, start: int) -> bool:
    """Whether the number at `start` is that of a form or table; the pattern is sought only where its words end."""
    if not before.removesuffix("so").rstrip().endswith(_FORM_WORDS):
        return False
    return FORM_BEFORE.search(flat, max(floor, start - 30), start) is not None


def _lead(layout: Layout, low: int, before: str, start: int) -> tuple[int, bool, str | None]:
    """Where the span begins, whether "số" stands before the number, and the type whose words stand before that.

    `before` are the words before the number at `start`, from `low` on.
    """
    flat = layout.flat
    begin = low + len(before) - len(_NUMBER_WORDS[0])
    run_on = begin > 0 and flat[begin - 1].isalnum()
    if not before.endswith(_NUMBER_WORDS) or (run_on and _type_before(flat, low, begin)[1] is None):
        kind_start, kind = _type_before(flat, low, start)
        return (kind_start, False, kind) if kind else (start, False, None)
    kind_start, kind = _type_before(flat, low, _led_up_to(layout, begin, low))
    if kind is None and not _new_line(layout.clean, begin):
        kind_start, kind = _type_over_words(flat, low, begin)
    elif kind and ":" in flat[kind_start:begin]:
        kind_start = begin
    return (kind_start, True, kind) if kind else (begin, True, None)


def _new_line(clean: str, start: int) -> bool:
    """Whether a capital "Số" opens a line, as in a letterhead or a sample of one."""
    return clean[start].isupper() and clean[max(0, start - 2) : start].endswith(("\n", "\n "))


def _type_before(flat: str, low: int, end: int) -> tuple[int, str | None]:
    """The longest type words that end right before `end`, over any white space and an opening bracket."""
    before = flat[low:end].rstrip(_BESIDE_TYPE)
    found, kind = end, None
    phrase, start = "", len(before)
    for written in reversed(before[-_MAX_TYPE:].split()):
        word = written if written.isalpha() else _NOT_LETTERS.sub("", written)
        phrase = f"{word} {phrase}" if phrase else word
        if phrase not in _ends_of_types():
            break
        start = before.rindex(word, 0, start)
        if phrase in type_words():
            found, kind = low + start, type_words()[phrase]
        if word != written:
            break
    return found, kind


@lru_cache(maxsize=1)
def _ends_of_types() -> frozenset[str]:
    """Type words, whole and without their first ones."""
    split = [words.split() for words in type_words()]
    return frozenset(" ".join(words[first:]) for words in split for first in range(len(words)))


def _type_over_words(flat: str, low: int, end: int) -> tuple[int, str | None]:
    """The type in "Quyết định của UBND tỉnh số 12/QĐ-UBND", "Báo cáo thẩm tra số 292/BC-HĐND": words alone between."""
    for match in reversed(list(_typed().finditer(flat, low, end))):
        if _WORDS_BETWEEN.fullmatch(flat, match.end(), end):
            return match.start(), type_words()[re.sub(r"\s+", " ", match[0])]
    return end, None


@lru_cache(maxsize=1)
def _typed() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{type_pattern()})(?=\s)")


def _law_lead(layout: Layout, start: int, kind: str | None, floor: int) -> tuple[int, str | None]:
    """The span of a law that is named and numbered begins with the law's name: that of a law which amends others, or
    else the last name before the number: `start`, where a name opens there ("pháp luật số" opens none)."""
    named, opens = None, kind is not None and layout.clean[start].isupper()
    for match in _LAW_WORD.finditer(layout.flat, max(floor, start - _MAX_LAW_NAME), start):
        if layout.clean[match.start()].isupper() and _within_name(layout, match.end(), start):
            amending = _AMENDS.match(layout.flat, match.end()) is not None
            if amending and names_itself(layout, match.start()):
                continue
            named = match if amending or not opens else named
            if amending:
                break
    return (named.start(), type_words()[re.sub(r"\s+", " ", named[0])]) if named else (start, kind)


def _within_name(layout: Layout, start: int, end: int) -> bool:
    """Whether `start`..`end` can all be of one name; scanners leave empty lines in it, before small letters."""
    gaps = _GAP.finditer(layout.clean, start, end)
    return not _OUTSIDE_NAME.search(layout.flat, start, end) and all(layout.clean[gap.end()].islower() for gap in gaps)

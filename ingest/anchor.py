"""Anchor citations at their signs: one cheap pass over the text, then the words before each number."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from graph.errors import SignError
from graph.signs import Sign
from graph.text import flatten
from ingest.patterns import FORM_BEFORE, SIGN, spaced, type_codes, type_pattern, type_words
from ingest.records import Anchor, Layout

_NUMBER_WORD = re.compile(r"(?<![^\W_])(?:so|s6|s0)\s*[:.]?\s*$")
_WORDS_BEFORE = re.compile(r"[^\W\d_]+")
_WORDS_BETWEEN = spaced(r"(?: [^\W\d_]+){1,8}\s*")
_LAW_WORD = spaced(r"(?<![^\W_])(?<!phap\s)(?:bo luat|luat|phap lenh)(?![^\W_])")
_OUTSIDE_NAME = spaced(r"[;:.\"“”]|\bngay\b|\n\s*\n|\bcan cu\b|\btheo\b")
_LAW_BODY = re.compile(r"(?:UBTV)?QH\d{1,2}", re.I)
_CODE = re.compile(r"[^\s\-‐‑–_/&+]+")
_MAX_BEFORE = 90
_MAX_LAW_NAME = 220


def anchor_signs(layout: Layout) -> Iterator[Anchor]:
    """The spans of all citations by sign in order, each with its type as far as its own words or sign tell it."""
    floor = 0
    for match in SIGN.finditer(layout.clean):
        if FORM_BEFORE.search(layout.flat, max(floor, match.start() - 30), match.start()):
            continue
        anchor = _anchor(layout, match, floor)
        if anchor is not None:
            yield anchor
            floor = match.end()


def _anchor(layout: Layout, match: re.Match[str], floor: int) -> Anchor | None:
    """The citation whose number `match` is; None where it is no document's."""
    start, numbered, kind = _lead(layout, match.start(), floor)
    if kind is None and numbered and _new_line(layout.clean, start):
        return None
    code = _CODE.match(match["tail"])
    known = code is not None and flatten(code[0]) in type_codes()
    if not (known or numbered or kind or _LAW_BODY.fullmatch(match["tail"])):
        return None
    written = re.sub(r"\s+", "", match[0])
    try:
        sign = Sign.parse(re.sub(r"[-‐‑–_]+", "-", written))
    except SignError:
        return None
    law = _LAW_BODY.fullmatch(sign.body) is not None
    if law and kind in (None, "Luật"):
        start, kind = _law_lead(layout, start, kind, floor)
    unnamed = "Công văn" if not sign.code and not law else None
    return Anchor(start, match.end(), kind or type_codes().get(flatten(sign.code)) or unnamed, written, sign)


def _lead(layout: Layout, start: int, floor: int) -> tuple[int, bool, str | None]:
    """Where the span begins, whether "số" stands before the number, and the type whose words stand before that."""
    low = max(floor, start - _MAX_BEFORE)
    word = _NUMBER_WORD.search(layout.flat, low, start)
    numbered = word is not None
    begin = word.start() if word else start
    kind_start, kind = _type_before(layout.flat, low, begin)
    if kind is None and word and not _new_line(layout.clean, word.start()):
        kind_start, kind = _type_over_words(layout.flat, low, begin)
    elif kind and word and ":" in layout.flat[kind_start:begin]:
        kind_start = begin
    return (kind_start, numbered, kind) if kind else (begin, numbered, None)


def _new_line(clean: str, start: int) -> bool:
    """Whether a capital "Số" opens a line, as in a letterhead or a sample of one."""
    return clean[start].isupper() and clean[max(0, start - 2) : start].endswith(("\n", "\n "))


def _type_before(flat: str, low: int, end: int) -> tuple[int, str | None]:
    """The longest type words that end right before `end`, over any white space and an opening bracket."""
    stop = end
    while stop > low and (flat[stop - 1].isspace() or flat[stop - 1] in "(:*_"):
        stop -= 1
    words = list(_WORDS_BEFORE.finditer(flat, max(low, stop - 60), stop))[-6:]
    if not words or words[-1].end() != stop:
        return end, None
    for first in range(len(words)):
        run = words[first:]
        if kind := type_words().get(" ".join(word[0] for word in run)):
            gaps = (flat[a.end() : b.start()] for a, b in itertools.pairwise(run))
            if all(gap.isspace() for gap in gaps):
                return run[0].start(), kind
    return end, None


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
    """The span of a law that is named and numbered begins with the law's name."""
    low = max(floor, start - _MAX_LAW_NAME)
    for match in _LAW_WORD.finditer(layout.flat, low, start):
        between = layout.flat[match.end() : start]
        if layout.clean[match.start()].isupper() and not _OUTSIDE_NAME.search(between):
            return match.start(), type_words()[re.sub(r"\s+", " ", match[0])]
    return start, kind

"""Divide a text into units (paragraphs, list items), each in its zone: title, preamble, body, footnote or noise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from graph.model import Part, Zone
from graph.registry.furniture import furniture_lines
from graph.text import flatten
from ingest.divide import divide
from ingest.header import HeaderFound
from ingest.records import Layout, Text, Unit

_BULLET = re.compile(
    r"\s*(?:#{1,6}\s|[-–—+*•●▪]\s|\|\s*$|\(?[a-zđ]\)\s|\(?\d{1,2}\)\s|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s+\D|\d{1,2}[.)]\s*[^\d\s]|[ivx]{1,5}[.)]\s|"
    r"[*_]*+(?:dieu|khoan|muc|chuong|phan|quy)\s+(?:\d|[ivx])|phu luc\b)"
)
_FOOTNOTE = re.compile(r"\s*(?:<sup>\s*\(?\d{1,3}\)?\s*</sup>|\[\^\d{1,3}\]:|[¹²³⁰-⁹]+\s|\[\d{1,3}\]\s)")
_PAGE_MARK = re.compile(
    r"\s*(?:(?:\d{1,4}\s+)?cong bao/so .*|[*_]{0,3}\s*+\w?\s*+[*_]{0,3}|-?\s*\d{1,4}\s*-?|"
    r"trang \d+(?:/\d+)?|<!--.*-->|-{3,}|_{3,}|\|)\s*"
)
_ENACTING = re.compile(
    r"nhu sau\s*[:.]"
    r"|^[ \t*#_]*+(?:quyet dinh|quyet nghi|chi thi|ket luan|nghi quyet|yeu cau|quy dinh|to trinh|de nghi)\s*:[\s*_]*$",
    re.M,
)
_SECTION = re.compile(
    r"^[ \t*#_]*+(?:i|1|a|phan (?:thu nhat|i|mot)|dieu 1|chuong i|muc i)"
    r"\s{0,9}(?:[.):/\-]|\*\*|\n|$)[\s*_]{0,20}[^\d\s]",
    re.M,
)
_WHOLE_FURNITURE = frozenset(flatten(line) for line in furniture_lines() if "…" not in line)
_OPEN_FURNITURE = tuple(flatten(line).split("…") for line in furniture_lines() if "…" in line)
_FURNITURE_BEGINS = tuple(begin for begin, *_ in _OPEN_FURNITURE if begin)
_FURNITURE_ENDS = tuple(end for begin, *_, end in _OPEN_FURNITURE if not begin)
_FURNITURE = re.compile("|".join(".*".join(map(re.escape, pieces)) for pieces in _OPEN_FURNITURE))
_RECITAL = re.compile(r"^[ \t*_]*can cu\b.{1,900}?;[ \t*_]*$", re.M | re.S)
_NEXT_RECITAL = re.compile(r"\s*[*_]*(?:can cu|xet|theo de nghi)\b.{1,900}?(?:;[ \t*_]*$|\Z)", re.M | re.S)
_SHORT_MARK = 8
_LONG_MARKS = frozenset("0123456789ct-_*<")
"""What longer page marks begin with."""
_LONGEST_FURNITURE = 120
_LONGEST_PREAMBLE = 6_000
_SENTENCE_ENDS = frozenset(".;:!?…\"”»)*_|/")


_TITLE, _PREAMBLE, _BODY, _NOTE, _NOISE = Zone.TITLE, Zone.PREAMBLE, Zone.BODY, Zone.FOOTNOTE, Zone.NOISE
"""Named here, since looking a member up in its class is slow, and each line has a zone."""
_Block = tuple[int, int, Zone, bool]
"""A line that is not blank: its start, its end, its zone, and whether a gap or a bullet opens something there."""


class _Opening(NamedTuple):
    """How a document of the text opens: its start, where type words and title stand, where the preamble ends."""

    start: int
    title: tuple[int, int] | None
    body: int


def lay_out(text: Text, flat: str, header: HeaderFound) -> Layout:
    """The units of `text` in order of appearance; every code point of a citation lies in one of them.

    `flat` is `text.clean` as `graph.text.flatten` gives it.
    """
    further = divide(text.clean, flat, header)
    units = tuple(_joined(_blocks(flat, header, further), text.clean))
    pieces = sorted([(start, end, index) for index, unit in enumerate(units) for start, end in unit.spans])
    return Layout(text.clean, flat, units, pieces, [start for start, _, _ in pieces], further)


def _openings(flat: str, header: HeaderFound, further: Iterable[Part]) -> Iterator[_Opening]:
    """The opening of the first document and of those after it, in order."""
    yield _Opening(0, header.title_span, _preamble_end(flat, header.body_start, len(flat)))
    for part in further:
        yield _Opening(part.start, (part.title_start, part.title_end), _preamble_end(flat, part.title_end, part.end))


def _preamble_end(flat: str, start: int, end: int) -> int:
    """Where the enacting words end, or the first numbered section begins, whichever comes first after the title.

    A text that is cut before both ends its preamble with its recitals."""
    section = _SECTION.search(flat, start, end)
    limit = section.start() if section else min(end, start + _LONGEST_PREAMBLE)
    last = None
    for last in _ENACTING.finditer(flat, start, limit):  # noqa: B007  (a lead paragraph repeats the words)
        pass
    if last or section:
        return last.end() if last else limit
    return _recitals_end(flat, start, limit)


def _recitals_end(flat: str, start: int, limit: int) -> int:
    """Where the last of several recitals "Căn cứ …;" ends that stand one after the other; `start` if there are none."""
    recital = _RECITAL.search(flat, start, limit)
    end = start
    while recital and (following := _NEXT_RECITAL.match(flat, recital.end(), limit)):
        recital, end = following, following.end()
    return end


def _blocks(flat: str, header: HeaderFound, further: Iterable[Part]) -> Iterator[_Block]:
    opening, *coming = _openings(flat, header, further)
    furniture = False
    previous, end = -2, -1
    for number, line in enumerate(flat.split("\n")):
        start = end + 1
        end = start + len(line)
        words = line.strip()
        if not words:
            continue
        if coming and coming[0].start < end:
            opening = coming.pop(0)
        gap = number - previous
        if len(words) < _LONGEST_FURNITURE and _is_furniture(words):
            furniture = True
            yield start, end, _NOISE, True
        elif (len(words) <= _SHORT_MARK or words[0] in _LONG_MARKS) and _PAGE_MARK.fullmatch(words):
            yield start, end, _NOISE, True
            previous = number if gap <= 1 else previous
            continue
        elif furniture and not words.endswith((".", ":", ";")):
            yield start, end, _NOISE, True
        else:
            furniture = False
            opens = gap > 1 or _BULLET.match(flat, start) is not None
            note = not words[0].isalpha() and _FOOTNOTE.match(flat, start) is not None
            yield start, end, _NOTE if note else _zone(start, end, header, opening), opens
        previous = number


def _is_furniture(words: str) -> bool:
    """Whether a line is one of those of web pages; the pattern is tried only where it begins or ends as one of them."""
    if words in _WHOLE_FURNITURE:
        return True
    may_be = words.startswith(_FURNITURE_BEGINS) or words.endswith(_FURNITURE_ENDS)
    return may_be and _FURNITURE.fullmatch(words) is not None


def _zone(start: int, end: int, header: HeaderFound, opening: _Opening) -> Zone:
    if opening.title and opening.title[0] < end and start < opening.title[1]:
        return _TITLE
    if header.noise and any(left <= start and end <= right for left, right in header.noise):
        return _NOISE
    return _PREAMBLE if start < opening.body else _BODY


def _joined(blocks: Iterable[_Block], clean: str) -> Iterator[Unit]:
    """Blocks joined to units: a line that opens nothing continues the open unit of its zone, past noise and notes."""
    open_spans: list[tuple[int, int]] = []
    zone = _BODY
    note: list[tuple[int, int]] = []
    for start, end, kind, opens in blocks:
        if kind is _NOISE:
            yield _unit(_NOISE, [(start, end)])
        elif kind is _NOTE:
            if note:
                yield _unit(_NOTE, note)
            note = [(start, end)]
        elif note and not opens:
            note.append((start, end))
        else:
            if note:
                yield _unit(_NOTE, note)
                note = []
            if open_spans and kind is zone and not (opens and _starts_anew(start, end, open_spans[-1][1], clean)):
                open_spans.append((start, end))
                continue
            if open_spans:
                yield _unit(zone, open_spans)
            open_spans, zone = [(start, end)], kind
    for rest, kind in ((open_spans, zone), (note, _NOTE)):
        if rest:
            yield _unit(kind, rest)


def _unit(zone: Zone, spans: Sequence[tuple[int, int]]) -> Unit:
    return Unit(zone, tuple(spans), spans[0][0], spans[-1][1])


def _starts_anew(start: int, end: int, before: int, clean: str) -> bool:
    """Whether the line `start`..`end` begins a unit where the last ends at `before`. After a gap it still continues a
    sentence that was cut before a small letter."""
    last = clean[before - 1 : before]
    if (clean[max(0, before - 3) : before].rstrip()[-1:] if last.isspace() else last) in _SENTENCE_ENDS:
        return True
    first = clean[start:end].lstrip(" \t*_\"“")[:1]
    return not (first.islower() or (first.isdigit() and clean[max(0, before - 2) : before].lower().endswith("số")))

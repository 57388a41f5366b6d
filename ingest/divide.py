"""Divide a file that holds several documents: what a decision issues with it, and annexes with a sign of their own.

A document issued with another says so below its title ("Ban hành kèm theo Quyết định số …": Nghị định 30/2020/NĐ-CP,
Phụ lục I, phần II, mục 5), or the other says so ("Ban hành kèm theo Quyết định này Quy chế …") and it follows the
signature under its own type and title. Any other has a letterhead with a number that is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import Part
from graph.text import flatten
from graph.where import HeaderField, Where
from ingest.frame import is_number_line
from ingest.header import HeaderFound
from ingest.heading import Heading, find_heading, type_of
from ingest.letterhead import Numbered, read_date, read_letterhead, read_number
from ingest.lines import Line, lines_of

_ATTACHED = "kem theo"
_MOTTOES = ("cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam")
_NOTE = re.compile(r"[\n|][\s(*_|\[]*+(?:(?:duoc\s+)?(?:ban\s+hanh|phe\s+duyet)\s+)?$")
_THIS = re.compile(r"kem theo\s+(?:\w+\s+){2}nay\W{1,3}(?:ban\s+)?")
_ANNEX = re.compile(r"\W*(?:phu luc|mau|bieu mau|bieu|phieu)\b")
_ABOVE = 1_600
_LEAD = 60
_BESIDE = 400
_BELOW = 2_400
_LINES_ABOVE = 14
_LETTERHEAD_LINES = 6
_LONGEST_TITLE_LINE = 160
_ENDED = (".", ";", ":")


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a further document opens: its start, its heading, and its number line."""

    start: int
    heading: Heading
    number: Numbered | None


def divide(clean: str, flat: str, header: HeaderFound) -> tuple[Part, ...]:
    """The further documents of a text, in order; `flat` is `clean` flattened. Empty for a file of one document.

    Looks for three phrases in the whole text, and at the lines around those that stand where a document can open.
    """
    found: dict[int, _Opening] = {}
    for opening in _openings(clean, flat, header):
        found.setdefault(opening.heading.span[0], opening)
    openings = sorted(found.values(), key=lambda each: each.heading.span[0])
    ends = [*(opening.start for opening in openings[1:]), len(clean)]
    return tuple(_part(clean, opening, end) for opening, end in zip(openings, ends, strict=False))


def _openings(clean: str, flat: str, header: HeaderFound) -> Iterator[_Opening]:
    begin = header.body_start
    promised: set[str] = set()
    for at in _found(flat, _ATTACHED, begin):
        if note := _NOTE.search(flat, max(begin, at - _LEAD), at):
            if opening := _above_note(clean, begin, note.start()):
                yield opening
        elif (issued := _THIS.match(flat, at)) and (kind := type_of(clean[issued.end() : issued.end() + _BESIDE])):
            promised.add(kind[0])
    for motto in _MOTTOES:
        for at in _found(flat, motto, begin):
            if opening := _under_motto(clean, begin, at):
                yield opening
    if promised and (opening := _after_signature(clean, header, promised)):
        yield opening


def _found(flat: str, words: str, begin: int) -> Iterator[int]:
    at = flat.find(words, begin)
    while at >= 0:
        yield at
        at = flat.find(words, at + len(words))


def _line_start(clean: str, at: int) -> int:
    return max(clean.rfind("\n", 0, at) + 1, at - _BESIDE)


def _above_note(clean: str, begin: int, note: int) -> _Opening | None:
    """The heading above a note that tells with what it was issued."""
    lines = lines_of(clean, max(begin, note - _ABOVE), note)[-_LINES_ABOVE:]
    first = len(lines)
    while first and not _ends_text(lines[first - 1]):
        first -= 1
    return _opened(clean, begin, lines, find_heading(lines[first:], None))


def _ends_text(line: Line) -> bool:
    return line.text.endswith(_ENDED) or len(line.text) > _LONGEST_TITLE_LINE


def _under_motto(clean: str, begin: int, motto: int) -> _Opening | None:
    """The heading below a letterhead whose number is filled in."""
    lines = lines_of(clean, _line_start(clean, motto), min(len(clean), motto + _BELOW))
    above = lines_of(clean, max(begin, motto - _BESIDE), _line_start(clean, motto))
    opening = _opened(clean, begin, [*above, *lines], find_heading(lines, None))
    return opening if opening and opening.number and opening.number.number else None


def _after_signature(clean: str, header: HeaderFound, promised: set[str]) -> _Opening | None:
    """The first heading after the signature whose type is one of those issued."""
    signature = header.signature_start
    if signature is None:
        return None
    lines = lines_of(clean, signature, min(len(clean), signature + _BELOW))
    for index, line in enumerate(lines):
        if line.shouted and (kind := type_of(line.text)) and kind[0] in promised:
            return _opened(clean, signature, lines[:index], find_heading(lines[index:], None))
    return None


def _opened(clean: str, begin: int, lines: Sequence[Line], heading: Heading | None) -> _Opening | None:
    """What `heading` opens, with the letterhead above it; None for an annex or a form without a number."""
    if heading is None:
        return None
    above = [line for line in lines if line.end <= heading.span[0]]
    start = _letterhead_start(above, heading.span[0])
    number = read_number(clean, start, heading.span[0]) if start < heading.span[0] else None
    numbered = number is not None and number.number is not None
    if above and _ANNEX.match(flatten(above[-1].text)) and not numbered:
        return None
    return _Opening(max(start, begin), heading, number)


def _letterhead_start(above: Sequence[Line], heading: int) -> int:
    """Where the letterhead over a heading begins: at the lines around its motto; the heading itself without one."""
    mottoes = [index for index, line in enumerate(above) if flatten(line.text).startswith(_MOTTOES)]
    if not mottoes:
        return heading
    first = mottoes[-1]
    while first and mottoes[-1] - first < _LETTERHEAD_LINES and _is_letterhead(above[first - 1]):
        first -= 1
    return above[first].start


def _is_letterhead(line: Line) -> bool:
    return line.shouted or is_number_line(line)


def _part(clean: str, opening: _Opening, end: int) -> Part:
    heading, number, top = opening.heading, opening.number, (opening.start, opening.heading.span[0])
    letterhead = read_letterhead(lines_of(clean, *top)) if top[0] < top[1] else None
    issuer, named = (heading.issuer, heading.issuer_span) if heading.issuer else letterhead or (None, None)
    dated = read_date(clean, *top) if top[0] < top[1] else None
    spans = {
        HeaderField.TYPE: heading.span,
        HeaderField.NUMBER: (number.start, number.end) if number and number.number else None,
        HeaderField.ISSUER: named if issuer and issuer.name else None,
        HeaderField.DATE: dated.span if dated and dated.date else None,
        HeaderField.TITLE: heading.subject_span,
    }
    return Part(
        opening.start,
        end,
        *heading.title_span,
        type=heading.type,
        title=heading.title,
        number=number.number if number else None,
        issuer=issuer.name if issuer and issuer.name else None,
        date=dated.date if dated else None,
        evidence=tuple(Where(field, *span) for field, span in spans.items() if span),
    )

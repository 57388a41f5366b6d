"""Where a text gives the values of its header, also those that stand on no line of their own: status, level, place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from graph.model import Level, Place, Status
from graph.text import flatten
from graph.where import HeaderField, Where
from ingest.frame import Frame
from ingest.issuers import Issuer, parse_issuer
from ingest.letterhead import draft_mark
from ingest.signature import FORM_OF_SIGNING

Span = tuple[int, int]
Read = tuple[str, Span]
"""A value and where it stands."""
Named = tuple[Issuer, Span | None]
"""A body and where it is named."""
_LINES_ABOVE = 12
"""How many lines of a document without type line can stand above its text."""
_BEFORE_DATE = 60
_FIELDS, _LEVELS = tuple(HeaderField), tuple(Level)
_TERRITORIES = (
    (HeaderField.PROVINCE, Level.PROVINCE),
    (HeaderField.DISTRICT, Level.DISTRICT),
    (HeaderField.COMMUNE, Level.COMMUNE),
)


def draft_span(frame: Frame) -> Span | None:
    """Where the document is marked as a draft."""
    before = frame.heading.lines_before if frame.heading else _LINES_ABOVE
    return draft_mark(frame.head[:before], frame.head[before] if frame.heading else None)


def header_evidence(
    frame: Frame, read: Mapping[HeaderField, Read | None], issuer: Named | None, place: Place | None, status: Status
) -> tuple[Where, ...]:
    """Where each value stands that the text gives, in the order of the fields, with offsets in the clean text.

    `read` are the values that have a line of their own. A territory has none where the text spells it otherwise than
    its name, a level where the number's letters alone tell it.
    """
    spans: dict[HeaderField, Span | None] = {field: told[1] if told else None for field, told in read.items()}
    for field, name in ((HeaderField.SIGNER, "signer"), (HeaderField.SIGNER_POSITION, "position")):
        spans[field] = over(signature.spans.get(name) for signature in frame.signatures)
    body, named = issuer or (None, None)
    territories = dict(_territories(frame, named, place, body.level if body else None))
    spans |= territories
    if body:
        spans[HeaderField.ISSUER] = named if body.name else None
        spans[HeaderField.BRANCH] = named if body.branch else None
        spans[HeaderField.LEVEL] = _level(frame, body, named, list(territories.values()))
    number = read.get(HeaderField.NUMBER)
    blank = (frame.number.start, frame.number.end) if frame.number else None
    spans[HeaderField.STATUS] = draft_span(frame) if status is Status.DRAFT else number[1] if number else blank
    return tuple(Where(field, *span) for field in _FIELDS if (span := spans.get(field)))


def over(spans: Iterable[Span | None]) -> Span | None:
    """From the first of `spans` to the last; None where there is none."""
    known = [span for span in spans if span]
    return (min(start for start, _ in known), max(end for _, end in known)) if known else None


def _level(frame: Frame, body: Issuer, named: Span | None, territories: list[Span]) -> Span | None:
    """The words that tell the level: the body's own, else the letterhead's, else the name of its territory."""
    if body.level is None or named is None:
        return None
    mark = FORM_OF_SIGNING.match(frame.clean, *named)
    parsed = parse_issuer(frame.clean, mark.end() if mark else named[0], None)
    if parsed and parsed[0].level is body.level:
        return named
    if frame.letterhead and frame.letterhead_span and frame.letterhead.level is body.level:
        return frame.letterhead_span
    return territories[-1] if territories else named


def _territories(
    frame: Frame, named: Span | None, place: Place | None, level: Level | None
) -> Iterator[tuple[HeaderField, Span]]:
    """Where the names of the territories stand, from the province down to the level: in the body's own words, the
    letterhead, before the date, else where the text first writes them."""
    if place is None:
        return
    before_date = (max(0, frame.dated.span[0] - _BEFORE_DATE), frame.dated.span[0]) if frame.dated else None
    near = [span for span in (named, frame.letterhead_span, before_date) if span]
    for (field, own), name in zip(_TERRITORIES, (place.province, place.district, place.commune), strict=True):
        if name and (level is None or _LEVELS.index(own) <= _LEVELS.index(level)):
            found = next((at for span in near if (at := _first(frame, name, span))), None)
            if found := found or _first(frame, name, (0, len(frame.clean))):
                yield field, found


def _first(frame: Frame, name: str, within: Span) -> Span | None:
    """Where a name first stands in `within` as a name is written."""
    for match in _name(name).finditer(frame.flat, *within):
        if not frame.clean[match.start()].islower():
            return match.span()
    return None


@lru_cache(maxsize=4096)
def _name(name: str) -> re.Pattern[str]:
    """The flat words of a name; its first letter comes before the look back, as in `ingest.patterns.opening`."""
    words = r"\s+".join(map(re.escape, flatten(name).split()))
    return re.compile(rf"{words[0]}(?<!\w{words[0]}){words[1:]}(?!\w)")

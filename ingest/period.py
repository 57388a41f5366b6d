"""The time that a document covers, from the words of its title: "năm 2024", "giai đoạn 2021-2025", "đến năm 2030"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model import Period
from graph.registry.cues import cue_groups
from ingest.patterns import any_of
from ingest.records import Citation, Layout

_FILE = "periods.yaml"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_NOT_A_DATE = r"(?<!thang \d )(?<!thang \d\d )(?<!den )(?<!het )"
_SPAN = re.compile(
    rf"(?:(?<!\w)(?:{any_of(cue_groups(_FILE)['span'].words)})\s+)?(?<![\d/.-])(?P<first>{_YEAR})"
    rf"\s*(?:[-–]|(?:den|va)(?:\s+nam)?(?=\s))\s*(?P<last>{_YEAR})"
)
_UNTIL = re.compile(rf"(?<!\w)(?:{any_of(cue_groups(_FILE)['until'].words)})\s+(?P<last>{_YEAR})")
_WITHIN = tuple(
    (
        re.compile(rf"(?<!\w){_NOT_A_DATE}(?:{any_of(group.words)})\s*(?P<year>{_YEAR})"),
        group.group.split("-"),
    )
    for group in cue_groups(_FILE).values()
    if group.group not in ("span", "until")
)
_OPEN = "0000"


def find_period(layout: Layout, title: tuple[int, int] | None, citations: Sequence[Citation]) -> Period | None:
    """The shortest time that a title tells, the first of equal ones; None where it tells none.

    `title` is its span in the clean text, as are the offsets of the answer. The date or the name of a document that the
    title cites tells no time.
    """
    if title is None:
        return None
    cited = [(each.claim.start, each.tail) for each in citations if each.claim.start < title[1]]
    told = [
        period
        for period in _periods(layout, *title)
        if not any(start <= period.start < tail for start, tail in cited)
    ]
    return min(told, key=lambda period: (_length(period), period.start), default=None)


def _periods(layout: Layout, start: int, end: int) -> Iterator[Period]:
    spans = [match for match in _SPAN.finditer(layout.flat, start, end) if match["first"] <= match["last"]]
    for match in spans:
        yield _period(layout, match, match["first"], match["last"])
    for match in _UNTIL.finditer(layout.flat, start, end):
        yield _period(layout, match, None, match["last"])
    for pattern, (first, last) in _WITHIN:
        for match in pattern.finditer(layout.flat, start, end):
            if any(span.start() <= match.start() < span.end() for span in spans):
                continue
            year = match["year"]
            whole = (first, last) == ("01", "12")
            yield _period(layout, match, *((year, year) if whole else (f"{year}-{first}", f"{year}-{last}")))


def _period(layout: Layout, match: re.Match[str], first: str | None, last: str) -> Period:
    return Period(*match.span(), layout.words(*match.span()), first, last)


def _length(period: Period) -> int:
    """Its months; one without a first has more than any other."""
    return _months(period.last, "12") - _months(period.first or _OPEN, "01")


def _months(date: str, month: str) -> int:
    year, *rest = date.split("-")
    return int(year) * 12 + int(rest[0] if rest else month)

"""Where each document stands in the picture: lanes by level from the Centre down, x by date, no two on one place.

Positions are whole pixels at zoom 1, x to the right and y down, of the middle of a box. They are a pure function of
what is placed, whatever the order in which it is given; what is placed later never moves what already stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, log2

from graph.model import Level

BOX_WIDTH, BOX_HEIGHT = 184, 66
CELL_WIDTH, CELL_HEIGHT = 204, 98
LANE_GAP = 32
MOST_ROWS = 12
SHAPE = 1.9
"""The width by the height of the stage on a common screen."""

LANES: tuple[Level | None, ...] = (Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, None)
_UNDATED = "9999"
_Group = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be placed: a document's id, level and date (ISO, possibly reduced), None where unknown."""

    id: str
    level: Level | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """The middle of a box."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The band of one level, None for documents of unknown level; `rows` boxes fit one below the other."""

    level: Level | None
    top: int
    rows: int

    @property
    def bottom(self) -> int:
        return self.top + self.rows * CELL_HEIGHT

    def y(self, row: int) -> int:
        """The middle of a row."""
        return self.top + row * CELL_HEIGHT + CELL_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Span:
    """The middles of the first and the last column of one year; `year` is None for documents without date."""

    year: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where documents stand. `lanes` are those of LANES, from the top; `spans` the years of the first view."""

    points: dict[str, Point]
    lanes: tuple[Lane, ...]
    spans: tuple[Span, ...]


def layout(items: Iterable[Item]) -> Layout:
    """The first view: within a lane a later document never stands left of an earlier one.

    A year is as many columns wide as its fullest lane needs; documents without date stand at the right. Every other
    column that has room stands a row lower, so that lines along a lane pass between its boxes. Of two items with one
    id the first in order counts.
    """
    placed = _in_order(items)
    cells: dict[_Group, list[Item]] = defaultdict(list)
    for item in placed:
        cells[(item.date or _UNDATED)[:4], LANES.index(item.level)].append(item)
    most = min(range(1, MOST_ROWS + 1), key=lambda rows: _size(cells, rows))
    lanes, spans = _lanes(cells, most), _spans(cells, most)
    years = {span.year: span for span in spans}
    points: dict[str, Point] = {}
    for (year, lane), group in cells.items():
        points |= _stand(group, lanes[lane], years[_year(year)], most)
    return Layout(points, lanes, spans)


def extended(before: Layout, items: Iterable[Item]) -> Layout:
    """`before` with further items, each in the free place of its lane that is nearest to its date."""
    points = dict(before.points)
    rows: dict[int, list[int]] = defaultdict(list)
    for point in sorted(points.values(), key=lambda point: point.x):
        rows[point.y].append(point.x)
    for item in _in_order(items):
        if item.id in points:
            continue
        lane = before.lanes[LANES.index(item.level)]
        wanted = _wanted(before.spans, item.date)
        free = [(abs(x - wanted), row, x) for row in range(lane.rows) for x in [_nearest(rows[lane.y(row)], wanted)]]
        _, row, x = min(free)
        points[item.id] = Point(x, lane.y(row))
        rows[lane.y(row)] = sorted([*rows[lane.y(row)], x])
    return replace(before, points=points)


def _stand(group: Sequence[Item], lane: Lane, span: Span, most: int) -> dict[str, Point]:
    """The places of one lane's items of one year, in order of date."""
    columns = _columns(group, (span.end - span.start) // CELL_WIDTH + 1, most)
    sizes, stood, points = Counter(columns), Counter[int](), {}
    for item, column in zip(group, columns, strict=True):
        x = span.start + column * CELL_WIDTH
        lower = sizes[column] < lane.rows and x // CELL_WIDTH % 2
        points[item.id] = Point(x, lane.y(stood[column] + lower))
        stood[column] += 1
    return points


def _columns(group: Sequence[Item], number: int, most: int) -> list[int]:
    """The column of each item among the `number` of its year: by the day, as far as a column has room for it, and no
    further to the right than the rest of the group needs."""
    columns: list[int] = []
    column, filled = 0, 0
    for placed, item in enumerate(group):
        latest = number - ceil((len(group) - placed) / most)
        wanted = min(int(_through_year(item.date or _UNDATED) * number), latest)
        if wanted > column or filled == most:
            column, filled = max(wanted, column + 1), 0
        columns.append(column)
        filled += 1
    return columns


def _in_order(items: Iterable[Item]) -> list[Item]:
    unique: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: (item.date or _UNDATED, item.id, LANES.index(item.level))):
        unique.setdefault(item.id, item)
    return list(unique.values())


def _year(text: str) -> int | None:
    return None if text == _UNDATED else int(text)


def _size(cells: dict[_Group, list[Item]], most: int) -> float:
    """The height of the least screen on which all is seen when no column of a lane holds more than `most`."""
    lanes, spans = _lanes(cells, most), _spans(cells, most)
    width = spans[-1].end - spans[0].start + CELL_WIDTH if spans else CELL_WIDTH
    return max(width / SHAPE, lanes[-1].top - lanes[0].top)


def _lanes(cells: dict[_Group, list[Item]], most: int) -> tuple[Lane, ...]:
    lanes: list[Lane] = []
    for number, level in enumerate(LANES):
        fullest = max((len(group) for (_, lane), group in cells.items() if lane == number), default=0)
        top = lanes[-1].bottom + LANE_GAP if lanes else 0
        lanes.append(Lane(level, top, _rows(min(most, fullest))))
    return tuple(lanes)


def _rows(filled: int) -> int:
    """How many rows a lane has whose fullest column fills so many: one more, so that what comes later finds a place
    close by. A second row leaves places enough, since most columns fill but one."""
    return filled if filled == 2 else filled + 1


def _spans(cells: dict[_Group, list[Item]], most: int) -> tuple[Span, ...]:
    columns: dict[str, int] = defaultdict(int)
    for (year, _), group in cells.items():
        columns[year] = max(columns[year], ceil(len(group) / most))
    spans, x = [], 0
    for year in sorted(columns):
        end = x + (columns[year] - 1) * CELL_WIDTH
        spans.append(Span(_year(year), x, end))
        x = end + CELL_WIDTH
    return tuple(spans)


def _wanted(spans: Sequence[Span], date: str | None) -> int:
    """The x that a date asks for: within its year by the day, between years in the middle, outside the further the
    rarer, so that one old law does not stand screens away."""
    if not spans:
        return 0
    key = date or _UNDATED
    year = int(key[:4])
    before = [span for span in spans if _rank(span) < year]
    after = [span for span in spans if _rank(span) > year]
    same = [span for span in spans if _rank(span) == year]
    if same:
        return round(same[0].start + (same[0].end - same[0].start) * _through_year(key))
    if before and after:
        return (before[-1].end + after[0].start) // 2
    if before:
        return before[-1].end + round(CELL_WIDTH * _steps(year - _rank(before[-1])))
    return after[0].start - round(CELL_WIDTH * _steps(_rank(after[0]) - year))


def _rank(span: Span) -> int:
    return int(_UNDATED) if span.year is None else span.year


def _steps(years: int) -> float:
    """Columns for a number of years beyond the first view; 8 for documents without date, where there were none."""
    return 1 + min(log2(years), 7)


def _through_year(date: str) -> float:
    """How much of its year has passed on a date: 0..1, 0 where it gives the year alone."""
    months = int(date[5:7] or 1) - 1
    days = int(date[8:10] or 1) - 1
    return min((months + days / 31) / 12, 1.0)


def _nearest(taken: Sequence[int], wanted: int) -> int:
    """The x nearest to `wanted` that is a cell away from all of `taken`, which is sorted; the left one of two."""
    if not taken:
        return wanted
    found = [min(wanted, taken[0] - CELL_WIDTH), max(wanted, taken[-1] + CELL_WIDTH)]
    for left, right in pairwise(taken):
        if right - left >= 2 * CELL_WIDTH:
            found.append(min(max(wanted, left + CELL_WIDTH), right - CELL_WIDTH))
    return min(found, key=lambda x: (abs(x - wanted), x))

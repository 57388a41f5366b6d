from __future__ import annotations

import random
from collections import Counter
from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Level
from viz.layout import BOX_HEIGHT, BOX_WIDTH, CELL_WIDTH, LANES, SHAPE, Item, extended, layout

DAYS = st.dates(date(1930, 1, 1), date(2030, 12, 31)).map(str)
DATES = st.one_of(st.none(), DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
LEVELS = st.sampled_from(LANES)


@st.composite
def items(draw, prefix="d", most=60):
    given = draw(st.lists(st.tuples(LEVELS, DATES), max_size=most))
    return [Item(f"{prefix}{number}", level, when) for number, (level, when) in enumerate(given)]


def overlaps(points):
    return [
        (one, other)
        for one, other in combinations(points, 2)
        if abs(points[one].x - points[other].x) < BOX_WIDTH and abs(points[one].y - points[other].y) < BOX_HEIGHT
    ]


def crowd(number, day="2022-03-01", level=Level.PROVINCE, prefix="p"):
    return [Item(f"{prefix}{each:04}", level, day) for each in range(number)]


@given(items(), items("e", 30), items("f", 30))
def test_nothing_overlaps_and_nothing_moves(first, second, third):
    start = layout(first)
    middle = extended(start, second)
    end = extended(middle, third)
    assert len(end.points) == len(first) + len(second) + len(third)
    assert overlaps(end.points) == []
    assert start.points.items() <= middle.points.items() <= end.points.items()


@given(items(), items("e"), st.randoms(use_true_random=False))
def test_the_order_in_which_items_are_given_changes_nothing(first, second, chance):
    once = extended(layout(first), second)
    assert extended(layout(shuffled(first, chance)), shuffled(second, chance)) == once


def shuffled(values, chance):
    return chance.sample(values, len(values))


@given(items(), items("e"))
def test_every_box_stands_within_the_lane_of_its_level(first, second):
    made = extended(layout(first), second)
    lanes = {lane.level: lane for lane in made.lanes}
    for item in (*first, *second):
        lane, y = lanes[item.level], made.points[item.id].y
        assert lane.top <= y - BOX_HEIGHT // 2
        assert y + BOX_HEIGHT // 2 <= lane.bottom


@given(items())
def test_in_a_lane_no_later_document_stands_left_of_an_earlier_one(first):
    points = layout(first).points
    for one, other in combinations(first, 2):
        if one.level is other.level and (one.date or "9999") < (other.date or "9999"):
            assert points[one.id].x <= points[other.id].x


def test_where_a_year_has_room_its_days_tell_the_place_in_every_lane():
    late = Item("late", Level.COMMUNE, "2022-12-01")
    early = Item("early", Level.DISTRICT, "2022-01-15")
    points = layout([*crowd(40), late, early]).points
    assert points["early"].x < points["late"].x


@given(items())
def test_years_keep_apart_in_all_lanes(first):
    made = layout(first)
    spans = {span.year: span for span in made.spans}
    for item in first:
        span = spans[int(item.date[:4]) if item.date else None]
        assert span.start <= made.points[item.id].x <= span.end
    assert all(left.end + CELL_WIDTH <= right.start for left, right in pairwise(made.spans))


def test_lanes_stand_from_the_centre_down_without_touching():
    lanes = layout([]).lanes
    assert [lane.level for lane in lanes] == [Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, None]
    assert all(upper.bottom < lower.top for upper, lower in pairwise(lanes))


def test_an_empty_picture_can_be_extended():
    made = extended(layout([]), [Item("a", None, None)])
    assert made.points["a"].x == 0


@pytest.mark.parametrize(("number", "height"), [(1, 700), (7, 800), (40, 1080), (69, 1300)])
def test_a_first_view_wastes_little_of_a_screen(number, height):
    directive = Item("directive", Level.CENTRAL, "2021-11-26")
    made = layout([directive, *crowd(number)])
    width = made.spans[-1].end - made.spans[0].start + CELL_WIDTH
    assert max(width / SHAPE, made.lanes[3].bottom - made.lanes[0].top) <= height


def test_what_comes_later_stands_at_its_year_while_there_is_room():
    start = layout([*crowd(1, "2020-06-01"), *crowd(1, "2022-06-01", prefix="q")])
    made = extended(start, [Item("new", Level.PROVINCE, "2022-02-01")])
    assert made.points["new"].x == made.points["q0000"].x
    assert made.points["new"].y != made.points["q0000"].y


@pytest.mark.parametrize(
    ("day", "left", "right"),
    [("1999-01-01", None, 2020), ("2021-05-05", 2020, 2022), ("2024", 2022, None), (None, 2022, None)],
)
def test_what_comes_from_another_year_stands_between_its_neighbours(day, left, right):
    start = layout([Item("a", Level.PROVINCE, "2020"), Item("b", Level.PROVINCE, "2022")])
    spans = {span.year: span for span in start.spans}
    x = extended(start, [Item("new", Level.COMMUNE, day)]).points["new"].x
    assert left is None or spans[left].end < x
    assert right is None or x < spans[right].start


def test_a_thousand_documents_in_one_lane_on_one_day_find_their_places():
    made = layout(crowd(70))
    for step in range(37):
        made = extended(made, crowd(25, prefix=f"s{step:02}-"))
    assert len(made.points) == 70 + 37 * 25
    rows = {}
    for point in made.points.values():
        rows.setdefault(point.y, []).append(point.x)
    assert len(rows) <= made.lanes[1].rows
    for row in map(sorted, rows.values()):
        assert all(right - left >= CELL_WIDTH for left, right in pairwise(row))


def test_every_lane_keeps_room_for_what_comes_later():
    made = layout(crowd(40))
    columns = Counter(point.x for point in made.points.values())
    assert max(columns.values()) == made.lanes[1].rows - 1


def test_of_two_items_with_one_id_one_is_placed():
    twice = [Item("a", Level.PROVINCE, "2020"), Item("a", Level.COMMUNE, "2021")]
    assert layout(twice) == layout(random.Random(1).sample(twice, 2))
    assert set(layout(twice).points) == {"a"}

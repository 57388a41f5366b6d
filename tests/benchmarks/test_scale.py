"""The page on scale says what the formula gives for the figures that it names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.scale import Costs, pace, serial_share, table, useful_readers

PAGE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
MILLIONS = 10_000_000


@pytest.mark.parametrize("times", [1, 10, 100])
def test_the_page_holds_the_tables_of_the_formula(times: int) -> None:
    read = times * Costs().read
    costs = replace(Costs(), read=read)
    assert "\n".join(table(costs, MILLIONS)) in PAGE
    assert f"{serial_share(costs, MILLIONS):.0%}" in PAGE
    assert f"{read:g} ms" in PAGE


@pytest.mark.parametrize(
    ("machines", "cores", "milliseconds", "bound"),
    [(1, 1, 14, "everything"), (1, 2, 10, "reading"), (1, 3, 5, "reading"), (2, 3, 4, "storing")],
)
def test_the_slowest_stage_sets_the_pace(machines: int, cores: int, milliseconds: float, bound: str) -> None:
    found = pace(Costs(read=10, schedule=1, take=0, store=4, growth=1), 1_000, machines, cores)
    assert (found.milliseconds, found.bound) == (milliseconds, bound)


def test_storing_grows_by_its_factor_for_ten_times_as_many() -> None:
    costs = Costs(store=2, growth=1.5, stored_at=1_000)
    assert [round(costs.stored(count), 3) for count in (1_000, 10_000, 100_000)] == [2, 3, 4.5]


def test_readers_beyond_the_useful_ones_bring_nothing() -> None:
    costs = Costs(read=35)
    useful = useful_readers(costs, MILLIONS)
    enough, more = (pace(costs, MILLIONS, 1, readers + 1) for readers in (useful, useful * 10))
    assert enough == more
    assert pace(costs, MILLIONS, 1, useful).milliseconds > enough.milliseconds

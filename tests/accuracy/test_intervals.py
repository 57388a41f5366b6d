"""Intervals against values worked out elsewhere, and what must hold for all of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.intervals import bootstrap, wilson

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def mean(values):
    return sum(values) / len(values)


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_wilson(right, total, low, high):
    assert wilson(right, total) == pytest.approx((low, high), abs=5e-4)


def test_wilson_of_nothing_is_no_number():
    assert all(map(math.isnan, wilson(0, 0)))


@given(SHARES)
def test_bootstrap_is_repeatable_and_lies_within_the_values(values):
    low, high = bootstrap(values, mean, times=50)
    assert (low, high) == bootstrap(values, mean, times=50)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


def test_bootstrap_of_two_even_values_reaches_both():
    assert bootstrap([0.0, 1.0], mean) == (0.0, 1.0)


def test_bootstrap_passes_over_draws_without_a_value():
    assert bootstrap(
        [math.nan, 1.0], lambda drawn: max(drawn, key=lambda value: -1 if math.isnan(value) else value)
    ) == (1.0, 1.0)
    assert all(map(math.isnan, bootstrap([math.nan], mean)))

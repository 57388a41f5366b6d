"""Mutated documents are read without an exception or a stall, and what is read of them keeps its promises."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.extract_growth import HEAD, HOSTILE, TAIL
from tests.mutations import (
    DOCUMENTS,
    FRAGMENTS,
    MOST_EDITS,
    MOST_REPEATS,
    Edit,
    Kind,
    edited,
    faults,
    mutated,
    read,
    source,
    usual_seconds,
)

MOST_TIMES_USUAL = 100
"""How many times as long as usual a kilobyte may take: 100 ms where 1 ms is usual."""
part = st.floats(0, 1, allow_nan=False)
fragments = st.one_of(st.sampled_from(FRAGMENTS), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
edits = st.builds(Edit, st.sampled_from(Kind), part, part, part, fragments, st.sampled_from([1, 1, 1, 2, MOST_REPEATS]))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(DOCUMENTS), st.lists(edits, min_size=1, max_size=MOST_EDITS))
def test_a_mutated_document_is_refused_or_read_soundly(path: Path, changes: list[Edit]) -> None:
    reading = read(path, edited(source(path), changes))
    assert reading is None or not list(faults(reading))


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_mutations_by_number_are_read_soundly_and_without_a_stall(first: int) -> None:
    seconds, kilobytes = 0.0, 0.0
    for number in range(first, first + 50):
        path, text = mutated(number)
        start = time.process_time()
        reading = read(path, text)
        seconds += time.process_time() - start
        kilobytes += max(1.0, len(text.encode()) / 1_000)
        assert reading is None or not list(faults(reading)), number
    assert seconds / kilobytes < MOST_TIMES_USUAL * usual_seconds()


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("head", [HEAD, ""], ids=["below a header", "alone"])
def test_a_long_run_of_one_thing_does_not_stall(head: str, unit: str) -> None:
    text = head + unit * (40_000 // len(unit.encode())) + TAIL
    start = time.process_time()
    reading = read(Path("run.txt"), text)
    assert (time.process_time() - start) / 40 < MOST_TIMES_USUAL * usual_seconds()
    assert reading is None or not list(faults(reading))


def test_mutations_are_always_the_same_and_change_the_text() -> None:
    assert mutated(7) == mutated(7)
    changed = [number for number in range(50) if mutated(number)[1] != source(mutated(number)[0])]
    assert len(changed) > 45


def test_faults_are_seen() -> None:
    path = DOCUMENTS[0]
    reading = read(path, source(path))
    assert reading is not None
    assert not list(faults(reading))
    moved = type(reading)(reading.source, reading.claims[::-1], reading.relations)
    assert list(faults(moved))

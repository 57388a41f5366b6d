"""Excerpts of long lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.excerpt import excerpt

LINE = " ".join(f"w{number:03}" for number in range(100))


def holds(line: str, short: str, at: int) -> bool:
    """Whether the last part of an excerpt is a part of the line that reaches to `at`; equal parts may stand elsewhere."""
    last = short.removesuffix(" …").split(" … ")[-1]
    return any(line.startswith(last, begins) for begins in range(max(0, at - len(last)), at + 1)) and last != ""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (0, "w000 w001 w002 w003 w004 w005 w006 w007 w008 w009 w010 w011 …"),
        (250, "w000 w001 w002 w003 … w047 w048 w049 w050 w051 w052 w053 w054 …"),
        (499, "w000 w001 w002 w003 … w091 w092 w093 w094 w095 w096 w097 w098 w099"),
    ],
)
def test_an_excerpt_keeps_the_beginning_and_what_is_asked_for(at: int, expected: str) -> None:
    assert excerpt(LINE, at, 60) == expected


@pytest.mark.parametrize(("before", "at"), [(10, 60), (19, 75), (30, 90)])
def test_an_excerpt_cuts_a_long_word_rather_than_leave_its_place_out(before: int, at: int) -> None:
    line = f"{'ab ' * before}{'x' * 60} {'y' * 60} {'z' * 60}"
    assert holds(line, excerpt(line, at, 30), at)


@given(st.lists(st.text("ab", min_size=1, max_size=60), min_size=1), st.data(), st.integers(30, 200))
def test_an_excerpt_is_short_and_holds_its_place(words: list[str], data: st.DataObject, length: int) -> None:
    text = "".join(f"{word}{number} " for number, word in enumerate(words)).strip()
    at = data.draw(st.integers(0, len(text) - 1))
    short = excerpt(text, at, length)
    assert len(short) <= length + 40
    pieces = short.removesuffix(" …").split(" … ")
    assert all(piece in text for piece in pieces)
    assert text.startswith(pieces[0])
    assert holds(text, short, at)

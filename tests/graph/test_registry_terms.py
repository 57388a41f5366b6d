"""Terms of central bodies: which one a date falls into, and from when to when each runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.registry.terms import TermBody, term_of, term_span

COMMITTEE, ASSEMBLY = TermBody.CENTRAL_COMMITTEE, TermBody.NATIONAL_ASSEMBLY


@pytest.mark.parametrize(
    ("body", "date", "term"),
    [
        (COMMITTEE, "2003-03-12", "IX"),  # 25-NQ/TW on religion
        (COMMITTEE, "2008-07-25", "X"),  # 25-NQ/TW on the young
        (COMMITTEE, "2013-06-03", "XI"),  # 25-NQ/TW on mass mobilisation
        (COMMITTEE, "2021-01-29", "XII"),
        (COMMITTEE, "2021-01-30", "XIII"),
        (COMMITTEE, "2013", "XI"),
        (COMMITTEE, "2016", None),
        (COMMITTEE, "2016-02", "XII"),
        (COMMITTEE, "2016-01", None),
        (COMMITTEE, "1980-01-01", None),
        (ASSEMBLY, "2022-11-10", "XV"),
        (ASSEMBLY, "2013-11-28", "XIII"),
        (ASSEMBLY, "2016-04-06", "XIII"),
        (ASSEMBLY, "2026-04-23", "XVI"),
    ],
)
def test_term_of(body: TermBody, date: str, term: str | None) -> None:
    assert term_of(body, date) == term


def test_spans() -> None:
    assert term_span(COMMITTEE, "XI") == ("2011-01-18", "2016-01-26")
    assert term_span(COMMITTEE, "xii") == ("2016-01-26", "2021-01-30")
    assert term_span(ASSEMBLY, "XVI") == ("2026-04-06", None)
    assert term_span(ASSEMBLY, "I") is None


@given(st.sampled_from(list(TermBody)), st.sampled_from(["IX", "X", "XI", "XII", "XIII", "XIV"]))
def test_a_term_holds_its_first_day_and_not_the_first_of_the_next(body: TermBody, roman: str) -> None:
    span = term_span(body, roman)
    assert span is not None
    assert term_of(body, span[0]) == roman
    assert span[1] is None or term_of(body, span[1]) != roman

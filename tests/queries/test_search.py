from __future__ import annotations

import pytest

from queries.search import MOST, search
from tests.factories_view import document, view_of

VIEW = view_of(
    [
        document("old", "21/KH-UBND", title="Công tác dân vận", date="2021"),
        document("new", "22/KH-UBND", title="Đẩy mạnh công tác dân vận", date="2024"),
    ]
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("cong tac dan van", ["new", "old"]), ("  day   manh ", ["new"]), ("21/KH", ["old"]), ("không có", []), (" ", [])],
)
def test_finds_all_words(words, expected):
    page = search(VIEW, words)
    assert [one.id for one in page.documents] == expected
    assert page.total == len(expected)


@pytest.mark.parametrize(
    ("limit", "offset", "count"), [(1, 0, 1), (1, 1, 1), (1, 2, 0), (-3, 0, 0), (MOST * 9, -4, 2)]
)
def test_slices_stay_within_bounds(limit, offset, count):
    page = search(VIEW, "dân", limit=limit, offset=offset)
    assert (len(page.documents), page.total) == (count, 2)


def test_a_question_is_cut_to_a_bearable_length():
    assert search(VIEW, "dân " * 100_000).total == 2

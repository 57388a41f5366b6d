"""Folding for search, and flattening that keeps offsets."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.text import flatten, fold, one_line, slug


@pytest.mark.parametrize(
    ("text", "folded"), [("Công tác Dân vận", "cong tac dan van"), ("ĐỒNG THÁP", "dong thap"), ("Thừa Thiên Huế", "thua thien hue")]
)
def test_folding_takes_marks_away(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert flatten(text) == folded


def test_slugs_and_lines() -> None:
    assert slug("Bà Rịa - Vũng Tàu") == "ba-ria-vung-tau"
    assert one_line(" a\n\n b\tc ") == "a b c"


@given(st.text())
def test_flattening_keeps_every_offset(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(flatten(text)) == len(text)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ".upper()))
def test_vietnamese_letters_become_ascii(text: str) -> None:
    assert flatten(unicodedata.normalize("NFC", text)).isascii()


@given(st.text(st.characters(), min_size=1, max_size=40))
def test_long_texts_are_flattened_as_their_characters_are(text: str) -> None:
    times = 70_000 // len(text)
    assert flatten(text * times) == "".join(map(flatten, text)) * times


@pytest.mark.parametrize("text", ["\ud83d\ude00", "Ố\ud800", "\udc00Đ", "\U0001f600Đ"])
def test_surrogates_stay_as_they_are(text: str) -> None:
    """Two of them side by side that no pair made are two characters in Python, and one in UTF-16."""
    assert flatten(text * 1_000) == "".join(map(flatten, text)) * 1_000

"""Cleaning keeps a true map to the raw text, and costs nothing where there is nothing to clean."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ReadError
from ingest.clean import clean, raw_span

UNSEEN = "\u00ad\u200b\u200d\u200e\u2060\ufe0f\ufeff"
PLANS = st.text(
    st.sampled_from("aeouâêôơưđĐỦệ /-*|\n\r\t\u00a0\u0300\u0301\u0302\u0303\u0309\u031b\u0323" + UNSEEN), max_size=40
)


def plain(raw: str) -> str:
    """What a stretch of raw text says, found in another way than by the map."""
    seen = "".join(character for character in raw.replace("\r\n", "\n") if character not in UNSEEN)
    return unicodedata.normalize("NFC", seen.replace("\r", "\n").replace("\u00a0", " "))


@given(PLANS, st.data())
def test_every_span_maps_to_the_raw_text_that_says_the_same(raw: str, data: st.DataObject) -> None:
    text = clean("a.txt", raw)
    start = data.draw(st.integers(0, len(text.clean)))
    end = data.draw(st.integers(start, len(text.clean)))
    first, last = raw_span(text, start, end)
    said = plain(raw[first:last])
    inside = text.starts is not None and any(
        0 < cut < len(text.clean) and text.starts[cut] == text.starts[cut - 1] for cut in (start, end)
    )
    if inside and end > start:
        assert text.clean[start:end] in said
    else:
        assert said == text.clean[start:end]


@given(st.text(max_size=60))
def test_offsets_are_total_and_never_fall(raw: str) -> None:
    text = clean("a.txt", raw)
    offsets = [text.offset(position) for position in range(len(text.clean) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(raw)
    assert unicodedata.is_normalized("NFC", text.clean)


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean("a.txt", raw)
    assert clean("a.txt", once.clean).clean == once.clean


def test_clean_text_is_kept_as_the_same_object() -> None:
    raw = "Căn cứ **Nghị quyết** số 25-NQ/TW;\n\tKế hoạch này"
    text = clean("a.txt", raw)
    assert text.clean is raw
    assert text.starts is None


@pytest.mark.parametrize(
    ("raw", "cleaned", "mapped"),
    [
        ("số\u00a033/CT-TTg", "số 33/CT-TTg", False),
        ("trang 1\fSố: 2", "trang 1\nSố: 2", False),
        ("\ufeffKẾ HOẠCH", "KẾ HOẠCH", True),
        ("dân\u00ad\u200bvận", "dânvận", True),
        ("một\r\nhai\rba", "một\nhai\nba", True),
        (unicodedata.normalize("NFD", "Điều ước ở Huế"), "Điều ước ở Huế", True),
        ("\u01a1\u0301 \u0075\u031b\u0323", "ớ ự", True),
        ("e\u200b\u0302\u0323", "ệ", True),
        ("# Tiêu đề\n| **a** | b |", "# Tiêu đề\n| **a** | b |", False),
    ],
)
def test_what_cleaning_does(raw: str, cleaned: str, mapped: bool) -> None:
    text = clean("a.txt", raw)
    assert text.clean == cleaned
    assert (text.starts is not None) is mapped


def test_a_span_ends_before_unseen_characters() -> None:
    text = clean("a.txt", "\ufeffSố\u200b 5\u00ad.")
    assert raw_span(text, 0, 2) == (1, 3)
    assert raw_span(text, 3, 4) == (5, 6)
    assert raw_span(text, 2, 2) == (4, 4)


@pytest.mark.parametrize("marks", ["\u0301" * 31, "\u0301\u0323" * 100_000, ("\u0301" * 20 + "\u200b") * 2])
def test_piles_of_marks_are_refused(marks: str) -> None:
    with pytest.raises(ReadError) as caught:
        clean("a.txt", f"Kế hoạch a{marks}")
    assert caught.value.remedy


def test_rulers_of_other_signs_and_few_marks_are_no_piles() -> None:
    raw = f"KẾ HOẠCH\n{'─' * 200}\na{chr(0x301) * 30}b"
    assert clean("a.txt", raw).raw == raw

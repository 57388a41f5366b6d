from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.text import without_controls


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ thị số 33/CT-TTg", "Chỉ thị số 33/CT-TTg"),
        ("hai\ndòng\tvà\rba", "hai\ndòng\tvà\rba"),
        ("\x1b[31mđỏ\x1b[0m", "đỏ"),
        ("\x9b2Jxóa", "xóa"),
        ("\x1b]0;tên cửa sổ\x07sau", "sau"),
        ("\x1b]8;;http://x\x1b\\nhãn\x1b]8;;\x1b\\", "nhãn"),
        ("\x1b]0;không hết", "0;không hết"),
        ("a\x00b\x08c\x7fd", "abcd"),
        ("\u202etxt.exe", "txt.exe"),
        ("\ud800\uffff", ""),
    ],
)
def test_what_steers_a_terminal_goes_and_text_stays(text, expected):
    assert without_controls(text) == expected


@given(st.text(st.characters(codec=None) | st.sampled_from("\x1b\x9b\x9d[]\\;0m\x07")))
def test_nothing_that_steers_is_left(text):
    left = without_controls(text)
    assert all(character in "\n\t\r" or unicodedata.category(character) not in ("Cc", "Cs") for character in left)

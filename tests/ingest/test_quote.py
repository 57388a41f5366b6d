"""Quotes without the marks of Markdown, and of long sentences what matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.text import one_line
from ingest.clean import clean
from ingest.pipeline import read_text
from ingest.quote import MAX_QUOTE, unmarked


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("**Căn cứ** Chỉ thị số 33/CT-TTg;", "Căn cứ Chỉ thị số 33/CT-TTg;"),
        ("*Căn cứ Chỉ thị số 33/CT-TTg;*", "Căn cứ Chỉ thị số 33/CT-TTg;"),
        ("_Căn cứ Chỉ thị số 33/CT-TTg_.", "Căn cứ Chỉ thị số 33/CT-TTg."),
        ("**_Thực hiện_** và __tuyên truyền__ “*về việc*”", "Thực hiện và tuyên truyền “về việc”"),
        ("***Thực hiện*** (*khóa XI*)", "Thực hiện (khóa XI)"),
        ("- Thực hiện Chỉ thị", "Thực hiện Chỉ thị"),
        ("### **I. Căn cứ**", "I. Căn cứ"),
        ("* + • Thực hiện", "Thực hiện"),
        ("1. Thực hiện", "1. Thực hiện"),
        ("a) Thực hiện", "a) Thực hiện"),
        ("Thực hiện** Chỉ thị", "Thực hiện Chỉ thị"),
        ("Kế hoạch (*) và 5 * 3", "Kế hoạch (*) và 5 * 3"),
        ("ngày ___ tháng __ năm 2024", "ngày ___ tháng __ năm 2024"),
        ("số __/KH-UBND, số____/KH-UBND", "số __/KH-UBND, số____/KH-UBND"),
        ("bieu_mau_01 và a*b", "bieu_mau_01 và a*b"),
        ("-5 độ", "-5 độ"),
        ("*", "*"),
        ("", ""),
    ],
)
def test_marks_of_emphasis_bullets_and_headings_are_left_out(written: str, expected: str) -> None:
    assert unmarked(written) == expected


@given(st.text(alphabet="aă*_-#> (“”).1"))
def test_nothing_but_marks_and_spaces_is_left_out(text: str) -> None:
    line = one_line(text)
    left = unmarked(line)
    assert [letter for letter in left if letter not in "*_-#> "] == [letter for letter in line if letter not in "*_-#> "]


HEAD = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 1/KH-UBND\n\nKẾ HOẠCH\nCông tác dân vận\n\n"


def test_the_offsets_still_hold_the_marks() -> None:
    reading = read_text(clean("a.md", HEAD + "I. NỘI DUNG\n\n- **Thực hiện** *Chỉ thị số 33/CT-TTg*."))
    (relation,) = reading.relations
    assert relation.quote == "Thực hiện Chỉ thị số 33/CT-TTg."
    assert reading.source.text[relation.start : relation.end] == "- **Thực hiện** *Chỉ thị số 33/CT-TTg*."


def test_an_item_is_quoted_with_the_sentence_that_opens_its_list() -> None:
    text = "I. NỘI DUNG\n\n- Phát huy kết quả. Khen thưởng kịp thời. **Tổ chức thực hiện tốt các văn bản sau:**\n\n+ Chỉ thị số 33/CT-TTg;"
    (relation,) = read_text(clean("a.md", HEAD + text)).relations
    assert relation.quote == "Tổ chức thực hiện tốt các văn bản sau: … Chỉ thị số 33/CT-TTg;"


def test_a_long_sentence_is_quoted_from_its_beginning_and_around_the_citation() -> None:
    long = ", ".join(f"nội dung số {number} của từng đơn vị" for number in range(60))
    text = f"I. NỘI DUNG\n\n- Thực hiện {long} theo Chỉ thị số 33/CT-TTg của Thủ tướng Chính phủ và {long}."
    (relation,) = read_text(clean("a.txt", HEAD + text)).relations
    assert len(relation.quote) < MAX_QUOTE + 40
    assert relation.quote.startswith("Thực hiện nội dung số 0")
    assert "theo Chỉ thị số 33/CT-TTg của Thủ tướng Chính phủ và" in relation.quote
    assert relation.quote.endswith(" …")

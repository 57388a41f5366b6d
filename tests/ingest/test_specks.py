"""Specks of scans: what is blanked in a text that looks recognised, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Relation
from ingest.clean import clean
from ingest.pipeline import read_text
from ingest.specks import without_specks

SCANNED = "\n'CHỈ THỊ\n_ Về việc giữ rừng\n"
PIECES = st.sampled_from(
    ["\n", " ", "_ ", "'", ".", ": ", "- ", "Luật Lâm nghiệp", "số 12/CT-UBND", ". ngày 5/6/2020", "và đất", "năm. 2020", "“", "\x1f"]
)

BLANKED = [
    ("Chỉ thị số\n\n_ 03/CT-UBND", "Chỉ thị số\n\n  03/CT-UBND"),
    ("rừng\n'và đất", "rừng\n và đất"),
    ("Luật\n.Đất đai", "Luật\n Đất đai"),
    ("Luật Phòng thủ dân\n- sự và", "Luật Phòng thủ dân\n  sự và"),
    ("đất rừng,\n-_ hồ", "đất rừng,\n   hồ"),
    ("tại Tờ\n._ trình số 190/TTr", "tại Tờ\n   trình số 190/TTr"),
    ("2025\n- CHỦ TỊCH ỦY BAN", "2025\n  CHỦ TỊCH ỦY BAN"),
    ("728/PA-UBND. ngày 28/02/2025", "728/PA-UBND  ngày 28/02/2025"),
    ("ngày 30.tháng 9 năm 1992", "ngày 30 tháng 9 năm 1992"),
    ("LUẬT PHÒNG 'THỦ DÂN SỰ\n", "LUẬT PHÒNG  THỦ DÂN SỰ\n"),
]
KEPT = [
    "Tổ chức gồm:\n- sở, ngành;\n- xã",
    "gồm:\n- Sở Nội vụ;\n- UBND xã",
    "theo Nghị định số 5/2020/NĐ-CP. Ngày 6/7/2020, UBND",
    "khẩu hiệu 'sạch nhà' và\n'đẹp phố' của",
    "\n------\n",
    "Số:    /KH-UBND",
]


@pytest.mark.parametrize(("written", "read"), BLANKED)
def test_specks_of_a_recognised_text_are_blanked(written: str, read: str) -> None:
    assert without_specks(SCANNED + written + "\n") == "\n CHỈ THỊ\n  Về việc giữ rừng\n" + read + "\n"


@pytest.mark.parametrize("written", KEPT)
def test_marks_of_the_text_stay_in_it(written: str) -> None:
    assert without_specks(SCANNED + written + "\n").endswith(written + "\n")


@pytest.mark.parametrize("written", [written for written, _ in BLANKED] + KEPT + ["\n__Lưu ý:__\n\n__Trường hợp 1__\n"])
def test_a_text_with_no_more_than_one_speck_is_left_alone(written: str) -> None:
    assert without_specks(written) is written


def test_few_specks_in_a_long_text_are_a_writers() -> None:
    text = SCANNED + "Nội dung. " * 1000
    assert without_specks(text) is text


@given(st.lists(PIECES, max_size=30).map("".join))
def test_only_blanks_take_the_place_of_other_marks(text: str) -> None:
    read = without_specks(SCANNED + text)
    assert len(read) == len(SCANNED + text)
    assert all(new in (old, " ") for old, new in zip(SCANNED + text, read, strict=True))
    assert not any(old.isalnum() and new == " " for old, new in zip(SCANNED + text, read, strict=True))


def test_a_citation_over_specks_keeps_what_stands_in_the_file() -> None:
    raw = (
        "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN\nSố: 6/CT-UBND\nBắc Kạn, ngày 25 tháng 11 năm 2019\n'CHỈ THỊ\n\nVỀ VIỆC GIỮ RỪNG\n\n"
        "Để tiếp tục thực hiện nghiêm Chỉ thị số\n\n_ 03/CT-UBND ngày 19/3/2018, Phương án số 28/PA-UBND. ngày 28/02/2017 của\n"
        "UBND tỉnh và tuyên truyền Luật\n.Đất đai, Ủy ban nhân dân tỉnh yêu cầu:\n\n1. Ủy ban nhân dân các xã\n"
    )
    reading = read_text(clean("scan.txt", raw))
    own, *cited = reading.claims
    assert (own.type, own.number, own.title) == ("Chỉ thị", "6/CT-UBND", "VỀ VIỆC GIỮ RỪNG")
    assert [one.text for one in cited] == ["Chỉ thị số\n\n_ 03/CT-UBND", "Phương án số 28/PA-UBND", "Luật\n.Đất đai"]
    assert all(raw[one.start : one.end] == one.text for one in cited)
    assert [one.date for one in cited] == ["2018-03-19", "2017-02-28", None]
    told = {reading.claims[one.object].text: one.relation for one in reading.relations}
    assert told["Chỉ thị số\n\n_ 03/CT-UBND"] == told["Phương án số 28/PA-UBND"] == Relation.IMPLEMENTS

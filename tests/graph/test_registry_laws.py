"""Named laws: the data is sound, names are found however offices write them, and a year picks one law."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.registry.laws import Law, law_aliases, law_at, laws, laws_named, longest_law_name
from graph.text import fold, slug

NUMBERED = re.compile(r"(\d{2,3})/(\d{4})/(?:PL-)?((?:UBTV)?QH\d{1,2})")


def test_every_law_is_whole() -> None:
    assert len(laws()) >= 250
    for law in laws():
        assert date.fromisoformat(law.date).isoformat() == law.date
        assert law.name.startswith(law.type)
        assert (law.sign is None) is (law.type == "Hiến pháp")
    signs = [law.sign for law in laws() if law.sign]
    assert len(signs) == len(set(signs))


def test_a_sign_holds_the_year_and_numbers_run_with_the_dates() -> None:
    """An assembly numbers what it passes on through its term, so a mistyped date or number stands out."""
    series: dict[str, list[tuple[int, str]]] = {}
    for law in laws():
        if law.sign and (match := NUMBERED.fullmatch(law.sign)):
            assert match[2] == law.date[:4], law
            series.setdefault(match[3], []).append((int(match[1]), law.date))
    assert len(series) > 8
    for numbers in series.values():
        assert all(earlier[1] <= later[1] for earlier, later in pairwise(sorted(numbers)))


def test_amending_laws_name_what_they_amend() -> None:
    for law in laws():
        for name in law.amends:
            assert slug(name) in slug(law.name)
            assert name.split()[0] in ("Luật", "Bộ", "Pháp")
    assert law_at("Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức") == Law(
        "Luật",
        "Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức",
        "52/2019/QH14",
        "2019-11-25",
        ("Luật Cán bộ, công chức", "Luật Viên chức"),
    )


@given(st.sampled_from(laws()))
def test_every_law_is_found_by_its_name_in_any_case_and_without_diacritics(law: Law) -> None:
    assert law in laws_named(law.name)
    assert laws_named(fold(law.name)) == laws_named(law.name.upper()) == laws_named(law.name)
    assert law_at(law.name, before="9999") == laws_named(law.name)[-1]


@given(st.sampled_from(sorted(law_aliases())))
def test_every_alias_stands_for_its_name(alias: str) -> None:
    assert laws_named(alias) == laws_named(law_aliases()[alias]) != ()


@pytest.mark.parametrize(
    ("name", "year", "before", "sign"),
    [
        ("Luật Thực hiện dân chủ ở cơ sở", None, None, "10/2022/QH15"),
        ("Luật Thực hiện dân chủ ở cơ sở", 2022, None, "10/2022/QH15"),
        ("Luật Thực hiện dân chủ ở cơ sở", 2023, None, "10/2022/QH15"),
        ("Luật Thực hiện dân chủ ở cơ sở", 2021, None, None),
        ("Luật Thực hiện dân chủ ở cơ sở", None, "2022-11-10", None),
        ("Bộ luật Lao động", None, None, None),
        ("Bộ luật Lao động", 2019, None, "45/2019/QH14"),
        ("Bộ luật Lao động", None, "2015-03-01", "10/2012/QH13"),
        ("Luật Đất đai", 2013, None, "45/2013/QH13"),
        ("Luật Đất đai", 2014, None, "45/2013/QH13"),
        ("Luật Tổ chức chính quyền địa phương", 2025, None, None),
        ("Luật Tổ chức chính quyền địa phương", 2025, "2025-06", "65/2025/QH15"),
        ("Luật Bầu cử", None, None, "85/2015/QH13"),
        ("Luật Không có thật", 2020, None, None),
    ],
)
def test_law_at(name: str, year: int | None, before: str | None, sign: str | None) -> None:
    law = law_at(name, year=year, before=before)
    assert (law and law.sign) == sign


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Luật Thực hiện dân chủ ở cơ sở năm 2023", "Luật Thực hiện dân chủ ở cơ sở"),
        ("Luật Thực hiện\n   dân chủ\tở cơ sở; và", "Luật Thực hiện\n   dân chủ\tở cơ sở"),
        ("LUẬT THỰC HIỆN DÂN CHỦ Ở CƠ SỞ", "LUẬT THỰC HIỆN DÂN CHỦ Ở CƠ SỞ"),
        ("Luật Hoà giải ở cơ sở", "Luật Hoà giải ở cơ sở"),
        ("Luật Đầu tư công và xây dựng", "Luật Đầu tư công"),
        ("Luật Đầu tư, Công an tỉnh", "Luật Đầu tư"),
        ("Luật Phòng chống tham nhũng.", "Luật Phòng chống tham nhũng"),
        ("Luật Mặt trận Tổ quốc", "Luật Mặt trận Tổ quốc"),
        ("Luật Mặt trận Tổ quốc Việt Nam", "Luật Mặt trận Tổ quốc Việt Nam"),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Quảng cáo ngày",
            "Luật sửa đổi, bổ sung một số điều của Luật Quảng cáo",
        ),
        ("Luật này", None),
        ("Luật Đất", None),
        ("Luật Dat dai", "Luật Dat dai"),
        ("", None),
    ],
)
def test_longest_law_name(text: str, found: str | None) -> None:
    before = "Căn cứ "
    end = longest_law_name(before + text, len(before))
    assert (end and (before + text)[len(before) : end]) == found


@given(st.sampled_from([law.name for law in laws()] + sorted(law_aliases())), st.text(" \n\t", min_size=1, max_size=4))
def test_every_name_is_read_to_its_end_over_any_white_space(name: str, gap: str) -> None:
    written = name.replace(" ", gap)
    assert longest_law_name(written + "\nngày 01/01/2020", 0) == len(written)


def test_reading_stops_where_no_name_goes_on() -> None:
    """A hostile text costs no more than the longest name: the tail is never scanned."""
    assert longest_law_name("Luật " + "a" * 3_000_000, 0) is None

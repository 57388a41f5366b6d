"""Places: who stood when, how a name is found however it is spelled, and what became of a place."""

from __future__ import annotations

import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RegistryError
from graph.model import COUNTRY, Level, Place
from graph.registry.places import (
    COLUMNS,
    find_units,
    province_predecessors,
    provinces,
    spelling,
    split_kind,
    successors,
    to_place,
)
from graph.text import fold, slug


def rows(name: str) -> list[list[str]]:
    lines = files("graph.registry").joinpath(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


TABLES = {name: rows(name) for name in ("places.tsv", "places_history.tsv", "communes.tsv")}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_whole_and_keyed(name: str) -> None:
    for row in TABLES[name]:
        assert len(row) == len(COLUMNS)
        assert row[0] == slug(row[1]), row
        assert all(unicodedata.is_normalized("NFC", field) for field in row)
    assert TABLES[name] == sorted(TABLES[name], key="\t".join)
    assert len(set(map(tuple, TABLES[name]))) == len(TABLES[name])


def test_every_heir_stands_after_the_reform() -> None:
    heir_of = {row[1]: split_kind(row[7])[1] or row[1] for row in rows("places.tsv") if not row[3]}
    standing = {(row[3], f"{row[2]} {row[1]}") for row in TABLES["communes.tsv"] if not row[6]}
    for row in TABLES["communes.tsv"] + TABLES["places.tsv"]:
        if row[3]:
            missing = [full for full in row[7].split(";") if full and (heir_of[row[3]], full) not in standing]
            assert not missing, row


def test_every_old_commune_has_an_heir_and_a_district() -> None:
    districts = {(row[3], f"{row[2]} {row[1]}") for row in TABLES["places.tsv"] if row[3]}
    old = [row for row in TABLES["communes.tsv"] if row[6]]
    assert len(old) > 10_000
    assert all(row[7] and (row[3], row[4]) in districts for row in old)


@pytest.mark.parametrize(
    ("on", "count"),
    [("2007-05-01", 64), ("2024-06-01", 63), ("2025-01-01", 63), ("2025-06-30", 63), ("2025-07-01", 34)],
)
def test_number_of_provinces(on: str, count: int) -> None:
    assert len(provinces(on)) == count


def test_communes_after_the_reform() -> None:
    assert len([row for row in TABLES["communes.tsv"] if not row[6]]) == 3321  # Nghị quyết 1654 to 1687/NQ-UBTVQH15


@pytest.mark.parametrize(
    ("name", "conditions", "expected"),
    [
        ("Hoà Bình", {"level": Level.PROVINCE}, {("tỉnh", "Hòa Bình")}),
        ("hoa binh", {"level": Level.PROVINCE}, {("tỉnh", "Hòa Bình")}),
        ("Thuỷ Nguyên", {"on": "2025-08-01"}, {("phường", "Hải Phòng")}),
        ("Cẩm Thủy", {"level": Level.DISTRICT}, {("huyện", "Thanh Hóa")}),
        ("Cam Thủy", {"level": Level.COMMUNE}, {("xã", "Quảng Bình"), ("xã", "Quảng Trị")}),
        ("TPHCM", {}, {("thành phố", "Hồ Chí Minh")}),
        ("TP. Hồ Chí Minh", {}, {("thành phố", "Hồ Chí Minh")}),
        ("BR-VT", {}, {("tỉnh", "Bà Rịa - Vũng Tàu")}),
        ("Bắc Cạn", {"level": Level.PROVINCE}, {("tỉnh", "Bắc Kạn")}),
        ("Cao Lãnh", {"level": Level.DISTRICT}, {("huyện", "Đồng Tháp"), ("thành phố", "Đồng Tháp")}),
        ("Cao Lãnh", {"level": Level.DISTRICT, "kind": "Huyện"}, {("huyện", "Đồng Tháp")}),
        ("Cao Lãnh", {"on": "2026-01-01"}, {("phường", "Đồng Tháp")}),
        ("Xuân Thành", {"province": "Nghệ An"}, {("xã", "Nghệ An")}),
        ("Xuân Thành", {"province": "Nghệ An", "district": "Nghi Xuân"}, set()),
        ("1", {"province": "TPHCM", "district": "Quận 3"}, set()),
        ("1", {"province": "TPHCM", "district": "3"}, {("phường", "Hồ Chí Minh")}),
        ("Bạch Long Vĩ", {"on": "2026-01-01"}, {("đặc khu", "Hải Phòng")}),
        ("Không Có Đâu", {}, set()),
        ("", {}, set()),
    ],
)
def test_find_units(name: str, conditions: dict[str, object], expected: set[tuple[str, str]]) -> None:
    assert {(unit.kind, unit.province) for unit in find_units(name, **conditions)} == expected  # type: ignore[arg-type]


def test_higher_levels_come_first() -> None:
    levels = [unit.level for unit in find_units("Hòa Bình")]
    assert levels == sorted(levels, key=list(Level).index)
    assert len(set(levels)) == 3


@given(st.sampled_from([row for table in TABLES.values() for row in table]))
def test_every_unit_is_found_by_its_own_name_and_without_diacritics(row: list[str]) -> None:
    kind, name, valid_until = row[2], row[1], row[6] or None
    assert (kind, valid_until) in {(unit.kind, unit.valid_until) for unit in find_units(name)}
    assert (kind, name) in {(unit.kind, unit.name) for unit in find_units(name.upper(), kind=kind)}
    plain = {unit.name for unit in find_units(fold(name))}
    assert name in plain or {spelling(found) for found in plain} == {fold(name)}


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Hoà Bình", "HÒA BÌNH", True),
        ("Thuỷ", "Thủy", True),
        ("Khoái", "Khóai", True),
        ("Cẩm", "Cam", False),
        ("Cẩm", "Cấm", False),
        ("Đà", "Dà", False),
    ],
)
def test_spelling(left: str, right: str, same: bool) -> None:
    assert (spelling(left) == spelling(right)) is same


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (COUNTRY, {COUNTRY}),
        (Place("Bắc Kạn"), {Place("Thái Nguyên", kind="tỉnh")}),
        (Place("Quảng Bình", kind="tỉnh"), {Place("Quảng Trị", kind="tỉnh")}),
        (Place("Cao Bằng"), {Place("Cao Bằng", kind="tỉnh")}),
        (Place("Thừa Thiên Huế"), {Place("Huế", kind="thành phố")}),
        (Place("Nghệ An", "Yên Thành", "Xuân Thành", "xã"), {Place("Nghệ An", None, "Quan Thành", "xã")}),
        (Place("Nghệ An", None, "Quan Thành", "xã"), {Place("Nghệ An", None, "Quan Thành", "xã")}),
        (Place("Hải Phòng", "Bạch Long Vĩ"), {Place("Hải Phòng", None, "Bạch Long Vĩ", "đặc khu")}),
        (Place("Đồng Tháp", "Cao Lãnh"), set()),
        (Place("Atlantis"), set()),
    ],
)
def test_successors(place: Place, expected: set[Place]) -> None:
    assert set(successors(place)) == expected


def test_main_heir_of_a_divided_commune_comes_first() -> None:
    heirs = successors(Place("Cần Thơ", "Vĩnh Thạnh", "Thạnh Quới"))
    assert [heir.commune for heir in heirs] == ["Thạnh Quới", "Gia Hòa"]


def test_a_district_became_the_communes_of_its_communes() -> None:
    heirs = successors(Place("Đồng Tháp", "Cao Lãnh", kind="huyện"))
    assert Place("Đồng Tháp", None, "Mỹ Hiệp", "xã") in heirs
    assert len(heirs) == len(set(heirs)) > 5


def test_every_place_that_stands_is_its_own_successor() -> None:
    for unit in provinces("2025-07-01"):
        assert successors(to_place(unit)) == (to_place(unit),)


@pytest.mark.parametrize(
    ("name", "former"),
    [
        ("Thái Nguyên", ("Bắc Kạn",)),
        ("thai nguyen", ("Bắc Kạn",)),
        ("TPHCM", ("Bà Rịa - Vũng Tàu", "Bình Dương")),
        ("Huế", ("Thừa Thiên Huế",)),
        ("Bắc Kạn", ()),
        ("Cao Bằng", ()),
        ("Tỉnh nào đó", ()),
    ],
)
def test_the_provinces_that_became_one(name: str, former: tuple[str, ...]) -> None:
    assert province_predecessors(name) == former


def test_each_province_that_is_no_more_became_one_other() -> None:
    today = {unit.name for unit in provinces("2025-07-01")}
    former = [name for heir in today for name in province_predecessors(heir)]
    assert sorted(former) == sorted({unit.name for unit in provinces()} - today)


def test_a_unit_without_kind_is_refused() -> None:
    with pytest.raises(RegistryError, match="Bắc Kạn"):
        split_kind("Bắc Kạn")

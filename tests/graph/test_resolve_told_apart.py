"""What one source tells apart, and what dates, terms, titles and bodies tell: which claims stay of different documents."""

from __future__ import annotations

import pytest

from graph.model import COUNTRY, Claim, Place
from graph.resolve import resolve
from tests.factories import BAC_KAN, XUAN_THANH, cited, own, reading
from tests.factories_resolve import FIRES, MASS_WORK, PLAN, PLASTIC, cited_ids, found, together


@pytest.mark.parametrize(
    ("term", "date", "documents"),
    [
        ("XIII", "2017-10-25", 2),
        ("XII", "2017-10-25", 1),
        ("XII", "2021-02-10", 1),
        ("XIII", "2021-01-10", 1),
        ("XII", "2021-06-10", 2),
    ],
)
def test_a_date_outside_the_term_named_in_one_source_is_of_another_document(term, date, documents) -> None:
    plan = reading(PLAN, cited("20-NQ/TW", term=term), cited("20-NQ/TW", date=date))
    assert len(found(resolve([plan]), "20-NQ/TW")) == documents


@pytest.mark.parametrize(
    ("title", "documents"), [(FIRES, 2), (MASS_WORK[:40], 1), ("", 1)], ids=["other title", "same title", "no title"]
)
def test_an_undated_mention_of_another_title_in_one_source_is_of_another_document(title: str, documents: int) -> None:
    plan = reading(PLAN, cited("28-NQ/TW", date="2022-11-17", title=MASS_WORK), cited("28-NQ/TW", title=title))
    assert len(found(resolve([plan]), "28-NQ/TW")) == documents


def test_the_title_of_an_undated_mention_tells_which_of_the_documents_in_its_source_it_is() -> None:
    dated = [cited("01/NQ-CP", date=date, title=title) for date, title in (("2023-01-06", FIRES), ("2023-12-05", PLASTIC))]
    (first, second) = [each.mentions for each in found(resolve([reading(PLAN, *dated, cited("01/NQ-CP", title=FIRES))]), "01/NQ-CP")]
    assert (first, second) == (2, 1)


def told(**fields: str) -> Claim:
    return cited("08-QĐ/TW", place=COUNTRY, **fields)


POLITBURO, SECRETARIAT = "Bộ Chính trị", "Ban Bí thư Trung ương Đảng"


@pytest.mark.parametrize(
    ("first", "second", "documents"),
    [
        (told(issuer=POLITBURO), told(issuer=SECRETARIAT, date="2017-02-08"), 2),
        (told(issuer=SECRETARIAT), told(issuer=SECRETARIAT, date="2017-02-08"), 1),
        (told(issuer="Ban Chấp hành Trung ương Đảng"), told(issuer=SECRETARIAT, date="2017-02-08"), 1),
        (told(issuer=POLITBURO, title=FIRES), told(issuer=SECRETARIAT, date="2017-02-08", title=FIRES), 1),
        (told(type="Quy định"), told(type="Quyết định", date="2018-10-25"), 2),
        (told(type="Quy định"), told(type="Quy định", date="2018-10-25"), 1),
        (told(date="2017"), told(date="2019"), 2),
        (told(date="2017-03-08"), told(date="2017-08-11"), 2),
        (told(date="2017-03-08"), told(date="2017-03-18"), 1),
        (told(date="2017-03-08"), told(date="2018-03-08"), 1),
    ],
    ids=[
        "two organs", "one organ", "the Centre is any organ", "one title", "two types", "one type",
        "two years", "days far off", "days near", "a slip in the year",
    ],
)  # fmt: skip
def test_what_one_source_tells_apart_stays_apart(first: Claim, second: Claim, documents: int) -> None:
    plan, later = reading(PLAN, first, second), reading(PLAN, second, salt="later")
    for readings in ([plan], [plan, later], [later, plan]):
        assert len(found(resolve(readings), "08-QĐ/TW")) == documents


def test_an_undated_mention_is_of_the_document_of_its_own_organ() -> None:
    dated = [told(issuer=SECRETARIAT, date="2017-02-08"), told(issuer=POLITBURO, date="2022-11-01")]
    held = found(resolve([reading(PLAN, *dated, told(issuer=SECRETARIAT))]), "08-QĐ/TW")
    assert [(each.date, each.mentions) for each in held] == [("2017-02-08", 2), ("2022-11-01", 1)]


@pytest.mark.parametrize(("undated", "mentions"), [("chuyển đổi số", [2, 1]), ("cải cách hành chính", [1, 2]), ("an toàn", [1, 1, 1])])
def test_advisory_bodies_of_one_province_number_on_their_own_in_one_source(undated: str, mentions: list[int]) -> None:
    teams = [("chuyển đổi số", "2023-03-02"), ("cải cách hành chính", "2023-03-20"), (undated, None)]
    claims = [cited("03/KH-BCĐ", place=BAC_KAN, issuer=f"Ban Chỉ đạo {team} tỉnh Bắc Kạn", date=date) for team, date in teams]
    assert [each.mentions for each in found(resolve([reading(PLAN, *claims)]), "03/KH-BCĐ")] == mentions


THAI_NGUYEN = Place("Thái Nguyên", kind="tỉnh")
HA_NOI = Place("Hà Nội", kind="thành phố")


@pytest.mark.parametrize(
    ("sign", "place", "dates", "documents"),
    [
        ("02-KH/TU", THAI_NGUYEN, ("2021-03-10", "2025-08-20"), 2),
        ("02-KH/TU", THAI_NGUYEN, ("2025-08-10", "2025-12-20"), 2),
        ("02-KH/TU", HA_NOI, ("2021-03-10", "2025-08-10"), 1),
        ("05/KH-UBND", THAI_NGUYEN, ("2025-01-10", "2025-07-08"), 2),
        ("05/KH-UBND", THAI_NGUYEN, ("2025-07-08", "2025-07-18"), 1),
        ("05/KH-UBND", THAI_NGUYEN, ("2024-01-10", "2024-07-08"), 1),
        ("05/KH-UBND", HA_NOI, ("2025-01-10", "2025-07-08"), 1),
        ("05/KH-UBND", THAI_NGUYEN, ("2025-01-10", "2025"), 1),
        ("05/KH-UBND", XUAN_THANH, ("2025-01-10", "2025-07-08"), 2),
    ],
)
def test_numbers_begin_anew_in_a_territory_made_of_several(sign: str, place: Place, dates: tuple[str, str], documents: int) -> None:
    assert len(cited_ids(together(*(cited(sign, place=place, date=date) for date in dates)))) == documents


@pytest.mark.parametrize(("term", "mentions"), [("2015-2020", [2, 1]), ("2020-2025", [1, 2]), ("2010-2015", [1, 1, 1])])
def test_a_term_in_years_tells_the_run_of_numbers(term: str, mentions: list[int]) -> None:
    dated = [cited("12-KL/TU", place=BAC_KAN, date=date, term=roman) for date, roman in (("2017-03-08", "XVII"), ("2021-05-17", None))]
    result = together(*dated, cited("12-KL/TU", place=BAC_KAN, term=term))
    assert [each.mentions for each in found(result, "12-KL/TU")] == mentions


@pytest.mark.parametrize(("issuer", "documents"), [(POLITBURO, 2), (SECRETARIAT, 3), (None, 3)])
def test_an_issuer_tells_an_undated_title_from_the_other_one(issuer: str | None, documents: int) -> None:
    titled = cited("13-NQ/TW", date="2012-01-16", title=FIRES, issuer=SECRETARIAT)
    dated, undated = cited("13-NQ/TW", date="2022-04-02", issuer=POLITBURO), cited("13-NQ/TW", title=MASS_WORK, issuer=issuer)
    assert len(cited_ids(together(titled, dated, undated))) == documents


@pytest.mark.parametrize(
    ("place", "term", "documents"), [(BAC_KAN, "2015-2020", 2), (BAC_KAN, "2020-2025", 1), (BAC_KAN, "XVIII", 1), (COUNTRY, "2020-2025", 1)]
)
def test_a_date_outside_the_term_in_years_is_of_another_document(place: Place, term: str, documents: int) -> None:
    sign = "22-CTr/TW" if place == COUNTRY else "22-CTr/TU"
    plan = reading(PLAN, cited(sign, place=place, term=term), cited(sign, place=place, date="2022-10-20"))
    assert len(found(resolve([plan]), sign)) == documents


def test_a_year_in_one_source_is_cut_from_the_date_that_it_begins() -> None:
    dates = ["2023-01-06", "2024-01-05", "2023"]
    (first, second) = found(resolve([reading(PLAN, *(cited("01/NQ-CP", date=date) for date in dates))]), "01/NQ-CP")
    assert [(first.date, first.mentions), (second.date, second.mentions)] == [("2023-01-06", 2), ("2024-01-05", 1)]


def test_that_a_document_has_another_title_does_not_tell_that_it_is_one_without() -> None:
    titled = cited("28-NQ/TW", date="2013-10-25", title=FIRES)
    claims = [titled, cited("28-NQ/TW", date="2008-09-22"), cited("28-NQ/TW", title=MASS_WORK)]
    assert len(cited_ids(together(*claims))) == 3
    assert len(cited_ids(together(*claims[1:]))) == 1


@pytest.mark.parametrize(
    ("sign", "date", "documents"),
    [
        ("05-HD/BDVTU", "2021-04-08", 2),
        ("05-HD/BDVTU", "2023-03-03", 1),
        ("05-HD/BDVTU", None, 1),
        ("15/KH-MTTQ-BTT", "2023-12-10", 2),
    ],
    ids=["a predecessor", "an error", "itself", "a predecessor of the same year"],
)
def test_a_document_does_not_cite_itself_by_a_date_far_off(sign: str, date: str | None, documents: int) -> None:
    source = reading(own(sign, place=BAC_KAN, date="2023-03-30"), cited(sign, place=BAC_KAN, date=date))
    elsewhere = reading(PLAN, cited(sign, place=BAC_KAN, date=date), cited(sign, place=BAC_KAN, date="2023-03-30"))
    for readings in ([source, elsewhere], [elsewhere, source], [source]):
        assert len(found(resolve(readings), sign)) == documents


@pytest.mark.parametrize(("issuer", "documents"), [("thành phố", 2), ("huyện", 1)])
def test_a_body_of_another_kind_of_territory_does_not_take_its_place_from_the_source(issuer: str, documents: int) -> None:
    district = Place(district="Gia Lâm", kind="huyện")
    plan = reading(
        own("19/TB-UBND", place=district, date="2023-05-09"),
        cited("12/CT-UBND", issuer=f"Ủy ban nhân dân {issuer}"),
        cited("12/CT-UBND", issuer="Ủy ban nhân dân huyện Gia Lâm", place=district, date="2021-11-23"),
    )
    assert len(found(resolve([plan]), "12/CT-UBND")) == documents

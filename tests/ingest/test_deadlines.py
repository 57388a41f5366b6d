"""Deadlines: the rule as written, its date, what is to be done by it and by whom, and the sentence that says so."""

from __future__ import annotations

import time
import unicodedata

import pytest

from graph.model import Deadline, DeadlineKind
from graph.registry.cues import cue_groups
from ingest.clean import clean
from ingest.pipeline import read_text

PLAN = """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
-------
Số: 45/KH-UBND

KẾ HOẠCH
Công tác dân vận{year}

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. TỔ CHỨC THỰC HIỆN
1. {said}
2. Kinh phí theo quy định.
"""
PLAN_BY, REPORT, FINISH = DeadlineKind.PLAN, DeadlineKind.REPORT, DeadlineKind.FINISH


def deadlines(said: str, year: str = "") -> tuple[Deadline, ...]:
    one = read_text(clean("plan.txt", PLAN.format(said=said, year=year)))
    for each in one.deadlines:
        assert " ".join(one.source.text[each.start : each.end].split()) == each.rule
        assert each.sentence_start <= each.start < each.end <= each.sentence_end
    return one.deadlines


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Các sở xây dựng kế hoạch trước ngày 15/3/2022.", [(PLAN_BY, "trước ngày 15/3/2022", "2022-03-15")]),
        ("Các sở xây dựng kế hoạch trước\nngày 15 tháng 3 năm 2022.", [(PLAN_BY, "trước ngày 15 tháng 3 năm 2022", "2022-03-15")]),
        ("Các sở ban hành kế hoạch trong tháng 3/2022.", [(PLAN_BY, "trong tháng 3/2022", "2022-03")]),
        ("Các sở ban hành kế hoạch trong tháng 3 năm 2022.", [(PLAN_BY, "trong tháng 3 năm 2022", "2022-03")]),
        ("Các sở báo cáo trước ngày 15/12 hằng năm.", [(REPORT, "trước ngày 15/12 hằng năm", None)]),
        ("Các sở báo cáo trước ngày 25 hàng tháng.", [(REPORT, "trước ngày 25 hàng tháng", None)]),
        ("Các sở báo cáo định kỳ 6 tháng, hằng năm.", [(REPORT, "định kỳ 6 tháng, hằng năm", None)]),
        ("Định kỳ hằng quý, các sở gửi báo cáo về Sở Nội vụ.", [(REPORT, "Định kỳ hằng quý", None)]),
        ("Gửi kết quả về Sở Nội vụ chậm nhất vào ngày 10/12/2022.", [(REPORT, "chậm nhất vào ngày 10/12/2022", "2022-12-10")]),
        ("Đề nghị gửi về Sở Nội vụ trước ngày 10/12/2022.", [(REPORT, "trước ngày 10/12/2022", "2022-12-10")]),
        ("Hoàn thành việc rà soát trong quý II/2022.", [(FINISH, "trong quý II/2022", "2022-06")]),
        ("Trước ngày 30 tháng 6 năm 2022, các sở phải hoàn thành việc rà soát.", [(FINISH, "Trước ngày 30 tháng 6 năm 2022", "2022-06-30")]),
        ("Các sở xây dựng kế hoạch trước ngày 15/3/2022 và báo cáo trước ngày 25/11/2022.",
         [(PLAN_BY, "trước ngày 15/3/2022", "2022-03-15"), (REPORT, "trước ngày 25/11/2022", "2022-11-25")]),
        ("Các sở báo cáo trước 16 giờ ngày 10/5/2022.", [(REPORT, "trước 16 giờ ngày 10/5/2022", "2022-05-10")]),
        ("Các sở báo cáo trước 16h30, ngày 10/5/2022.", [(REPORT, "trước 16h30, ngày 10/5/2022", "2022-05-10")]),
        ("Thời gian hoàn thành: tháng 6/2022.", [(FINISH, "Thời gian hoàn thành: tháng 6/2022", "2022-06")]),
        ("Thời hạn hoàn thành: Quý III năm 2022.", [(FINISH, "Thời hạn hoàn thành: Quý III năm 2022", "2022-09")]),
        ("Thời hạn hoàn thành: Trước ngày 30/6/2022.", [(FINISH, "Trước ngày 30/6/2022", "2022-06-30")]),
        ("Trong vòng 10 ngày kể từ ngày ban hành Kế hoạch này, các xã ban hành kế hoạch.",
         [(PLAN_BY, "Trong vòng 10 ngày kể từ ngày ban hành Kế hoạch này", None)]),
        ("Các xã báo cáo trong thời hạn 05 ngày làm việc, kể từ khi kết thúc đợt kiểm tra.",
         [(REPORT, "trong thời hạn 05 ngày làm việc, kể từ khi kết thúc đợt kiểm tra", None)]),
        ("Nuôi con trong vòng 10 ngày đầu.", []),
        ("Các sở báo cáo trước ngày 31/02/2022.", [(REPORT, "trước ngày 31/02/2022", "2022-02-31")]),
        ("Các sở báo cáo trước ngày 15/13/2022.", [(REPORT, "trước ngày 15/13/2022", None)]),
        ("Người sinh trước ngày 01/01/1990 được ưu tiên.", []),
        ("Theo phân loại trước ngày Nghị định này có hiệu lực, báo cáo cấp trên.", []),
        ("Tổ chức tiếp công dân định kỳ của người đứng đầu.", []),
        ("Mức hoàn thành nhiệm vụ xét theo định kỳ hằng năm.", []),
    ],
)  # fmt: skip
def test_rules_with_dates_and_kinds(said: str, expected: list[tuple[DeadlineKind, str, str | None]]) -> None:
    assert [(each.kind, each.rule, each.date) for each in deadlines(said)] == expected


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Sở Nội vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2022.", "Sở Nội vụ"),
        ("Đề nghị Ban Dân vận Tỉnh ủy báo cáo trước ngày 15/12/2022.", "Ban Dân vận Tỉnh ủy"),
        ("UBND các huyện, thành phố xây dựng kế hoạch trước ngày 15/3/2022.", "UBND các huyện, thành phố"),
        ("UBND các xã, phường: Ban hành kế hoạch trước ngày 15/3/2022.", "UBND các xã, phường"),
        ("Các sở, ban, ngành trước ngày 15/12/2022 báo cáo kết quả.", "Các sở, ban, ngành"),
        ("Trước ngày 15/12/2022 báo cáo kết quả.", None),
        ("Việc tổng hợp kết quả xong trước ngày 15/12/2022.", None),
    ],
)
def test_who_is_to_do_it(said: str, who: str | None) -> None:
    assert [each.who for each in deadlines(said)] == [who]


@pytest.mark.parametrize(
    ("year", "expected"),
    [(" năm 2024", "2024-05-15"), (" giai đoạn 2021-2025", None), (" đến năm 2024", None), ("", None)],
)
def test_a_day_without_year_is_of_the_one_year_that_the_title_covers(year: str, expected: str | None) -> None:
    assert [each.date for each in deadlines("Các sở báo cáo trước ngày 15/5.", year)] == [expected]


def test_the_sentence_is_quoted_and_its_offsets_are_of_the_text_as_read() -> None:
    said = "Các sở rà soát. Sở Nội vụ báo cáo trước ngày 15/12/2022. Kinh phí theo quy định."
    raw = unicodedata.normalize("NFD", "\ufeff" + PLAN.format(said=said, year="").replace("\n", "\r\n"))
    one = read_text(clean("plan.txt", raw))
    (found,) = one.deadlines
    sentence = "Sở Nội vụ báo cáo trước ngày 15/12/2022."
    assert found.quote == sentence
    assert unicodedata.normalize("NFC", raw[found.sentence_start : found.sentence_end]) == sentence
    assert unicodedata.normalize("NFC", raw[found.start : found.end]) == "trước ngày 15/12/2022"


@pytest.mark.parametrize(
    ("kind", "said"),
    [(kind, said) for kind in DeadlineKind for said in cue_groups("deadlines.yaml")[kind].examples]
    + [(REPORT, said) for said in cue_groups("deadlines.yaml")["sends"].examples],
)
def test_examples_of_the_registry(kind: DeadlineKind, said: str) -> None:
    assert [each.kind for each in deadlines(said)] == [kind]


@pytest.mark.parametrize("run", ["trước ngày ", "báo cáo trước ngày 15/12/2022 ", "chậm nhất ", "định kỳ 6 tháng, "])
def test_long_runs_take_time_in_proportion(run: str) -> None:
    text = clean("plan.txt", PLAN.format(said=run * (100_000 // len(run)), year=""))
    start = time.process_time()
    read_text(text)
    assert time.process_time() - start < 10

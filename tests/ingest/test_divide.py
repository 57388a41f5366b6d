"""Files of several documents: what a decision issues with it, annexes with a sign of their own, and what is none."""

from __future__ import annotations

import pytest

from graph.model import Reading, Relation, StatedIn, Zone
from ingest.clean import clean
from ingest.pipeline import read_text

DECISION = """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
-------
Số: 215/QĐ-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
An Bình, ngày 14 tháng 2 năm 2022

QUYẾT ĐỊNH
Về việc ban hành {issued}

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN BÌNH

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này {issued}.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Thị Bình

"""
LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

"""
RULES = """QUY CHẾ
Phối hợp tiếp công dân
(Ban hành kèm theo Quyết định số 215/QĐ-UBND ngày 14 tháng 2 năm 2022 của Chủ tịch Ủy ban nhân dân tỉnh An Bình)

Chương I
QUY ĐỊNH CHUNG
Điều 1. Cơ quan chủ trì thực hiện Luật Tiếp công dân năm 2013.
"""
PLAN = """KẾ HOẠCH
Thực hiện Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021 của Thủ tướng Chính phủ
{note}
Thực hiện Kết luận số 43-KL/TW ngày 07 tháng 01 năm 2019 của Ban Bí thư, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. NHIỆM VỤ
1. Các sở triển khai thực hiện Nghị quyết số 25-NQ/TW ngày 03 tháng 6 năm 2013.
"""
NOTE = "(Ban hành kèm theo Quyết định số 215/QĐ-UBND ngày 14/2/2022 của Chủ tịch Ủy ban nhân dân tỉnh)"
NUMBERED = LETTERHEAD.replace("-------\n", "-------\nSố: 16/KH-BTC\n", 1)
BASE = DECISION.format(issued="Kế hoạch công tác dân vận")


def read(text: str) -> Reading:
    return read_text(clean("quyet-dinh.txt", text))


def parts(text: str) -> list[tuple[str, str | None, str | None]]:
    header = read(text).claims[0].header
    assert header is not None
    return [(part.type, part.title, part.number) for part in header.parts]


SUBJECT = "Thực hiện Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021 của Thủ tướng Chính phủ"
RULES_FOUND = ("Quy chế", "Phối hợp tiếp công dân", None)
PLAN_FOUND = ("Kế hoạch", SUBJECT, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BASE, []),
        (BASE + RULES, [RULES_FOUND]),
        (BASE + LETTERHEAD + RULES, [RULES_FOUND]),
        (BASE + RULES.replace("(Ban hành kèm theo", "(Kèm theo"), [RULES_FOUND]),
        (BASE + RULES.replace("(Ban hành kèm theo", "Được ban hành kèm theo").replace("tỉnh An Bình)", "tỉnh"), [RULES_FOUND]),
        (BASE + RULES.replace("(Ban hành kèm theo", "(Ban hành\nkèm theo"), [RULES_FOUND]),
        (BASE + PLAN.format(note=NOTE), [PLAN_FOUND]),
        (BASE + PLAN.format(note=""), [PLAN_FOUND]),
        (BASE + RULES + "\n" + PLAN.format(note=NOTE), [RULES_FOUND, PLAN_FOUND]),
        (BASE + NUMBERED + PLAN.format(note=""), [("Kế hoạch", SUBJECT, "16/KH-BTC")]),
        (BASE + "PHỤ LỤC I\n" + NUMBERED + PLAN.format(note=NOTE), [("Kế hoạch", SUBJECT, "16/KH-BTC")]),
        (RULES, []),
    ],
)  # fmt: skip
def test_what_opens_a_further_document(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "annex",
    [
        "PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n(Ban hành kèm theo Quyết định số 215/QĐ-UBND ngày 14/2/2022)\n1. Khảo sát.\n",
        "PHỤ LỤC\nHƯỚNG DẪN TRÌNH TỰ THỰC HIỆN\n(Kèm theo Quyết định số 215/QĐ-UBND)\nBước 1. Họp.\n",
        "Mẫu số 02\n" + LETTERHEAD.replace("-------\n", "-------\nSố: ..../BC-UBND\n", 1) + "BÁO CÁO\nKết quả năm ....\n",
        "1. Hồ sơ gồm đơn,\nkèm theo Quyết định số 12/QĐ-UBND ngày 01/02/2020 của Ủy ban nhân dân tỉnh.\n",
    ],
)
def test_lists_forms_and_annexes_without_a_number_are_no_documents(annex: str) -> None:
    assert parts(BASE + annex) == []


@pytest.mark.parametrize("text", [BASE + LETTERHEAD + RULES, BASE + RULES + PLAN.format(note=NOTE)])
def test_parts_lie_one_after_the_other_to_the_end_of_the_file(text: str) -> None:
    one = read("\ufeff" + text.replace("\n", "\r\n"))
    raw, header = one.source.text, one.claims[0].header
    assert header is not None
    for part in header.parts:
        assert part.start <= part.title_start < part.title_end <= part.end
        title = " ".join(raw[part.title_start : part.title_end].split())
        assert title.upper().startswith(part.type.upper())
        assert title.endswith(part.title or "")
    bounds = [part.start for part in header.parts[1:]] + [len(raw)]
    assert [part.end for part in header.parts] == bounds


def test_a_part_has_its_own_title_and_preamble() -> None:
    one = read(BASE + PLAN.format(note=NOTE))
    said = {
        (one.claims[each.object].number, each.relation, each.zone, each.stated_in)
        for each in one.relations
        if each.subject == 0 and one.claims[each.object].number
    }
    assert said == {
        ("33/CT-TTg", Relation.IMPLEMENTS, Zone.TITLE, StatedIn.OWN_TITLE),
        ("43-KL/TW", Relation.IMPLEMENTS, Zone.PREAMBLE, StatedIn.PREAMBLE),
        ("25-NQ/TW", Relation.IMPLEMENTS, Zone.BODY, StatedIn.BODY),
    }


def test_a_report_issued_with_another_document_does_not_implement_what_it_reports_on() -> None:
    text = BASE + PLAN.format(note=NOTE).replace("KẾ HOẠCH", "BÁO CÁO")
    titled = [each for each in read(text).relations if each.stated_in is StatedIn.OWN_TITLE]
    assert [each.relation for each in titled] == [Relation.MONITORS]


def test_the_number_of_a_part_is_no_citation() -> None:
    one = read(BASE + NUMBERED + PLAN.format(note=NOTE))
    assert "16/KH-BTC" not in [claim.number for claim in one.claims]


def test_many_notes_take_time_in_proportion() -> None:
    one = read(BASE + "(Ban hành kèm theo Quyết định số 215/QĐ-UBND)\n" * 2_000)
    assert one.claims[0].number == "215/QĐ-UBND"

"""Those whom a document goes to: named as written, resolved where they are one body, and whether they are bound."""

from __future__ import annotations

import pytest

from graph.model import Recipient, RecipientRole
from graph.registry.cues import cue_groups
from ingest.clean import clean
from ingest.pipeline import read_text

PLAN = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
-------
Số: 45/KH-UBND

KẾ HOẠCH
Công tác dân vận năm 2024
{addressed}
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. NHIỆM VỤ
1. Các sở báo cáo theo quy định.
{last}

Nơi nhận:
{listed}
- Lưu: VT, NC.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Thị Bình
"""
LETTER = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
-------
Số: 507/UBND-NC
V/v góp ý dự thảo

Kính gửi:{addressed}
Theo đề nghị của Sở Nội vụ, Ủy ban nhân dân tỉnh có ý kiến như sau: nhất trí.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH
Lê Thị Bình
"""


def read(text: str) -> tuple[Recipient, ...]:
    one = read_text(clean("plan.txt", text))
    for each in one.recipients:
        assert " ".join(one.source.text[each.start : each.end].split()) == each.name
    return one.recipients


def listed(lines: str) -> list[tuple[str, str | None, bool, str | None]]:
    found = read(PLAN.format(addressed="", last="", listed=lines))
    assert {each.role for each in found} <= {RecipientRole.RECIPIENT}
    return [(each.name, each.issuer, each.bound, each.purpose) for each in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("- Bộ Nội vụ (b/c);", [("Bộ Nội vụ", "Bộ Nội vụ", False, "b/c")]),
        ("- Bộ Nội vụ (để báo cáo);", [("Bộ Nội vụ", "Bộ Nội vụ", False, "để báo cáo")]),
        ("- Phòng Nội vụ (BC);", [("Phòng Nội vụ", "Phòng Nội vụ", False, "BC")]),
        ("- Sở Nội vụ;", [("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn", True, None)]),
        ("- Sở Nội vụ (p/h);", [("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn", True, "p/h")]),
        ("- Các sở, ban, ngành tỉnh;", [("Các sở, ban, ngành tỉnh", None, True, None)]),
        ("- UBND các huyện, thành phố;", [("UBND các huyện, thành phố", None, True, None)]),
        ("- Bộ Nội vụ;", [("Bộ Nội vụ", "Bộ Nội vụ", False, None)]),
        ("- Thường trực Tỉnh ủy;", [("Thường trực Tỉnh ủy", "Thường trực Tỉnh ủy Bắc Kạn", False, None)]),
        ("- LĐVP;", [("LĐVP", None, True, None)]),
        ("- Như Điều 3;\n- Như trên;", []),
        ("- Sở Nội vụ; Sở Tài chính;", [("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn", True, None),
                                        ("Sở Tài chính", "Sở Tài chính tỉnh Bắc Kạn", True, None)]),
        ("- Sở Nội vụ, Sở Tài chính;", [("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn", True, None),
                                        ("Sở Tài chính", "Sở Tài chính tỉnh Bắc Kạn", True, None)]),
        ("- Các sở,\n  ban, ngành tỉnh;", [("Các sở, ban, ngành tỉnh", None, True, None)]),
        ("- Ban Chỉ đạo cải cách\nhành chính tỉnh (b/c);", [("Ban Chỉ đạo cải cách hành chính tỉnh", "Ban Chỉ đạo cải cách hành chính tỉnh Bắc Kạn", False, "b/c")]),
        ("- Cục Văn thư (HN);", [("Cục Văn thư (HN)", None, True, None)]),
        ("Gửi bản điện tử:\n- Sở Nội vụ;", [("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn", True, None)]),
        ("Sở Nội vụ;\nTrung tâm Tin học;", [("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn", True, None),
                                            ("Trung tâm Tin học", None, True, None)]),
    ],
)  # fmt: skip
def test_recipients(lines: str, expected: list[tuple[str, str | None, bool, str | None]]) -> None:
    assert listed(lines) == expected


def test_recipients_in_a_table_beside_the_signature() -> None:
    lines = (
        "|Nơi nhận:                    |TM. ỦY BAN NHÂN DÂN |\n"
        "|- Bộ Nội vụ (b/c);           |CHỦ TỊCH            |\n"
        "|- Các sở, ban, ngành tỉnh;   |                    |\n"
        "|- Lưu: VT.                   |Lê Thị Bình         |\n"
    )
    text = PLAN.format(addressed="", last="", listed="").split("Nơi nhận")[0] + lines
    assert [(each.name, each.bound) for each in read(text)] == [
        ("Bộ Nội vụ", False),
        ("Các sở, ban, ngành tỉnh", True),
    ]


@pytest.mark.parametrize(
    ("addressed", "expected"),
    [
        (" Sở Nội vụ.\n", [("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn")]),
        ("\n- Sở Nội vụ;\n- Ủy ban nhân dân các huyện, thành phố.\n", [
            ("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn"), ("Ủy ban nhân dân các huyện, thành phố", None)]),
        (" Các sở, ban, ngành, đoàn thể\ncấp tỉnh.\n", [("Các sở, ban, ngành, đoàn thể cấp tỉnh", None)]),
    ],
)  # fmt: skip
def test_addressees_are_bound(addressed: str, expected: list[tuple[str, str | None]]) -> None:
    found = read(LETTER.format(addressed=addressed))
    assert [(each.name, each.issuer) for each in found] == expected
    assert {(each.role, each.bound) for each in found} == {(RecipientRole.ADDRESSEE, True)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẮC KẠN điện:\n- Giám đốc các sở, ngành;\n- Sở Nội vụ.",
         [("Giám đốc các sở, ngành", None), ("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn")]),
        ("**CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẮC KẠN** điện:\n- Sở Nội vụ.", [("Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Kạn")]),
        ("Các đơn vị thực hiện tiết kiệm điện:\n- Tắt đèn.", []),
    ],
)  # fmt: skip
def test_a_telegram_names_whom_it_goes_to_after_its_issuer(words: str, expected: list[tuple[str, str | None]]) -> None:
    text = PLAN.format(addressed=f"\n{words}\n", last="", listed="").replace("KẾ HOẠCH\n", "CÔNG ĐIỆN\n")
    found = [each for each in read(text) if each.role is RecipientRole.ADDRESSEE]
    assert [(each.name, each.issuer) for each in found] == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ và Thủ trưởng các cơ quan, đơn vị có liên quan "
         "chịu trách nhiệm thi hành Quyết định này./.",
         ["Chánh Văn phòng Ủy ban nhân dân tỉnh", "Giám đốc Sở Nội vụ", "Thủ trưởng các cơ quan, đơn vị có liên quan"]),
        ("Điều 3. Giám đốc các sở, Chủ tịch Ủy ban nhân dân các huyện, thành phố chịu trách\nnhiệm thi hành Quyết định này.",
         ["Giám đốc các sở", "Chủ tịch Ủy ban nhân dân các huyện, thành phố"]),
        ("2. Các cấp ủy, thủ trưởng cơ quan có trách nhiệm thực hiện Hướng dẫn này.",
         ["Các cấp ủy", "thủ trưởng cơ quan"]),
        ("2. Sở Nội vụ có trách nhiệm thực hiện chế độ báo cáo.", []),
    ],
)  # fmt: skip
def test_who_is_made_responsible(last: str, expected: list[str]) -> None:
    found = read(PLAN.format(addressed="", last=last, listed=""))
    assert [each.name for each in found if each.role is RecipientRole.RESPONSIBLE] == expected
    assert all(each.bound for each in found)


def test_examples_of_the_registry() -> None:
    groups = cue_groups("recipients.yaml")
    for example in groups["informed"].examples:
        assert [bound for _, _, bound, _ in listed(f"- {example};")] == [False]
    for example in groups["acting"].examples:
        assert {purpose for _, _, _, purpose in listed(f"- {example};")} == {"p/h"}
    for example in (*groups["elsewhere"].examples, *groups["kept"].examples):
        assert listed(f"- {example};") == []

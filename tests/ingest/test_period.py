"""The time that a title says a document covers."""

from __future__ import annotations

import pytest

from graph.model import Period
from graph.registry.cues import cue_groups
from ingest.clean import clean
from ingest.pipeline import read_text

PLAN = """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
-------
Số: 45/KH-UBND

KẾ HOẠCH
{title}

Căn cứ Luật Tổ chức chính quyền địa phương năm 2015, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. NHIỆM VỤ NĂM 2019
"""


def period(title: str) -> Period | None:
    one = read_text(clean("plan.txt", PLAN.format(title=title)))
    header = one.claims[0].header
    assert header is not None
    if header.period:
        written = one.source.text[header.period.start : header.period.end]
        assert " ".join(written.split()) == header.period.text
    return header.period


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Công tác dân vận chính quyền năm 2024", ("năm 2024", "2024", "2024")),
        ("CÔNG TÁC DÂN VẬN CHÍNH QUYỀN NĂM 2024", ("NĂM 2024", "2024", "2024")),
        ("Cải cách hành chính giai đoạn 2021-2025", ("giai đoạn 2021-2025", "2021", "2025")),
        ("Cải cách hành chính giai đoạn\n2021 – 2025", ("giai đoạn 2021 – 2025", "2021", "2025")),
        ("Cải cách hành chính từ năm 2021 đến năm 2025", ("từ năm 2021 đến năm 2025", "2021", "2025")),
        ("Thực hiện dân chủ ở cơ sở đến năm 2030", ("đến năm 2030", None, "2030")),
        ("Phát triển đô thị giai đoạn 2021-2025, tầm nhìn đến năm 2050", ("giai đoạn 2021-2025", "2021", "2025")),
        ("Phát triển đô thị đến năm 2030, tầm nhìn đến năm 2050", ("đến năm 2030", None, "2030")),
        ("Công tác năm 2024 của Chương trình giai đoạn 2021-2025", ("năm 2024", "2024", "2024")),
        ("Kiểm tra, giám sát nhiệm kỳ 2020-2025", ("nhiệm kỳ 2020-2025", "2020", "2025")),
        ("Tuyển sinh năm học 2023-2024", ("năm học 2023-2024", "2023", "2024")),
        ("Công tác trọng tâm quý IV năm 2024", ("quý IV năm 2024", "2024-10", "2024-12")),
        ("Công tác dân vận 6 tháng đầu năm 2024", ("6 tháng đầu năm 2024", "2024-01", "2024-06")),
        ("Thực hiện Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021 của Thủ tướng Chính phủ", None),
        ("Thực hiện Luật Thực hiện dân chủ ở cơ sở năm 2022", None),
        ("Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 trong năm 2022", ("năm 2022", "2022", "2022")),
        ("Kỷ niệm 95 năm thành lập Đảng", None),
        ("Cải cách hành chính giai đoạn 2025-2021", None),
        ("Tăng cường kỷ luật, kỷ cương", None),
    ],
)
def test_titles(title: str, expected: tuple[str, str | None, str] | None) -> None:
    found = period(title)
    assert (found and (found.text, found.first, found.last)) == expected


@pytest.mark.parametrize(
    ("group", "title"),
    [(group.group, title) for group in cue_groups("periods.yaml").values() for title in group.examples],
)
def test_examples_of_the_registry(group: str, title: str) -> None:
    found = period(title)
    assert found is not None
    months = [date[5:] for date in (found.first or "", found.last) if date[5:]]
    assert "-".join(months) == (group if group not in ("span", "until", "01-12") else "")
    assert (found.first is None) == (group == "until")

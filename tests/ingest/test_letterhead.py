"""What stands above the text: drafts by their mark, copies by their number, and neither as the document's own."""

from __future__ import annotations

import pytest

from graph.model import Claim, Status
from ingest.clean import clean
from ingest.pipeline import read_text

PLAN = """{above}ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
-------
Số: {number}/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Nghệ An, ngày 02 tháng 3 năm 2024
{below}
{type}
Công tác dân vận năm 2024

Thực hiện Chỉ thị số 33/CT-TTg, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. NỘI DUNG
"""


def own(above: str = "", below: str = "", type: str = "KẾ HOẠCH", number: str = "15") -> Claim:
    text = PLAN.format(above=above, below=below, type=type, number=number)
    return read_text(clean("plan.txt", text)).claims[0]


@pytest.mark.parametrize(
    ("above", "below", "type", "number", "status"),
    [
        ("", "", "KẾ HOẠCH", "15", Status.ISSUED),
        ("", "", "KẾ HOẠCH", "     ", Status.UNNUMBERED),
        ("", "", "KẾ HOẠCH", "......", Status.UNNUMBERED),
        ("DỰ THẢO\n", "", "KẾ HOẠCH", "15", Status.DRAFT),
        ("Dự thảo lần 2\n", "", "KẾ HOẠCH", "", Status.DRAFT),
        ("DỰ THẢO 3 (ngày 12/3/2024)\n", "", "KẾ HOẠCH", "", Status.DRAFT),
        ("", "(DỰ THẢO)", "KẾ HOẠCH", "", Status.DRAFT),
        ("", "[Dự thảo]", "KẾ HOẠCH", "", Status.DRAFT),
        ("", "", "KẾ HOẠCH (DỰ THẢO)", "", Status.DRAFT),
        ("", "", "DỰ THẢO KẾ HOẠCH", "", Status.DRAFT),
        ("", "V/v góp ý dự thảo Quyết định", "KẾ HOẠCH", "15", Status.ISSUED),
    ],
)
def test_status(above: str, below: str, type: str, number: str, status: Status) -> None:
    claim = own(above, below, type, number)
    assert claim.header is not None
    assert claim.header.status is status
    assert claim.issuer == "Ủy ban nhân dân tỉnh Nghệ An"
    assert (claim.type, claim.title) == ("Kế hoạch", "Công tác dân vận năm 2024")


@pytest.mark.parametrize("code", ["SY", "SL", "TrS", "BS"])
def test_a_copy_sets_nothing(code: str) -> None:
    copied = own(f"VĂN PHÒNG TỈNH ỦY\n*\nSố 77-{code}/VPTU\nSAO\nVinh, ngày 9 tháng 8 năm 2025\n\n")
    assert (copied.number, copied.date, copied.issuer) == ("15/KH-UBND", "2024-03-02", "Ủy ban nhân dân tỉnh Nghệ An")


@pytest.mark.parametrize(
    ("words", "type", "title"),
    [
        ("CHƯƠNG TRÌNH PHỐI HỢP\nCông tác dân vận", "Chương trình", "Công tác dân vận"),
        ("CHƯƠNG TRÌNH PHỐI HỢP\nvề công tác dân vận", "Chương trình", "về công tác dân vận"),
        ("CHƯƠNG TRÌNH CÔNG TÁC DÂN VẬN", "Chương trình", "CÔNG TÁC DÂN VẬN"),
        ("LỆNH\nVỀ VIỆC CÔNG BỐ LUẬT\n\nCHỦ TỊCH\nNƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Lệnh", "VỀ VIỆC CÔNG BỐ LUẬT"),
    ],
)
def test_type_and_title(words: str, type: str, title: str) -> None:
    text = PLAN.format(above="", below="", type=words, number="15").replace("Công tác dân vận năm 2024\n", "")
    claim = read_text(clean("plan.txt", text)).claims[0]
    assert (claim.type, claim.title) == (type, title)

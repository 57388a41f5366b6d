"""Forms of signing: who signs, as what, and whose document the form makes it."""

from __future__ import annotations

import pytest

from graph.model import Header
from ingest.clean import clean
from ingest.pipeline import read_text

STATE = """ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
-------
Số: 15/KH-UBND
Nghệ An, ngày 02 tháng 3 năm 2024

KẾ HOẠCH
Công tác dân vận năm 2024

Thực hiện Chỉ thị số 33/CT-TTg, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. NỘI DUNG

Nơi nhận:
- Lưu: VT.

{signed}
"""
PARTY = STATE.replace("ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN", "TỈNH ỦY NGHỆ AN").replace("Số: 15/KH-UBND", "Số 15-KH/TU").replace(
    "Ủy ban nhân dân tỉnh", "Tỉnh ủy"
)
COMMITTEE, CHAIRMAN = "Ủy ban nhân dân tỉnh Nghệ An", "Chủ tịch Ủy ban nhân dân tỉnh Nghệ An"
STANDING, OFFICE = "Ban Thường vụ Tỉnh ủy Nghệ An", "Thường trực Tỉnh ủy Nghệ An"


@pytest.mark.parametrize(
    ("text", "signed", "issuer", "position"),
    [
        (STATE, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLê Văn An", COMMITTEE, "Chủ tịch"),
        (STATE, "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Văn An", COMMITTEE, "Phó Chủ tịch"),
        (STATE, "TM. ỦY BAN NHÂN DÂN\nKT.CHỦ TỊCH\nPHÓ CHỦ TỊCH THƯỜNG TRỰC\nLê Văn An", COMMITTEE, "Phó Chủ tịch Thường trực"),
        (STATE, "TM. ỦY BAN NHÂN DÂN\nQ. CHỦ TỊCH\n\nLê Văn An", COMMITTEE, "Quyền Chủ tịch"),
        (STATE, "TM. ỦY BAN NHÂN DÂN\nQUYỀN CHỦ TỊCH\n\nLê Văn An", COMMITTEE, "Quyền Chủ tịch"),
        (STATE, "TM. ỦY BAN NHÂN DÂN TỈNH\nCHỦ TỊCH\n(Đã ký)\nLê Văn An", COMMITTEE, "Chủ tịch"),
        (STATE, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐã ký: Lê Văn An", COMMITTEE, "Chủ tịch"),
        (STATE, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký) Lê Văn An", COMMITTEE, "Chủ tịch"),
        (STATE, "CHỦ TỊCH\n\nLê Văn An", CHAIRMAN, "Chủ tịch"),
        (STATE, "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Văn An", CHAIRMAN, "Phó Chủ tịch"),
        (STATE, "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nLê Văn An", CHAIRMAN, "Chánh Văn phòng"),
        (STATE, "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\nLê Văn An", CHAIRMAN, "Phó Chánh Văn phòng"),
        (STATE, "TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ NỘI VỤ\n\nLê Văn An", CHAIRMAN, "Giám đốc Sở Nội vụ"),
        (PARTY, "T/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nLê Văn An", STANDING, "Bí thư"),
        (PARTY, "T/M BAN THƯỜNG VỤ\nK/T BÍ THƯ\nPHÓ BÍ THƯ\n\nLê Văn An", STANDING, "Phó Bí thư"),
        (PARTY, "T/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\n\nLê Văn An", STANDING, "Chánh Văn phòng"),
        (PARTY, "T/L THƯỜNG TRỰC TỈNH ỦY\nCHÁNH VĂN PHÒNG\n\nLê Văn An", OFFICE, "Chánh Văn phòng"),
        (PARTY, "T/M THƯỜNG TRỰC TỈNH ỦY\nPHÓ BÍ THƯ THƯỜNG TRỰC\n\nLê Văn An", OFFICE, "Phó Bí thư Thường trực"),
    ],
)  # fmt: skip
def test_forms_of_signing(text: str, signed: str, issuer: str, position: str) -> None:
    raw = text.format(signed=signed)
    own = read_text(clean("plan.txt", raw)).claims[0]
    header = own.header or Header()
    assert (own.issuer, header.signer, header.signer_position) == (issuer, "Lê Văn An", position)
    assert [raw[each.start : each.end] for each in header.evidence if each.field == "signer"] == ["Lê Văn An"]

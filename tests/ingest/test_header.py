"""The header of documents in many layouts; the texts are invented, the five plans are compared where they are at hand."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import ReadError
from graph.model import COUNTRY, Branch, Level, Place, Status
from graph.signs import Sign
from graph.text import flatten
from ingest.header import HeaderFound, read_header
from ingest.records import Text
from ingest.signature import full_words

SHARED = Path(__file__).resolve().parents[3] / "shared"
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"


def read(text: str) -> HeaderFound:
    return read_header(Text("made.txt", text, text), flatten(text))


@dataclass(frozen=True)
class Case:
    """A made text and what its header says; a field left out is None."""

    text: str
    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    branch: Branch | None = None
    level: Level | None = None
    place: Place | None = None
    date: str | None = None
    title: str | None = None
    signer: str | None = None
    position: str | None = None
    status: Status = Status.ISSUED


NGHE_AN = Place("Nghệ An", kind="tỉnh")
CASES = {
    "a circular, the minister's line above the text": Case(
        f"BỘ NỘI VỤ\n-------\n{MOTTO}Số: 05/2021/TT-BNV\nHà Nội, ngày 12 tháng 8 năm 2021\n\nTHÔNG TƯ\n"
        "HƯỚNG DẪN VỀ VỊ TRÍ VIỆC LÀM\n\nBỘ TRƯỞNG BỘ NỘI VỤ\n\nCăn cứ Luật Cán bộ, công chức;\n\nĐiều 1. Phạm vi\n\n"
        "Nơi nhận:\n- Ban Bí thư;\n- Lưu: VT.\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nTrần Văn Hải\n",
        "Thông tư", "05/2021/TT-BNV", "Bộ trưởng Bộ Nội vụ", Branch.STATE, Level.CENTRAL, COUNTRY, "2021-08-12",
        "HƯỚNG DẪN VỀ VỊ TRÍ VIỆC LÀM", "Trần Văn Hải", "Thứ trưởng",
    ),
    "a department under its ministry, the type cut by its column, a signer whose name begins as a recipient's line": Case(
        f"BỘ XÂY DỰNG\nCỤC PHÁT TRIỂN ĐÔ THỊ\n-------\n{MOTTO}Số: 12/QĐ-PTĐT\nHà Nội, ngày 12 tháng 5 năm 2022\n\nQUYẾT\nĐỊNH\n"
        "Về việc thành lập tổ công tác\n\nCăn cứ Luật Xây dựng;\n\nĐiều 1. Thành lập\n\n"
        "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n\nCỤC TRƯỞNG\n\nLưu Văn Bảo\n",
        "Quyết định", "12/QĐ-PTĐT", "Cục Phát triển đô thị", Branch.STATE, Level.CENTRAL, COUNTRY, "2022-05-12",
        "Về việc thành lập tổ công tác", "Lưu Văn Bảo", "Cục trưởng",
    ),
    "a telegram in narrow columns, which cut the motto, the letterhead and the line that addresses it": Case(
        "THỦ\nTƯỚNG CHÍNH PHỦ\n-------\n|\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------\n|\n|\n"
        "Số: 22/CĐ-TTg\n|\nHà Nội, ngày 18\ntháng 11 năm 2021\n|\nCÔNG ĐIỆN\nVỀ VIỆC ỨNG PHÓ MƯA LŨ TẠI KHU VỰC\nTRUNG BỘ\n"
        "THỦ\nTƯỚNG CHÍNH PHỦ điện:\n- Bộ trưởng các Bộ;\n\nChính phủ đã ban hành Nghị quyết số 66/NQ-CP.\n\n1. Các bộ\n",
        "Công điện", "22/CĐ-TTg", "Thủ tướng Chính phủ", Branch.STATE, Level.CENTRAL, COUNTRY, "2021-11-18",
        "VỀ VIỆC ỨNG PHÓ MƯA LŨ TẠI KHU VỰC TRUNG BỘ",
    ),
    "a department whose ministry and motto are cut by their columns": Case(
        "BỘ\nTÀI CHÍNH\nCỤC\nHẢI QUAN\n-------\n|\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------\n|\n|\n"
        "Số: 376/TB-CHQ\n|\nHà Nội, ngày 21\ntháng 11 năm 2021\n|\nTHÔNG BÁO\nVỀ KẾT QUẢ XÁC ĐỊNH MÃ SỐ\n\nCăn cứ Luật Hải quan;\n",
        "Thông báo", "376/TB-CHQ", "Cục Hải quan", Branch.STATE, Level.CENTRAL, COUNTRY, "2021-11-21",
        "VỀ KẾT QUẢ XÁC ĐỊNH MÃ SỐ",
    ),
    "a heading of the nineties, which repeats issuer, number and date": Case(
        f"BỘ TÀI CHÍNH\n********\n{MOTTO}Số: 21-TT/TCT\nHà Nội, ngày 5 tháng 4 năm 1996\n\nTHÔNG TƯ\n\n"
        "CỦA BỘ TÀI CHÍNH SỐ 21-TT/TCT NGÀY 5 THÁNG 4 NĂM 1996 HƯỚNG DẪN VIỆC THU LỆ PHÍ\n\n"
        "Thi hành Nghị định số 4/CP ngày 1/2/1995 của Chính phủ; Bộ Tài chính hướng dẫn như sau:\n\nI. QUY ĐỊNH CHUNG\n",
        "Thông tư", "21-TT/TCT", "Bộ Tài chính", Branch.STATE, Level.CENTRAL, COUNTRY, "1996-04-05",
        "HƯỚNG DẪN VIỆC THU LỆ PHÍ",
    ),
    "a directive of the Prime Minister in two columns": Case(
        "THỦ TƯỚNG CHÍNH PHỦ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n                   Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/CT-TTg              Hà Nội, ngày 26 tháng 11 năm 2021\n\n            CHỈ THỊ\n     Về việc lắng nghe dân\n"
        "      ____\nNhững năm qua, việc này có tiến bộ.\nNơi nhận:                      THỦ TƯỚNG\n- Ban Bí thư;\n"
        "- Lưu VT.\n\n                               Trần Minh Hoàng\n",
        "Chỉ thị", "12/CT-TTg", "Thủ tướng Chính phủ", Branch.STATE, Level.CENTRAL, COUNTRY, "2021-11-26",
        "Về việc lắng nghe dân", "Trần Minh Hoàng", "Thủ tướng",
    ),
    "a resolution of a plenum": Case(
        "BAN CHẤP HÀNH TRUNG ƯƠNG            ĐẢNG CỘNG SẢN VIỆT NAM\n            *\n"
        "Số 25-NQ/TW                        Hà Nội, ngày 03 tháng 6 năm 2013\n\nNGHỊ QUYẾT\n"
        "HỘI NGHỊ LẦN THỨ BẢY BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XI\nvề đổi mới công tác dân vận\n-----\n\nI- TÌNH HÌNH\n\n"
        "T/M BAN CHẤP HÀNH TRUNG ƯƠNG\nTỔNG BÍ THƯ\n\nLê Văn Đạt\n",
        "Nghị quyết", "25-NQ/TW", "Ban Chấp hành Trung ương Đảng", Branch.PARTY, Level.CENTRAL, COUNTRY, "2013-06-03",
        "về đổi mới công tác dân vận", "Lê Văn Đạt", "Tổng Bí thư",
    ),
    "a joint programme": Case(
        "BAN DÂN VẬN TRUNG ƯƠNG\nBAN CÁN SỰ ĐẢNG CHÍNH PHỦ\n*\nSố 07-CTr/BDVTW-BCSĐCP\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Hà Nội, ngày 15 tháng 12 năm 2021\n\nCHƯƠNG TRÌNH PHỐI HỢP\nvề công tác dân vận\n\nCăn cứ Điều lệ Đảng;\n\n"
        "T/M BAN CÁN SỰ ĐẢNG CHÍNH PHỦ\nBÍ THƯ\n\nTrần Minh Hoàng\n\nT/M BAN DÂN VẬN TRUNG ƯƠNG\nTRƯỞNG BAN\n\nLê Thị Mai\n",
        "Chương trình", "07-CTr/BDVTW-BCSĐCP", "Ban Cán sự Đảng Chính phủ và Ban Dân vận Trung ương", Branch.PARTY,
        Level.CENTRAL, COUNTRY, "2021-12-15", "về công tác dân vận", "Trần Minh Hoàng và Lê Thị Mai", "Bí thư và Trưởng ban",
    ),
    "a Party committee of a commune": Case(
        "ĐẢNG BỘ HUYỆN YÊN THÀNH                ĐẢNG CỘNG SẢN VIỆT NAM\n  ĐẢNG ỦY XÃ PHÚC THÀNH\n"
        "          *                          Phúc Thành, ngày 5 tháng 3 năm 2023\n  Số 12-NQ/ĐU\n\n"
        "                      NGHỊ QUYẾT\n    về lãnh đạo công tác dân vận năm 2023\n\n"
        "Căn cứ Nghị quyết của Tỉnh ủy Nghệ An;\n\nNơi nhận:                              T/M ĐẢNG ỦY\n"
        "- Huyện ủy (b/c);                         BÍ THƯ\n- Lưu VPĐU.\n\n                                       Nguyễn Thị Hà\n",
        "Nghị quyết", "12-NQ/ĐU", "Đảng ủy xã Phúc Thành", Branch.PARTY, Level.COMMUNE,
        Place("Nghệ An", "Yên Thành", "Phúc Thành", "xã"), "2023-03-05", "về lãnh đạo công tác dân vận năm 2023",
        "Nguyễn Thị Hà", "Bí thư",
    ),
    "a department with a bare director": Case(
        f"UBND TỈNH NGHỆ AN\nSỞ NỘI VỤ\n-------\n{MOTTO}Số: 1234/KH-SNV\nNghệ An, ngày 02 tháng 3 năm 2022\n\nKẾ HOẠCH\n"
        "Công tác dân vận chính quyền năm 2022\n\nThực hiện Kế hoạch số 15/KH-UBND của UBND tỉnh, Sở Nội vụ xây dựng kế hoạch "
        "như sau:\n\nNơi nhận:\n- UBND tỉnh (b/c);\n- Lưu: VT.\nGIÁM ĐỐC\n\n(Đã ký)\n\nNguyễn Viết Lâm\n",
        "Kế hoạch", "1234/KH-SNV", "Sở Nội vụ tỉnh Nghệ An", Branch.STATE, Level.PROVINCE, NGHE_AN, "2022-03-02",
        "Công tác dân vận chính quyền năm 2022", "Nguyễn Viết Lâm", "Giám đốc",
    ),
    "a letter in the chairman's name, number and day blank": Case(
        f"ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n{MOTTO}Số: /UBND-NC Nghệ An, ngày tháng 01 năm 2025\nV/v góp ý dự thảo \n"
        "Quyết định\nKính gửi: Sở Nội vụ\nTheo đề nghị của Bộ Nội vụ, Chủ tịch UBND tỉnh giao Sở Nội vụ góp ý./.\nNơi nhận:\n"
        "- Như trên;\n- Lưu: VT.\nTL. CHỦ TỊCH \nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nPhùng Văn Long\n",
        "Công văn", None, "Chủ tịch Ủy ban nhân dân tỉnh Nghệ An", Branch.STATE, Level.PROVINCE, NGHE_AN, "2025-01",
        "V/v góp ý dự thảo Quyết định", "Phùng Văn Long", "Phó Chánh Văn phòng", Status.UNNUMBERED,
    ),
    "a committee of the Front": Case(
        "ỦY BAN MTTQ VIỆT NAM\n\nXÃ LƯƠNG MINH\n\nBAN THƯỜNG TRỰC\n\nSố:       /HD-MTTQ-BTT\n\nLương Minh, ngày     tháng 11 năm 2025\n\n"
        "HƯỚNG DẪN\n\nVề việc Mặt trận xã tham gia công tác bầu cử \n\nđại biểu Hội đồng nhân dân\n\n\n\nCăn cứ Luật Bầu cử;\n\n"
        "  Nơi nhận:\n\n- BTT Ủy ban MTTQ tỉnh Quảng Ninh (b/c); \n\nTM. BAN THƯỜNG TRỰC\n\nCHỦ TỊCH\n\n\n\nLan Thị Hoa\n",
        "Hướng dẫn", None, "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã Lương Minh", Branch.FRONT, Level.COMMUNE,
        Place("Quảng Ninh", None, "Lương Minh", "xã"), "2025-11",
        "Về việc Mặt trận xã tham gia công tác bầu cử đại biểu Hội đồng nhân dân", "Lan Thị Hoa", "Chủ tịch", Status.UNNUMBERED,
    ),
    "a union, whose standing committee is none of the Party's": Case(
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nLIÊN ĐOÀN LAO ĐỘNG TỈNH NGHỆ AN\nSố: 20/KH-LĐLĐ\nNghệ An, ngày 5 tháng 5 năm 2023\n"
        "KẾ HOẠCH\nTuyên truyền\nCăn cứ Điều lệ;\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\nKha Văn Tám\n",
        "Kế hoạch", "20/KH-LĐLĐ", "Ban Thường vụ Liên đoàn Lao động tỉnh Nghệ An", Branch.FRONT, Level.PROVINCE, NGHE_AN,
        "2023-05-05", "Tuyên truyền", "Kha Văn Tám", "Chủ tịch",
    ),
    "a steering committee whose subject stands in the letterhead": Case(
        "UBND TỈNH NGHỆ AN\nBCĐ THỰC HIỆN QUY CHẾ DÂN CHỦ\nSố: 05/KH-BCĐ\nNghệ An, ngày 20 tháng 3 năm 2023\nKẾ HOẠCH\n"
        "Kiểm tra\nCăn cứ Luật;\nTM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH\nBùi Văn Long\n",
        "Kế hoạch", "05/KH-BCĐ", "Ban Chỉ đạo thực hiện quy chế dân chủ tỉnh Nghệ An", Branch.STATE, Level.PROVINCE, NGHE_AN,
        "2023-03-20", "Kiểm tra", "Bùi Văn Long", "Trưởng ban, Phó Chủ tịch Ủy ban nhân dân tỉnh",
    ),
    "a steering committee whose subject a title goes on after": Case(
        "UBND TỈNH NGHỆ AN\nBAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ\nSố: 06/KH-BCĐ\nNghệ An, ngày 21 tháng 3 năm 2023\nKẾ HOẠCH\n"
        "Hoạt động của Ban Chỉ đạo Chuyển đổi số tỉnh năm 2023\nCăn cứ Luật;\nTM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\nBùi Văn Long\n",
        "Kế hoạch", "06/KH-BCĐ", "Ban Chỉ đạo chuyển đổi số tỉnh Nghệ An", Branch.STATE, Level.PROVINCE, NGHE_AN,
        "2023-03-21", "Hoạt động của Ban Chỉ đạo Chuyển đổi số tỉnh năm 2023", "Bùi Văn Long", "Trưởng ban",
    ),
    "a programme of action with its committee below the type": Case(
        "TỈNH ỦY NGHỆ AN\nTHÀNH ỦY VINH\n*\nSố 09-CTr/TU\nVinh, ngày 08 tháng 10 năm 2021\nCHƯƠNG TRÌNH HÀNH ĐỘNG\n"
        "CỦA BAN CHẤP HÀNH ĐẢNG BỘ THÀNH PHỐ\nvề chỉnh trang đô thị\nCăn cứ Điều lệ;\nT/M BAN CHẤP HÀNH\nBÍ THƯ\nLê Văn Hai\n",
        "Chương trình", "09-CTr/TU", "Ban Chấp hành Đảng bộ thành phố Vinh", Branch.PARTY, Level.DISTRICT,
        Place("Nghệ An", "Vinh", None, "thành phố"), "2021-10-08", "về chỉnh trang đô thị", "Lê Văn Hai", "Bí thư",
    ),
    "a table with breaks inside its cells": Case(
        "| ỦY BAN NHÂN DÂN<br>XÃ HƯNG LAM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc |\n|---|---|\n"
        "| Số: 12/KH-UBND | *Hưng Lam, ngày 03 tháng 02 năm 2024* |\n\n**KẾ HOẠCH**\n\n**Công tác dân vận năm 2024**\n\n"
        "Thực hiện Kế hoạch số 5/KH-UBND của UBND huyện Hưng Nguyên, tỉnh Nghệ An, UBND xã xây dựng kế hoạch như sau:\n\n"
        "| Nơi nhận:<br>- UBND huyện;<br>- Lưu: VT. | TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH<br><br>Hoàng Văn Thái |\n",
        "Kế hoạch", "12/KH-UBND", "Ủy ban nhân dân xã Hưng Lam", Branch.STATE, Level.COMMUNE,
        Place("Nghệ An", "Hưng Nguyên", "Hưng Lam", "xã"), "2024-02-03", "Công tác dân vận năm 2024", "Hoàng Văn Thái", "Chủ tịch",
    ),
    "a resolution of a people's council, attested by its chairman": Case(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 12/NQ-HĐND\nNghệ An, ngày 9 tháng 12 năm 2021\nNGHỊ QUYẾT\nVề giám sát năm 2022\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương;\nCHỦ TỊCH\nThái Văn Quý\n",
        "Nghị quyết", "12/NQ-HĐND", "Hội đồng nhân dân tỉnh Nghệ An", Branch.STATE, Level.PROVINCE, NGHE_AN, "2021-12-09",
        "Về giám sát năm 2022", "Thái Văn Quý", "Chủ tịch",
    ),
    "a scan that runs the two columns together": Case(
        "ỦY BAN NHÂN DÂN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH QUẢNG NGÃI Độc lập - Tự do - Hạnh phúc\n"
        "Số: 07 /CT-UBND Quảng Ngãi, ngày 15 tháng 5 năm 2018\nCHỈ THỊ\nVề đối thoại với dân\nCăn cứ Luật;\nCHỦ TỊCH\nTrần Văn Cường\n",
        "Chỉ thị", "07/CT-UBND", "Chủ tịch Ủy ban nhân dân tỉnh Quảng Ngãi", Branch.STATE, Level.PROVINCE,
        Place("Quảng Ngãi", kind="tỉnh"), "2018-05-15", "Về đối thoại với dân", "Trần Văn Cường", "Chủ tịch",
    ),
    "a draft": Case(
        "DỰ THẢO\nỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: /KH-UBND\nKẾ HOẠCH\nVề đối thoại\nCăn cứ Luật;\n",
        "Kế hoạch", None, "Ủy ban nhân dân tỉnh Nghệ An", Branch.STATE, Level.PROVINCE, NGHE_AN, None, "Về đối thoại",
        status=Status.DRAFT,
    ),
    "a copy, whose own number is not the document's": Case(
        "VĂN PHÒNG\nSố: 15/SY-VP\nSAO Y BẢN CHÍNH\nỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 8/KH-UBND\nKẾ HOẠCH\nVề đối thoại\nCăn cứ Luật;\n",
        "Kế hoạch", "8/KH-UBND", "Ủy ban nhân dân tỉnh Nghệ An", Branch.STATE, Level.PROVINCE, NGHE_AN, None, "Về đối thoại",
    ),
    "a decision whose plan follows its signature": Case(
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\nSố: 100/QĐ-UBND\nThành phố Hồ Chí Minh, ngày 15 tháng 4 năm 2022\nQUYẾT ĐỊNH\n"
        "Về ban hành Kế hoạch\nCHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH\nCăn cứ Luật;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành\n"
        "Nơi nhận:\n- Như Điều 3;\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH THƯỜNG TRỰC\nLê Văn Bình\nKẾ HOẠCH\nVề đối thoại\n",
        "Quyết định", "100/QĐ-UBND", "Chủ tịch Ủy ban nhân dân thành phố Hồ Chí Minh", Branch.STATE, Level.PROVINCE,
        Place("Hồ Chí Minh", kind="thành phố"), "2022-04-15", "Về ban hành Kế hoạch", "Lê Văn Bình", "Phó Chủ tịch Thường trực",
    ),
    "a web page that reprints a directive": Case(
        "Trang chủ | Tin tức\n\nChỉ thị số 12-CT/TU của Ban Thường vụ Tỉnh ủy Nghệ An về công tác dân vận\n\nThứ hai, ngày 5/6/2022\n\n"
        "Ban Thường vụ Tỉnh ủy vừa ban hành Chỉ thị số 12-CT/TU ngày 3/6/2022 về công tác dân vận. Toàn văn như sau:\n\n1. Các cấp ủy\n",
        "Chỉ thị", "12-CT/TU", "Ban Thường vụ Tỉnh ủy Nghệ An", Branch.PARTY, Level.PROVINCE, NGHE_AN, "2022-06-03",
        "về công tác dân vận",
    ),
    "no header at all": Case("chỉ là một đoạn văn, không có đầu đề.\n", status=Status.UNNUMBERED),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_layouts(case: Case) -> None:
    found = read(case.text)
    claim, header = found.claim, found.claim.header
    assert header is not None and claim.own
    said = Case(
        case.text, claim.type, claim.number, claim.issuer, header.branch, header.level, claim.place, claim.date,
        claim.title, header.signer, header.signer_position, header.status,
    )  # fmt: skip
    assert said == case


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_positions_lie_in_the_text(case: Case) -> None:
    found = read(case.text)
    assert found.claim.text == case.text[found.claim.start : found.claim.end]
    if found.signature_start is not None:
        assert found.body_start <= found.signature_start < len(case.text)
    if found.title_span and case.title:
        inside = re.sub(r"[\W_]+", " ", case.text[slice(*found.title_span)])
        assert re.sub(r"[\W_]+", " ", case.title) in inside


@pytest.mark.parametrize(
    "mark",
    [
        "MẬT", "TỐI MẬT", "**TUYỆT MẬT**", "Độ mật: Mật", "Mật", "TỐI  MẬT", "[MẬT]", "T Ố I  M Ậ T", "HỎA TỐC - TỐI MẬT",
        "TUYỆT MẬT - KHẨN", "ĐẢNG CỘNG SẢN VIỆT NAM TỐI MẬT", "TỈNH ỦY NGHỆ AN          MẬT", "| ĐẢNG BỘ | MẬT |",
    ],
)  # fmt: skip
def test_classified_documents_are_refused(mark: str) -> None:
    with pytest.raises(ReadError, match=r"made\.txt is classified") as told:
        read(f"{mark}\nỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 1/KH-UBND\nKẾ HOẠCH\nVề đối thoại\nCăn cứ Luật;\n")
    assert told.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 1/KH-UBND\nKẾ HOẠCH\nTỐI MẬT\nVề đối thoại\nCăn cứ Luật;\n",
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 1/UBND-NC\nV/v đối thoại\n\nMẬT\n\nKính gửi: Sở Y tế\n",
        "MẬT\n\nThực hiện Chỉ thị số 33/CT-TTg, UBND tỉnh Nghệ An ban hành Kế hoạch như sau:\n",
    ],
)
def test_marks_of_secrecy_are_seen_below_the_type_and_without_one(text: str) -> None:
    with pytest.raises(ReadError, match="is classified"):
        read(text)


def test_a_title_about_secrets_is_no_mark() -> None:
    found = read("ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 1/QĐ-UBND\nQUYẾT ĐỊNH\nDANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT\nCăn cứ Luật;\n")
    assert found.claim.title == "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT"


def test_a_text_about_secrets_is_read() -> None:
    found = read("ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 1/KH-UBND\nKẾ HOẠCH\nBảo vệ bí mật nhà nước\nCăn cứ Luật;\n\nMẬT\n")
    assert found.claim.title == "Bảo vệ bí mật nhà nước"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Vinh, ngày 5 tháng 3 năm 2023", "2023-03-05"),
        ("Vinh, ngày 05\ntháng 3 năm 2023", "2023-03-05"),
        ("Vinh, ngày … tháng 3 năm 2023", "2023-03"),
        ("Vinh, ngày    tháng    năm 2023", "2023"),
        ("Bắc Giang, ngày đỆ tháng 11 năm 2010", "2010-11"),
        ("Vinh, ngày 5/3/2023", "2023-03-05"),
        ("Vinh, ngày 5 tháng 13 năm 2023", None),
        ("Vinh, ngày    tháng    năm", None),
        ("Vinh, ngày ... tháng 3 năm 2023\nThời gian ký: 09/03/2023 08:15:00", "2023-03-09"),
    ],
)
def test_dates(line: str, date: str | None) -> None:
    assert read(f"ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 1/KH-UBND\n{line}\nKẾ HOẠCH\nVề đối thoại\nCăn cứ Luật;\n").claim.date == date


@pytest.mark.parametrize(
    ("stamp", "issuer"),
    [
        ("Người ký: Ủy ban nhân dân tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Nghệ An"),
        ("Ký bởi: Sở Nội vụ tỉnh Nghệ An", "Sở Nội vụ tỉnh Nghệ An"),
        ("Người ký: Trần Văn An\nCơ quan: Ủy ban nhân dân tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Nghệ An"),
        ("Người ký: Trần Văn An", None),
        ("Cơ quan: Ủy ban nhân dân tỉnh Nghệ An phối hợp thực hiện", None),
    ],
)
def test_a_digital_signature_tells_the_issuer_where_nothing_else_does(stamp: str, issuer: str | None) -> None:
    stamped = f"{stamp}\nThời gian ký: 09/03/2023 08:15:00\n"
    text = "KẾ HOẠCH\nVề đối thoại\n\nI. NHIỆM VỤ\n1. Đối thoại.\n\nCHỦ TỊCH\nTrần Văn An\n"
    assert (read(stamped + text).claim.issuer, read(text + stamped).claim.issuer) == (issuer, issuer)
    assert read(f"ỦY BAN NHÂN DÂN\nTỈNH LONG AN\n{text}{stamped}").claim.issuer == "Chủ tịch Ủy ban nhân dân tỉnh Long An"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 21/KH-UBND", "21/KH-UBND"),
        ("Số 21 /KH- UBND", "21/KH-UBND"),
        ("Số:21/KH-UBND", "21/KH-UBND"),
        ("|Số: 21/KH-UBND |Vinh, ngày 1 tháng 2 năm 2023 |", "21/KH-UBND"),
        ("Số: /KH-UBND", None),
        ("Số: …../KH-UBND", None),
        ("Số:      /KH-UBND", None),
        ("Thực hiện Chỉ thị số 33/CT-TTg", None),
    ],
)
def test_number_lines(line: str, number: str | None) -> None:
    assert read(f"ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n{line}\nKẾ HOẠCH\nVề đối thoại\nCăn cứ Luật;\n").claim.number == number


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("CHỦ TỊCH UBND XÃ", "Chủ tịch Ủy ban nhân dân xã"),
        ("PHÓ BÍ THƯ THƯỜNG TRỰC", "Phó Bí thư Thường trực"),
        ("GIÁM ĐỐC SỞ NỘI VỤ", "Giám đốc Sở Nội vụ"),
        ("CHỦ TỊCH UBND KIÊM TRƯỞNG BAN", "Chủ tịch Ủy ban nhân dân kiêm Trưởng ban"),
        ("TỔ TRƯỞNG TỔ DÂN VẬN", "Tổ trưởng tổ dân vận"),
    ],
)
def test_positions_in_full_words(written: str, full: str) -> None:
    assert full_words(written) == full


PIECES = st.sampled_from(
    [line for case in CASES.values() for line in case.text.splitlines()] + ["|", "***", "T/M", "KT.", "Số:", "CỦA", "(", "​"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map("\n".join))
def test_any_order_of_lines_is_read(text: str) -> None:
    try:
        found = read(text)
    except ReadError:
        return
    assert found.claim.text == text[found.claim.start : found.claim.end]
    assert 0 <= found.body_start <= len(text)
    for value in (found.claim.title, found.claim.issuer, found.claim.header and found.claim.header.signer):
        assert value is None or (value == " ".join(value.split()) and value)


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the annotated plans are not at hand")
def test_the_annotated_plans() -> None:
    def plain(value: str | None) -> str | None:
        return re.sub(r"[“”\"]", "", value).strip(" .;,").casefold() if value else None

    for path in sorted((SHARED / "gold").glob("*.json")):
        wanted = json.loads(path.read_text("utf-8"))["document"]
        found = read((SHARED / "seeds" / f"{path.stem}.txt").read_text("utf-8"))
        claim, header = found.claim, found.claim.header
        assert header is not None
        place = claim.place or COUNTRY
        said = {
            "type": claim.type,
            "number": str(Sign.parse(claim.number)) if claim.number else None,
            "issuer": claim.issuer,
            "branch": header.branch,
            "level": header.level,
            "province": place.province,
            "district": place.district,
            "commune": place.commune,
            "date": claim.date,
            "title": claim.title,
            "signer": header.signer,
            "signer_position": header.signer_position,
        }
        assert {k: plain(v) for k, v in said.items()} == {k: plain(v) for k, v in wanted.items() if k != "id"}, path.name


@pytest.mark.parametrize("run", [" ", "\n", "\t", "|", "*", ".", "- \n", "Số: ", "TM. ", "UBND TỈNH ", "ban hành ", "KẾ HOẠCH\n"])
@pytest.mark.parametrize("before", ["", "Vinh, ngày", "Số:", "KẾ HOẠCH\n", "TM. BAN CHỈ ĐẠO\n"])
def test_long_runs_do_not_stall(run: str, before: str) -> None:
    read("ỦY BAN NHÂN DÂN\n")
    text = f"{before}{run * 20_000} tháng 3"
    start = time.perf_counter()
    read(text)
    assert time.perf_counter() - start < 0.1 * len(text) / 1000


def test_dirt_beside_the_type_line_and_a_subject_far_below() -> None:
    text = "ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG\n\nSố: 24£(?/KH-UBND\n\n42... KÉ HOẠCH\n\nỨng dụng công nghệ thông tin\n\n"
    body = "Căn cứ hiện trạng của tỉnh như sau:\n\nI. CĂN CỨ\n\n- Quyết định số 1/QĐ-TTg\nvề việc phê duyệt Chiến lược\n"
    found = read_header(Text("scan.txt", text + body, text + body), flatten(text + body))
    assert (found.claim.type, found.claim.number, found.claim.title) == ("Kế hoạch", None, "Ứng dụng công nghệ thông tin")

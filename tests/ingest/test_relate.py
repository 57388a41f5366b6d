"""Relations as documents state them: small bodies and every relation they hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import BasisKind, Reading, Relation, StatedIn, Zone
from ingest.clean import clean
from ingest.pipeline import read_text

HEADER = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
-------
Số: 21/KH-UBND
Bắc Kạn, ngày 16 tháng 01 năm 2025

KẾ HOẠCH
{title}

"""
CLOSING = "\n\nNơi nhận:\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n"
Edge = tuple[str, str, str]


def read(body: str, title: str = "Thực hiện công tác dân vận năm 2025") -> Reading:
    return read_text(clean("plan.txt", HEADER.format(title=title) + body + CLOSING))


def named(reading: Reading, position: int) -> str:
    claim = reading.claims[position]
    return "SELF" if claim.own else claim.number or claim.name or ""


def edges(reading: Reading, *, optional: bool = False) -> set[Edge]:
    return {
        (named(reading, one.subject), one.relation.value, named(reading, one.object))
        for one in reading.relations
        if optional or not one.optional
    }


CASES: list[tuple[str, set[Edge]]] = [
    (
        "Thực hiện Kế hoạch số 15/KH-UBND ngày 14/01/2022 của Chính phủ; Kế hoạch số 55-KH/TU của Tỉnh ủy, UBND tỉnh xây dựng Kế hoạch như sau:",
        {("SELF", "implements", "15/KH-UBND"), ("SELF", "implements", "55-KH/TU")},
    ),
    (
        "Căn cứ Quyết định số 23-QĐ/TW của Bộ Chính trị; Chỉ thị số 33/CT-TTg;\nCăn cứ Kết luận số 43-KL/TW,\n"
        "Xét đề nghị của Sở Nội vụ tại Tờ trình số 12/TTr-SNV, UBND tỉnh ban hành Kế hoạch như sau:",
        {
            ("SELF", "based_on", "23-QĐ/TW"), ("SELF", "based_on", "33/CT-TTg"), ("SELF", "based_on", "43-KL/TW"),
            ("SELF", "cites", "12/TTr-SNV"),
        },
    ),
    (
        "I. NỘI DUNG\n\n1. Thực hiện Kết luận số 65-KL/TW ngày 30/10/2019 của Bộ Chính trị về tiếp tục thực hiện "
        "Nghị quyết số 24-NQ/TW; Nghị quyết số 88/2019/QH14.",
        {("SELF", "implements", "65-KL/TW"), ("65-KL/TW", "implements", "24-NQ/TW"), ("SELF", "implements", "88/2019/QH14")},
    ),
    (
        "I. NỘI DUNG\n\n- Thực hiện Quyết định số 1814/QĐ-UBND của UBND tỉnh về ban hành Chương trình hành động thực hiện "
        "Nghị quyết số 76/NQ-CP, Nghị quyết số 08-NQ/TU và tổ chức triển khai thực hiện tốt Kế hoạch số 893/KH-UBND.",
        {
            ("SELF", "implements", "1814/QĐ-UBND"), ("1814/QĐ-UBND", "implements", "76/NQ-CP"),
            ("1814/QĐ-UBND", "implements", "08-NQ/TU"), ("SELF", "implements", "893/KH-UBND"),
        },
    ),
    (
        "I. NỘI DUNG\n\n- Triển khai thực hiện Nghị quyết số 18-NQ/TW của Ban Chấp hành Trung ương và Kế hoạch số 73-KH/TU "
        "của Ban Thường vụ Tỉnh ủy về triển khai thực hiện nghị quyết.",
        {("SELF", "implements", "18-NQ/TW"), ("SELF", "implements", "73-KH/TU"), ("73-KH/TU", "implements", "18-NQ/TW")},
    ),
    (
        "I. NỘI DUNG\n\n- Đẩy mạnh tuyên truyền Chỉ thị số 16/CT-TTg; Nghị định số 59/2023/NĐ-CP của Chính phủ quy định chi tiết "
        "một số điều của Luật Thực hiện dân chủ ở cơ sở. Tổ chức thực hiện nghiêm túc Quyết định số 1878-QĐ/TU.",
        {
            ("SELF", "disseminates", "16/CT-TTg"), ("SELF", "disseminates", "59/2023/NĐ-CP"),
            ("59/2023/NĐ-CP", "guides", "Luật Thực hiện dân chủ ở cơ sở"), ("SELF", "implements", "1878-QĐ/TU"),
        },
    ),
    (
        "I. NỘI DUNG\n\nTuyên truyền các văn bản sau:\n\n- Chỉ thị số 16/CT-TTg;\n\n- Kết luận số 43-KL/TW.",
        {("SELF", "disseminates", "16/CT-TTg"), ("SELF", "disseminates", "43-KL/TW")},
    ),
    (
        "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH\n\n- Chỉ thị số 16/CT-TTg.\n\n- Kết luận số 43-KL/TW.\n\nII. NỘI DUNG\n\n- Theo Chỉ thị số 33/CT-TTg.",
        {("SELF", "based_on", "16/CT-TTg"), ("SELF", "based_on", "43-KL/TW"), ("SELF", "cites", "33/CT-TTg")},
    ),
    (
        "I. NỘI DUNG\n\n- Kiểm tra việc thực hiện Chỉ thị số 33/CT-TTg và Kế hoạch số 780/KH-UBND.",
        {("SELF", "monitors", "33/CT-TTg"), ("SELF", "monitors", "780/KH-UBND")},
    ),
    (
        "Điều 1. Hiệu lực\n\n2. Thực hiện Chỉ thị số 33/CT-TTg. Nghị định số 08/2016/NĐ-CP của Chính phủ, Nghị định số 69/2020/NĐ-CP của "
        "Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 08/2016/NĐ-CP hết hiệu lực kể từ ngày văn bản này có hiệu lực.",
        {
            ("SELF", "implements", "33/CT-TTg"), ("SELF", "repeals", "08/2016/NĐ-CP"), ("SELF", "repeals", "69/2020/NĐ-CP"),
            ("69/2020/NĐ-CP", "amends", "08/2016/NĐ-CP"),
        },
    ),
    (
        "Căn cứ Chỉ thị số 16/CT-TTg;\nThực hiện Hướng dẫn của Mặt trận tỉnh tham gia bầu cử; Kế hoạch số 33/KH-MTTQ-BTT, UBND tỉnh ban hành như sau:",
        {("SELF", "based_on", "16/CT-TTg"), ("SELF", "implements", "33/KH-MTTQ-BTT")},
    ),
    (
        "Căn cứ Chỉ thị số 16/CT-TTg; theo đề nghị của Giám đốc Sở Nội vụ sau khi phối hợp với Sở Tài chính tại Tờ trình số 12/TTr-SNV, UBND "
        "tỉnh ban hành như sau:",
        {("SELF", "based_on", "16/CT-TTg"), ("SELF", "cites", "12/TTr-SNV")},
    ),
    (
        "I. NỘI DUNG\n\n- Nghị quyết số 329/2021/NQ-HĐND của Hội đồng nhân dân tỉnh hết hiệu lực kể từ ngày văn bản này có hiệu lực.",
        {("SELF", "repeals", "329/2021/NQ-HĐND")},
    ),
    (
        "Thực hiện Chỉ thị số 19/CT-TTg của Thủ tướng Chính phủ về việc phát động thi đua theo Nghị quyết Đại hội XIII của Đảng và "
        "Kế hoạch số 16/KH-BNV, UBND tỉnh ban hành Kế hoạch như sau:",
        {("SELF", "implements", "19/CT-TTg"), ("SELF", "implements", "16/KH-BNV")},
    ),
    (
        "I. NỘI DUNG\n\n- Tuyên truyền Kế hoạch số 55-KH/ABC của Hưyện ùy Cao Lảnh thực hiện Nghị quyết số 01-NQ/TU.",
        {("SELF", "disseminates", "55-KH/ABC"), ("55-KH/ABC", "implements", "01-NQ/TU")},
    ),
    (
        "Điều 1. Bãi bỏ toàn bộ các văn bản quy phạm pháp luật sau đây\n\n1. Quyết định số 37/2005/QĐ-UBND về ngành y tế.\n\n"
        "2. Khoản 2 Điều 3 Quyết định số 12/2010/QĐ-UBND.\n\nĐiều 2. Thi hành\n\n1. Chỉ thị số 33/CT-TTg còn hiệu lực.",
        {("SELF", "repeals", "37/2005/QĐ-UBND"), ("SELF", "repeals", "12/2010/QĐ-UBND"), ("SELF", "cites", "33/CT-TTg")},
    ),
    (
        "Căn cứ Luật Đất đai số 31/2024/QH15 được sửa đổi, bổ sung một số điều bởi Luật số 43/2024/QH15;\n\nI. NỘI DUNG\n",
        {("SELF", "based_on", "31/2024/QH15"), ("43/2024/QH15", "amends", "31/2024/QH15")},
    ),
    (
        "I. NỘI DUNG\n\n- Tuyên truyền các văn bản về dân vận, trọng tâm là Kết luận số 120-KL/TW; Chương trình hành động thực hiện "
        "Nghị quyết Đại hội XIII của Đảng; Chỉ thị số 30-CT/TW.",
        {
            ("SELF", "disseminates", "120-KL/TW"), ("SELF", "cites", "Nghị quyết Đại hội XIII của Đảng"),
            ("SELF", "disseminates", "30-CT/TW"),
        },
    ),
    (
        "Căn cứ Nghị định số 187/2025/NĐ-CP của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 78/2025/NĐ-CP của Chính phủ quy "
        "định chi tiết thi hành Luật Đất đai và Nghị định số 79/2025/NĐ-CP của Chính phủ;\n\nI. NỘI DUNG\n",
        {
            ("SELF", "based_on", "187/2025/NĐ-CP"), ("187/2025/NĐ-CP", "amends", "78/2025/NĐ-CP"),
            ("78/2025/NĐ-CP", "guides", "Luật Đất đai"), ("187/2025/NĐ-CP", "amends", "79/2025/NĐ-CP"),
        },
    ),
    (
        "Căn cứ Nghị định số 90/2020/NĐ-CP của Chính phủ về đánh giá công chức được sửa đổi, bổ sung bởi Nghị định số 48/2023/NĐ-CP;\n\nI. NỘI DUNG\n",
        {("SELF", "based_on", "90/2020/NĐ-CP"), ("48/2023/NĐ-CP", "amends", "90/2020/NĐ-CP")},
    ),
    (
        "Xét Tờ trình số 395/TTr-UBND và ý kiến đại biểu (thực hiện Luật Thủ đô, Luật Đất đai); Báo cáo số 115/BC-BPC;\n\nI. NỘI DUNG\n",
        {
            ("SELF", "cites", "395/TTr-UBND"), ("SELF", "implements", "Luật Thủ đô"), ("SELF", "implements", "Luật Đất đai"),
            ("SELF", "cites", "115/BC-BPC"),
        },
    ),
    (
        "I. NỘI DUNG\n\n- Thực hiện Kết luận số 99-KL/TW của Ban Bí thư, Kế hoạch số 25-KH/TU của Tỉnh ủy thực hiện Kết luận số 99-KL/TW "
        "và Kết luận số 111-KL/TU của Tỉnh ủy, công tác này có chuyển biến.",
        {
            ("SELF", "implements", "99-KL/TW"), ("SELF", "implements", "25-KH/TU"), ("25-KH/TU", "implements", "99-KL/TW"),
            ("SELF", "implements", "111-KL/TU"),
        },
    ),
    (
        "Căn cứ Nghị định số 72/2020/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Dân quân tự vệ được sửa đổi, bổ sung bởi "
        "Nghị định số 16/2025/NĐ-CP và Nghị định số 220/2025/NĐ-CP;\n\nI. NỘI DUNG\n",
        {
            ("SELF", "based_on", "72/2020/NĐ-CP"), ("72/2020/NĐ-CP", "guides", "Luật Dân quân tự vệ"),
            ("16/2025/NĐ-CP", "amends", "72/2020/NĐ-CP"), ("220/2025/NĐ-CP", "amends", "72/2020/NĐ-CP"),
        },
    ),
    (
        "Căn cứ Nghị định số 08/2015/NĐ-CP của Chính phủ quy định chi tiết và biện pháp thi hành Luật Hải quan về thủ tục hải quan, được sửa "
        "đổi, bổ sung tại Nghị định số 167/2025/NĐ-CP;\n\nI. NỘI DUNG\n",
        {
            ("SELF", "based_on", "08/2015/NĐ-CP"), ("08/2015/NĐ-CP", "guides", "Luật Hải quan"),
            ("167/2025/NĐ-CP", "amends", "08/2015/NĐ-CP"),
        },
    ),
    (
        "I. NỘI DUNG\n\n- Khoản 2 Điều 5 của Luật quy định: “9. Bãi bỏ các điều 3, 4 của Nghị quyết số 193/2025/QH15.”",
        {("SELF", "cites", "193/2025/QH15")},
    ),
    (
        "I. NỘI DUNG\n\n- Bãi bỏ “Quy chế làm việc” ban hành kèm theo Quyết định số 12/QĐ-UBND; bãi bỏ Quyết định số 13/QĐ-UBND.",
        {("SELF", "repeals", "12/QĐ-UBND"), ("SELF", "repeals", "13/QĐ-UBND")},
    ),
    (
        "Xét Tờ trình số 390/TTr-UBND của Ủy ban nhân dân tỉnh về việc đề nghị ban hành Nghị quyết thay thế Nghị quyết số "
        "61/2021/NQ-HĐND;\n\nI. NỘI DUNG\n",
        {("SELF", "cites", "390/TTr-UBND")},
    ),
    (
        "I. NỘI DUNG\n\n- Triển khai thực hiện Quyết định số 08/2023/QĐ-UBND của UBND tỉnh về việc sửa đổi Quy định về vỉa hè ban hành kèm "
        "theo Quyết định số 55/2014/QĐ-UBND và bãi bỏ một phần Quyết định số 24/2019/QĐ-UBND.",
        {
            ("SELF", "implements", "08/2023/QĐ-UBND"), ("08/2023/QĐ-UBND", "amends", "55/2014/QĐ-UBND"),
            ("08/2023/QĐ-UBND", "repeals", "24/2019/QĐ-UBND"),
        },
    ),
    (
        "Căn cứ Thông báo số 4387/TB-VPQH của Văn phòng Quốc hội về tình hình thực hiện Nghị quyết số 66/2013/QH13;\n\nI. NỘI DUNG\n",
        {("SELF", "based_on", "4387/TB-VPQH"), ("4387/TB-VPQH", "monitors", "66/2013/QH13")},
    ),
    (
        "Xét Tờ trình số 393/TTr-UBND của Ủy ban nhân dân tỉnh về quy hoạch (thực hiện Điều 31 Luật Thủ đô; khoản 1 Điều 6 Nghị quyết số "
        "188/2025/QH15 và khoản 1 Điều 25 Luật Đường sắt); Báo cáo thẩm tra số 116/BC-BĐT;\n\nI. NỘI DUNG\n",
        {
            ("SELF", "cites", "393/TTr-UBND"), ("393/TTr-UBND", "implements", "Luật Thủ đô"),
            ("393/TTr-UBND", "implements", "188/2025/QH15"), ("393/TTr-UBND", "implements", "Luật Đường sắt"),
            ("SELF", "cites", "116/BC-BĐT"),
        },
    ),
    (
        "I. NỘI DUNG\n\n1. Quyết định này có hiệu lực thi hành từ ngày ký.\n\n2. Các quyết định sau hết hiệu lực kể từ ngày Quyết định này có "
        "hiệu lực thi hành:\n\na) Quyết định số 08/2019/QĐ-UBND về đê điều;\n\nb) Quyết định số 44/2023/QĐ-UBND về phân cấp.",
        {("SELF", "repeals", "08/2019/QĐ-UBND"), ("SELF", "repeals", "44/2023/QĐ-UBND")},
    ),
    (
        "Căn cứ Luật Nhà ở số 27/2023/QH15; Luật Đất đai; Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở số "
        "43/2024/QH15;\n\nI. NỘI DUNG\n",
        {
            ("SELF", "based_on", "27/2023/QH15"), ("SELF", "based_on", "Luật Đất đai"), ("SELF", "based_on", "43/2024/QH15"),
            ("43/2024/QH15", "amends", "27/2023/QH15"), ("43/2024/QH15", "amends", "Luật Đất đai"),
        },
    ),
    (
        "Sau khi nghe Báo cáo của Sở Nội vụ về tình hình hoạt động của bộ máy tháng 11 (Báo cáo số 565/BC-SNV), UBND tỉnh kết luận như "
        "sau:\n\nI. NỘI DUNG\n",
        {("SELF", "cites", "565/BC-SNV")},
    ),
    (
        "I. NỘI DUNG\n\n- Tuyên truyền Nghị định số 31/2021/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Đầu tư;\n\n- Nghị định "
        "số 239/2025/NĐ-CP của Chính phủ.",
        {
            ("SELF", "disseminates", "31/2021/NĐ-CP"), ("31/2021/NĐ-CP", "guides", "Luật Đầu tư"),
            ("SELF", "disseminates", "239/2025/NĐ-CP"),
        },
    ),
    (
        "I. NỘI DUNG\n\n- Thực hiện Kế hoạch số 25-KH/TU của Tỉnh ủy thực hiện Kết luận số 99-KL/TW và Kết luận số 111-KL/TW.",
        {("SELF", "implements", "25-KH/TU"), ("25-KH/TU", "implements", "99-KL/TW"), ("25-KH/TU", "implements", "111-KL/TW")},
    ),
    (
        "Căn cứ Luật Đất đai số 31/2024/QH15; được sửa đổi, bổ sung bởi Luật số 43/2024/QH15;\n\nI. NỘI DUNG\n",
        {("SELF", "based_on", "31/2024/QH15"), ("43/2024/QH15", "amends", "31/2024/QH15")},
    ),
    (
        "Điều 1. Bãi bỏ các văn bản sau:\n\n1. Chỉ thị số 15/2010/CT-UBND;\n\n2. Điều 3 và khoản 2 Điều 5 Quyết định số "
        "77/2012/QĐ-UBND.",
        {("SELF", "repeals", "15/2010/CT-UBND"), ("SELF", "repeals", "77/2012/QĐ-UBND")},
    ),
    (
        "I. NỘI DUNG\n\n- Quyết định số 12/2010/QĐ-UBND được thay thế bởi Quyết định số 15/2015/QĐ-UBND; Quyết định số 13/2010/QĐ-UBND bị "
        "bãi bỏ bởi Quyết định số 16/2015/QĐ-UBND.",
        {
            ("SELF", "cites", "12/2010/QĐ-UBND"), ("15/2015/QĐ-UBND", "replaces", "12/2010/QĐ-UBND"),
            ("SELF", "cites", "13/2010/QĐ-UBND"), ("16/2015/QĐ-UBND", "repeals", "13/2010/QĐ-UBND"),
        },
    ),
    (
        "Căn cứ Nghị định số 14/2007/NĐ-CP ngày 03/7/2007 (sau đây viết tắt là Nghị định số 14/2007/NĐ-CP);\n"
        "Sau khi có ý kiến của Bộ Giáo dục và Đào tạo tại Công văn số 826/BGDĐT-HSSV ngày 08/8/2007, Bộ Y tế tại Công văn số "
        "576/BYT-TTr ngày 09/8/2007, UBND tỉnh hướng dẫn thực hiện như sau:",
        {("SELF", "based_on", "14/2007/NĐ-CP"), ("SELF", "cites", "826/BGDĐT-HSSV"), ("SELF", "cites", "576/BYT-TTr")},
    ),
    (
        "Căn cứ Nghị định số 13/2006/NĐ-CP hướng dẫn chi tiết thực hiện một số điều của Luật Giá;\n\nUBND tỉnh ban hành như sau:",
        {("SELF", "based_on", "13/2006/NĐ-CP"), ("13/2006/NĐ-CP", "guides", "Luật Giá")},
    ),
    (
        "Thực hiện Nghị quyết số 50/NQ-CP ngày 13/3/2025 của Chính phủ về ban hành Kế hoạch triển khai Nghị quyết số 163/2024/QH15 của "
        "Quốc hội đến năm 2030 (Nghị quyết số 50/NQ-CP) và Quyết định số 76/QĐ-BCA, UBND tỉnh ban hành Kế hoạch như sau:",
        {("SELF", "implements", "50/NQ-CP"), ("50/NQ-CP", "implements", "163/2024/QH15"), ("SELF", "implements", "76/QĐ-BCA")},
    ),
    (
        "Căn cứ Nghị định số 78/2025/NĐ-CP của Chính phủ (được sửa đổi, bổ sung tại Nghị định số 187/2025/NĐ-CP) quy định chi tiết "
        "và hướng dẫn thi hành Luật Giá;\n\nUBND tỉnh ban hành Kế hoạch như sau:",
        {
            ("SELF", "based_on", "78/2025/NĐ-CP"), ("187/2025/NĐ-CP", "amends", "78/2025/NĐ-CP"),
            ("78/2025/NĐ-CP", "guides", "Luật Giá"),
        },
    ),
    (
        "I. NỘI DUNG\n\n- Giám sát quy trình theo quy định tại Điều 56 của Luật Bầu cử năm 2015 (được sửa đổi, bổ sung năm 2025) và Nghị "
        "quyết số 102/2025/UBTVQH15.",
        {("SELF", "cites", "Luật Bầu cử năm 2015"), ("SELF", "cites", "102/2025/UBTVQH15")},
    ),
    (
        "Thực hiện Hướng dẫn số 12-HD/BTCTW ngày 01/02/2025 của Ban Tổ chức Trung ương thực hiện Quy định số 9-QĐ/TW, "
        "UBND tỉnh ban hành Kế hoạch như sau:",
        {("SELF", "implements", "12-HD/BTCTW"), ("12-HD/BTCTW", "guides", "9-QĐ/TW")},
    ),
    (
        "I. NỘI DUNG\n\n1. Căn cứ Báo cáo số 15/BC-UBND ngày 02/3/2025 về việc thực hiện Chỉ thị số 7/CT-TTg.",
        {("SELF", "cites", "15/BC-UBND"), ("15/BC-UBND", "monitors", "7/CT-TTg")},
    ),
    (
        "I. NỘI DUNG\n\n1. Ngoài việc thực hiện hoàn thành các chỉ tiêu, nhiệm vụ đã được phân công tại Kế hoạch số 15/KH-BNV về dân vận, các Sở "
        "thực hiện các mục tiêu sau.",
        {("SELF", "implements", "15/KH-BNV")},
    ),
    (
        "I. NỘI DUNG\n\n1. Sở Nội vụ hướng dẫn các đơn vị xử lý hồ sơ và hoàn thành các nhiệm vụ liên quan theo đúng tinh thần Nghị quyết số 34/NQ-CP.",
        {("SELF", "cites", "34/NQ-CP")},
    ),
    (
        "I. CĂN CỨ LẬP KẾ HOẠCH - Quyết định số 49/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ về đô thị; - Chỉ thị số 42/CT-TTg.\n\n"
        "II. MỤC TIÊU\n\n1. Thực hiện Chỉ thị số 33/CT-TTg.",
        {("SELF", "based_on", "49/QĐ-TTg"), ("SELF", "based_on", "42/CT-TTg"), ("SELF", "implements", "33/CT-TTg")},
    ),
    (
        "I. SỰ CẦN THIẾT\n\n1. Cơ sở căn cứ pháp lý: Chỉ thị số 42/CT-TTg; Quyết định số 49/QĐ-TTg.\n\n2. Căn cứ Quyết định số 50/QĐ-TTg, các Sở tự rà soát.",
        {("SELF", "based_on", "42/CT-TTg"), ("SELF", "based_on", "49/QĐ-TTg"), ("SELF", "cites", "50/QĐ-TTg")},
    ),
    (
        "Điều 1. Bãi bỏ Quyết định số 55/2014/QĐ-UBND ngày 31/12/2014 về hè phố, Quyết định số 24/2019/QĐ-UBND ngày 02/5/2019 sửa đổi Quy định "
        "ban hành kèm theo Quyết định số 55/2014/QĐ-UBND ngày 31/12/2014 và Quyết định số 08/2023/QĐ-UBND ngày 23/02/2023 sửa đổi Quy định ban "
        "hành kèm theo Quyết định số 55/2014/QĐ-UBND quy định về hè phố và bãi bỏ một phần Quyết định số 24/2019/QĐ-UBND ngày 02/5/2019.",
        {
            ("SELF", "repeals", "55/2014/QĐ-UBND"), ("SELF", "repeals", "24/2019/QĐ-UBND"), ("SELF", "repeals", "08/2023/QĐ-UBND"),
            ("24/2019/QĐ-UBND", "amends", "55/2014/QĐ-UBND"), ("08/2023/QĐ-UBND", "amends", "55/2014/QĐ-UBND"),
            ("08/2023/QĐ-UBND", "repeals", "24/2019/QĐ-UBND"),
        },
    ),
    (
        "I. NỘI DUNG\n\n1. Các sở gửi nhận định chi tiết về Luật Giá.\n\n2. Đình chỉ thi hành Quyết định số 12/QĐ-SNV.",
        {("SELF", "cites", "Luật Giá"), ("SELF", "repeals", "12/QĐ-SNV")},
    ),
    (
        "I. CƠ SỞ PHÁP LÝ\n\n- Luật Giá năm 2023;\n\n- Chỉ thị số 42/CT-TTg.\n\nII. MỤC TIÊU\n\n- Gắn với Chỉ thị số 33/CT-TTg.",
        {("SELF", "based_on", "Luật Giá năm 2023"), ("SELF", "based_on", "42/CT-TTg"), ("SELF", "cites", "33/CT-TTg")},
    ),
    (
        "Điều 2. Hiệu lực\n\n1. Kế hoạch này thay thế Quyết định số 13/QĐ-SNV. Trường hợp Nghị định số 4/2020/NĐ-CP được thay thế thì áp dụng văn "
        "bản mới.\n\n2. Bãi bỏ Quyết định số 14/QĐ-SNV. Nếu Thông tư số 5/2020/TT-BNV có quy định khác thì thực hiện theo Thông tư đó.",
        {
            ("SELF", "replaces", "13/QĐ-SNV"), ("SELF", "cites", "4/2020/NĐ-CP"), ("SELF", "repeals", "14/QĐ-SNV"),
            ("SELF", "cites", "5/2020/TT-BNV"),
        },
    ),
    (
        "Căn cứ Luật Giá ngày 19 tháng 6 năm 2023 và Luật sửa đổi, bổ sung một số điều của Luật Giá năm 2025;\n"
        "Căn cứ Nghị định số 78/2025/NĐ-CP gầy 01/4/2025 của Chính phủ quy định chi tiết thi hành Luật Giá;\n\nI. NỘI DUNG\n",
        {
            ("SELF", "based_on", "Luật Giá"), ("SELF", "based_on", "Luật sửa đổi, bổ sung một số điều của Luật Giá năm 2025"),
            ("SELF", "based_on", "78/2025/NĐ-CP"), ("78/2025/NĐ-CP", "guides", "Luật Giá"),
            ("Luật sửa đổi, bổ sung một số điều của Luật Giá năm 2025", "amends", "Luật Giá"),
        },
    ),
]


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_each_statement_gives_its_relations(body: str, expected: set[Edge]) -> None:
    assert edges(read(body)) == expected


def test_the_inner_citation_gets_an_optional_one_from_the_document() -> None:
    reading = read(CASES[2][0])
    assert ("SELF", "cites", "24-NQ/TW") in edges(reading, optional=True) - edges(reading)


def test_the_legal_basis_of_a_text_that_is_cut_before_its_enacting_words() -> None:
    reading = read_text(
        clean(
            "cut.txt",
            HEADER.format(title="Về công tác dân vận")
            + "Căn cứ Luật Xây dựng ngày 18 tháng 6\nnăm 2014; Luật Giá ngày 20 tháng 6 năm 2012;\nCăn cứ Nghị quyết số 12/2016/UBTVQH13;\n"
            "Căn cứ Nghị định số 44/2015/NĐ-CP ngày 06 tháng 5 năm 2",
        )
    )
    assert edges(reading) == {
        ("SELF", "based_on", "Luật Xây dựng"), ("SELF", "based_on", "Luật Giá"),
        ("SELF", "based_on", "12/2016/UBTVQH13"), ("SELF", "based_on", "44/2015/NĐ-CP"),
    }


def test_an_amending_law_is_not_the_law_that_its_title_and_enacting_formula_name() -> None:
    reading = read_text(
        clean(
            "law.txt",
            "QUỐC HỘI\nLuật số: 12/2018/QH14\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nLUẬT\n"
            "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT THỦY LỢI VÀ LUẬT GIÁ\n\n"
            "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n"
            "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Thủy lợi số 08/2017/QH14 và Luật Giá số 11/2012/QH13.\n\n"
            "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thủy lợi\n1. Sửa đổi khoản 1 Điều 5 như sau: ...\n",
        )
    )
    assert [one.text for one in reading.claims if not one.own and one.zone is Zone.TITLE] == ["LUẬT THỦY LỢI", "LUẬT GIÁ"]
    assert {edge[:2] for edge in edges(reading)} == {("SELF", "based_on"), ("SELF", "amends")}
    assert {"08/2017/QH14", "11/2012/QH13"} < {edge[2] for edge in edges(reading)}


def test_a_cited_amending_law_is_one_document_in_the_preamble_of_another_law() -> None:
    body = "Căn cứ Luật Giá;\nCăn cứ Luật sửa đổi, bổ sung một số điều của Luật Giá;\n\nUBND tỉnh ban hành Kế hoạch như sau:"
    amending = "Luật sửa đổi, bổ sung một số điều của Luật Giá"
    assert edges(read(body)) == {("SELF", "based_on", "Luật Giá"), ("SELF", "based_on", amending), (amending, "amends", "Luật Giá")}


def test_the_title_states_what_a_document_was_made_for() -> None:
    reading = read("I. MỤC ĐÍCH\n\nNâng cao chất lượng.", title="Thực hiện Chỉ thị số 33/CT-TTg của Thủ tướng Chính phủ")
    (relation,) = reading.relations
    assert (relation.relation, relation.stated_in) == (Relation.IMPLEMENTS, StatedIn.OWN_TITLE)


def test_the_legal_basis_tells_competence_from_substance() -> None:
    reading = read("Căn cứ Luật Tổ chức chính quyền địa phương; Chỉ thị số 33/CT-TTg, UBND tỉnh ban hành Kế hoạch như sau:")
    assert [relation.basis for relation in reading.relations] == [BasisKind.COMPETENCE, BasisKind.SUBSTANCE]


def test_the_evidence_is_the_sentence_and_holds_the_mention() -> None:
    reading = read("I. NỘI DUNG\n\n- Nâng cao chất lượng. Thực hiện tốt Chỉ thị số 33/CT-TTg ở các cấp. Khen thưởng kịp thời.")
    (relation,) = reading.relations
    assert reading.source.text[relation.start : relation.end] == "Thực hiện tốt Chỉ thị số 33/CT-TTg ở các cấp."
    assert relation.quote == "Thực hiện tốt Chỉ thị số 33/CT-TTg ở các cấp."


def test_a_page_break_and_a_footnote_do_not_cut_a_sentence() -> None:
    reading = read(
        "I. NỘI DUNG\n\nGiám sát việc thực hiện những quyền,\n\n<sup>1</sup> Sửa theo Chỉ thị số 16/CT-TTg.\n\n"
        "lợi ích của Nhân dân theo Quyết định số 217-QĐ/TW của Bộ Chính trị."
    )
    assert edges(reading) == {("SELF", "monitors", "217-QĐ/TW"), ("SELF", "cites", "16/CT-TTg")}


@pytest.mark.parametrize(
    ("words", "pinpoint"),
    [
        ("quy định tại khoản 2 Điều 3", "khoản 2 Điều 3"),
        ("quy định tại khoản 2 Điều 3 của", "khoản 2 Điều 3"),
        ("điểm a,\nđiểm b khoản 2, Điều 5", "điểm a, điểm b khoản 2, Điều 5"),
        ("Điều 4 và Điều 5 của", "Điều 4 và Điều 5"),
        ("Điều 3 và khoản 2 Điều 5", "Điều 3 và khoản 2 Điều 5"),
        ("khoản 1, 2 Điều 6, Điều 7", "khoản 1, 2 Điều 6, Điều 7"),
        ("điểm b và c khoản 1 Điều 6", "điểm b và c khoản 1 Điều 6"),
        ("Mục II Phụ lục", None),
        ("các quy định của", None),
    ],
)
def test_the_provisions_cited_are_kept(words: str, pinpoint: str | None) -> None:
    (relation,) = read(f"I. NỘI DUNG\n\n- Thực hiện {words} Nghị định số 59/2023/NĐ-CP.").relations
    assert relation.pinpoint == pinpoint


PIECES = st.sampled_from(
    [
        "Thực hiện ", "theo ", "Chỉ thị số 33/CT-TTg", "25-NQ/TW", "về việc ", "; ", ". ", ", ", "\n\n- ", "“", "”", "(", ")",
        "Luật Đất đai", "căn cứ ", "ngày 26/11/2021 ", "của Thủ tướng Chính phủ ", "hết hiệu lực ", "<sup>1</sup> ", "được thay thế bởi ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_document_keeps_the_contract(pieces: list[str]) -> None:
    reading = read("".join(pieces))
    text = reading.source.text
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.text
    for relation in reading.relations:
        mention = reading.claims[relation.object] if relation.subject == 0 else None
        assert relation.subject != relation.object
        assert 0 < relation.object < len(reading.claims)
        if mention:
            assert relation.start <= mention.start < mention.end <= relation.end

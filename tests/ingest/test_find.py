"""Citations as they stand in a document: spans, and the parts written around them."""

from __future__ import annotations

import pytest

from graph.model import Claim, Zone
from ingest.clean import clean
from ingest.pipeline import read_text

HEADER = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
-------
Số: 21/KH-UBND
Bắc Kạn, ngày 16 tháng 01 năm 2025

KẾ HOẠCH
Thực hiện công tác dân vận năm 2025

"""
CLOSING = """

Nơi nhận:
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
"""


def cited(body: str) -> list[Claim]:
    reading = read_text(clean("plan.txt", f"{HEADER}{body}{CLOSING}"))
    return list(reading.claims[1:])


SPANS = [
    ("theo Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII và", ["Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII"]),
    ("Căn cứ Hiến pháp nước Cộng hoà xã hội chủ nghĩa Việt Nam năm1992;", ["Hiến pháp nước Cộng hoà xã hội chủ nghĩa Việt Nam năm1992"]),
    ("Luật sửa đổi, hổ sung một số điều của Luật Giá;", ["Luật sửa đổi, hổ sung một số điều của Luật Giá"]),
    ("Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ.", ["Chỉ thị số 33/CT-TTg"]),
    ("Thực hiện Chỉ\nthị số\n33/CT-TTg.", ["Chỉ\nthị số\n33/CT-TTg"]),
    ("Theo Quyết định số 1878- QĐ/TU ngày 30/10/2017.", ["Quyết định số 1878- QĐ/TU"]),
    ("Theo Quyết định số\n\n\n\n3645/QĐ-UBND ngày 18/12/2023.", ["Quyết định số\n\n\n\n3645/QĐ-UBND"]),
    ("Thực hiện Nghị quyết 25/NQ-TW và Kết luận 43-KL/TW.", ["Nghị quyết 25/NQ-TW", "Kết luận 43-KL/TW"]),
    ("theo các Tờ trình: Số 12/TTr-SNV; số 13/TTr-SNV.", ["Số 12/TTr-SNV", "số 13/TTr-SNV"]),
    ("theo Báo cáo thẩm tra số 292/BC-HĐND.", ["Báo cáo thẩm tra số 292/BC-HĐND"]),
    ("ký Chương trình phối hợp số 03-CTr/BDVTW-BCSĐCP.", ["Chương trình phối hợp số 03-CTr/BDVTW-BCSĐCP"]),
    ("ký Chương trình phối hợp công tác số 05/CTr-UBND.", ["Chương trình phối hợp công tác số 05/CTr-UBND"]),
    ("Căn cứ Nghị quyết liên tịch số 09/2019/NQLT-CP-UBTVQH14.", ["Nghị quyết liên tịch số 09/2019/NQLT-CP-UBTVQH14"]),
    ("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;", ["Luật Tổ chức chính quyền địa phương số 72/2025/QH15"]),
    ("theo Luật Thực hiện dân chủ\nở cơ sở năm 2023;", ["Luật Thực hiện dân chủ\nở cơ sở năm 2023"]),
    ("theo Luật Phòng, chống tham nhũng và các văn bản liên quan", ["Luật Phòng, chống tham nhũng"]),
    ("thực hiện Nghị quyết Đại hội XIII của Đảng.", ["Nghị quyết Đại hội XIII của Đảng"]),
    ("thực hiện Nghị quyết Đại hội lần thứ XVII Đảng bộ thành phố Hà Nội.", ["Nghị quyết Đại hội lần thứ XVII Đảng bộ thành phố Hà Nội"]),
    ("thực hiện Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng.", ["Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"]),
    ("thực hiện Nghị quyết Trung ương 4 (khóa XII) về xây dựng Đảng.", ["Nghị quyết Trung ương 4 (khóa XII)"]),
    ("thực hiện Nghị quyết Trung ương 4 khóa XII về xây dựng Đảng.", ["Nghị quyết Trung ương 4 khóa XII"]),
    ("thực hiện Kết luận Hội nghị Trung ương 4 khóa XIII về xây dựng Đảng.", ["Kết luận Hội nghị Trung ương 4 khóa XIII"]),
    ("thực hiện Nghị quyết Trung ương 4 khóa XI, XII và các quy định.", ["Nghị quyết Trung ương 4 khóa XI", "XII"]),
    ("thực hiện Nghị quyết Hội nghị Trung ương 4 (khóa XI, XII) và XIII.", ["Nghị quyết Hội nghị Trung ương 4 (khóa XI", "XII"]),
    ("xét theo Luật Đất đai năm 2003.\nLuật Đất đai 2013.", ["Luật Đất đai năm 2003", "Luật Đất đai 2013"]),
    ("thực hiện Ctr số 18-CTr/TU ngày 29/01/2018", ["Ctr số 18-CTr/TU"]),
    ("công văn số 507/UBND-KGVX ngày 02/01/2025", ["công văn số 507/UBND-KGVX"]),
    ("Quyết định số 10/2007/QĐ_BKHCN ngày 11/6/2007", ["Quyết định số 10/2007/QĐ_BKHCN"]),
    ("Nghị định só 34/2017/NĐ-CP ngày 03/4/2017", ["Nghị định só 34/2017/NĐ-CP"]),
    ("thay thế Quyết định số 01/1999/QĐ.UB ngày 15/01/1999", ["Quyết định số 01/1999/QĐ.UB"]),
    ("theo Quyết định số 12/QĐ-UBND.Kế hoạch gửi kèm", ["Quyết định số 12/QĐ-UBND"]),
    ("Xét Văn bản giải trình, tiếp thu số 6253/UBND-SNV", ["Văn bản giải trình, tiếp thu số 6253/UBND-SNV"]),
    ("Theo Nghị quyết số S0/NQ-CP; Quyết định số\nI5/QĐ-TTg và Nghị định số 1O5/2025/NĐ-CP", ["Nghị quyết số S0/NQ-CP", "Quyết định số\nI5/QĐ-TTg", "Nghị định số 1O5/2025/NĐ-CP"]),
    ("Căn cứ Nghị định số25/2020/NĐ-CP và Thông tưsố 05/2019/TT-BTC;", ["Nghị định số25/2020/NĐ-CP", "Thông tưsố 05/2019/TT-BTC"]),
    ("Căn cứ Nghị quyết số 5/NQ-CPngày 01/02/2024; Chỉ thị số 33/CT-TTgcủa Thủ tướng", ["Nghị quyết số 5/NQ-CP", "Chỉ thị số 33/CT-TTg"]),
    ("theo Luật Đất đai, Luật Nhà ở số 27/2023/QH15;", ["Luật Đất đai", "Luật Nhà ở số 27/2023/QH15"]),
    (
        "Căn cứ Luật sửa đổi, bổ sung\n\nmột số điều của Luật Nhà ở số 87/2025/QH15;",
        ["Luật sửa đổi, bổ sung\n\nmột số điều của Luật Nhà ở số 87/2025/QH15"],
    ),
    ("XỬ LÝ THEO LUẬT\n\nLuật Nhà ở số 27/2023/QH15;", ["Luật Nhà ở số 27/2023/QH15"]),
    (
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số\n64/2025/QH15;",
        ["Luật Ban hành văn bản quy phạm pháp luật số\n64/2025/QH15"],
    ),
    (
        "Căn cứ Luật Sửa đổi, bổ sung một số điều của Luật Chứng khoán, Luật Kế toán, Luật Kiểm toán độc lập, Luật Ngân sách nhà nước, Luật "
        "Quản lý, sử dụng tài sản công, Luật Quản lý thuế, Luật Thuế thu nhập cá nhân, Luật Dự trữ quốc gia, Luật Xử lý vi phạm hành chính "
        "số 56/2024/QH15;",
        [
            "Luật Sửa đổi, bổ sung một số điều của Luật Chứng khoán, Luật Kế toán, Luật Kiểm toán độc lập, Luật Ngân sách nhà nước, Luật "
            "Quản lý, sử dụng tài sản công, Luật Quản lý thuế, Luật Thuế thu nhập cá nhân, Luật Dự trữ quốc gia, Luật Xử lý vi phạm hành chính "
            "số 56/2024/QH15",
        ],
    ),
    ("theo luật Đất đai năm 2003 và pháp luật về Đất đai", ["luật Đất đai năm 2003"]),
    ("Theo Quyết định số\n\n12\n\n3645/QĐ-UBND ngày 18/12/2023.", ["Quyết định số\n\n12\n\n3645/QĐ-UBND"]),
    ("Theo Quyết định\n\n- 3 -\n\nsố 3645/QĐ-UBND ngày 18/12/2023.", ["Quyết định\n\n- 3 -\n\nsố 3645/QĐ-UBND"]),
    ("theo các Quyết định 217, 218-QĐ/TW và Chỉ thị số 33, 34/CT-TTg", ["Quyết định 217", "218-QĐ/TW", "Chỉ thị số 33", "34/CT-TTg"]),
    ("theo các Nghị quyết: 18, 19 và số 21-NQ/TW.", ["18", "19", "số 21-NQ/TW"]),
    ("theo Nghị quyết 25, 33/CT-TTg; năm 2021, 22/KH-UBND.", ["Nghị quyết 25", "33/CT-TTg", "22/KH-UBND"]),
    ("góp ý dự thảo Luật Đất đai; dự thảo Luật sửa đổi, bổ sung một số điều của Luật Nhà ở", ["Luật Nhà ở"]),
    (
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân và Ủy ban nhân dân;",
        ["Luật Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân và Ủy ban nhân dân"],
    ),
]


@pytest.mark.parametrize(("body", "spans"), SPANS)
def test_the_span_runs_from_the_type_word_to_the_end_of_the_sign(body: str, spans: list[str]) -> None:
    assert [claim.text for claim in cited(body)] == spans


NOT_CITED = [
    "Thực hiện Kế hoạch này trong giai đoạn 2021-2025.",
    "100% xã, phường đạt chỉ tiêu; 8/10 huyện hoàn thành trước ngày 30/6.",
    "Báo cáo theo Mẫu số 02/BCĐBHĐND-MT gửi kèm.",
    "chấp hành các nghị quyết của Đảng, pháp luật của Nhà nước",
    "Ban hành kèm theo Kế hoạch số 21/KH-UBND ngày 16/01/2025.",
    "đại biểu Quốc hội khóa XVI, nhiệm kỳ 2026-2031",
]


@pytest.mark.parametrize("body", NOT_CITED)
def test_what_names_no_other_document_is_no_citation(body: str) -> None:
    assert cited(body) == []


FIELDS = [
    ("Chỉ thị số 33/CT-TTg ngày 26/11/2021", "33/CT-TTg", "2021-11-26", "Thủ tướng Chính phủ"),
    ("Kết luận số 43-KL/TW, ngày 7-1-2019 của Ban Bí thư", "43-KL/TW", "2019-01-07", "Ban Bí thư Trung ương Đảng"),
    ("Quyết định số 23-QĐ/TW của Bộ Chính trị ngày 30/7/2021", "23-QĐ/TW", "2021-07-30", "Bộ Chính trị"),
    ("Quyết định số 81/QĐ-UBND ngày 19 tháng 01 năm 2022 của UBND tỉnh", "81/QĐ-UBND", "2022-01-19", "Ủy ban nhân dân tỉnh Bắc Kạn"),
    ("Chỉ thị số 15-CT/TU ngày 08/02/2022 của Ban Thường\nvụ Tỉnh ủy", "15-CT/TU", "2022-02-08", "Ban Thường vụ Tỉnh ủy Bắc Kạn"),
    ("Chỉ thị số 15-CT/TU “Về dân vận” ngày 08/02/2022 của Ban Thường vụ Tỉnh ủy", "15-CT/TU", "2022-02-08", "Ban Thường vụ Tỉnh ủy Bắc Kạn"),
    ("Quyết định của UBND tỉnh số 45/QĐ-UBND ngày 05/5/2020", "45/QĐ-UBND", "2020-05-05", "Ủy ban nhân dân tỉnh Bắc Kạn"),
    ("Công văn của Sở Nội vụ số 77/SNV-XDCQ", "77/SNV-XDCQ", None, "Sở Nội vụ tỉnh Bắc Kạn"),
    ("Kết luận số 52-KL/TU ngày 29/11/2021 về dân chủ cơ sở", "52-KL/TU", "2021-11-29", None),
    ("Nghị định số 59/2023/NĐ-CP", "59/2023/NĐ-CP", None, "Chính phủ"),
    ("Kế hoạch số 9/KH-UBND ngày 32/13/2021", "9/KH-UBND", None, None),
    ("Quyết định số 81/QĐ-UBND\n\n12\n\nngày 19/01/2022 của UBND tỉnh", "81/QĐ-UBND", "2022-01-19", "Ủy ban nhân dân tỉnh Bắc Kạn"),
    ("Nghị quyết số 25-NQ/TW ngày 03/6/2013, Hội nghị lần thứ bảy Ban Chấp hành Trung ương", "25-NQ/TW", "2013-06-03",
     "Ban Chấp hành Trung ương Đảng"),
    ("Nghị quyết số 01/NQ-CP năm 2023 của Chính phủ", "01/NQ-CP", "2023", "Chính phủ"),
    ("Kết luận 62 năm 2023 của Bộ Chính trị", "62", "2023", "Bộ Chính trị"),
    ("Kế hoạch số 9/KH-UBND năm 2021-2025", "9/KH-UBND", None, None),
]


RUN_TOGETHER = [
    ("Nghị định số25/2020/NĐ-CPngày 28tháng 02năm2020 của Chính phủ", "25/2020/NĐ-CP", "2020-02-28", "Chính phủ"),
    ("Chỉ thị số 33/CT-TTg ngày01tháng 7 năm 2021của Thủ tướng Chính phủ", "33/CT-TTg", "2021-07-01", "Thủ tướng Chính phủ"),
]
"""Words that a web page ran together where its lines broke."""


@pytest.mark.parametrize(("body", "number", "date", "issuer"), [*FIELDS, *RUN_TOGETHER])
def test_number_date_and_issuer_are_read_around_the_span(body: str, number: str, date: str | None, issuer: str | None) -> None:
    (claim,) = cited(f"Thực hiện {body}.")
    assert (claim.number, claim.date, claim.issuer) == (number, date, issuer)


def test_an_issuer_is_not_recalled_from_another_document_of_the_same_sign() -> None:
    text = "Theo Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương; Nghị quyết số 25-NQ/TW{0}."
    issuers = [cited(text.format(words))[1].issuer for words in ("", " ngày 03/6/2013", " ngày 20/4/2026")]
    assert issuers == ["Ban Chấp hành Trung ương Đảng"] * 2 + [None]


def test_a_body_that_speaks_in_the_next_document_issues_that_one() -> None:
    first, second = cited("Theo chỉ đạo của Bộ Chính trị tại Thông báo số 99-TB/TW ngày 21/11/2025, của Ban Bí thư tại Kết luận số 213-KL/TW.")
    assert (first.issuer, second.issuer) == ("Bộ Chính trị", "Ban Bí thư Trung ương Đảng")


def test_a_list_shares_the_issuer_that_closes_it() -> None:
    first, second = cited("theo Nghị quyết số 06-NQ/TU ngày 15/12/2021<sup>3</sup>, Nghị quyết số 08-NQ/TU của Ban Chấp hành Đảng bộ tỉnh.")
    assert first.issuer == second.issuer == "Ban Chấp hành Đảng bộ tỉnh Bắc Kạn"
    assert first.date == "2021-12-15"


@pytest.mark.parametrize(
    ("body", "dates"),
    [
        ("các Nghị quyết số 01/NQ-CP và số 02/NQ-CP cùng ngày 05/01/2024 của Chính phủ", ["2024-01-05"] * 2),
        ("Kế hoạch số 5/KH-UBND của UBND tỉnh, Kế hoạch số 6/KH-UBND của UBND huyện Na Rì, cùng ngày 27/02/2023", ["2023-02-27"] * 2),
        ("Nghị quyết số 01/NQ-CP và Nghị quyết số 02/NQ-CP ngày 05/01/2024", [None, "2024-01-05"]),
        ("Nghị quyết số 01/NQ-CP được sửa bởi Nghị quyết số 02/NQ-CP cùng ngày 05/01/2024", [None, "2024-01-05"]),
        ("Nghị quyết số 01/NQ-CP ngày 08/01/2022, số 02/NQ-CP và số 03/NQ-CP cùng ngày 05/01/2024", ["2022-01-08", *["2024-01-05"] * 2]),
    ],
)
def test_a_date_of_the_same_day_is_that_of_the_list_that_it_closes(body: str, dates: list[str | None]) -> None:
    assert [claim.date for claim in cited(f"Thực hiện {body}.")] == dates


def test_a_plenum_of_each_term_has_a_name_of_its_own() -> None:
    claims = cited("Thực hiện Nghị quyết Trung ương 4 (khóa XI, XII), Kết luận Trung ương 4 khóa XIII.")
    assert [(claim.type, claim.name, claim.term) for claim in claims] == [
        ("Nghị quyết", "Nghị quyết Trung ương 4 khóa XI", "XI"),
        ("Nghị quyết", "Nghị quyết Trung ương 4 khóa XII", "XII"),
        ("Kết luận", "Kết luận Trung ương 4 khóa XIII", "XIII"),
    ]
    assert {claim.issuer for claim in claims} == {"Ban Chấp hành Trung ương Đảng"}


@pytest.mark.parametrize(
    ("sign", "type"),
    [("05/2021/TT-BNV", "Thông tư"), ("12/TT-BTC", "Thông tư"), ("04-TT/TW", "Thông tri"), ("04/TT-MTTW-BTT", "Thông tri"),
     ("23-QĐ/TW", "Quyết định"), ("45/QĐ-UBND", "Quyết định"), ("11-QĐi/TW", "Quy định"), ("507/UBND-NC", "Công văn")],
)  # fmt: skip
def test_a_sign_without_type_words_tells_the_type(sign: str, type: str) -> None:
    assert [claim.type for claim in cited(f"theo số {sign}.")] == [type]


def test_a_number_in_a_list_takes_the_type_before_it() -> None:
    assert [claim.type for claim in cited("theo các Quyết định số 12/QĐ-UBND, số 13/QĐ-UBND.")] == ["Quyết định"] * 2


@pytest.mark.parametrize(
    ("listed", "numbers"),
    [
        ("Quyết định 217, 218-QĐ/TW", ["217-QĐ/TW", "218-QĐ/TW"]),
        ("Chỉ thị số 33 và số 34/CT-TTg", ["33/CT-TTg", "34/CT-TTg"]),
        ("các Quyết định số 12, 13/2020/QĐ-UBND", ["12/2020/QĐ-UBND", "13/2020/QĐ-UBND"]),
        ("Nghị quyết số 30a, 30c/NQ-CP", ["30a/NQ-CP", "30c/NQ-CP"]),
    ],
)
def test_numbers_of_a_list_share_the_letters_of_its_last(listed: str, numbers: list[str]) -> None:
    assert [claim.number for claim in cited(f"Thực hiện {listed}.")] == numbers


@pytest.mark.parametrize(
    ("listed", "dates"),
    [
        ("các Nghị quyết số 18-NQ/TW, số 19-NQ/TW cùng ngày 25/10/2017", ["2017-10-25"] * 2),
        ("các Quyết định 217, 218-QĐ/TW ban hành cùng ngày 12/12/2013", ["2013-12-12"] * 2),
        ("Kế hoạch số 93-KH/TU ngày 05/3/2021 và Kế hoạch số 94-KH/TU cùng ngày của Tỉnh ủy", ["2021-03-05"] * 2),
        ("Kế hoạch số 93-KH/TU ngày 04/3/2021; các Kế hoạch số 94-KH/TU, số 95-KH/TU cùng ngày 05/3/2021",
         ["2021-03-04", "2021-03-05", "2021-03-05"]),
        ("các Tờ trình: Số 12/TTr-SNV ngày 01/3/2022; số 13/TTr-SNV ngày 02/3/2022", ["2022-03-01", "2022-03-02"]),
        ("các Công điện số 17/CĐ-TTg, 18/CĐ-TTg ngày 25/10/2017", [None, "2017-10-25"]),
        ("Kế hoạch số 94-KH/TU cùng ngày", [None]),
    ],
)
def test_a_day_is_shared_where_the_words_say_so(listed: str, dates: list[str | None]) -> None:
    assert [claim.date for claim in cited(f"Thực hiện {listed}.")] == dates


def test_a_law_is_dated_by_when_it_was_passed() -> None:
    [claim] = cited("sửa đổi Luật Giáo dục được Quốc hội khóa X, kỳ họp thứ 4 thông qua ngày 2 tháng 12 năm 1998.")
    assert (claim.date, claim.issuer) == ("1998-12-02", "Quốc hội")


def test_a_date_may_stand_before() -> None:
    (claim,) = cited("Ngày 07/8/2007, UBND tỉnh đã ban hành Kế hoạch số 29/KH-UBND về thương mại.")
    assert (claim.date, claim.issuer) == ("2007-08-07", "Ủy ban nhân dân tỉnh Bắc Kạn")


def test_the_congress_of_a_province_takes_its_place_from_the_plan() -> None:
    (claim,) = cited("Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XII.")
    assert claim.issuer == "Đại hội đại biểu Đảng bộ tỉnh Bắc Kạn lần thứ XII"


def test_a_law_in_capitals_of_a_title_is_not_run_into_the_next_line() -> None:
    claims = cited("BÃI BỎ VĂN BẢN QUY PHẠM PHÁP LUẬT\nCăn cứ Luật Đất đai số 31/2024/QH15;")
    assert [claim.text for claim in claims] == ["Luật Đất đai số 31/2024/QH15"]


def test_term_and_title() -> None:
    (claim,) = cited("Thực hiện Nghị quyết 25/NQ-TW (khóa XI) “Về tăng cường và đổi mới công tác dân vận”.")
    assert (claim.term, claim.title) == ("XI", "Về tăng cường và đổi mới công tác dân vận")


@pytest.mark.parametrize(
    ("written", "term", "date"),
    [
        ("của Tỉnh ủy nhiệm kỳ 2015 - 2020", "2015-2020", None),
        ("của Tỉnh ủy khóa XVII, nhiệm kỳ 2015-2020, ngày 08/3/2017", "XVII", "2017-03-08"),
        ("nhiệm kỳ khóa XVII", "XVII", None),
        ("(2017)", None, "2017"),
        ("(năm 2017)", None, "2017"),
        ("(2017 bản)", None, None),
    ],
)
def test_terms_in_years_and_years_in_brackets(written: str, term: str | None, date: str | None) -> None:
    (claim,) = cited(f"Thực hiện Kết luận số 12-KL/TU {written}.")
    assert (claim.term, claim.date) == (term, date)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Theo Kế hoạch số 21/KH-UBND của tỉnh Hà Giang.", "Ủy ban nhân dân tỉnh Hà Giang"),
        ("Theo Kế hoạch số 21/KH-UBND ngày 05/02/2025 của thành phố Hải Phòng.", "Ủy ban nhân dân thành phố Hải Phòng"),
        ("Tỉnh Hà Giang ban hành Kế hoạch số 21/KH-UBND.", "Ủy ban nhân dân tỉnh Hà Giang"),
        ("Theo Nghị quyết số 05/NQ-HĐND của huyện Pác Nặm.", "Hội đồng nhân dân huyện Pác Nặm"),
        ("Theo Kế hoạch số 21/KH-SNV của tỉnh Hà Giang.", "Sở Nội vụ tỉnh Hà Giang"),
        ("Theo Kế hoạch số 15-KH/TĐTN của Tỉnh đoàn Hà Giang.", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Hà Giang"),
        ("Theo Kế hoạch số 15-KH/TĐTN của Tỉnh đoàn.", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Bắc Kạn"),
        ("Theo Kế hoạch số 22/KH-UBND của các huyện, thành phố.", None),
    ],
)
def test_a_territory_stands_for_the_body_that_the_sign_means(text: str, issuer: str | None) -> None:
    (claim,) = cited(text)
    assert claim.issuer == issuer


@pytest.mark.parametrize(
    ("first", "term", "issuer"),
    [("ngày 02/4/2022", "khóa XI", None), ("khóa XIII", "khóa XI", None), ("ngày 16/01/2012", "khóa XI", "Bộ Chính trị")],
)
def test_a_mention_of_another_term_takes_no_issuer(first: str, term: str, issuer: str | None) -> None:
    _, claim = cited(f"Thực hiện Nghị quyết số 13-NQ/TW {first} của Bộ Chính trị. Vốn theo Nghị quyết số 13-NQ/TW {term}.")
    assert claim.issuer == issuer


@pytest.mark.parametrize(
    ("text", "issuer", "known"),
    [
        ("UBND thị xã Trảng Bàng rà soát Kế hoạch số 18/KH-UBND của thị xã.", "Ủy ban nhân dân thị xã Trảng Bàng", True),
        ("UBND huyện Na Rì rà soát Kế hoạch số 18/KH-UBND của UBND huyện.", "Ủy ban nhân dân huyện Na Rì", True),
        ("Ở huyện Na Rì. Rà soát Kế hoạch số 18/KH-UBND của UBND huyện.", "Ủy ban nhân dân huyện", False),
        ("Rà soát Kế hoạch số 18/KH-UBND của thị xã.", "Ủy ban nhân dân thị xã", False),
    ],
)
def test_a_bare_kind_of_territory_is_the_one_that_the_clause_named(text: str, issuer: str, known: bool) -> None:
    (claim,) = cited(text)
    assert (claim.issuer, claim.place is not None) == (issuer, known)


def test_a_predicate_is_no_title() -> None:
    (claim,) = cited("Dự án theo Nghị quyết số 13-NQ/TW khóa XI tiếp tục được bố trí vốn.")
    assert claim.title is None


def test_a_subject_ends_where_another_body_is_named() -> None:
    text = "Thực hiện Kế hoạch số 07/KH-BCĐ của Ban Chỉ đạo chuyển đổi số tỉnh Sơn La, Ủy ban nhân dân huyện Na Rì ban hành kế hoạch."
    (claim,) = cited(text)
    assert claim.issuer == "Ban Chỉ đạo chuyển đổi số tỉnh Sơn La"


@pytest.mark.parametrize("when", ["sáu tháng một lần", "3 tháng 1 lần", "trước ngày 30-4-2010", "trước 15/12 hằng năm", "Đăng lúc 08:15"])
def test_a_title_ends_where_the_text_tells_when_or_how_often(when: str) -> None:
    (claim,) = cited(f"Sơ kết Nghị quyết số 25-NQ/TW về công tác thanh niên thời kỳ mới {when}.")
    assert claim.title == "công tác thanh niên thời kỳ mới"


def test_a_title_ends_where_its_approval_is_told() -> None:
    claim, _ = cited("Thực hiện Kế hoạch số 45/KH-SYT về tuyển dụng viên chức đã được phê duyệt tại Quyết định số 512/QĐ-UBND.")
    assert claim.title == "tuyển dụng viên chức"


def test_a_law_by_its_year_takes_no_issuer_from_another_version() -> None:
    text = "Căn cứ Luật Đất đai số 45/2013/QH13; theo {0} các bên thỏa thuận."
    assert [cited(text.format(name))[1].issuer for name in ("Luật Đất đai năm 2013", "Luật Đất đai năm 2003")] == ["Quốc hội", None]


def test_a_title_ends_where_a_web_page_tells_when_it_was_put_there() -> None:
    [claim] = cited("thực hiện Kế hoạch số 121/KH-UBND ngày 01/02/2024 về phát triển du lịch Đăng lúc: 09:00 05/06/2024")
    assert claim.title == "phát triển du lịch"


def test_a_paragraph_of_its_own_is_no_title() -> None:
    citation = cited("Thực hiện Chỉ thị số 05-CT/TW của Bộ Chính trị khóa XII\n\nThực hiện sự chỉ đạo của Tỉnh ủy, các đơn vị họp.")[0]
    assert (citation.term, citation.title) == ("XII", None)


def test_the_own_number_bare_means_the_document_named_last_by_it() -> None:
    bare, dated = "Kế hoạch số 21/KH-UBND", "Kế hoạch số 21/KH-UBND ngày 18/01/2024 của UBND tỉnh"
    assert cited(f"Theo {bare}, các sở báo cáo.") == []
    assert [claim.date for claim in cited(f"Tổng kết {dated}. Hạn chế của {bare}.")] == ["2024-01-18", None]
    assert len(cited(f"Tổng kết {dated}. Nay theo {bare} ngày 16/01/2025 của UBND tỉnh; {bare} có hiệu lực.")) == 1


def test_a_law_does_not_cite_itself() -> None:
    law = (
        "QUỐC HỘI\nLuật số: 10/2022/QH15\nHà Nội, ngày 10 tháng 11 năm 2022\n\nLUẬT\nTHỰC HIỆN DÂN CHỦ Ở CƠ SỞ\n\nCăn cứ Hiến pháp năm 2013;\n"
        "Quốc hội ban hành Luật Thực hiện dân chủ ở cơ sở.\n\nChương I\nĐiều 1. Theo Luật Thanh tra và Luật Thực hiện dân chủ ở cơ sở năm 2022.\n"
    )
    claims = read_text(clean("luat.txt", law)).claims[1:]
    assert [claim.text for claim in claims] == ["Hiến pháp năm 2013", "Luật Thanh tra", "Luật Thực hiện dân chủ ở cơ sở năm 2022"]


def test_the_number_of_an_item_below_a_type_is_no_short_form() -> None:
    found = cited("Điều 1. Bãi bỏ toàn bộ các Quyết định\n1. Bãi bỏ Quyết định số 5/2014/QĐ-UBND.")
    assert [claim.text for claim in found] == ["Quyết định số 5/2014/QĐ-UBND"]


def test_a_short_form_keeps_its_number() -> None:
    claims = cited("Thực hiện Chỉ thị số 33/CT-TTg (gọi tắt là Chỉ thị 33, sau đây). Chỉ thị 33 nêu rõ.")
    assert [claim.number for claim in claims] == ["33/CT-TTg", "33", "33"]
    assert {claim.issuer for claim in claims} == {"Thủ tướng Chính phủ"}


def test_zones() -> None:
    claims = cited(
        "Căn cứ Kế hoạch số 141-KH/BDVTU ngày 27/12/2024, UBND tỉnh ban hành Kế hoạch như sau:\n\n"
        "I. MỤC ĐÍCH\n\nThực hiện Chỉ thị số 33/CT-TTg<sup>1</sup>.\n\n<sup>1</sup> Sửa theo Chỉ thị số 16/CT-TTg.\n"
    )
    assert [claim.zone for claim in claims] == [Zone.PREAMBLE, Zone.BODY, Zone.FOOTNOTE]

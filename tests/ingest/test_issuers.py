"""Issuers from phrases and from signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import COUNTRY, Branch, Level, Place
from graph.registry.authorities import authorities
from graph.signs import Sign
from ingest.issuers import WINDOW, Issuer, issuer_of_sign, parse_issuer, sign_territory

BAC_KAN = Place("Bắc Kạn", kind="tỉnh")
CAO_LANH = Place("Đồng Tháp", "Cao Lãnh", kind="huyện")
XUAN_THANH = Place("Nghệ An", None, "Xuân Thành", "xã")
VINH = Place("Nghệ An", "Vinh", kind="thành phố")
HA_NOI = Place("Hà Nội", kind="thành phố")

EXAMPLES = [example for body in authorities() for example in body.examples]


@pytest.mark.parametrize(("text", "name"), EXAMPLES)
def test_examples_of_the_registry(text: str, name: str) -> None:
    found = parse_issuer(text, 0, None)
    assert found is not None
    assert (found[0].name, found[1]) == (name, len(text))


@pytest.mark.parametrize(("text", "name"), EXAMPLES)
@pytest.mark.parametrize("gap", [20, 60, 90])
def test_a_name_is_whole_however_far_apart_its_words_stand(text: str, name: str, gap: int) -> None:
    first, *others = text.split(" ")
    apart = (" " * gap).join([first, " ".join(others)]).strip()
    found = parse_issuer(f"{apart} ban hành", 0, None)
    assert found is not None
    assert (found[0].name, found[1]) == (name, len(apart))


@pytest.mark.parametrize(
    ("text", "context", "name", "rest"),
    [
        ("UBND\ntỉnh về phê duyệt", BAC_KAN, "Ủy ban nhân dân tỉnh Bắc Kạn", " về phê duyệt"),
        ("Ủy ban nhân dân (UBND) tỉnh ban hành", BAC_KAN, "Ủy ban nhân dân tỉnh Bắc Kạn", " ban hành"),
        ("Ủy ban nhân dân tỉnh Đồng Tháp về", CAO_LANH, "Ủy ban nhân dân tỉnh Đồng Tháp", " về"),
        ("Uỷ ban nhân dân Huyện xây dựng", CAO_LANH, "Ủy ban nhân dân huyện Cao Lãnh", " xây dựng"),
        ("UBND huyện M'Đrắk về", BAC_KAN, "Ủy ban nhân dân huyện M'Đrắk", " về"),
        ("UBND huyện Ia H'Drai, tỉnh", BAC_KAN, "Ủy ban nhân dân huyện Ia H'Drai", ", tỉnh"),
        ("Ban Thường\nvụ Tỉnh ủy về", BAC_KAN, "Ban Thường vụ Tỉnh ủy Bắc Kạn", " về"),
        ("Ban Thường vụ Tỉnh uỷ (khóa XVII)", XUAN_THANH, "Ban Thường vụ Tỉnh ủy Nghệ An", " (khóa XVII)"),
        ("Ban Chấp hành Đảng bộ Tỉnh (khóa XI)", CAO_LANH, "Ban Chấp hành Đảng bộ tỉnh Đồng Tháp", " (khóa XI)"),
        ("Ban Chỉ đạo Chuyển đổi số tỉnh về", BAC_KAN, "Ban Chỉ đạo Chuyển đổi số tỉnh Bắc Kạn", " về"),
        ("Ban Chỉ đạo cải cách hành chính tỉnh họp", BAC_KAN, "Ban Chỉ đạo cải cách hành chính tỉnh Bắc Kạn", " họp"),
        ("Tổ công tác Đề án 06 huyện về", CAO_LANH, "Tổ công tác Đề án 06 huyện Cao Lãnh", " về"),
        ("Ban Chấp hành Trung\nương (khóa XI)", BAC_KAN, "Ban Chấp hành Trung ương Đảng", " (khóa XI)"),
        ("Huyện ủy Cao Lãnh thực hiện", CAO_LANH, "Huyện ủy Cao Lãnh", " thực hiện"),
        ("Ban Dân vận Huyện uỷ, Ủy ban", CAO_LANH, "Ban Dân vận Huyện ủy Cao Lãnh", ", Ủy ban"),
        ("Thành ủy về", HA_NOI, "Thành ủy Hà Nội", " về"),
        ("Thành ủy về", VINH, "Thành ủy Vinh", " về"),
        ("UBND Thành phố", HA_NOI, "Ủy ban nhân dân thành phố Hà Nội", ""),
        ("UBND TP. Hồ Chí Minh", None, "Ủy ban nhân dân thành phố Hồ Chí Minh", ""),
        ("UBND TP Cao Lãnh", BAC_KAN, "Ủy ban nhân dân thành phố Cao Lãnh", ""),
        ("Đảng ủy xã về", XUAN_THANH, "Đảng ủy xã Xuân Thành", " về"),
        ("UBND xã", XUAN_THANH, "Ủy ban nhân dân xã Xuân Thành", ""),
        ("UBND xã Tam Thanh, huyện Phú Bình, tỉnh Thái Nguyên;", None, "Ủy ban nhân dân xã Tam Thanh", ";"),
        ("Ban Cán sự Đảng UBND tỉnh và Ban", BAC_KAN, "Ban Cán sự Đảng Ủy ban nhân dân tỉnh Bắc Kạn", " và Ban"),
        ("Đại hội Đảng bộ tỉnh lần thứ XVII, ", BAC_KAN, "Đại hội đại biểu Đảng bộ tỉnh Bắc Kạn lần thứ XVII", ", "),
        ("Đại hội lần thứ XIII của Đảng về", None, "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", " về"),
        ("Sở Nội vụ tại", BAC_KAN, "Sở Nội vụ tỉnh Bắc Kạn", " tại"),
        ("Thủ tướng về", BAC_KAN, "Thủ tướng Chính phủ", " về"),
        ("thủ tướng chính phủ", BAC_KAN, "Thủ tướng Chính phủ", ""),
        ("Bộ trưởng Bộ GD&ĐT quy định", None, "Bộ trưởng Bộ Giáo dục và Đào tạo", " quy định"),
        ("HỘI ĐỒNG NHÂN DÂN\nTỈNH QUẢNG NINH\nSố", None, "Hội đồng nhân dân tỉnh Quảng Ninh", "\nSố"),
        ("ỦY BAN NHÂN DÂN\nXÃ PÁ KHỐM SƠN\nBAN", None, "Ủy ban nhân dân xã Pá Khốm Sơn", "\nBAN"),
        ("UBND tỉnh Đăk Nông về", None, "Ủy ban nhân dân tỉnh Đắk Nông", " về"),
        ("UBND tỉnh Đăk Lăk về", None, "Ủy ban nhân dân tỉnh Đắk Lắk", " về"),
        ("UBND huyện Đăk R’lấp về", None, "Ủy ban nhân dân huyện Đắk R'Lấp", " về"),
        ("Huyện ủy Ea H'leo về", None, "Huyện ủy Ea H'leo", " về"),
        ("UBND tỉnh", None, "Ủy ban nhân dân tỉnh", ""),
        ("UBND huyện", BAC_KAN, "Ủy ban nhân dân huyện", ""),
    ],
)
def test_phrases(text: str, context: Place | None, name: str, rest: str) -> None:
    found = parse_issuer(text, 0, context)
    assert found is not None
    assert (found[0].name, text[found[1] :]) == (name, rest)


@pytest.mark.parametrize(
    ("text", "context", "branch", "level", "place"),
    [
        ("UBND tỉnh", CAO_LANH, Branch.STATE, Level.PROVINCE, Place("Đồng Tháp", kind="tỉnh")),
        ("UBND tỉnh", None, Branch.STATE, Level.PROVINCE, None),
        ("Huyện ủy Cao Lãnh", BAC_KAN, Branch.PARTY, Level.DISTRICT, Place(None, "Cao Lãnh", kind="huyện")),
        ("Huyện ủy Cao Lãnh", CAO_LANH, Branch.PARTY, Level.DISTRICT, CAO_LANH),
        ("UBND xã", XUAN_THANH, Branch.STATE, Level.COMMUNE, XUAN_THANH),
        ("Chính phủ", BAC_KAN, Branch.STATE, Level.CENTRAL, COUNTRY),
        ("Sở Y tế", None, Branch.STATE, Level.PROVINCE, None),
        ("Ban Chỉ đạo 35 Tỉnh ủy", BAC_KAN, Branch.PARTY, Level.PROVINCE, BAC_KAN),
        ("Ban Thường trực Ủy ban MTTQ Việt Nam xã", XUAN_THANH, Branch.FRONT, Level.COMMUNE, XUAN_THANH),
    ],
)
def test_branch_level_and_place(
    text: str, context: Place | None, branch: Branch, level: Level, place: Place | None
) -> None:
    found = parse_issuer(text, 0, context)
    assert found is not None
    assert (found[0].branch, found[0].level, found[0].place) == (branch, level, place)


@pytest.mark.parametrize("text", ["", "nhân dân", "các cấp ủy", " UBND tỉnh", "(UBND)", "12/CT-TTg", "tỉnh Bắc Kạn"])
def test_no_issuer(text: str) -> None:
    assert parse_issuer(text, 0, BAC_KAN) is None


@pytest.mark.parametrize(
    ("sign", "context", "name", "territory"),
    [
        ("33/CT-TTg", BAC_KAN, "Thủ tướng Chính phủ", COUNTRY),
        ("59/2023/NĐ-CP", BAC_KAN, "Chính phủ", COUNTRY),
        ("88/2019/QH14", None, "Quốc hội", COUNTRY),
        ("01/2021/TT-BNV", None, "Bộ Nội vụ", COUNTRY),
        ("25-NQ/TW", BAC_KAN, "", COUNTRY),
        ("138-KH/TU", XUAN_THANH, "", Place("Nghệ An", kind="tỉnh")),
        ("55-KH/HU", CAO_LANH, "", CAO_LANH),
        ("55-KH/HU", BAC_KAN, "", None),
        ("21/KH-UBND", BAC_KAN, "Ủy ban nhân dân tỉnh Bắc Kạn", BAC_KAN),
        ("13/CT-UBND", XUAN_THANH, "Ủy ban nhân dân", None),
        ("1318/QĐ-UBND-HC", BAC_KAN, "Ủy ban nhân dân tỉnh Bắc Kạn", BAC_KAN),
        ("12/TTr-SNV", CAO_LANH, "Sở Nội vụ tỉnh Đồng Tháp", Place("Đồng Tháp", kind="tỉnh")),
        ("141-KH/BDVTU", BAC_KAN, "Ban Dân vận Tỉnh ủy Bắc Kạn", BAC_KAN),
        ("03-CTr/BDVTW-BCSĐCP", BAC_KAN, "Ban Dân vận Trung ương và Ban Cán sự Đảng Chính phủ", COUNTRY),
        ("43/2014/TTLT-BGDĐT-BTC", None, "Bộ Giáo dục và Đào tạo và Bộ Tài chính", COUNTRY),
        ("05/KH-BCĐ", BAC_KAN, "", BAC_KAN),
    ],
)
def test_signs(sign: str, context: Place | None, name: str, territory: Place | None) -> None:
    issuer = issuer_of_sign(Sign.parse(sign), context)
    assert issuer is not None
    assert issuer.name == name
    assert sign_territory(Sign.parse(sign), context, None) == territory


def test_a_known_issuer_decides_the_territory() -> None:
    known = Issuer("Ban Thường vụ Tỉnh ủy Thanh Hóa", Branch.PARTY, Level.PROVINCE, Place("Thanh Hóa", kind="tỉnh"))
    assert sign_territory(Sign.parse("2543-QĐ/TW"), None, known) == Place("Thanh Hóa", kind="tỉnh")


def test_letters_that_nobody_uses() -> None:
    assert issuer_of_sign(Sign("1", None, "KH", "ĂÂÊ"), BAC_KAN) is None


BODIES = ("UBND", "Ủy ban", "nhân dân", "Ban", "Chỉ đạo", "Thường", "vụ", "Đảng bộ", "ủy", "Đại hội", "Sở", "Y tế", "Đảng")
OTHERS = ("tỉnh", "huyện", "xã", "TP.", "Bắc Kạn", "Cao Lãnh", "(", ")", ",", "-", "\n", "lần thứ", "XIII", "của")
WORDS = st.sampled_from(BODIES + OTHERS)


@given(st.lists(WORDS, max_size=60).map(" ".join), st.sampled_from([None, BAC_KAN, CAO_LANH, XUAN_THANH, VINH]))
def test_phrases_end_inside_the_window(text: str, context: Place | None) -> None:
    found = parse_issuer(text, 0, context)
    if found is not None:
        issuer, end = found
        assert 0 < end <= min(len(text), WINDOW)
        assert "<" not in issuer.name and "\n" not in issuer.name and "  " not in issuer.name
        assert parse_issuer(text[:end], 0, context) is not None

from __future__ import annotations

import pytest

from graph.model import Branch, Level, Place
from graph.registry.standings import standing
from graph.superiors import is_superior
from tests.factories_view import communal, document, provincial

COUNTRY = document("a")
BAC_KAN = provincial("b")
DISTRICT = provincial("c", level=Level.DISTRICT, place=Place("Bắc Kạn", "Ba Bể", kind="huyện"))
OTHER_DISTRICT = provincial("c", level=Level.DISTRICT, place=Place("Bắc Kạn", "Na Rì", kind="huyện"))
COMMUNE = communal("d", place=Place("Bắc Kạn", "Ba Bể", "Yên Dương", "xã"))
PARTY = provincial("e", issuer="Ban Thường vụ Tỉnh ủy Bắc Kạn", branch=Branch.PARTY)
YOUTH = provincial("f", issuer="Ban Chấp hành Đoàn tỉnh Bắc Kạn", branch=Branch.FRONT)
COUNCIL = provincial("g", issuer="Hội đồng nhân dân tỉnh Bắc Kạn")
OFFICE = provincial("h", issuer="Sở Nội vụ tỉnh Bắc Kạn")
PLACELESS = provincial("i", place=None)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (COUNTRY, BAC_KAN),
        (COUNTRY, PLACELESS),
        (BAC_KAN, DISTRICT),
        (BAC_KAN, COMMUNE),
        (DISTRICT, COMMUNE),
        (PARTY, BAC_KAN),
        (PARTY, COUNCIL),
        (COUNCIL, BAC_KAN),
        (BAC_KAN, OFFICE),
        (BAC_KAN, YOUTH),
        (OFFICE, COMMUNE),
        (BAC_KAN, communal("j", province="Thái Nguyên", commune="Nghiên Loan")),
        (provincial("k", province="Long An"), communal("l", place=Place("Tây Ninh", None, "Long An", "phường"))),
    ],
)
def test_one_stands_above_the_other_and_never_the_other_way_round(upper, lower):
    assert is_superior(upper, lower)
    assert not is_superior(lower, upper)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BAC_KAN, provincial("z", province="Nghệ An")),
        (BAC_KAN, communal("z", province="Nghệ An")),
        (OTHER_DISTRICT, COMMUNE),
        (BAC_KAN, communal("z", province="Thái Nguyên", commune="Đại Phúc")),
        (DISTRICT, communal("z", province="Thái Nguyên", commune="Nghiên Loan")),
        (PLACELESS, COMMUNE),
        (PLACELESS, OFFICE),
        (OFFICE, YOUTH),
        (BAC_KAN, BAC_KAN),
        (provincial("z", level=None), COMMUNE),
        (provincial("z", issuer=None), OFFICE),
    ],
)
def test_neither_stands_above_the_other(one, other):
    assert not is_superior(one, other)
    assert not is_superior(other, one)


@pytest.mark.parametrize(
    ("issuer", "height"),
    [
        ("Ban Chấp hành Trung ương Đảng", 1),
        ("Huyện ủy Cao Lãnh", 1),
        ("Ban Dân vận Tỉnh ủy Bắc Kạn", 4),
        ("Hội đồng nhân dân tỉnh Bắc Kạn", 2),
        ("Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn", 3),
        ("Thủ tướng Chính phủ", 3),
        ("Văn phòng Chính phủ", 4),
        ("Bộ trưởng Bộ Nội vụ", 4),
    ],
)
def test_standing_of_a_body(issuer, height):
    assert standing(issuer) == height

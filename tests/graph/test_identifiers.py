"""Identifiers are readable, safe in a path, and parse back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import IdentifierError
from graph.identifiers import UNKNOWN, Identifier, sign_stem, territory
from graph.model import COUNTRY, Place
from graph.signs import Sign

CASES = [
    ("33/CT-TTg", COUNTRY, "2021", "33.ct-ttg~2021"),
    ("25-NQ/TW", COUNTRY, "2013", "25-nq.tw~2013"),
    ("08-NQ/TU", Place("Bắc Kạn"), "2021", "08-nq.tu~tinh.bac-kan~2021"),
    ("55-KH/HU", Place("Đồng Tháp", "Cao Lãnh"), "2021", "55-kh.hu~huyen.cao-lanh.dong-thap~2021"),
    ("21/KH-UBND", Place("Đồng Tháp", "Cao Lãnh", kind="thành phố"), "2021", "21.kh-ubnd~thanh-pho.cao-lanh.dong-thap~2021"),
    ("59/2023/NĐ-CP", COUNTRY, "2023", "59.2023.nd-cp~2023"),
    ("13/CT-UBND", None, UNKNOWN, "13.ct-ubnd~chua-ro~chua-ro"),
]


@pytest.mark.parametrize(("sign", "place", "time", "expected"), CASES)
def test_identifiers_read_as_the_document(sign: str, place: Place | None, time: str, expected: str) -> None:
    assert str(Identifier(sign_stem(Sign.parse(sign)), territory(place), time)) == expected


@pytest.mark.parametrize("text", ["", "33.ct-ttg", "a~b~c~d", "33/CT-TTg~2021", "33.ct-ttg~hai-mot", "Á~2021"])
def test_what_is_no_identifier_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError):
        Identifier.parse(text)


PART = st.from_regex(r"[a-z0-9._-]+", fullmatch=True)


@given(PART, st.one_of(st.just(""), PART), st.sampled_from([UNKNOWN, "2021", "2021-11-26", "2021.2"]))
def test_parsing_and_writing_are_inverse(stem: str, place: str, time: str) -> None:
    identifier = Identifier(stem, place, time)
    assert Identifier.parse(str(identifier)) == identifier
    assert re.fullmatch(r"[a-z0-9._~-]+", str(identifier))

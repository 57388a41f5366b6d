"""Signs: every written form gives one canonical spelling, and that parses to itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SignError
from graph.registry import document_types
from graph.signs import Sign

WRITTEN = [
    ("33/CT-TTg", "33/CT-TTg"),
    ("33/ct-ttg", "33/CT-TTg"),
    ("25/NQ-TW", "25-NQ/TW"),
    ("25-NQ/TW", "25-NQ/TW"),
    ("16/CT", "16/CT"),
    ("1878- QĐ/TU", "1878-QĐ/TU"),
    ("2228/QĐ- UBND", "2228/QĐ-UBND"),
    ("3645 / QD-UBND", "3645/QĐ-UBND"),
    ("781-KH/UBND", "781/KH-UBND"),
    ("88/2019/QH14", "88/2019/QH14"),
    ("102/2025/NQLT/UBTVQH15-CP-ĐCTUBTWMTTQVN", "102/2025/NQLT/UBTVQH15-CP-ĐCTUBTWMTTQVN"),
    ("43/2014/TTLT-BGDĐT-BTC", "43/2014/TTLT-BGDĐT-BTC"),
    ("15/ABC-VP", "15/ABC-VP"),
    ("202/TCCP-VC", "202/TCCP-VC"),
    ("2587-CV/VPTW/nb", "2587-CV/VPTW/nb"),
    ("30c/NQ-CP", "30c/NQ-CP"),
    ("S0/NQ-CP", "50/NQ-CP"),
    ("I5/QĐ-TTg", "15/QĐ-TTg"),
    ("1O5/2O25/NĐ-CP", "105/2025/NĐ-CP"),
    ("01/1999/QĐ.UB", "01/1999/QĐ-UB"),
    ("1234/UBND.VX", "1234/UBND-VX"),
    ("66.12/2026/NQ-CP", "66.12/2026/NQ-CP"),
    ("10/L-CTN", "10/L-CTN"),
    ("03-CTr/BDVTW-BCSĐCP", "03-CTr/BDVTW-BCSĐCP"),
    ("06-Ctr/BCSĐUBND-BDVTU", "06-CTr/BCSĐUBND-BDVTU"),
    ("11-QĐi/TW", "11-QĐi/TW"),
    ("05-CT/TƯ", "05-CT/TW"),
    ("12-HD/BTGTƯ", "12-HD/BTGTW"),
    ("04/TT-MTTW-BTT", "04/TT-MTTW-BTT"),
    ("16/KH-MTTQ-BTT", "16/KH-MTTQ-BTT"),
    ("01/VBHN-VPQH", "01/VBHN-VPQH"),
    ("1318/QĐ-UBND-HC", "1318/QĐ-UBND-HC"),
    ("15/2010/QD-HDND", "15/2010/QĐ-HĐND"),
]


@pytest.mark.parametrize(("written", "canonical"), WRITTEN)
def test_a_written_sign_has_one_spelling(written: str, canonical: str) -> None:
    sign = Sign.parse(written)
    assert str(sign) == canonical
    assert Sign.parse(str(sign)) == sign


@pytest.mark.parametrize("example", [sign for kind in document_types() for sign in kind.examples])
def test_registry_examples_are_signs(example: str) -> None:
    assert str(Sign.parse(example)) == example


@pytest.mark.parametrize("left, right", [("25/NQ-TW", "025-NQ/TW"), ("124-QĐ/TW", "124-QĐi/TW"), ("33/CT-TTg", "33/CT-TTG")])
def test_spellings_of_one_sign_share_a_key(left: str, right: str) -> None:
    assert Sign.parse(left).key == Sign.parse(right).key


@pytest.mark.parametrize("left, right", [("33/CT-TTg", "33/CTr-TTg"), ("08-NQ/TU", "08-NQ/TW"), ("59/2023/NĐ-CP", "59/2022/NĐ-CP")])
def test_different_signs_have_different_keys(left: str, right: str) -> None:
    assert Sign.parse(left).key != Sign.parse(right).key


@pytest.mark.parametrize("text", ["", "33", "2021-2025", "CT-TTg", "33/", "kế hoạch", "12/34"])
def test_what_is_no_sign_is_refused(text: str) -> None:
    with pytest.raises(SignError):
        Sign.parse(text)


CODES = st.sampled_from(sorted({code for kind in document_types() for code in kind.codes} - {"L", "SL", "HP"}))
BODIES = st.sampled_from(["TTg", "CP", "UBND", "UBND-HC", "TW", "TU", "HU", "BDVTU", "BNV", "SNV", "MTTQ-BTT"])


@given(st.integers(1, 99999), st.sampled_from(["", "/2023"]), CODES, BODIES, st.booleans())
def test_parsing_and_writing_are_inverse(number: int, year: str, code: str, body: str, party: bool) -> None:
    written = f"{number}-{code}/{body}" if party and not year else f"{number}{year}/{code}-{body}"
    sign = Sign.parse(written)
    assert Sign.parse(str(sign)) == sign
    assert Sign.parse(str(sign)).key == sign.key

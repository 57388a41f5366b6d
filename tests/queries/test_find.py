from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import AmbiguousSignError, UnknownDocumentError
from graph.store.filters import year_of
from queries.find import find_document
from tests.factories_view import document, provincial, view_of

OLD = document("33.ct-ttg~2021", "33/CT-TTg", type="Chỉ thị", date="2021-11-26")
NEW = document("33.ct-ttg~2026", "33/CT-TTg", type="Chỉ thị", date="2026-05")
PARTY = document("25-nq.tw~2013", "25-NQ/TW", type="Nghị quyết", date="2013-06-03")
DECREE = document("59.2023.nd-cp~2023", "59/2023/NĐ-CP", type="Nghị định")
DECISION = document("11-qd.tw~2019", "11-QĐ/TW", type="Quyết định", date="2019-01-01")
RULE = document("11-qdi.tw~2019", "11-QĐi/TW", type="Quy định", date="2019-02-18")
LONE = provincial("21.kh-ubnd~tinh.bac-kan~2025", "21/KH-UBND", date="2025-01-16")
VIEW = view_of([OLD, NEW, PARTY, DECREE, DECISION, RULE, LONE])


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("33.ct-ttg~2021", OLD),
        ("33.CT-TTg~2021", OLD),
        (" 21/KH-UBND ", LONE),
        ("21/kh-ubnd", LONE),
        ("21 / KH - UBND", LONE),
        ("Kế hoạch số 21/KH-UBND", LONE),
        ("21/KH-UBND 2025", LONE),
        ("33/CT-TTg 2021", OLD),
        ("33/CT-TTg@2021", OLD),
        ("33/ct-ttg năm 2021", OLD),
        ("chỉ thị 33/CT-TTg năm 2026", NEW),
        ("CHỈ THỊ SỐ 33/CT-TTG (2026)", NEW),
        ("33/CT-TTg, nam 2021", OLD),
        ("33/CT-TTg@2021-11-26", OLD),
        ("33/CT-TTg@2026-05-09", NEW),
        ("25/NQ-TW", PARTY),
        ("25-nq/tw", PARTY),
        ("Nghị quyết số 25 - NQ/TW", PARTY),
        ("59/2023/NĐ-CP", DECREE),
        ("59/2023/nd-cp 2023", DECREE),
        ("Quy định 11-QĐ/TW", RULE),
        ("quyết định 11-QĐi/TW", DECISION),
        (unicodedata.normalize("NFD", "chỉ thị 33/CT-TTg năm 2021"), OLD),
    ],
)
def test_finds_the_document_in_any_spelling(what, expected):
    assert find_document(VIEW, what) == expected


def test_several_documents_of_one_sign_are_candidates_in_order():
    with pytest.raises(AmbiguousSignError) as caught:
        find_document(VIEW, "33/CT-TTg")
    assert caught.value.candidates == ("33.ct-ttg~2021", "33.ct-ttg~2026")
    assert "33.ct-ttg~2026" in caught.value.remedy


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("34/CT-TTg", "34/CT-TTg"),
        ("33/CT-TTg 2022", "2022"),
        ("33/CT-TTg@2026-06-09", "2026-06-09"),
        ("33.ct-ttg~1999", "33.ct-ttg~1999"),
        ("công tác dân vận", "neither"),
        ("", "neither"),
        ("33", "neither"),
        ("1" * 5000, "too long"),
        ("33/CT-TTg' OR 1=1 --", "neither"),
    ],
)
def test_what_is_not_there_is_said_with_a_remedy(what, said):
    with pytest.raises(UnknownDocumentError, match=said) as caught:
        find_document(VIEW, what)
    assert caught.value.remedy


def test_the_remedy_for_a_wrong_year_names_the_dates_held():
    with pytest.raises(UnknownDocumentError) as caught:
        find_document(VIEW, "33/CT-TTg@2022")
    assert "2021-11-26, 2026-05" in caught.value.remedy


@given(st.text(max_size=400))
def test_any_text_finds_a_document_or_is_refused_as_unknown(what):
    try:
        assert find_document(VIEW, what).id
    except (UnknownDocumentError, AmbiguousSignError) as error:
        assert error.remedy


@pytest.mark.parametrize(("one", "year"), [(OLD, 2021), (NEW, 2026), (DECREE, 2023), (document("x~chua-ro"), None)])
def test_year_of_a_document(one, year):
    assert year_of(one) == year

"""Signatures that join a document without the others of its unit being settled anew: the same as settling all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import COUNTRY, Claim, Place, Reading
from graph.resolve import resolve
from graph.store import sqlite_documents
from graph.store.dump import dump_resolution
from graph.store.sqlite import SqliteStore
from tests.factories import BAC_KAN, cited, directive, own, reading

SUBJECT = "tiếp tục tăng cường và đổi mới công tác dân vận của cơ quan hành chính nhà nước"
TITLES = [None, SUBJECT, f"về {SUBJECT}", SUBJECT[:40], "phòng cháy, chữa cháy rừng mùa khô năm nay", "dân vận"]
ISSUERS = [None, "Thủ tướng Chính phủ", "Chính phủ"]


def _claims(number: str, type: str, dates: list[str | None], places: list[Place | None]) -> st.SearchStrategy[Claim]:
    return st.builds(
        cited,
        st.just(number),
        type=st.sampled_from([type, type, None, "Quy định"]),
        date=st.sampled_from(dates),
        place=st.sampled_from(places),
        title=st.sampled_from(TITLES),
        issuer=st.sampled_from(ISSUERS),
        term=st.sampled_from([None, None, "XII", "XIII"]),
    )


STATE = _claims("33/CT-TTg", "Chỉ thị", [None, None, "2021-11-26", "2021-11-26", "2021-03-02", "2021"], [COUNTRY])
PARTY = _claims("25-NQ/TW", "Nghị quyết", [None, "2013-06-03", "2013-06-05", "2008-07-25", "2016-01-30"], [COUNTRY])
RULES = _claims("23-QĐ/TW", "Quyết định", [None, "2021-07-30", "2021-07-20", "2021-05-30"], [COUNTRY])
LOCAL = _claims(
    "21/KH-UBND", "Kế hoạch", [None, "2022-02-01", "2022-02-11", "2022-10-11"], [BAC_KAN, BAC_KAN, Place("Bắc Kạn"), None]
)
DAYS = st.sampled_from(["2012-01-01", "2021-03-01", "2021-12-20", "2022-05-01", "2023-07-01"])


@st.composite
def _readings(draw: st.DrawFn) -> list[Reading]:
    claims = draw(st.sampled_from([STATE, PARTY, RULES, LOCAL]))
    found = []
    for salt in range(draw(st.integers(3, 14))):
        head = own(f"{salt}/KH-UBND", type="Kế hoạch", place=BAC_KAN, date=draw(DAYS), title="Về dân vận")
        mentioned = draw(st.lists(claims, min_size=1, max_size=2))
        if draw(st.integers(0, 9)) == 0:
            head = replace(mentioned[0], own=True, header=head.header)
        found.append(reading(head, *mentioned, salt=str(salt)))
    return found


@pytest.fixture(scope="module", autouse=True)
def _outline_always() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite_documents, "MANY", 1)
        yield


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings=_readings(), data=st.data())
def test_joining_is_settling_all(fresh_embedded: Callable[[], SqliteStore], readings: list[Reading], data: st.DataObject) -> None:
    store = fresh_embedded()
    rest = data.draw(st.permutations(readings))
    put: list[Reading] = []
    while rest:
        size = data.draw(st.integers(1, 3))
        store.put(rest[:size])
        put, rest = put + rest[:size], rest[size:]
        assert list(store.dump()) == list(dump_resolution(resolve(put)))


def test_a_further_citation_of_a_directive_settles_nothing_but_its_own_source(
    fresh_embedded: Callable[[], SqliteStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = fresh_embedded()
    def plan(number: int, *claims: Claim) -> Reading:
        head = own(f"{number}/KH-UBND", type="Kế hoạch", place=BAC_KAN, date="2022-02-01", title="Về dân vận")
        return reading(head, *claims, salt=str(number))

    dates = ["2021-11-26"] * 18 + ["2021-11-06", "2021-12-06"]
    first = [plan(number, directive(date=date, title=SUBJECT)) for number, date in enumerate(dates)]
    store.put(first)
    settled: list[int] = []
    settle = sqlite_documents.settle
    monkeypatch.setattr(sqlite_documents, "settle", lambda tallies: settled.append(1) or settle(tallies))
    further = [
        plan(20, directive(date=None)),
        plan(21, directive(date=None, title=f"về {SUBJECT}")),
        plan(22, directive(date="2021-12-26")),
        plan(23, directive(date=None, title=SUBJECT)),
    ]
    for one in further:
        store.put([one])
    assert len(settled) == len(further)
    assert list(store.dump()) == list(dump_resolution(resolve(first + further)))


def test_a_date_that_goes_on_from_the_chosen_one_is_looked_at(fresh_embedded: Callable[[], SqliteStore]) -> None:
    dates = ["2012-03-01", *["2013"] * 5, "2013-06-03"]
    readings = [
        reading(own(f"{salt}/KH-UBND", place=BAC_KAN, date="2021-03-01"), cited("25-NQ/TW", date=date, place=COUNTRY), salt=str(salt))
        for salt, date in enumerate(dates)
    ]
    store = fresh_embedded()
    for each in readings:
        store.put([each])
    assert list(store.dump()) == list(dump_resolution(resolve(readings)))

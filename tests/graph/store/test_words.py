from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.store.sqlite import SqliteStore
from graph.store.sqlite_words import row_of
from tests.factories import BAC_KAN, own, reading

_DATES = st.sampled_from([None, "2016", "2021", "2021-11", "2021-11-26", "2021-12-01", "2022-01"])
_LAST = (1 << 36) - 1


@given(st.lists(st.tuples(_DATES, st.integers(1, _LAST))))
def test_rows_stand_newest_first_and_undated_last(documents):
    by_row = sorted(documents, key=lambda one: row_of(one[1], one[0]))
    dates = [date for date, _ in by_row]
    assert dates == [*sorted(filter(None, dates), reverse=True), *[None] * dates.count(None)]
    assert all(row_of(n, date) < 1 << 63 for date, n in documents)


def test_pages_of_a_search_are_slices_of_the_whole(tmp_path):
    dates = ["2021-11-26", "2021-11-26", None, "2016", "2021-11-26", None, "2022-01-05", "2021-11"]
    plans = [
        reading(own(f"{number}/KH-UBND", type="Kế hoạch", place=BAC_KAN, date=date, title="Dân vận"), salt=str(number))
        for number, date in enumerate(dates, 1)
    ]
    with SqliteStore(tmp_path / "cancu.db") as store:
        store.put(plans)
        whole = store.search("dân vận", limit=100).documents
        assert [one.date for one in whole] == [*sorted(filter(None, dates), reverse=True), None, None]
        assert all(one.id < other.id for one, other in pairwise(whole) if one.date == other.date)
        for limit in range(4):
            for offset in range(10):
                page = store.search("dân vận", limit=limit, offset=offset)
                assert (page.documents, page.total) == (whole[offset : offset + limit], len(dates))


def test_a_document_whose_date_changes_is_found_once(tmp_path):
    plan = {"type": "Kế hoạch", "place": BAC_KAN, "title": "Dân vận"}
    with SqliteStore(tmp_path / "cancu.db") as store:
        store.put([reading(own("1/KH-UBND", date="2021", **plan), salt="a")])
        store.put([reading(own("1/KH-UBND", date="2021-03-04", **plan), salt=salt) for salt in "bc"])
        page = store.search("dan van", limit=10)
        assert ([one.date for one in page.documents], page.total) == (["2021-03-04"], 1)

"""Inferred edges in any order and batch: directives that come late, change, go, or are named by a text after all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import COUNTRY, Branch, Claim, Header, Level, Origin, Place, Reading, Relation
from graph.resolve import resolve
from graph.store.dump import dump_resolution
from graph.store.sqlite import SqliteStore
from tests.factories import BAC_KAN, QUANG_BINH, own, reading, stated

SUBJECT = "tăng cường công tác phòng cháy, chữa cháy rừng mùa khô năm nay"
OTHER = "tăng cường công tác phòng cháy tại các khu nhà trọ và chung cư"
NA_RI = Place("Bắc Kạn", "Na Rì", kind="huyện")
LEVELS = [(COUNTRY, Level.CENTRAL), (BAC_KAN, Level.PROVINCE), (QUANG_BINH, Level.PROVINCE), (NA_RI, Level.DISTRICT)]
TYPES = {"CT": "Chỉ thị", "KH": "Kế hoạch"}


@st.composite
def _head(draw: st.DrawFn) -> Claim:
    code = draw(st.sampled_from(sorted(TYPES)))
    place, level = draw(st.sampled_from(LEVELS))
    return own(
        f"{draw(st.integers(10, 13))}/{code}-UBND",
        type=TYPES[code],
        place=place,
        date=draw(st.sampled_from(["2021", "2021-03", "2021-03-01", "2021-05-26", "2022-01-05", None])),
        title=draw(st.sampled_from([SUBJECT, f"về {SUBJECT}", f"{SUBJECT} và năm sau", OTHER, "dân vận"])),
        header=Header(draw(st.sampled_from([Branch.STATE, Branch.PARTY, None])), level),
    )


@st.composite
def _readings(draw: st.DrawFn) -> list[Reading]:
    heads = draw(st.lists(_head(), min_size=2, max_size=9))
    found = []
    for salt, head in enumerate(heads):
        cited = [replace(one, own=False, header=None) for one in draw(st.lists(st.sampled_from(heads), max_size=1))]
        bare = [replace(one, title=draw(st.sampled_from([None, OTHER])), text=one.number or "") for one in cited]
        relations = tuple(stated(0, Relation.CITES, 1) for _ in bare)
        found.append(reading(head, *bare, relations=relations, salt=str(salt)))
    return found


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings=_readings(), data=st.data())
def test_any_order_and_batch_infers_the_same(
    fresh_embedded: Callable[[], SqliteStore], readings: list[Reading], data: st.DataObject
) -> None:
    store = fresh_embedded()
    rest = data.draw(st.permutations(readings))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        store.put(rest[:size])
        rest = rest[size:]
        held = readings if not rest else [each for each in readings if store.source(each.source.digest)]
        assert list(store.dump()) == list(dump_resolution(resolve(held)))


def test_a_newer_directive_takes_over_what_an_older_one_led(fresh_embedded: Callable[[], SqliteStore]) -> None:
    store = fresh_embedded()
    plan = own("780/KH-UBND", type="Kế hoạch", place=BAC_KAN, date="2022-05-01", title=SUBJECT)
    plan = replace(plan, header=Header(Branch.STATE, Level.PROVINCE))
    old, new, late = (
        own(
            f"{number}/CT-TTg", type="Chỉ thị", place=COUNTRY, date=date, title=SUBJECT,
            header=Header(Branch.STATE, Level.CENTRAL),
        )
        for number, date in ((10, "2020-01-01"), (11, "2021-01-01"), (12, "2023-01-01"))
    )  # fmt: skip
    leaders = []
    for one in (plan, old, new, late):
        store.put([reading(one, salt=one.number or "")])
        edges = store.outgoing(["780.kh-ubnd~tinh.bac-kan~2022"])
        leaders.append([edge.target for edge in edges if edge.origin is Origin.INFERRED])
    assert leaders == [[], ["10.ct-ttg~2020"], ["11.ct-ttg~2021"], ["11.ct-ttg~2021"]]

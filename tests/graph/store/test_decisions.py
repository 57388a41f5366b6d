"""What every store makes of decisions: what the reference makes of them, in whatever order claims and decisions come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import DecisionError
from graph.model import Reading, Relation, StatedIn
from graph.resolve import resolve
from graph.resolve.decide import Decision, claim_name
from graph.ruling import Correctable, DecisionKind
from graph.store.base import Curated
from graph.store.dump import dump_resolution
from tests.factories import BAC_KAN, QUANG_BINH, cited, directive, own, reading, stated
from tests.generated import generated
from tests.graph.store.test_behaviour import size_of

PLAN = own("780/KH-UBND", type="Kế hoạch", place=BAC_KAN, date="2021-12-20")
ONE = reading(PLAN, directive(), directive(date=None), relations=(stated(0, Relation.IMPLEMENTS, 1),), salt="one")
TWO = reading(
    own("9/KH-UBND", place=QUANG_BINH, date="2022-01-05"),
    directive(),
    cited("34/CT-TTg", date="2021-12-01"),
    relations=(stated(0, Relation.CITES, 1), stated(0, Relation.BASED_ON, 2, stated_in=StatedIn.PREAMBLE)),
    salt="two",
)


def named(one: Reading, position: int) -> str:
    return claim_name(one.source.digest, one.claims[position])


def decide(kind: DecisionKind, *claims: str, hour: int = 9, **fields: object) -> Decision:
    values = {"author": "Lan", "time": f"2026-01-01T{hour:02}:00:00.000000Z", "reason": "đã xem bản gốc", **fields}
    return Decision(kind, claims=claims, **values)  # type: ignore[arg-type]


SPLIT = decide(DecisionKind.SPLIT, named(TWO, 1))
MERGE = decide(DecisionKind.MERGE, named(ONE, 1), others=(named(TWO, 2),))
UNDO = decide(DecisionKind.UNDO, undoes=MERGE.id, hour=12)


def test_decisions_are_kept_once_whatever_they_name(store: Curated) -> None:
    assert store.decide([MERGE, SPLIT, MERGE]) == (MERGE.id, SPLIT.id)
    assert store.decide([SPLIT, UNDO]) == (UNDO.id,)
    assert store.decisions() == (*sorted((MERGE, SPLIT), key=lambda one: one.id), UNDO)
    store.put([ONE, TWO])
    assert list(store.dump()) == list(dump_resolution(resolve([ONE, TWO], [SPLIT])))


def test_a_wrong_decision_leaves_all_as_it_was(store: Curated) -> None:
    store.put([ONE, TWO])
    before = list(store.dump())
    with pytest.raises(DecisionError, match="other side"):
        store.decide([SPLIT, replace(MERGE, others=())])
    assert (list(store.dump()), store.decisions()) == (before, ())


def test_a_document_tells_by_whom_its_field_was_corrected(store: Curated) -> None:
    store.put([ONE, TWO])
    store.decide([decide(DecisionKind.CORRECT, named(ONE, 1), field=Correctable.DATE, value="2020-11-26")])
    (id,) = {store.assigned(ONE.source.digest)[1]}
    document = store.document(id)
    assert document is not None
    assert (document.id, document.date) == ("33.ct-ttg~2020", "2020-11-26")
    told = [(fact.value, fact.chosen, fact.ruling and fact.ruling.author) for fact in document.facts if fact.field == "date"]
    assert told == [("2020-11-26", True, "Lan"), ("2021-11-26", False, None)]
    assert store.moved("33.ct-ttg~2021") == ("33.ct-ttg~2020",)


def test_identifiers_of_what_was_merged_and_split_lead_on(store: Curated) -> None:
    store.put([ONE, TWO])
    store.decide([MERGE])
    assert store.document("34.ct-ttg~2021") is None
    assert store.moved("34.ct-ttg~2021") == ("33.ct-ttg~2021",)
    store.decide([UNDO, SPLIT])
    assert store.document("34.ct-ttg~2021") is not None
    both = {store.assigned(ONE.source.digest)[1], store.assigned(TWO.source.digest)[1]}
    assert len(both) == 2
    assert set(store.moved("33.ct-ttg~2021")) == {*both, "34.ct-ttg~2021"}  # it had the claims of all three


_VALUES = {
    Correctable.DATE: ["2020-02-03", "2021", "2021-11-26"],
    Correctable.TITLE: ["phòng cháy, chữa cháy rừng mùa khô"],
    Correctable.ISSUER: ["phòng cháy, chữa cháy rừng mùa khô"],
    Correctable.PLACE: ["tỉnh Bắc Kạn", "cả nước", "huyện Ba Bể, tỉnh Bắc Kạn"],
    Correctable.LEVEL: ["commune", "central"],
    Correctable.SIGNER: ["Nguyễn Văn A"],
    Correctable.STATUS: ["draft", "issued"],
}


@st.composite
def _decisions(draw: st.DrawFn, readings: list[Reading]) -> list[Decision]:
    claims = sorted({claim_name(one.source.digest, claim) for one in readings for claim in one.claims})
    claims.append(f"{'0' * 64}.{'0' * 16}")
    sides = st.lists(st.sampled_from(claims), min_size=1, max_size=4, unique=True)
    decisions: list[Decision] = []
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(DecisionKind))
        if kind is DecisionKind.UNDO and not decisions:
            continue
        names = draw(sides)
        cut = draw(st.integers(1, len(names)))
        correct, edge = kind is DecisionKind.CORRECT, kind in (DecisionKind.REJECT, DecisionKind.ADD)
        two = edge or kind in (DecisionKind.MERGE, DecisionKind.APART)
        if two and cut == len(names):
            continue
        fields = {
            "others": tuple(names[cut:]) if two else (),
            "field": draw(st.sampled_from(sorted(_VALUES))) if correct else None,
            "relation": draw(st.sampled_from(Relation)) if edge else None,
            "source": "Công báo" if kind is DecisionKind.ADD else "",
            "undoes": draw(st.sampled_from(decisions)).id if kind is DecisionKind.UNDO else "",
        }
        if kind is DecisionKind.UNDO:
            names, cut = [], 0
        if correct:
            fields["value"] = draw(st.sampled_from(_VALUES[fields["field"]]))
        decisions.append(decide(kind, *names[:cut], hour=draw(st.integers(1, 5)), **fields))
    return decisions


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(readings=generated(), data=st.data())
def test_any_order_of_claims_and_decisions_gives_the_same_graph(
    fresh: Callable[[], Curated], readings: list[Reading], data: st.DataObject
) -> None:
    decisions = data.draw(_decisions(readings))
    store = fresh()
    rest = data.draw(st.permutations([*readings, *decisions]))
    for one in rest:
        if isinstance(one, Decision):
            store.decide([one])
        else:
            store.put([one])
    assert store.counts() == size_of(store)
    expected = resolve(readings, decisions)
    assert list(store.dump()) == list(dump_resolution(expected))
    for one in readings:
        assert store.assigned(one.source.digest) == expected.assigned[one.source.digest]

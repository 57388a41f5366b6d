"""What decisions make of documents and edges, on the reference that works everything out at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from graph.errors import DecisionError
from graph.model import COUNTRY, Field, Level, Origin, Place, Reading, Relation, Resolution, StatedIn, Status
from graph.resolve import resolve
from graph.resolve.decide import Decision, claim_name, in_effect
from graph.ruling import Correctable, DecisionKind
from graph.store.decisions import checked
from graph.store.dump import dump_resolution
from tests.factories import BAC_KAN, QUANG_BINH, cited, directive, own, reading, stated

PLAN = own("780/KH-UBND", type="Kế hoạch", place=BAC_KAN, date="2021-12-20")
ONE = reading(PLAN, directive(), directive(), cited("34/CT-TTg", date="2021-12-01"), relations=(
    stated(0, Relation.IMPLEMENTS, 1), stated(0, Relation.CITES, 2), stated(0, Relation.CITES, 3)), salt="one")  # fmt: skip
TWO = reading(own("9/KH-UBND", type="Kế hoạch", place=QUANG_BINH, date="2022-01-05"), directive(),
    relations=(stated(0, Relation.IMPLEMENTS, 1),), salt="two")  # fmt: skip
BOTH = [ONE, TWO]
DIRECTIVE, NEXT = "33.ct-ttg~2021", "34.ct-ttg~2021"
PLANS = ("780.kh-ubnd~tinh.bac-kan~2021", "09.kh-ubnd~tinh.quang-binh~2022")


def name(one: Reading, position: int) -> str:
    return claim_name(one.source.digest, one.claims[position])


def decide(kind: DecisionKind, *claims: str, hour: int = 9, **fields: object) -> Decision:
    values = {"author": "Lan", "time": f"2026-01-01T{hour:02}:00:00.000000Z", "reason": "đã xem bản gốc", **fields}
    return Decision(kind, claims=claims, **values)  # type: ignore[arg-type]


def undo(one: Decision, hour: int = 20) -> Decision:
    return decide(DecisionKind.UNDO, undoes=one.id, hour=hour)


def graph(*decisions: Decision, of: Sequence[Reading] = BOTH) -> Resolution:
    return resolve(of, decisions)


def ids(resolution: Resolution) -> set[str]:
    return {one.id for one in resolution.documents}


def assigned(resolution: Resolution, one: Reading) -> tuple[str, ...]:
    return resolution.assigned[one.source.digest]


MERGE = decide(DecisionKind.MERGE, name(ONE, 1), others=(name(ONE, 3),))
SPLIT = decide(DecisionKind.SPLIT, name(TWO, 1))
APART = decide(DecisionKind.APART, name(ONE, 1), others=(name(TWO, 1),))
CORRECT = decide(DecisionKind.CORRECT, name(ONE, 1), field=Correctable.DATE, value="2020-11-26")
REJECT = decide(DecisionKind.REJECT, name(ONE, 0), others=(name(ONE, 1),), relation=Relation.IMPLEMENTS)
ADD = decide(DecisionKind.ADD, name(TWO, 0), others=(name(ONE, 3),), relation=Relation.BASED_ON,
    stated_in=StatedIn.PREAMBLE, source="Công báo số 5/2022", quote="Căn cứ Chỉ thị 34/CT-TTg")  # fmt: skip
ALL = [MERGE, SPLIT, APART, CORRECT, REJECT, ADD]


def test_documents_of_two_signs_become_one_under_the_first() -> None:
    made = graph(MERGE)
    assert ids(made) == {DIRECTIVE, *PLANS}
    (one,) = [one for one in made.documents if one.id == DIRECTIVE]
    assert one.mentions == 4
    assert [(each.kind, each.author, each.reason) for each in one.rulings] == [("merge", "Lan", "đã xem bản gốc")]
    assert {fact.value for fact in one.facts if fact.field == "sign"} == {"33/CT-TTg", "34/CT-TTg"}
    assert assigned(made, ONE) == (PLANS[0], DIRECTIVE, DIRECTIVE, DIRECTIVE)


def test_the_first_claim_named_says_under_which_sign() -> None:
    made = graph(decide(DecisionKind.MERGE, name(ONE, 3), others=(name(ONE, 1),)))
    assert ids(made) == {NEXT, *PLANS}


def test_a_claim_that_is_split_off_is_of_a_document_of_its_own() -> None:
    made = graph(SPLIT)
    (mine,) = set(assigned(made, TWO)) - set(PLANS)
    (theirs,) = set(assigned(made, ONE)[1:3])
    assert mine != theirs
    counts = {one.id: one.mentions for one in made.documents}
    assert (counts[theirs], counts[mine]) == (2, 1)
    assert [edge.target for edge in made.edges if edge.source == PLANS[1]] == [mine]


def test_equal_claims_of_one_source_are_told_apart() -> None:
    made = graph(decide(DecisionKind.SPLIT, name(ONE, 1)), of=[ONE])
    assert len({*assigned(made, ONE)[1:3]}) == 2
    assert {(edge.relation, edge.target == assigned(made, ONE)[1]) for edge in made.edges if "34" not in edge.target} == {
        (Relation.IMPLEMENTS, True),
        (Relation.CITES, False),
    }


def test_what_is_not_the_same_is_kept_apart_and_may_be_so_already() -> None:
    made = graph(APART)
    assert assigned(made, ONE)[1] != assigned(made, TWO)[1]
    already = graph(decide(DecisionKind.APART, name(ONE, 1), others=(name(ONE, 3),)))
    assert ids(already) == ids(graph())
    assert all(one.rulings for one in already.documents if one.id in (DIRECTIVE, NEXT))


def test_later_decisions_win() -> None:
    later = decide(DecisionKind.MERGE, name(ONE, 1), others=(name(TWO, 1),), hour=10)
    assert ids(graph(SPLIT, later)) == ids(graph())
    before = decide(DecisionKind.MERGE, name(ONE, 1), others=(name(TWO, 1),), hour=8)
    assert len(ids(graph(SPLIT, before))) == len(ids(graph())) + 1


def test_a_corrected_field_wins_over_the_majority_and_tells_who_decided() -> None:
    (one,) = [one for one in graph(CORRECT).documents if one.sign == "33/CT-TTg"]
    assert (one.id, one.date) == ("33.ct-ttg~2020", "2020-11-26")
    first, second = [fact for fact in one.facts if fact.field == "date"]
    assert (first.value, first.count, first.chosen, first.quote) == ("2020-11-26", 0, True, "")
    assert first.ruling is not None and (first.ruling.id, first.ruling.author) == (CORRECT.id, "Lan")
    assert (second.value, second.count, second.chosen, second.ruling) == ("2021-11-26", 3, False, None)


def test_a_correction_follows_its_claim_out_of_its_document() -> None:
    correct = decide(DecisionKind.CORRECT, name(TWO, 1), field=Correctable.DATE, value="2020-11-26", hour=8)
    made = graph(SPLIT, correct)
    assert {one.date for one in made.documents if one.id == assigned(made, TWO)[1]} == {"2020-11-26"}
    assert {one.date for one in made.documents if one.id == assigned(made, ONE)[1]} == {"2021-11-26"}


def test_a_corrected_sign_leaves_the_identifier_as_it_was_read() -> None:
    made = graph(decide(DecisionKind.CORRECT, name(ONE, 1), field=Correctable.SIGN, value="33/CT-BNV"))
    assert {one.sign for one in made.documents if one.id == DIRECTIVE} == {"33/CT-BNV"}


@pytest.mark.parametrize(
    ("field", "value", "place", "level"),
    [
        ("place", "xã Chợ Mới, tỉnh Thái Nguyên", Place("Thái Nguyên", commune="Chợ Mới", kind="xã"), Level.COMMUNE),
        ("place", "Xã Xuân Thành, Yên Thành, Nghệ An", Place("Nghệ An", "Yên Thành", "Xuân Thành", "xã"), Level.COMMUNE),
        ("place", "huyện Ba Bể, Bắc Kạn", Place("Bắc Kạn", "Ba Bể", kind="huyện"), Level.DISTRICT),
        ("place", "tỉnh Thái Nguyên", Place("Thái Nguyên", kind="tỉnh"), Level.PROVINCE),
        ("place", "cả nước", COUNTRY, Level.CENTRAL),
        ("level", "district", BAC_KAN, Level.DISTRICT),
    ],
)
def test_place_and_level_are_corrected_and_the_identifier_stays(field, value, place, level) -> None:
    made = graph(checked(decide(DecisionKind.CORRECT, name(ONE, 0), field=Correctable(field), value=value)))
    (plan,) = [one for one in made.documents if one.id == PLANS[0]]
    assert (plan.place, plan.level) == (place, level)


def test_signer_and_status_are_corrected() -> None:
    said = (("signer", "Nguyễn Văn A"), ("status", "draft"))
    made = graph(*(decide(DecisionKind.CORRECT, name(ONE, 0), field=Correctable(field), value=value) for field, value in said))
    (plan,) = [one for one in made.documents if one.id == PLANS[0]]
    assert (plan.signer, plan.status) == ("Nguyễn Văn A", Status.DRAFT)
    assert {(one.field, one.value) for one in plan.rulings} == set(said)


@pytest.mark.parametrize(
    ("field", "value"),
    [("place", "Xuân Thành, Nghệ An"), ("place", "xã Tân Thành"), ("place", "tỉnh Atlantis"), ("place", ""), ("level", "tỉnh"), ("status", "cited"), ("status", "x")],
)
def test_what_is_no_such_value_is_refused(field: str, value: str) -> None:
    with pytest.raises(DecisionError):
        checked(decide(DecisionKind.CORRECT, name(ONE, 0), field=Correctable(field), value=value))


def test_every_field_of_claims_can_be_corrected() -> None:
    assert set(map(str, Field)) < set(map(str, Correctable))


def test_a_rejected_edge_gives_way_to_weaker_ones_and_to_none() -> None:
    made = graph(REJECT)
    assert [(edge.relation) for edge in made.edges if (edge.source, edge.target) == (PLANS[0], DIRECTIVE)] == ["cites"]
    alone = decide(DecisionKind.REJECT, name(ONE, 0), others=(name(ONE, 3),), relation=Relation.CITES)
    assert [edge for edge in graph(alone).edges if edge.target == NEXT] == []


def test_an_added_edge_has_its_source_and_no_evidence() -> None:
    (edge,) = [edge for edge in graph(ADD).edges if (edge.source, edge.target) == (PLANS[1], NEXT)]
    assert (edge.origin, edge.relation, edge.stated_in) == (Origin.DECIDED, Relation.BASED_ON, StatedIn.PREAMBLE)
    assert (edge.quote, edge.evidence) == ("Căn cứ Chỉ thị 34/CT-TTg", ())
    assert edge.ruling is not None and edge.ruling.source == "Công báo số 5/2022"


def test_the_last_decision_on_an_edge_holds() -> None:
    again = decide(DecisionKind.REJECT, name(TWO, 0), others=(name(ONE, 3),), relation=Relation.BASED_ON, hour=10)
    assert [edge for edge in graph(ADD, again).edges if edge.target == NEXT and edge.source == PLANS[1]] == []


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.kind)
def test_undoing_gives_the_graph_before_and_undoing_that_gives_it_back(one: Decision) -> None:
    before, after = list(dump_resolution(graph())), list(dump_resolution(graph(one)))
    assert before != after
    assert list(dump_resolution(graph(one, undo(one)))) == before
    assert list(dump_resolution(graph(one, undo(one), undo(undo(one))))) == after
    assert in_effect([undo(one)]) == [undo(one)]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.kind)
def test_decisions_whose_claims_are_gone_change_nothing(one: Decision) -> None:
    elsewhere = reading(own("1/KH-UBND", place=BAC_KAN, date="2020-02-02"), directive("7/CT-TTg", "2020-01-01"))
    assert list(dump_resolution(graph(one, of=[elsewhere]))) == list(dump_resolution(graph(of=[elsewhere])))


def test_the_order_in_which_decisions_come_does_not_matter() -> None:
    some = [MERGE, SPLIT, CORRECT, ADD, undo(ADD)]
    (dump,) = {tuple(dump_resolution(graph(*order))) for order in permutations(some)}
    assert dump


def test_a_claim_keeps_its_name_as_long_as_it_is_found_at_its_place() -> None:
    again = reading(own("999/KH-UBND"), directive(title="Về dân vận"), salt="one")
    first = again.claims[1]
    assert claim_name(again.source.digest, first) == claim_name(again.source.digest, replace(first, title=None, date=None))
    assert claim_name(again.source.digest, first) != claim_name(ONE.source.digest, first)

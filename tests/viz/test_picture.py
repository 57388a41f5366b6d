from __future__ import annotations

import pytest

from graph.errors import UnknownDocumentError
from graph.model import BasisKind, Relation, StatedIn
from queries.tiers import Tier
from tests.factories_view import communal, document, edge, guess, provincial, view_of
from viz.picture import FIRST, MOST, STEP, edges_of, picture

GOAL = document("goal", "33/CT-TTg", type="Chỉ thị", date="2021-11-26")


def made_for(source, target="goal"):
    return edge(source, Relation.IMPLEMENTS, target, StatedIn.OWN_TITLE)


def crowd(number, relation=made_for, prefix="p"):
    plans = [provincial(f"{prefix}{each:05}", date="2022-01-01") for each in range(number)]
    return plans, [relation(plan.id) for plan in plans]


def cites(source, target="goal"):
    return edge(source, Relation.CITES, target)


def test_a_document_alone_is_a_picture():
    shown = picture(view_of([GOAL]), "goal")
    assert (list(shown.documents), shown.tiers, shown.added, shown.left_out) == (["goal"], {}, ("goal",), 0)


def test_both_lines_of_a_document_are_shown_with_their_tiers():
    plan, commune = provincial("plan"), communal("commune")
    above, top, law, aside = document("above"), document("top"), document("law"), document("aside")
    edges = [
        made_for("plan"),
        made_for("commune", "plan"),
        guess("aside", "goal"),
        made_for("goal", "above"),
        edge("above", Relation.BASED_ON, "top", StatedIn.PREAMBLE),
        edge("goal", Relation.BASED_ON, "law", StatedIn.PREAMBLE, basis=BasisKind.COMPETENCE),
    ]
    view = view_of([GOAL, plan, commune, above, top, law, aside], edges)
    shown = picture(view, "goal")
    assert shown.tiers == {
        "plan": Tier.MADE_FOR,
        "commune": Tier.MADE_FOR,
        "above": Tier.MADE_FOR,
        "top": Tier.BASED_ON,
        "aside": Tier.INFERRED,
    }
    assert {(one.source, one.target) for one in edges_of(view, shown)} == {
        ("plan", "goal"),
        ("commune", "plan"),
        ("aside", "goal"),
        ("goal", "above"),
        ("above", "top"),
    }


def test_the_strongest_come_first_and_the_rest_is_counted():
    strong, strong_edges = crowd(60)
    weak, weak_edges = crowd(30, cites, "a")
    shown = picture(view_of([GOAL, *weak, *strong], [*weak_edges, *strong_edges]), "goal")
    assert len(shown.documents) == FIRST
    assert {plan.id for plan in strong} <= shown.documents.keys()
    assert shown.left_out == 91 - FIRST
    assert shown.added[:2] == ("goal", "p00000")
    assert shown.added[-1] == "a00008"


def test_among_equals_those_that_others_hang_on_come_first():
    plans, edges = crowd(80)
    below = communal("below", date="2023-01-01")
    shown = picture(view_of([GOAL, *plans, below], [*edges, made_for("below", "p00079")]), "goal")
    assert shown.added[1] == "p00079"


def test_nothing_is_shown_without_the_chain_that_holds_it():
    plans, edges = crowd(75)
    far = [communal(f"c{each:05}", date="2021-12-01") for each in range(75)]
    edges += [made_for(one.id, plan.id) for one, plan in zip(far, reversed(plans), strict=True)]
    view = view_of([GOAL, *plans, *far], edges)
    shown = picture(view, "goal")
    linked = {"goal"}
    drawn = edges_of(view, shown)
    for _ in range(3):
        linked |= {one.source for one in drawn if one.target in linked}
    assert linked == set(shown.documents)


def test_expanding_brings_neighbours_and_moves_nothing():
    plan = provincial("plan", date="2022-01-01")
    others, edges = crowd(STEP + 5, lambda id: made_for("plan", id), "q")
    view = view_of([GOAL, plan, *others], [made_for("plan"), *edges])
    before = picture(view, "goal")
    after = picture(view, "goal", ["plan"])
    assert before.layout.points.items() <= after.layout.points.items()
    assert len(after.added) == STEP
    assert after.left_out == 5
    assert set(after.added).isdisjoint(before.documents)
    assert after.tiers == before.tiers == {"plan": Tier.MADE_FOR}
    assert {one.source for one in edges_of(view, after)} == {"plan"}
    again = picture(view, "goal", ["plan", "plan"])
    assert len(again.added) == 5
    assert again.left_out == 0
    assert after.layout.points.items() <= again.layout.points.items()
    assert picture(view, "goal", ["plan"] * 3).added == ()


def test_what_an_expansion_of_the_root_brings_has_its_tier():
    plans, edges = crowd(FIRST)
    after = picture(view_of([GOAL, *plans], edges), "goal", ["goal"])
    assert [after.tiers[id] for id in after.added] == [Tier.MADE_FOR]


def test_no_more_than_the_most_are_ever_shown():
    plans, edges = crowd(MOST + 200)
    shown = picture(view_of([GOAL, *plans], edges), "goal", ["goal"] * 60)
    assert len(shown.documents) == MOST
    assert shown.left_out == 201


@pytest.mark.parametrize(("id", "expansions"), [("none", []), ("goal", ["none"]), ("goal", ["apart"])])
def test_what_is_not_there_cannot_be_shown_or_expanded(id, expansions):
    with pytest.raises(UnknownDocumentError) as caught:
        picture(view_of([GOAL, document("apart")]), id, expansions)
    assert caught.value.remedy


def test_documents_that_cite_one_another_are_shown_once():
    other = provincial("other")
    view = view_of([GOAL, other], [cites("goal", "other"), made_for("other")])
    shown = picture(view, "goal", ["goal", "other"])
    assert shown.tiers == {"other": Tier.MADE_FOR}
    assert len(edges_of(view, picture(view, "goal"))) == 2

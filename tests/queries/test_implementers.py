from __future__ import annotations

from dataclasses import replace

import pytest

from graph.errors import UnknownDocumentError
from graph.model import BasisKind, Level, Origin, Relation, StatedIn, Status
from graph.store.base import Filter
from queries.implementers import implementers
from queries.tiers import Tier
from tests.factories_chains import BASED_ON, BASIS, CITES, GOAL, IMPLEMENTS, MADE, MONITORS, TASK, X, answers, hop
from tests.factories_view import communal, document, edge, guess, provincial, view_of


def tiers(documents, edges, **options):
    return {id: one.tier for id, one in answers(documents, edges, **options).items()}


@pytest.mark.parametrize(
    ("relation", "stated_in", "tier"),
    [
        (IMPLEMENTS, StatedIn.OWN_TITLE, Tier.MADE_FOR),
        (IMPLEMENTS, StatedIn.CITED_TITLE, Tier.MADE_FOR),
        (IMPLEMENTS, StatedIn.PREAMBLE, Tier.MADE_FOR),
        (IMPLEMENTS, StatedIn.BODY, Tier.TASK),
        (IMPLEMENTS, StatedIn.FOOTNOTE, Tier.TASK),
        (BASED_ON, StatedIn.PREAMBLE, Tier.BASED_ON),
        (MONITORS, StatedIn.BODY, Tier.RELATED),
        (Relation.DISSEMINATES, StatedIn.PREAMBLE, Tier.RELATED),
        (Relation.CITES, StatedIn.BODY, Tier.RELATED),
        (Relation.REPLACES, StatedIn.BODY, Tier.RELATED),
    ],
)
def test_tier_of_a_direct_relation(relation, stated_in, tier):
    found = answers([provincial("a")], [edge("a", relation, X, stated_in)])
    assert found["a"].tier is tier
    assert [(hop.source, hop.relation, hop.target, hop.stated_in) for hop in found["a"].chain] == [
        ("a", relation, X, stated_in)
    ]
    assert found["a"].chain[0].quote == f"a {relation} {X}."
    assert found["a"].chain[0].proof.quote == found["a"].chain[0].quote


def test_a_title_that_repeats_the_directive_is_a_guess_with_its_score_and_without_proof():
    (found,) = answers([provincial("a")], [guess("a", X, 0.8)]).values()
    assert (found.tier, found.chain[0].origin, found.chain[0].score) == (Tier.INFERRED, Origin.INFERRED, 0.8)
    assert found.chain[0].proof is None


@pytest.mark.parametrize("stated_in", [StatedIn.OWN_TITLE, StatedIn.PREAMBLE, StatedIn.BODY])
def test_a_report_never_implements(stated_in):
    report = provincial("a", type="Báo cáo")
    assert tiers([report], [edge("a", IMPLEMENTS, X, stated_in)]) == {"a": Tier.RELATED}


def test_an_inspection_of_the_directive_does_not_implement_it_whatever_else_it_says():
    said = [edge("a", MONITORS, X, StatedIn.OWN_TITLE), edge("a", BASED_ON, X, StatedIn.PREAMBLE)]
    assert tiers([provincial("a")], said) == {"a": Tier.RELATED}
    assert tiers([provincial("a")], said, relations=[BASED_ON]) == {"a": Tier.RELATED}


@pytest.mark.parametrize("relation", [IMPLEMENTS, BASED_ON])
def test_an_inspection_by_its_title_does_not_implement_what_it_rests_on(relation):
    inspection = provincial("a", title="Kiểm tra công tác dân vận chính quyền năm 2024")
    assert tiers([inspection], [edge("a", relation, X, StatedIn.PREAMBLE)]) == {"a": Tier.RELATED}


def test_checking_as_one_task_among_others_leaves_a_plan_an_implementer():
    said = [edge("a", MONITORS, X, StatedIn.BODY), edge("a", IMPLEMENTS, X, StatedIn.OWN_TITLE)]
    assert tiers([provincial("a")], said) == {"a": Tier.MADE_FOR}


def test_competence_is_hidden_unless_asked():
    said = [edge("a", BASED_ON, X, StatedIn.PREAMBLE, basis=BasisKind.COMPETENCE)]
    assert tiers([provincial("a")], said) == {}
    assert tiers([provincial("a")], said, competence=True) == {"a": Tier.BASED_ON}
    assert tiers([provincial("a")], [replace(said[0], basis=BasisKind.SUBSTANCE)]) == {"a": Tier.BASED_ON}


@pytest.mark.parametrize(
    ("lower", "upper", "tier"),
    [
        (MADE, MADE, Tier.MADE_FOR),
        (BASIS, MADE, Tier.BASED_ON),
        ("guess", MADE, Tier.INFERRED),
        (MADE, "guess", Tier.INFERRED),
        (BASIS, "guess", Tier.INFERRED),
        (TASK, MADE, Tier.RELATED),
        (TASK, "guess", Tier.RELATED),
        (MADE, TASK, Tier.RELATED),
        (MADE, BASIS, Tier.RELATED),
        (BASIS, BASIS, Tier.RELATED),
        (CITES, MADE, Tier.RELATED),
        (MADE, CITES, Tier.RELATED),
    ],
)
def test_a_chain_of_two_hops(lower, upper, tier):
    found = answers([provincial("p"), communal("c")], [hop("c", "p", lower), hop("p", X, upper)])
    assert found["c"].tier is tier
    assert [one.target for one in found["c"].chain] == ["p", X]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (provincial("p", province="Nghệ An"), communal("c", province="Bắc Kạn")),
        (provincial("p"), provincial("c")),
        (communal("p"), provincial("c")),
        (provincial("p", level=None), communal("c")),
        (provincial("p", issuer="Sở Nội vụ tỉnh Bắc Kạn"), provincial("c")),
    ],
)
def test_a_legal_basis_in_a_document_of_no_superior_does_not_implement(upper, lower):
    said = [hop("c", "p", BASIS), hop("p", X, MADE)]
    assert tiers([upper, lower], said)["c"] is Tier.RELATED


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (provincial("p"), provincial("c", issuer="Sở Nội vụ tỉnh Bắc Kạn")),
        (provincial("p", issuer="Ban Thường vụ Tỉnh ủy Bắc Kạn"), provincial("c")),
        (document("p"), document("c", issuer="Bộ trưởng Bộ Nội vụ")),
        (document("p", issuer="Bộ trưởng Bộ Nội vụ"), communal("c")),
    ],
)
def test_a_legal_basis_in_a_superiors_document_implements(upper, lower):
    assert tiers([upper, lower], [hop("c", "p", BASIS), hop("p", X, MADE)])["c"] is Tier.BASED_ON


def test_a_legal_basis_counts_once_in_a_chain():
    people = [document("m", issuer="Bộ trưởng Bộ Nội vụ"), provincial("p"), communal("c")]
    said = [hop("m", X, MADE), hop("p", "m", BASIS), hop("c", "p", BASIS)]
    assert tiers(people, said) == {"m": Tier.MADE_FOR, "p": Tier.BASED_ON, "c": Tier.RELATED}
    said[2] = hop("c", "p", MADE)
    assert tiers(people, said)["c"] is Tier.BASED_ON


def test_a_report_ends_every_chain():
    people = [provincial("p", type="Báo cáo"), communal("c")]
    assert tiers(people, [hop("p", X, MADE), hop("c", "p", MADE)]) == {"p": Tier.RELATED, "c": Tier.RELATED}


def test_what_a_chain_may_grow_into_counts_beside_its_tier():
    people = [provincial("p", issuer="Ban Thường vụ Tỉnh ủy Bắc Kạn"), provincial("q"), communal("c")]
    basis = [hop("p", X, MADE), hop("q", "p", BASIS)]
    assert tiers(people, [*basis, hop("q", X, "guess")])["q"] is Tier.BASED_ON
    below = answers(people, [*basis, hop("q", X, "guess"), hop("c", "q", BASIS)])["c"]
    assert (below.tier, [one.tier for one in below.chain]) == (Tier.INFERRED, [Tier.BASED_ON, Tier.INFERRED])


@pytest.mark.parametrize("direct", [BASIS, TASK])
def test_a_weaker_chain_that_may_grow_is_kept_beside_a_stronger_relation_that_may_not(direct):
    people = [document("m", issuer="Bộ trưởng Bộ Nội vụ"), provincial("p"), communal("c")]
    said = [hop("m", X, "guess"), hop("p", "m", BASIS), hop("p", X, direct), hop("c", "p", MADE)]
    assert tiers(people, said)["c"] is Tier.INFERRED


def test_a_longer_guess_is_kept_beside_a_legal_basis():
    people = [provincial("p", issuer="Ban Thường vụ Tỉnh ủy Bắc Kạn"), *map(provincial, "qrs"), communal("c")]
    said = [hop("p", X, MADE), hop("q", "p", BASIS), hop("s", X, "guess"), hop("r", "s", MADE), hop("q", "r", MADE)]
    found = answers(people, [*said, hop("c", "q", BASIS)])
    assert (found["q"].tier, found["c"].tier) == (Tier.BASED_ON, Tier.INFERRED)
    assert [one.source for one in found["c"].chain] == ["c", "q", "r", "s"]


def test_a_direct_relation_decides_unless_a_chain_is_stronger():
    people = [provincial("p"), communal("c")]
    made = [hop("p", X, MADE), hop("c", "p", MADE)]
    weaker = answers(people, [*made, hop("c", X, TASK)])["c"]
    assert (weaker.tier, len(weaker.chain)) == (Tier.MADE_FOR, 2)
    task = answers(people, [hop("p", X, "guess"), hop("c", "p", TASK), hop("c", X, CITES)])["c"]
    assert (task.tier, len(task.chain)) == (Tier.RELATED, 1)
    equal = answers(people, [*made, hop("c", X, MADE)])["c"]
    assert (equal.tier, len(equal.chain)) == (Tier.MADE_FOR, 1)


def test_the_stronger_of_two_relations_to_one_document_decides():
    said = [edge("a", IMPLEMENTS, X, StatedIn.BODY), edge("a", BASED_ON, X, StatedIn.PREAMBLE)]
    found = answers([provincial("a")], said)["a"]
    assert (found.tier, found.chain[0].relation) == (Tier.BASED_ON, BASED_ON)


def test_sorted_by_tier_then_date_with_nulls_last_then_id():
    people = [
        provincial("e"),
        provincial("d", date="2022-01-01"),
        provincial("c", date="2022-01-01"),
        provincial("b", date="2021"),
        provincial("a", date="2019-01-01"),
    ]
    said = [hop("a", X, TASK), *(hop(id, X, MADE) for id in "bcde")]
    found = implementers(view_of([GOAL, *people], said), X)
    assert [one.document.id for one in found] == ["b", "c", "d", "e", "a"]


def test_depth_bounds_the_chain():
    people = [provincial(str(number)) for number in range(8)]
    said = [hop("0", X, MADE), *(hop(str(number + 1), str(number), MADE) for number in range(7))]
    assert len(answers(people, said)) == 6
    assert len(answers(people, said, depth=1)) == 1
    assert answers(people, said, depth=0) == {}


def test_cycles_and_the_directives_own_relations_do_no_harm():
    people = [provincial("a"), provincial("b")]
    said = [hop("a", "b", MADE), hop("b", "a", MADE), hop("a", X, MADE), hop(X, "b", MADE), hop("a", "a", MADE)]
    assert tiers(people, said) == {"a": Tier.MADE_FOR, "b": Tier.MADE_FOR}


def test_relations_limit_the_hops():
    people = [provincial("p"), communal("c"), provincial("q")]
    said = [hop("p", X, MADE), hop("c", "p", BASIS), hop("q", X, CITES)]
    assert tiers(people, said, relations=[IMPLEMENTS]) == {"p": Tier.MADE_FOR}
    assert tiers(people, said, relations=[IMPLEMENTS, BASED_ON]) == {"p": Tier.MADE_FOR, "c": Tier.BASED_ON}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(level=Level.COMMUNE), {"c"}),
        (Filter(province="Bắc Kạn"), {"p", "c"}),
        (Filter(province="bac kan"), {"p", "c"}),
        (Filter(year=2022), {"q"}),
        (Filter(type="Chương trình"), {"c"}),
        (Filter(status=Status.DRAFT), {"q"}),
        (Filter(held=False), {"p"}),
        (Filter(level=Level.COMMUNE, year=2022), set()),
    ],
)
def test_the_filter_limits_the_answer_and_not_the_way(wanted, expected):
    people = [
        provincial("p", held=False, date="2021-05-01"),
        communal("c", type="Chương trình"),
        provincial("q", province="Nghệ An", date="2022-01-01", status=Status.DRAFT),
    ]
    said = [hop("p", X, MADE), hop("c", "p", MADE), hop("q", X, MADE)]
    assert set(tiers(people, said, wanted=wanted)) == expected


def test_without_related_no_loose_chain_is_followed():
    people = [provincial("p"), communal("c"), communal("d")]
    said = [hop("p", X, CITES), hop("c", "p", MADE), hop("d", "c", MADE)]
    view = view_of([GOAL, *people], said)
    assert implementers(view, X, related=False) == ()
    assert view.asked == [X]
    assert len(implementers(view, X)) == 3


def test_each_document_is_read_from_the_store_once():
    people = [provincial(id) for id in "abcd"]
    said = [hop(*pair, MADE) for pair in ["ba", "ca", "db", "dc", "ad"]] + [hop("a", X, CITES), hop("d", X, MADE)]
    view = view_of([GOAL, *people], said)
    assert len(implementers(view, X)) == 4
    assert len(view.asked) == len(set(view.asked))


def test_a_document_that_is_renamed_while_the_answer_is_made_is_left_out():
    said = [hop("p", X, MADE), hop("gone", X, MADE), hop("c", "gone", MADE)]
    assert tiers([provincial("p"), communal("c")], said) == {"p": Tier.MADE_FOR}


def test_an_unknown_directive_is_an_error():
    with pytest.raises(UnknownDocumentError):
        implementers(view_of([GOAL]), "34.ct-ttg~2021")

"""Who implements a directive, compared with the rule read word by word and with what records give, whole and in slices."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

import queries.implementers
from graph.model import BasisKind, Level, Origin, Relation, StatedIn
from graph.store.base import Filter
from graph.superiors import is_superior
from queries.implementers import answer, implementers
from queries.tiers import Tier
from tests import reference_implementers
from tests.factories_chains import BASED_ON, BASIS, CITES, GOAL, IMPLEMENTS, MADE, TASK, X, answers, hop
from tests.factories_view import communal, document, edge, provincial, view_of

_IDS = "abcd"
_LEVELS = {"a": document, "b": provincial, "c": provincial, "d": communal}
_KINDS = [MADE, MADE, BASIS, BASIS, "guess", "guess", TASK, CITES]
_EDGES = st.lists(
    st.tuples(st.sampled_from(_IDS), st.sampled_from([*_IDS, X]), st.sampled_from(_KINDS)),
    max_size=14,
    unique_by=lambda one: (one[0], one[1], IMPLEMENTS if one[2] == "guess" else one[2][0]),
)
"""A store has one edge of a relation from one document to another."""


def by_definition(documents, edges, depth):
    """Tier and length for each document, by the rule of chains read word by word over every path."""
    known = {one.id: one for one in documents}
    kind = {MADE: 1, BASIS: 2, TASK: 3, "guess": 4, CITES: 5}

    def paths(at, seen):
        for source, target, said in edges:
            if source == at and target not in seen:
                if target == X:
                    yield [(source, target, kind[said])]
                else:
                    for rest in paths(target, seen | {target}):
                        yield [(source, target, kind[said]), *rest]

    def tier(path):
        if len(path) == 1:
            return path[0][2]
        firm = {1, 4}
        for index, (source, target, hop_tier) in enumerate(path):
            above = path[index + 1 :]
            lawful = hop_tier == 2 and above and is_superior(known[target], known[source]) and tier(above) in firm
            if hop_tier not in firm and not (lawful and all(step[2] in firm for step in above)):
                return 5
        return max(step[2] for step in path)

    best = {}
    for id in known:
        ranked = [(tier(path), len(path)) for path in paths(id, {id}) if len(path) <= depth]
        if ranked:
            best[id] = min(ranked)
    return best


@settings(max_examples=400, deadline=None)
@given(_EDGES, st.integers(1, 6))
def test_agrees_with_the_rule_read_over_every_path(edges, depth):
    documents = [_LEVELS[id](id) for id in _IDS]
    found = answers(documents, [hop(*one) for one in edges], depth=depth)
    assert {id: (one.tier.rank, len(one.chain)) for id, one in found.items()} == by_definition(documents, edges, depth)
    for id, one in found.items():
        assert (one.chain[0].source, one.chain[-1].target) == (id, X)
        assert all(before.target == after.source for before, after in pairwise(one.chain))


@given(_EDGES, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_the_store(edges, random):
    documents = [GOAL, *(_LEVELS[id](id) for id in _IDS)]
    shuffled = view_of(documents, [hop(*one) for one in edges])
    expected = implementers(shuffled, X)
    random.shuffle(shuffled._edges)
    assert implementers(shuffled, X) == expected


_PEOPLE = st.builds(
    lambda make, **known: make("", **known),
    st.sampled_from([document, provincial, communal]),
    date=st.sampled_from([None, "2021", "2021-11", "2022-03-04"]),
    type=st.sampled_from(["Kế hoạch", "Báo cáo", "Chỉ thị"]),
    title=st.sampled_from(["Dân vận", "Kiểm tra công tác dân vận", "Quy định về kiểm tra", None]),
    issuer=st.sampled_from(["Ủy ban nhân dân tỉnh Bắc Kạn", "Sở Nội vụ tỉnh Bắc Kạn", None]),
)
_ENDS = st.integers(0, 7)
_SAID = st.tuples(
    _ENDS,
    st.sampled_from([*Relation, *[IMPLEMENTS, BASED_ON] * 4]),
    _ENDS,
    st.sampled_from(StatedIn),
    st.sampled_from([None, *BasisKind]),
    st.booleans(),
)


@st.composite
def graphs(draw):
    """Documents, the first of them a directive, and edges between them as a store could hold them."""
    people = draw(st.lists(_PEOPLE, min_size=7, max_size=7))
    documents = [GOAL, *(replace(one, id=id) for one, id in zip(people, "gfedcba", strict=True))]
    said = draw(st.lists(_SAID, max_size=24, unique_by=lambda one: one[:3]))
    edges = []
    for source, relation, target, stated_in, basis, guessed in said:
        one = edge(documents[source].id, relation, documents[target].id, stated_in, basis=basis)
        inferred = guessed and relation is IMPLEMENTS
        edges.append(replace(one, origin=Origin.INFERRED, evidence=()) if inferred else one)
    return documents, edges


_WANTED = st.sampled_from(
    [None, Filter(), Filter(level=Level.COMMUNE), Filter(province="bac kan"), Filter(year=2021), Filter(held=False)]
)


@settings(max_examples=400, deadline=None)
@given(graphs(), st.integers(0, 7), st.booleans(), st.booleans(), _WANTED, st.sampled_from([None, [BASED_ON]]))
def test_columns_give_item_by_item_what_records_give(graph, depth, related, competence, wanted, relations):
    view = view_of(*graph)
    options = {"depth": depth, "related": related, "competence": competence, "wanted": wanted, "relations": relations}
    expected = reference_implementers.implementers(view, X, **options)
    assert implementers(view, X, **options) == expected


@given(graphs(), st.integers(0, 8), st.integers(0, 8), st.sampled_from([None, *Tier]))
def test_a_slice_is_a_slice_of_the_whole(graph, limit, offset, tier):
    view = view_of(*graph)
    whole = implementers(view, X)
    found = answer(view, X)
    assert (found.total, sum(found.tiers.values())) == (len(whole), len(whole))
    assert found.tiers == {one: sum(each.tier is one for each in whole) for one in Tier}
    of_tier = tuple(one for one in whole if tier in (None, one.tier))
    assert found.slice(limit, offset, tier=tier) == of_tier[offset : offset + limit]
    implementing = [one for one in whole if one.tier is not Tier.RELATED]
    level = Level.COMMUNE
    assert found.count(Filter(level=level)) == sum(one.document.level is level for one in implementing)


def test_a_long_answer_is_kept_for_another_slice_or_filter_of_it(monkeypatch):
    view = view_of([GOAL, provincial("p"), communal("c")], [hop("p", X, MADE), hop("c", X, MADE)])
    one = view.traversal()
    monkeypatch.setattr(view, "traversal", lambda: one)
    monkeypatch.setattr(queries.implementers, "REMEMBERED", 2)
    assert answer(view, X).total == 2
    (walk,) = one.memory.values()
    assert answer(view, X, wanted=Filter(level=Level.COMMUNE)).total == 1
    assert answer(view, X, depth=1).total == 2
    assert next(iter(one.memory.values())) is walk
    assert len(one.memory) == 2


def test_a_slice_leaves_out_what_a_writer_has_renamed_since():
    view = view_of([GOAL, provincial("p"), provincial("q")], [hop("p", X, MADE), hop("q", X, MADE)])
    found = answer(view, X)
    del view._documents["p"]
    assert [one.document.id for one in found.slice()] == ["q"]

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import UnknownDocumentError
from graph.model import Relation
from queries.path import path
from tests.factories_view import document, edge, view_of

CITES, IMPLEMENTS = Relation.CITES, Relation.IMPLEMENTS
IDS = "abcdef"
DOCUMENTS = [document(id) for id in IDS]
EDGES = [
    edge("a", IMPLEMENTS, "c"),
    edge("a", CITES, "c"),
    edge("a", CITES, "b"),
    edge("b", CITES, "d"),
    edge("c", IMPLEMENTS, "d"),
    edge("d", IMPLEMENTS, "e"),
]
VIEW = view_of(DOCUMENTS, EDGES)


def ids(found):
    return "".join(one.id for one in found.documents)


@pytest.mark.parametrize(
    ("source", "target", "options", "expected"),
    [
        ("a", "d", {}, "abd"),
        ("a", "e", {}, "abde"),
        ("a", "e", {"relations": [IMPLEMENTS]}, "acde"),
        ("a", "e", {"depth": 3}, "abde"),
        ("a", "e", {"depth": 2}, ""),
        ("e", "a", {}, ""),
        ("a", "f", {}, ""),
        ("a", "a", {}, "a"),
    ],
)
def test_the_shortest_chain_that_sorts_first(source, target, options, expected):
    assert ids(path(VIEW, source, target, **options)) == expected


def test_all_edges_of_each_step_in_its_order():
    found = path(VIEW, "a", "c")
    assert [(one.source, one.relation, one.target) for one in found.edges] == [("a", CITES, "c"), ("a", IMPLEMENTS, "c")]
    whole = path(VIEW, "a", "e", relations=[IMPLEMENTS])
    assert [one.source for one in whole.edges] == ["a", "c", "d"]
    assert all(one.evidence for one in whole.edges)


@pytest.mark.parametrize("ends", [("z", "a"), ("a", "z")])
def test_an_unknown_document_is_an_error(ends):
    with pytest.raises(UnknownDocumentError):
        path(VIEW, *ends)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=16, unique=True))
def test_agrees_with_networkx(pairs):
    view = view_of(DOCUMENTS, [edge(source, CITES, target) for source, target in pairs])
    network = nx.DiGraph(pairs)
    network.add_nodes_from(IDS)
    for target in IDS[1:]:
        possible = list(nx.all_shortest_paths(network, "a", target)) if nx.has_path(network, "a", target) else [[]]
        found = path(view, "a", target)
        assert ids(found) == "".join(min(possible))
        assert [(one.source, one.target) for one in found.edges] == list(pairwise(ids(found)))

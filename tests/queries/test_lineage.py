from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UnknownDocumentError
from graph.model import Relation
from queries.lineage import Direction, lineage
from tests.factories_view import document, edge, view_of

CITES, IMPLEMENTS = Relation.CITES, Relation.IMPLEMENTS
DATES = {"a": "2024", "b": None, "c": "2021-01-01", "d": "2020", "e": None}
DOCUMENTS = [document(id, date=date) for id, date in DATES.items()]
EDGES = [
    edge("a", IMPLEMENTS, "b"),
    edge("a", CITES, "c"),
    edge("a", CITES, "d"),
    edge("b", IMPLEMENTS, "d"),
    edge("d", IMPLEMENTS, "e"),
    edge("e", CITES, "a"),
]
VIEW = view_of(DOCUMENTS, EDGES)


def ids(found):
    return [[one.id for one in level] for level in found.levels]


def ends(found):
    return [(one.source, one.target) for one in found.edges]


@pytest.mark.parametrize(
    ("options", "levels", "edges"),
    [
        ({"depth": 0}, [["a"]], []),
        ({"depth": 1}, [["a"], ["d", "c", "b"]], ["ac", "ad", "ab"]),
        ({"depth": 2}, [["a"], ["d", "c", "b"], ["e"]], ["ac", "ad", "ab", "bd", "de"]),
        ({"depth": 9}, [["a"], ["d", "c", "b"], ["e"]], ["ac", "ad", "ab", "bd", "de", "ea"]),
        ({"depth": 9, "relations": [IMPLEMENTS]}, [["a"], ["b"], ["d"], ["e"]], ["ab", "bd", "de"]),
        ({"depth": 1, "direction": Direction.DOWN}, [["a"], ["e"]], ["ea"]),
        ({"depth": 2, "direction": Direction.DOWN}, [["a"], ["e"], ["d"]], ["de", "ea"]),
    ],
)
def test_levels_and_edges(options, levels, edges):
    found = lineage(VIEW, "a", **options)
    assert ids(found) == levels
    assert ends(found) == [tuple(pair) for pair in edges]
    assert not found.cut


def test_the_limit_keeps_the_first_of_a_level_and_says_so():
    found = lineage(VIEW, "a", depth=5, limit=3)
    assert (ids(found), found.cut) == ([["a"], ["d", "c"]], True)
    assert ends(found) == [("a", "c"), ("a", "d")]
    assert not lineage(VIEW, "a", depth=5, limit=5).cut


def test_an_unknown_document_is_an_error():
    with pytest.raises(UnknownDocumentError):
        lineage(VIEW, "z")


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=12, unique=True))
def test_up_and_down_are_mirror_images(pairs):
    up = view_of(DOCUMENTS, [edge(source, CITES, target) for source, target in pairs])
    down = view_of(DOCUMENTS, [edge(target, CITES, source) for source, target in pairs])
    upward = lineage(up, "a", depth=9)
    downward = lineage(down, "a", depth=9, direction=Direction.DOWN)
    assert ids(upward) == ids(downward)
    assert sorted((one.target, one.source) for one in downward.edges) == ends(upward)

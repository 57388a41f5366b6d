from __future__ import annotations

import io
import json
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Relation, StatedIn
from tests.factories_view import document, edge, provincial, view_of
from viz.export import gexf, graphml, neighbourhood, node_link, to_network, united

GOAL = document("33.ct-ttg~2021", "33/CT-TTg", type="Chỉ thị", date="2021-11-26")
PLAN = provincial("plan", "780/KH-UBND")
BELOW = provincial("below", None, held=False)
ASIDE = document("aside")
SAID = edge("plan", Relation.BASED_ON, GOAL.id, StatedIn.PREAMBLE, quote="Căn cứ\nChỉ thị <33> & \x0b\x1b[1m“nữa”")
EDGES = [
    SAID,
    edge("plan", Relation.IMPLEMENTS, GOAL.id),
    edge("below", Relation.CITES, "plan"),
    edge("aside", Relation.CITES, GOAL.id),
]
VIEW = view_of([GOAL, PLAN, BELOW, ASIDE], EDGES)


def read_back(form, text):
    if form is node_link:
        return nx.node_link_graph(json.loads(text), edges="edges")
    reader = nx.read_graphml if form is graphml else nx.read_gexf
    options = {"force_multigraph": True} if form is graphml else {}
    return reader(io.BytesIO(text.encode()), **options)


def test_the_neighbourhood_is_both_lines_of_the_document_and_no_other():
    documents, edges = united(neighbourhood(VIEW, "plan", depth=2))
    assert [one.id for one in documents] == ["33.ct-ttg~2021", "below", "plan"]
    assert [(one.source, one.relation) for one in edges] == [
        ("below", Relation.CITES),
        ("plan", Relation.BASED_ON),
        ("plan", Relation.IMPLEMENTS),
    ]


def test_what_is_not_known_is_no_attribute():
    network = to_network([BELOW], [])
    assert network.nodes["below"] == {
        "label": "Về việc below",
        "type": "Kế hoạch",
        "title": "Về việc below",
        "issuer": "Ủy ban nhân dân tỉnh Bắc Kạn",
        "level": "province",
        "province": "Bắc Kạn",
        "status": "issued",
        "held": False,
    }


@pytest.mark.parametrize("form", [graphml, gexf, node_link])
def test_files_read_back_to_the_same_nodes_and_edges(form):
    network = to_network(*united(neighbourhood(VIEW, "plan", depth=2)))
    back = read_back(form, form(network))
    assert set(back.nodes) == set(network.nodes)
    assert back.nodes["plan"]["province"] == "Bắc Kạn"
    assert sorted(data["relation"] for *_, data in back.edges(data=True)) == ["based_on", "cites", "implements"]
    quotes = {data["quote"] for *_, data in back.edges(data=True) if data["relation"] == "based_on"}
    assert quotes == {"Căn cứ Chỉ thị <33> & “nữa”"}


@given(st.text(max_size=80))
def test_any_text_makes_well_formed_files(text):
    hostile = replace(PLAN, title=text, sign=text, issuer=text)
    network = to_network([GOAL, hostile], [edge("plan", Relation.CITES, GOAL.id, quote=text)])
    for form in (graphml, gexf, node_link):
        assert set(read_back(form, form(network)).nodes) == {"plan", GOAL.id}

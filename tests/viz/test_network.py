from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.model import Level, Relation, StatedIn
from tests.factories_view import communal, document, edge, provincial, view_of
from viz.network import LINE_WIDTH, drawing, edge_id, label_lines, text_width
from viz.picture import edges_of, picture
from viz.styles import LINES

GOAL = document("goal", "33/CT-TTg", type="Chỉ thị", date="2021-11-26")
PLAN = provincial("plan", "781/KH-UBND", "Nghệ An", date="2021-12-31")
CITED = communal("commune", None, held=False, level=None)
EDGES = [
    edge("plan", Relation.IMPLEMENTS, "goal", StatedIn.OWN_TITLE),
    edge("plan", Relation.BASED_ON, "goal", StatedIn.PREAMBLE),
    edge("commune", Relation.CITES, "plan"),
    edge("commune", Relation.CITES, "goal"),
]
VIEW = view_of([GOAL, PLAN, CITED], EDGES)


def drawn(view=VIEW, id="goal", expansions=()):
    shown = picture(view, id, expansions)
    return shown, drawing(shown, edges_of(view, shown))


def test_nodes_stand_where_the_layout_puts_them():
    shown, made = drawn()
    assert {node["id"]: (node["x"], node["y"]) for node in made.nodes} == {
        id: (point.x, point.y) for id, point in shown.layout.points.items()
    }


def test_boxes_tell_what_is_held_and_which_was_asked_for():
    nodes = {node["id"]: node for node in drawn()[1].nodes}
    assert nodes["goal"]["borderWidth"] > nodes["plan"]["borderWidth"]
    assert nodes["plan"]["shapeProperties"]["borderDashes"] is False
    assert nodes["commune"]["shapeProperties"]["borderDashes"]
    assert [nodes[id]["group"] for id in ("goal", "plan", "commune")] == [Level.CENTRAL, Level.PROVINCE, "unknown"]


def test_edges_are_directed_and_look_like_their_relation():
    edges = {edge["id"]: edge for edge in drawn()[1].edges}
    assert edges.keys() == {edge_id(each) for each in EDGES}
    for each in EDGES:
        one, style = edges[edge_id(each)], LINES[each.relation]
        assert (one["from"], one["to"], one["arrows"]) == (each.source, each.target, "to")
        assert (one["color"], tuple(one["dashes"] or ()), one["width"]) == (style.light, style.dashes, style.width)


def test_lines_between_the_same_two_documents_bend_apart():
    bends = [json.dumps(one["smooth"]) for one in drawn()[1].edges if one["from"] == "plan"]
    assert len(set(bends)) == len(bends) == 2


def test_nothing_moves_by_itself_and_no_label_is_read_as_markup():
    options = drawn()[1].options
    assert options["physics"] == {"enabled": False}
    assert options["interaction"]["dragNodes"] is False
    assert options["nodes"]["font"]["multi"] is False


def test_an_expansion_gives_what_is_new_alone():
    aside = document("aside")
    view = view_of([GOAL, PLAN, aside], [*EDGES[:2], edge("plan", Relation.CITES, "aside")])
    _, made = drawn(view, "goal", ["plan"])
    assert [node["id"] for node in made.nodes] == ["aside"]
    assert [one["id"] for one in made.edges] == ["plan cites aside"]


def test_a_box_names_its_document_by_sign_or_else_title_with_place_and_year():
    assert label_lines(PLAN) == ("Kế hoạch · 2021", "781/KH-UBND", "Nghệ An")
    assert label_lines(GOAL) == ("Chỉ thị · 2021", "33/CT-TTg", "Thủ tướng Chính phủ")
    assert label_lines(CITED) == ("Kế hoạch", "Về việc commune", "Yên Hân")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_makes_a_box_grow(sign, issuer):
    hostile = replace(PLAN, sign=sign, type=issuer, title=sign, issuer=issuer, place=None)
    lines = label_lines(hostile)
    assert 1 <= len(lines) <= 3
    assert all(text_width(line) <= LINE_WIDTH and len(line.splitlines()) == 1 for line in lines)
    assert "\n".join(lines) == drawn(view_of([GOAL, hostile], EDGES[:1]))[1].nodes[1]["label"]


def test_the_same_picture_is_drawn_the_same():
    assert drawn() == drawn(view_of([CITED, PLAN, GOAL], EDGES[::-1]))

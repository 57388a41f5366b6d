"""The picture over REST, and its page without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from lxml import html

from api.app import create_app
from api.dependencies import opened_view
from api.routers.graph import DRAWER, MOST_EXPANSIONS
from graph.model import BasisKind, Relation, StatedIn
from tests.factories_view import communal, document, edge, guess, provincial, view_of
from viz.picture import FIRST, STEP, WARN

GOAL = document("33.ct-ttg~2021", "33/CT-TTg", type="Chỉ thị", date="2021-11-26", sources=("1" * 64,))
PLAN = provincial("plan", "781/KH-UBND", "Nghệ An", date="2021-12-31", sources=("0" * 64,))
GUESSED = provincial("guessed", "780/KH-UBND", held=False)
COMMUNE = communal("commune", level=None)
ASIDE = document("aside")
EDGES = [
    edge("plan", Relation.IMPLEMENTS, GOAL.id, StatedIn.OWN_TITLE, quote="Thực hiện Chỉ thị số 33/CT-TTg"),
    edge("commune", Relation.IMPLEMENTS, "plan", StatedIn.OWN_TITLE),
    edge("plan", Relation.CITES, "aside"),
    edge("plan", Relation.BASED_ON, "law", StatedIn.PREAMBLE, basis=BasisKind.COMPETENCE),
    guess("guessed", GOAL.id),
]
SMALL = view_of([GOAL, PLAN, GUESSED, COMMUNE, ASIDE, document("law")], EDGES)
HOSTILE = "\u202e</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


def crowd(number):
    plans = [provincial(f"p{each:05}", f"{each}/KH-UBND", date="2022-01-01") for each in range(number)]
    return view_of([GOAL, *plans], [edge(plan.id, Relation.IMPLEMENTS, GOAL.id) for plan in plans])


@pytest.fixture
def ask():
    def asked(path, view=SMALL, **parameters):
        app = create_app()
        app.dependency_overrides[opened_view] = lambda: view
        with TestClient(app, base_url="http://127.0.0.1") as client:
            return client.get(path, params=parameters)

    return asked


def picture_of(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_picture_holds_documents_relations_and_positions(ask):
    found = picture_of(ask(f"/api/v1/graph/{GOAL.id}"))
    assert [node["id"] for node in found["nodes"]] == [GOAL.id, "plan", "commune", "guessed"]
    assert [node["tier"] for node in found["nodes"]] == [None, "made_for", "made_for", "inferred"]
    assert {one["id"] for one in found["edges"]} == {
        "commune implements plan",
        f"guessed implements {GOAL.id}",
        f"plan implements {GOAL.id}",
    }
    assert all({"x", "y", "label"} <= node["vis"].keys() for node in found["nodes"])
    assert [lane["label"] for lane in found["lanes"]] == ["Trung ương", "Tỉnh", "Huyện", "Xã", "Chưa rõ cấp"]
    assert [year["label"] for year in found["years"]] == ["2021", "Chưa rõ ngày"]
    assert {line["relation"] for line in found["lines"]} == set(Relation)
    assert (found["shown"], found["left_out"], found["notice"]) == (4, 0, None)


def test_boxes_stand_in_the_lane_of_their_level(ask):
    found = picture_of(ask(f"/api/v1/graph/{GOAL.id}"))
    lanes = {lane["label"]: lane for lane in found["lanes"]}
    for node in found["nodes"]:
        said = {each["key"]: each["value"] for each in node["said"]}
        lane = lanes[said.get("level", "Chưa rõ cấp")]
        assert lane["top"] < node["vis"]["y"] < lane["bottom"]


def test_a_relation_has_its_quote_and_where_it_stands(ask):
    edges = {one["id"]: one for one in picture_of(ask(f"/api/v1/graph/{GOAL.id}"))["edges"]}
    stated = edges[f"plan implements {GOAL.id}"]
    assert stated["heading"] == "Kế hoạch 781/KH-UBND thực hiện Chỉ thị 33/CT-TTg"
    assert stated["quotes"][0]["quote"] == "Thực hiện Chỉ thị số 33/CT-TTg"
    assert stated["quotes"][0]["address"].startswith("/documents/plan/text?at=12")
    guessed = edges[f"guessed implements {GOAL.id}"]
    assert guessed["quotes"] == [{"quote": "công tác dân vận", "address": None}]
    assert {"key": "score", "name": "Điểm", "value": "0.90"} in guessed["said"]


def test_an_expansion_brings_what_is_new_alone(ask):
    found = picture_of(ask(f"/api/v1/graph/{GOAL.id}", expand="plan"))
    assert [node["id"] for node in found["nodes"]] == ["aside"]
    assert [one["id"] for one in found["edges"]] == ["plan cites aside"]
    assert found["shown"] == 5


def test_expansions_never_move_what_stands(ask):
    view, places = crowd(3 * FIRST), {}
    for times in range(5):
        found = picture_of(ask(f"/api/v1/graph/{GOAL.id}", view, expand=[GOAL.id] * times))
        assert len(found["nodes"]) == (STEP if times else FIRST)
        for node in found["nodes"]:
            assert node["id"] not in places
            places[node["id"]] = node["vis"]["x"], node["vis"]["y"]
    assert len(set(places.values())) == len(places)


def test_what_is_left_out_is_counted_and_said(ask):
    view = crowd(400)
    first = picture_of(ask(f"/api/v1/graph/{GOAL.id}", view))
    assert (first["shown"], first["left_out"]) == (FIRST, 401 - FIRST)
    assert f"còn {401 - FIRST} văn bản chưa vẽ" in first["notice"]
    many = picture_of(ask(f"/api/v1/graph/{GOAL.id}", view, expand=[GOAL.id] * 10))
    assert many["shown"] == FIRST + 10 * STEP >= WARN
    assert "khó đọc" in many["notice"]


@pytest.mark.parametrize(
    ("id", "expand", "status"),
    [
        ("none", [], 404),
        (GOAL.id, ["aside"], 404),
        (GOAL.id, ["x" * 301], 422),
        (GOAL.id, ["plan"] * (MOST_EXPANSIONS + 1), 422),
    ],
)
def test_what_cannot_be_drawn_is_a_problem(ask, id, expand, status):
    answer = ask(f"/api/v1/graph/{id}", expand=expand)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_the_page_has_the_same_in_tables(ask):
    page = html.fromstring(ask(f"/documents/{GOAL.id}/graph").text)
    assert page.get("lang") == "vi"
    assert page.xpath("//tr/@data-node") == [GOAL.id, "plan", "commune", "guessed"]
    assert len(page.xpath("//tr[@data-edge]")) == 3
    assert page.xpath("//*[@id='canvas']/@data-source") == [f"/api/v1/graph/{GOAL.id}"]
    assert len(page.xpath("//ul[@class='legend']/li")) == len(Relation)


def test_the_page_says_what_is_left_out(ask):
    page = html.fromstring(ask(f"/documents/{GOAL.id}/graph", crowd(100)).text)
    (notice,) = page.xpath("//*[@id='notice']")
    assert notice.get("hidden") is None
    assert "còn 31 văn bản chưa vẽ" in notice.text
    (whole,) = html.fromstring(ask(f"/documents/{GOAL.id}/graph").text).xpath("//*[@id='notice']")
    assert whole.get("hidden") is not None


def test_a_page_of_what_is_not_there_is_not_found(ask):
    assert ask("/documents/none/graph").status_code == 404


def test_the_drawing_library_comes_from_here(ask):
    answer = ask(DRAWER)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "vis-network" in answer.text[:400]
    (page,) = (html.fromstring(ask(f"/documents/{GOAL.id}/graph").text),)
    assert DRAWER in page.xpath("//script/@src")


def test_hostile_text_stays_text(ask):
    hostile = replace(PLAN, sign=HOSTILE, title=HOSTILE, issuer=HOSTILE, type=HOSTILE)
    root = replace(GOAL, sign=HOSTILE, title=HOSTILE, issuer=HOSTILE)
    view = view_of([root, hostile], [edge("plan", Relation.IMPLEMENTS, GOAL.id, quote=HOSTILE)])
    answer = ask(f"/documents/{GOAL.id}/graph", view)
    page = html.fromstring(answer.text)
    assert all(script.get("src", "").startswith("/static/") and not script.text for script in page.xpath("//script"))
    assert page.xpath("//img | //@*[starts-with(name(), 'on')] | //@style | //style") == []
    assert all(address.startswith(("/", "#")) for address in page.xpath("//a/@href"))
    assert "49" not in page.text_content()
    assert "alert(1)" in page.text_content()
    data = ask(f"/api/v1/graph/{GOAL.id}", view)
    assert data.headers["content-type"] == "application/json"
    assert "\u202e" not in answer.text + data.text
    for name in ("content-security-policy", "x-content-type-options"):
        assert name in answer.headers
        assert name in data.headers

"""People decide on the command line and over HTTP."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.settings import Settings
from graph.model import Relation
from graph.store import open_store
from tests.factories import BAC_KAN, QUANG_BINH, cited, directive, own, reading, stated

TOKEN = "bí-mật"  # noqa: S105
READINGS = [
    reading(own("780/KH-UBND", type="Kế hoạch", place=BAC_KAN, date="2021-12-20"), directive(), cited("34/CT-TTg", date="2021-12-01"),
            relations=(stated(0, Relation.IMPLEMENTS, 1), stated(0, Relation.CITES, 2)), salt="one"),
    reading(own("9/KH-UBND", type="Kế hoạch", place=QUANG_BINH, date="2022-01-05"), directive(),
            relations=(stated(0, Relation.IMPLEMENTS, 1),), salt="two"),
]  # fmt: skip
ONE, OTHER = "33.ct-ttg~2021", "34.ct-ttg~2021"
PLAN = "780.kh-ubnd~tinh.bac-kan~2021"


@pytest.fixture
def address(tmp_path):
    made = f"sqlite:///{tmp_path / 'cancu.db'}"
    with closing(open_store(made)) as store:
        store.put(READINGS)
    return made


@pytest.fixture
def client(address):
    return TestClient(create_app(Settings(store=address, token=TOKEN)), base_url="http://127.0.0.1:8000")


@pytest.fixture
def curate(address):
    def run(*arguments, code=0, input=None):
        env = {"CANCU_STORE": address, "CANCU_CURATOR": "Lan", "COLUMNS": "300"}
        result = CliRunner().invoke(app, ["curate", *arguments], env=env, input=input)
        assert result.exit_code == code, result.output
        return result.stdout if not code else result.stderr

    return run


def shown(client, id):
    return client.get(f"/api/v1/documents/{id}").raise_for_status().json()


def bearer(token=TOKEN):
    return {"Authorization": f"Bearer {token}".encode()}


def test_documents_are_merged_and_parted_again(curate, client):
    id = curate("merge", ONE, OTHER, "--reason", "cùng một văn bản").strip()
    merged = shown(client, OTHER)
    assert merged["id"] == ONE
    assert [(one["id"], one["kind"], one["author"]) for one in merged["rulings"]] == [(id, "merge", "Lan")]
    curate("undo", id, "--reason", "nhầm")
    assert shown(client, OTHER)["id"] == OTHER
    listed = json.loads(curate("list", "--format", "json"))
    assert [(one["kind"], one["standing"]) for one in listed] == [("merge", "undone"), ("undo", "in_effect")]


def test_a_corrected_field_says_who_decided_everywhere(curate, client):
    curate("correct", ONE, "title", "Về  công tác dân vận", "--reason", "theo Công báo")
    facts = [fact for fact in shown(client, ONE)["facts"] if fact["field"] == "title"]
    assert [(fact["value"], fact["chosen"], fact["ruling"]["reason"]) for fact in facts] == [
        ("Về công tác dân vận", True, "theo Công báo")
    ]
    page = client.get(f"/documents/{ONE}", headers={"accept": "text/html"}).text
    assert "người quyết định: <bdi>Lan</bdi>" in page
    assert "theo Công báo" in client.get("/decisions", headers={"accept": "text/html"}).text


def test_claims_are_split_off_by_their_names(curate, client):
    names = [one["name"] for one in json.loads(curate("claims", ONE, "--format", "json"))]
    assert len(names) == 2
    curate("split", names[0], "--reason", "văn bản khác")
    assert client.get(f"/api/v1/documents/{ONE}", follow_redirects=False).status_code == 300


def test_edges_are_rejected_and_added(curate, client):
    curate("reject", PLAN, "implements", ONE, "--reason", "chỉ dẫn chiếu")
    curate("add", PLAN, "implements", OTHER, "--source", "Công báo 5", "--stated-in", "own_title", "--reason", "bản giấy")
    found = {id: client.get(f"/api/v1/documents/{id}/implementers").json()["items"] for id in (ONE, OTHER)}
    assert PLAN not in [one["id"] for one in found[ONE]]
    assert [(one["id"], one["tier"], one["chain"][0]["origin"]) for one in found[OTHER]] == [(PLAN, "made_for", "decided")]
    (edge,) = client.get(f"/api/v1/documents/{PLAN}/lineage").json()["edges"]
    assert edge["ruling"]["source"] == "Công báo 5"


def test_decisions_are_handed_on_as_lines(curate, client, tmp_path):
    curate("apart", ONE, OTHER, "--reason", "khác số", "--time", "2026-01-31T16:30:00+07:00")
    lines = curate("export")
    assert json.loads(lines)["time"] == "2026-01-31T09:30:00.000000Z"
    assert "đã có từ trước" in curate("import", "-", input=lines)
    elsewhere = f"sqlite:///{tmp_path / 'other.db'}"
    with closing(open_store(elsewhere)):
        pass
    env = {"CANCU_STORE": elsewhere}
    assert CliRunner().invoke(app, ["curate", "import", "-"], env=env, input=lines).exit_code == 0
    said = CliRunner().invoke(app, ["curate", "list", "--format", "json"], env=env)
    assert [one["standing"] for one in json.loads(said.stdout)] == ["orphaned"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("{", "line 1"),
        ('{"kind": "merge"}', "author"),
        ('{"kind": "become", "author": "a", "time": "2026-01-01", "reason": "b"}', "kind"),
        ('\n{"kind": "undo", "author": "a", "time": "yesterday", "reason": "b", "undoes": "x"}', "line 2"),
        ('{"kind": "correct", "author": "a", "time": "2026-01-01", "reason": "b", "field": "date", "value": "2021-02-30", '
         f'"claims": ["{"0" * 64}.{"0" * 16}"]}}', "2021-02-30"),
        ('{"kind": "split", "author": "a", "time": "2026-01-01", "reason": "b", "claims": ["x"]}', "no name of a claim"),
        ('{"kind": "split", "author": " ", "time": "2026-01-01", "reason": "b", "claims": []}', "author is missing"),
    ],
)  # fmt: skip
def test_lines_that_are_no_decisions_are_refused_whole(curate, lines, said):
    assert said in curate("import", "-", input=lines, code=1)
    assert curate("export") == ""


def test_only_who_has_the_token_decides_over_http(client, address):
    name = client.get(f"/api/v1/documents/{ONE}/claims").json()["items"][0]["name"]
    decision = {"kind": "correct", "author": "Lan", "reason": "theo Công báo", "claims": [name], "field": "date", "value": "2020-11-26"}
    for headers in ({}, bearer("x"), {"Authorization": "Basic abc"}):
        refused = client.post("/api/v1/decisions", json=[decision], headers=headers)
        assert (refused.status_code, refused.json()["type"]) == (401, "urn:cancu:problem:not-a-curator")
        assert refused.headers["www-authenticate"] == "Bearer"
    closed = TestClient(create_app(Settings(store=address)), base_url="http://127.0.0.1:8000")
    assert closed.post("/api/v1/decisions", json=[decision], headers=bearer()).status_code == 403
    assert client.get("/api/v1/decisions").json()["total"] == 0
    (id,) = client.post("/api/v1/decisions", json=[decision], headers=bearer()).raise_for_status().json()["added"]
    listed = client.get("/api/v1/decisions", params={"of": "33.ct-ttg~2020"}).json()
    assert [(one["id"], one["standing"]) for one in listed["items"]] == [(id, "in_effect")]
    assert client.post("/api/v1/decisions", json=[listed["items"][0]], headers=bearer()).status_code == 422


def test_a_decision_that_lacks_what_it_needs_is_a_problem(client):
    answer = client.post("/api/v1/decisions", json=[{"kind": "split", "author": "Lan", "reason": "x"}], headers=bearer())
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:cancu:problem:invalid-decision")

"""Identifiers that were given up, over HTTP and on the command line."""

from __future__ import annotations

from contextlib import closing

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.settings import Settings
from graph.resolve import resolve
from graph.store import open_store
from tests.factories import BAC_KAN, cited, own, reading
from tests.factories_view import MemoryView

OLD, ONE, OTHER = "12-tb.tu~tinh.bac-kan~2025", "12-tb.tu~tinh.bac-kan~2025-03-01", "12-tb.tu~tinh.bac-kan~2025-11-20"
PLAN = own("1/KH-UBND", place=BAC_KAN, date="2025-12-30")
FIRST = cited("12-TB/TU", place=BAC_KAN, date="2025-03-01", title="về kết quả kiểm tra công tác cán bộ năm 2024")
SECOND = cited("12-TB/TU", place=BAC_KAN, date="2025-11-20", title="phân công nhiệm vụ Ủy viên khóa mới")
ADDRESSES = [
    "/api/v1/documents/{}",
    "/api/v1/documents/{}/lineage?direction=down&depth=2",
    "/api/v1/documents/{}/implementers?province=B%E1%BA%AFc%20K%E1%BA%A1n",
    "/api/v1/graph/{}",
    "/documents/{}",
    "/documents/{}/graph",
]


@pytest.fixture
def address(tmp_path):
    """A store in which FIRST had the identifier OLD until SECOND came."""
    made = f"sqlite:///{tmp_path / 'cancu.db'}"
    with closing(open_store(made)) as store:
        store.put([reading(PLAN, FIRST, salt="first")])
        assert store.document(OLD) is not None
        store.put([reading(PLAN, SECOND, salt="second")])
    return made


@pytest.fixture
def client(address):
    return TestClient(create_app(Settings(store=address)), base_url="http://127.0.0.1:8000", follow_redirects=False)


@pytest.mark.parametrize("where", ADDRESSES)
def test_an_identifier_given_up_for_one_document_redirects(client, where):
    answer = client.get(where.format(OLD))
    assert (answer.status_code, answer.headers["location"]) == (308, where.format(ONE))
    assert answer.headers["cache-control"] == "no-cache"
    assert client.get(answer.headers["location"]).status_code == 200


def test_the_redirect_says_where_to_in_a_problem_and_on_a_page(client):
    problem = client.get(f"/api/v1/documents/{OLD}").json()
    assert (problem["type"], problem["candidates"]) == ("urn:cancu:problem:moved", [ONE])
    page = client.get(f"/documents/{OLD}", headers={"accept": "text/html"})
    assert f'href="/documents/{ONE}"' in page.text


@pytest.mark.parametrize("where", ADDRESSES)
def test_an_identifier_given_up_for_several_lists_them(client_of, where):
    both = reading(PLAN, FIRST, SECOND)
    view = MemoryView(resolve([both]), [both])
    view.given_up = {"gone~2020": (ONE, OTHER)}
    client = client_of(view)
    answer = client.get(where.format("gone~2020"))
    assert answer.status_code == 300
    assert answer.json()["candidates"] == [ONE, OTHER]


def test_an_identifier_never_issued_is_unknown(client):
    assert client.get("/api/v1/documents/nothing~2021").status_code == 404
    assert client.get("/api/v1/documents/nothing~2021/implementers").status_code == 404


def test_the_command_line_follows_and_says_so(address):
    said = CliRunner().invoke(app, ["show", OLD.upper(), "--format", "json"], env={"CANCU_STORE": address})
    assert said.exit_code == 0
    assert f'"id": "{ONE}"' in said.stdout
    assert said.stderr.splitlines() == [f"note: {OLD.upper()} was given up; shown is {ONE}"]
    direct = CliRunner().invoke(app, ["show", ONE], env={"CANCU_STORE": address})
    assert direct.stderr == ""

from __future__ import annotations

import inspect
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from api.app import ROUTERS, create_app
from api.dependencies import opened_view
from api.errors import KINDS, TYPE
from api.security import HEADERS
from api.settings import Settings
from graph.errors import CancuError
from graph.model import Relation
from graph.store.base import Page
from queries.tiers import Tier
from tests.factories_view import document, edge, provincial, view_of

DIRECTIVE = "33.ct-ttg~2021"
PLANS = [
    provincial(f"p{number:03}", f"{number}/KH-UBND", date=f"2022-01-{number % 28 + 1:02}") for number in range(1, 121)
]
MANY = view_of(
    [document("x", "33/CT-TTg", date="2021-11-26"), *PLANS], [edge(one.id, Relation.IMPLEMENTS, "x") for one in PLANS]
)
LIMITS = [
    ("/api/v1/documents?limit=0", "limit"),
    ("/api/v1/documents?limit=501", "limit"),
    ("/api/v1/documents?offset=-1", "offset"),
    ("/api/v1/documents?level=village", "level"),
    ("/api/v1/documents?year=12", "year"),
    ("/api/v1/documents?held=perhaps", "held"),
    ("/api/v1/documents?status=lost", "status"),
    (f"/api/v1/documents?sign={'3' * 301}", "sign"),
    (f"/api/v1/documents?province={'x' * 61}", "province"),
    (f"/api/v1/documents?type={'x' * 61}", "type"),
    (f"/api/v1/documents/{'x' * 301}", "id"),
    ("/api/v1/search", "q"),
    (f"/api/v1/search?q={'x' * 201}", "q"),
    ("/api/v1/documents/x/lineage?depth=0", "depth"),
    ("/api/v1/documents/x/lineage?depth=21", "depth"),
    ("/api/v1/documents/x/lineage?direction=sideways", "direction"),
    ("/api/v1/documents/x/lineage?limit=1001", "limit"),
    ("/api/v1/documents/x/lineage?relations=likes", "relations.0"),
    ("/api/v1/documents/x/implementers?limit=9999", "limit"),
    ("/api/v1/documents/x/implementers?offset=99999999999", "offset"),
    ("/api/v1/documents/x/implementers?" + "&".join(["relations=cites"] * 10), "relations"),
]


def links(response):
    return {name: address for address, name in re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers["link"])}


@pytest.mark.parametrize("spelling", ["33/CT-TTg 2021", "chỉ thị 33/ct-ttg@2021", "33 / CT-TTg năm 2021", DIRECTIVE])
def test_a_sign_is_looked_up_in_any_spelling(demo, spelling):
    answer = demo.get("/api/v1/documents", params={"sign": spelling}).json()
    assert [one["id"] for one in answer["items"]] == [DIRECTIVE]
    assert answer["total"] == 1


def test_an_ambiguous_sign_is_answered_by_its_candidates(demo):
    answer = demo.get("/api/v1/documents", params={"sign": "33/CT-TTg"})
    assert answer.status_code == 300
    problem = answer.json()
    assert problem["type"] == "urn:cancu:problem:ambiguous-sign"
    assert DIRECTIVE in problem["candidates"]
    assert all(demo.get(f"/api/v1/documents/{id}").status_code == 200 for id in problem["candidates"])


@pytest.mark.parametrize(
    "filters",
    [
        {"level": "central"},
        {"province": "dong thap"},
        {"province": "Đồng Tháp", "level": "commune"},
        {"year": 2021, "held": True},
        {"status": "draft"},
        {"type": "Kế hoạch", "held": True},
        {"held": False},
    ],
)
def test_documents_are_narrowed_by_every_filter(demo, filters):
    answer = demo.get("/api/v1/documents", params={**filters, "limit": 500}).json()
    everything = demo.get("/api/v1/documents", params={"limit": 500}).json()["items"]
    wanted = {**filters, "province": "Đồng Tháp"} if "province" in filters else dict(filters)
    year = wanted.pop("year", None)
    expected = [
        one
        for one in everything
        if all(one[name] == value for name, value in wanted.items())
        and (year is None or (one["date"] or "").startswith(str(year)))
    ]
    assert answer["items"] == expected
    assert 0 < answer["total"] == len(expected) < len(everything)


def test_following_the_links_gives_the_whole_answer(client_of):
    client = client_of(MANY)
    address, seen, totals = "/api/v1/documents/x/implementers?limit=50&level=province", [], set()
    while address:
        response = client.get(address)
        seen += [one["id"] for one in response.json()["items"]]
        totals.add(response.json()["total"])
        address = links(response).get("next")
    assert sorted(seen) == [one.id for one in PLANS]
    assert len(set(seen)) == 120
    assert totals == {120}


def test_a_search_that_finds_more_than_it_counts_says_so(client_of, monkeypatch):
    plans = tuple(document(name, title="Dân vận") for name in "abc")
    cut = Page(plans[:1], 2, more=True)
    view = view_of(plans, [])
    monkeypatch.setattr(view, "search", lambda *_, **__: cut)
    response = client_of(view).get("/api/v1/search", params={"q": "dan van", "limit": 1})
    assert (response.json()["total"], response.json()["more"]) == (2, True)
    assert set(links(response)) == {"first", "next"}
    assert "hơn 2 văn bản" in client_of(view).get("/?q=dan+van").text


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, {"first": 0, "last": 100, "next": 50}),
        (50, {"first": 0, "prev": 0, "last": 100, "next": 100}),
        (100, {"first": 0, "prev": 50, "last": 100}),
        (7000, {"first": 0, "prev": 100, "last": 100}),
    ],
)
def test_links_name_the_neighbouring_slices(client_of, offset, expected):
    response = client_of(MANY).get("/api/v1/documents/x/implementers", params={"limit": 50, "offset": offset})
    found = {name: int(re.search(r"offset=(\d+)", address)[1]) for name, address in links(response).items()}
    assert found == expected


def test_tiers_count_the_whole_answer(client_of):
    answer = client_of(MANY).get("/api/v1/documents/x/implementers", params={"limit": 1}).json()
    assert answer["tiers"] == {tier: 120 if tier is Tier.TASK else 0 for tier in Tier}


@pytest.mark.parametrize(("address", "parameter"), LIMITS)
def test_parameters_have_limits(demo, address, parameter):
    response = demo.get(address)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert [one["parameter"] for one in response.json()["errors"]] == [parameter]
    assert len(response.content) < 1000


@pytest.mark.parametrize(
    "address", ["/api/v1/documents/no", "/api/v1/documents/no/lineage", "/api/v1/documents/no/implementers"]
)
def test_an_unknown_document_is_a_problem(demo, address):
    response = demo.get(address)
    problem = response.json()
    assert (response.status_code, problem["status"]) == (404, 404)
    assert problem["type"] == "urn:cancu:problem:unknown-document"
    assert "'no'" in problem["detail"]
    assert problem["remedy"]


@pytest.mark.parametrize(("address", "status"), [("/api/v1/nothing", 404), ("/livez/x", 404)])
def test_an_unknown_address_is_a_problem_too(demo, address, status):
    response = demo.get(address)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert response.json()["type"] == "urn:cancu:problem:not-found"


def test_nothing_can_be_written(demo):
    response = demo.post("/api/v1/documents", json={})
    assert (response.status_code, response.json()["type"]) == (405, "urn:cancu:problem:method-not-allowed")


def test_it_lives_but_is_not_ready_without_a_store(tmp_path):
    client = TestClient(create_app(Settings(store=f"sqlite:///{tmp_path}/none.db")), base_url="http://localhost")
    assert client.get("/livez").json() == {"status": "alive"}
    response = client.get("/readyz")
    assert (response.status_code, response.json()["type"]) == (503, "urn:cancu:problem:store-unavailable")
    assert not (tmp_path / "none.db").exists()


def test_it_is_ready_with_a_store(demo):
    assert demo.get("/readyz").json() == {"status": "ready", "held": 19, "cited": demo.get("/readyz").json()["cited"]}


class Broken:
    """A view that fails in a way that nobody foresaw."""

    def document(self, _):
        raise RuntimeError("secret: /etc/passwd")


def test_an_unforeseen_error_tells_nothing_of_the_inside():
    app = create_app()
    app.dependency_overrides[opened_view] = Broken
    client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
    for address in ("/api/v1/documents/x", "/documents/x"):
        response = client.get(address, headers={"accept": "text/html"})
        assert response.status_code == 500
        assert "secret" not in response.text
        assert response.headers["content-security-policy"]


def test_every_deliberate_error_has_its_own_stable_name():
    names = [kind.name for kind in KINDS.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z-]+", name) for name in names)
    assert {error for error in KINDS if issubclass(error, CancuError)} >= {CancuError}
    assert TYPE.startswith("urn:")


@pytest.mark.parametrize(
    "address", ["/", "/livez", "/docs", "/openapi.json", "/static/style.css", "/nothing", "/api/v1/documents?limit=0"]
)
def test_every_response_carries_the_security_headers(demo, address):
    response = demo.get(address)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("plans.example", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("[::2]", 400),
        ("", 400),
    ],
)
def test_only_requests_for_known_hosts_are_answered(demo_store, host, status):
    app = create_app(Settings(store=demo_store, hosts=(*Settings().hosts, "plans.example")))
    response = TestClient(app).get("/livez", headers={"host": host})
    assert response.status_code == status
    if status == 400:
        assert response.json()["type"] == "urn:cancu:problem:untrusted-host"
        assert "content-security-policy" in response.headers


def test_the_description_names_every_operation_and_describes_every_field(demo):
    described = demo.get("/openapi.json").json()
    operations = [one for path in described["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert {"listDocuments", "getDocument", "getLineage", "listImplementers", "searchDocuments"} <= set(names)
    assert all(re.fullmatch(r"[a-z][A-Za-z]+", name) for name in names)
    assert all(one.get("description") for one in operations)
    for operation in operations:
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), (operation["operationId"], parameter["name"])
        for status, response in operation["responses"].items():
            if not status.startswith("2"):
                assert list(response["content"]) == ["application/problem+json"], (operation["operationId"], status)


def test_every_reference_in_the_description_leads_somewhere(demo):
    described = demo.get("/openapi.json")
    names = set(re.findall(r"#/components/schemas/([\w-]+)", described.text))
    assert names <= described.json()["components"]["schemas"].keys()


def test_the_page_of_the_description_needs_no_other_host(demo):
    page = demo.get("/docs").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert all(address.startswith("/") and demo.get(address).status_code == 200 for address in addresses)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_no_route_that_reads_the_store_runs_in_the_event_loop():
    routes = [one for router in ROUTERS for one in router.routes]
    blocking = [
        one.path
        for one in routes
        if inspect.iscoroutinefunction(one.endpoint)
        and any(each.call is opened_view for each in one.dependant.dependencies)
    ]
    assert blocking == []
    assert sum(each.call is opened_view for one in routes for each in one.dependant.dependencies) > 5


def test_many_at_once_get_the_same_answers(demo):
    addresses = [
        f"/api/v1/documents/{DIRECTIVE}/implementers",
        "/api/v1/search?q=dan+van",
        f"/documents/{DIRECTIVE}",
    ] * 12
    alone = {address: demo.get(address).content for address in addresses[:3]}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda address: demo.get(address).content, addresses))
    assert together == [alone[address] for address in addresses]

"""A document full of hostile text on every page and endpoint: nothing of it runs, turns the writing, or leaves its place."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from lxml import html

from api.app import create_app
from api.settings import Settings
from graph.model import (
    BasisKind,
    Claim,
    Document,
    Edge,
    Evidence,
    Fact,
    Level,
    Place,
    Reading,
    Relation,
    Resolution,
    Source,
    StatedIn,
    Status,
    Zone,
)
from graph.store import open_store
from ingest.pipeline import list_files, read_found
from tests.factories_view import MemoryView

EVIL = (
    "</script></title></textarea><script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover=alert(3) "
    "javascript:alert(4) {{7*7}} {%raw%} &lt;b&gt; <!-- <style>*{display:none}</style> "
    "\u202eexe.txt\u2066\u2069 \x1b[31m\x9b2J \x00\x08\x7f ]]> ../../etc/passwd %3Cscript%3E <a href=//evil.example>x</a>"
)
ID = "\"'><script>alert(5)<|script>\u202e?#&evil"
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
DIGEST = "d" * 64
EVIDENCE = Evidence(DIGEST, 0, 20, 3, 9, EVIL, Zone.TITLE, StatedIn.OWN_TITLE, cue=EVIL)


def evil(id, **known):
    values = {
        "sign": EVIL, "type": EVIL, "title": EVIL, "issuer": EVIL, "branch": None, "level": Level.COMMUNE,
        "place": Place(EVIL, EVIL, EVIL, EVIL), "date": "2021-01-02", "status": Status.DRAFT, "held": True,
        "signer": EVIL, "signer_position": EVIL, "mentions": 3, "sources": (DIGEST,),
        "facts": (Fact("title", EVIL, 1, True, True, EVIL), Fact("title", EVIL + "!", 1, False, False, EVIL),
                  Fact(EVIL, EVIL, 1, False, True, EVIL)),
        **known,
    }  # fmt: skip
    return Document(id=id, **values)


def evil_view():
    documents = (evil(ID), evil("made" + ID, sources=()), evil("far" + ID, sources=()), evil("law" + ID, sources=()))
    made, far, law = (one.id for one in documents[1:])
    edges = (
        Edge(made, Relation.IMPLEMENTS, ID, StatedIn.OWN_TITLE, EVIL, evidence=(EVIDENCE,)),
        Edge(far, Relation.IMPLEMENTS, made, StatedIn.PREAMBLE, EVIL, evidence=(EVIDENCE,)),
        Edge(far, Relation.REPLACES, ID, StatedIn.BODY, EVIL, evidence=(EVIDENCE,)),
        Edge(ID, Relation.BASED_ON, law, StatedIn.PREAMBLE, EVIL, basis=BasisKind.COMPETENCE, evidence=(EVIDENCE,)),
        Edge(ID, Relation.CITES, far, StatedIn.BODY, EVIL, evidence=(EVIDENCE,)),
    )
    claims = (Claim(0, 2, EVIL[:2], own=True), Claim(3, 9, EVIL[3:9], title=EVIL), Claim(60, 70, EVIL[60:70]))
    reading = Reading(Source(DIGEST, EVIL, EVIL), claims, ())
    return MemoryView(Resolution(documents, edges, {DIGEST: (ID, made, law)}), [reading])


@pytest.fixture
def evil_client(client_of):
    return client_of(evil_view())


PAGES = [
    "/",
    f"/?q={quote(EVIL[:200])}",
    "/?q=script",
    f"/?province={quote(EVIL[:60])}&held=any",
    f"/documents/{quote(ID)}",
    f"/documents/{quote(ID)}?section=made_for",
    f"/documents/{quote(ID)}?section={quote('<script>alert(1)')}",
    f"/documents/{quote(ID)}?province={quote(EVIL[:60])}",
    f"/documents/{quote(ID)}/text",
    f"/documents/{quote(ID)}/text?at=30#c60",
    f"/documents/{quote(ID)}/graph",
    f"/documents/{quote(EVIL.replace('/', '|')[:200])}",
    f"/{quote(EVIL)}",
    f"/documents/{quote(ID)}?year={quote(EVIL[:40])}",
]
ENDPOINTS = [
    "/api/v1/documents",
    f"/api/v1/documents?sign={quote(EVIL[:200])}",
    f"/api/v1/documents?province={quote(EVIL[:60])}",
    f"/api/v1/documents?level={quote(EVIL[:60])}",
    "/api/v1/search?q=script",
    f"/api/v1/search?q={quote(EVIL[:200])}",
    f"/api/v1/documents/{quote(ID)}",
    f"/api/v1/documents/{quote(EVIL.replace('/', '|')[:200])}",
    f"/api/v1/documents/{quote(ID)}/lineage",
    f"/api/v1/documents/{quote(ID)}/lineage?direction=down",
    f"/api/v1/documents/{quote(ID)}/implementers",
    f"/api/v1/graph/{quote(ID)}",
    f"/api/v1/{quote(EVIL)}",
]


def assert_harmless(response):
    assert response.status_code < 500
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert not FORBIDDEN.search(response.text)
    page = html.document_fromstring(response.text)
    for script in page.xpath("//script"):
        assert not (script.text or "").strip() or script.get("type") == "application/json"
        assert script.get("src", "/static/").startswith("/static/")
    assert not page.xpath("//style | //img | //iframe | //object | //base | //meta[@http-equiv] | //comment()")
    for node in page.iter():
        assert not [name for name in node.attrib if name.startswith("on") or name == "style"], html.tostring(node)
    for address in page.xpath("//@href | //@src | //@action"):
        assert re.match(r"/(?!/)|#", address), address
    return page


@pytest.mark.parametrize("address", PAGES)
def test_no_page_lets_hostile_text_out_of_its_place(evil_client, address):
    assert_harmless(evil_client.get(address, headers={"accept": "text/html"}))


@pytest.mark.parametrize(
    "address", [one for one in PAGES if one.startswith(f"/documents/{quote(ID)}") and "?" not in one]
)
def test_the_hostile_text_is_shown_as_text(evil_client, address):
    response = evil_client.get(address, headers={"accept": "text/html"})
    assert response.status_code == 200
    shown = assert_harmless(response).xpath("string(//main)")
    assert "<script>alert(1)</script>" in shown
    assert "{{7*7}}" in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize("address", ENDPOINTS)
def test_no_endpoint_answers_anything_but_json(evil_client, address):
    response = evil_client.get(address, headers={"accept": "text/html"})
    assert response.status_code < 500
    assert re.fullmatch(r"application/(problem\+)?json", response.headers["content-type"])
    assert response.headers["x-content-type-options"] == "nosniff"
    response.json()


def test_links_between_hostile_documents_lead_to_them(evil_client):
    page = assert_harmless(evil_client.get(f"/documents/{quote(ID)}"))
    addresses = {one for one in page.xpath("//main//a/@href") if one.startswith("/documents/")}
    assert len(addresses) > 5
    assert all(evil_client.get(one).status_code == 200 for one in addresses)


def test_a_hostile_file_goes_the_whole_way(tmp_path):
    said = EVIL.replace("\x00", "")  # else the reader would refuse the file as binary
    folder = tmp_path / "files"
    folder.mkdir()
    name = "<img src=x onerror=alert(1)>\u202e'\".txt"
    (folder / name).write_text(
        "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN\n-------\nSố: 21/KH-UBND\nBắc Kạn, ngày 16 tháng 01 năm 2025\n\nKẾ HOẠCH\n"
        f"Thực hiện công tác dân vận {said}\n\nThực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ về"
        f" {said}, Ủy ban nhân dân tỉnh ban hành kế hoạch:\n1. Làm. {said}\n",
        encoding="utf-8",
    )
    address = f"sqlite:///{tmp_path / 'evil.db'}"
    with open_store(address) as store:
        store.put([one.reading for one in read_found(list_files([folder])) if one.reading])
    client = TestClient(create_app(Settings(store=address)), base_url="http://localhost")
    found = client.get("/api/v1/documents", params={"limit": 50}).json()["items"]
    assert {"33/CT-TTg", "21/KH-UBND"} <= {one["sign"] for one in found}
    for one in found:
        views = ("", "/text", "/graph") if one["held"] else ("", "/graph")
        for view in views:
            response = client.get(f"/documents/{one['id']}{view}", headers={"accept": "text/html"})
            assert response.status_code == 200
            assert_harmless(response)
    text = client.get(f"/documents/{next(one['id'] for one in found if one['held'])}/text").text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text

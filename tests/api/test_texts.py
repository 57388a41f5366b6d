"""What a text says of its scope, from the file to the command line, REST and pages."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from fastapi.testclient import TestClient
from lxml import html
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.settings import Settings
from graph.store import open_store
from ingest.clean import clean
from ingest.pipeline import read_text

DECISION = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
-------
Số: 215/QĐ-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Bắc Kạn, ngày 14 tháng 2 năm 2022

QUYẾT ĐỊNH
Về việc ban hành Kế hoạch công tác giai đoạn 2022-2025

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch công tác.
Điều 2. Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này.

Nơi nhận:
- Bộ Nội vụ (b/c);
- <b>Các sở</b>, ban, ngành tỉnh;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Thị Bình

KẾ HOẠCH
Thực hiện Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021 của Thủ tướng Chính phủ
(Ban hành kèm theo Quyết định số 215/QĐ-UBND ngày 14/2/2022 của Chủ tịch Ủy ban nhân dân tỉnh)

I. NHIỆM VỤ
1. Sở Nội vụ báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2022.
"""
ID = "215.qd-ubnd~tinh.bac-kan~2022"
DIRECTIVE = "33.ct-ttg~2021"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    place = f"sqlite:///{tmp_path_factory.mktemp('texts') / 'texts.db'}"
    with closing(open_store(place)) as store:
        store.put([read_text(clean("quyet-dinh.txt", DECISION))])
    return place


@pytest.fixture(scope="module")
def client(address):
    return TestClient(create_app(Settings(store=address)), base_url="http://127.0.0.1:8000")


def run(address, *arguments):
    result = CliRunner().invoke(app, arguments, env={"CANCU_STORE": address, "COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_decision_implements_what_the_title_of_its_plan_names(client):
    answer = client.get(f"/api/v1/documents/{DIRECTIVE}/implementers").json()
    assert [(one["id"], one["tier"]) for one in answer["items"]] == [(ID, "made_for")]


def test_rest_and_command_line_tell_the_scope_of_each_text(client, address):
    answer = client.get(f"/api/v1/documents/{ID}").json()
    assert answer == json.loads(run(address, "show", ID, "--format", "json"))
    (text,) = answer["texts"]
    said = [text["period"], *text["parts"], *text["recipients"], *text["deadlines"]]
    assert [DECISION[one["start"] : one["end"]] for one in said] == [
        "giai đoạn 2022-2025",
        DECISION[DECISION.index("KẾ HOẠCH\n") :],
        "Giám đốc Sở Nội vụ",
        "Bộ Nội vụ",
        "<b>Các sở</b>, ban, ngành tỉnh",
        "trước ngày 15/12/2022",
    ]
    assert [(one["role"], one["bound"]) for one in text["recipients"]] == [
        ("responsible", True),
        ("recipient", False),
        ("recipient", True),
    ]


def test_the_table_tells_it_too(address):
    shown = run(address, "show", ID)
    assert "Thời gian thực hiện: giai đoạn 2022-2025" in shown
    assert "  Kế hoạch: Thực hiện Chỉ thị số 33/CT-TTg" in shown
    assert "    Bộ Nội vụ · nơi nhận · b/c" in shown
    assert "  ✓ Giám đốc Sở Nội vụ · chịu trách nhiệm thi hành" in shown
    assert "  báo cáo · trước ngày 15/12/2022 · 15/12/2022 · Sở Nội vụ" in shown


def test_the_page_tells_it_and_escapes_it(client):
    response = client.get(f"/documents/{ID}", headers={"accept": "text/html"})
    assert "<b>Các sở" not in response.text
    page = html.document_fromstring(response.text)
    words = " ".join(page.text_content().split())
    assert "Thời gian thực hiệngiai đoạn 2022-2025" in words.replace(" giai", "giai")
    assert "<b>Các sở</b>, ban, ngành tỉnh" in words
    (link,) = page.xpath("//ul[@class='parts']//a/@href")
    assert place_of(client, link).text_content() == "KẾ HOẠCH"
    assert "(Ban hành kèm theo" in client.get(link, headers={"accept": "text/html"}).text
    (deadline,) = page.xpath("//table[caption='Thời hạn']/tbody/tr")
    assert "trước ngày 15/12/2022" in deadline.text_content()
    assert place_of(client, deadline.xpath(".//a/@href")[0]).text_content() == "trước ngày 15/12/2022."


def place_of(client, link):
    """What the fragment of a link leads to."""
    opened = client.get(link, headers={"accept": "text/html"})
    return html.document_fromstring(opened.text).get_element_by_id(link.partition("#")[2])


def test_the_search_finds_it_by_the_title_of_its_plan(client):
    found = client.get("/api/v1/search", params={"q": "kế hoạch thực hiện chỉ thị 33/CT-TTg"}).json()["items"]
    assert [one["id"] for one in found] == [ID]

"""`cancu annotate`: the page stands alone, holds the whole text, links both ways, and escapes what is hostile."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from lxml import html
from typer.testing import CliRunner

from api.cli import app

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "documents"
PLAN = EXAMPLES / "15-ct-tu-bac-kan-2022.txt"
HEAD = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
Số: 15/KH-UBND
Bắc Kạn, ngày 10 tháng 01 năm 2022

KẾ HOẠCH
Công tác dân vận năm 2022

"""


def run(*arguments, code=0):
    result = CliRunner().invoke(app, ["annotate", *map(str, arguments)])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def page_of(path, *options):
    return html.document_fromstring(run(path, *options))


def written(tmp_path, body):
    path = tmp_path / "plan.txt"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def words(element):
    """What the page shows of an element, without what it adds to the text: labels, numbers and cards."""
    for added in element.xpath(".//sup | .//h2 | .//*[contains(@class, 'card')]"):
        added.drop_tree()
    return "".join(element.text_content().split())


def entry(page, label):
    (found,) = [one for one in page.find_class("entry") if label in one.find_class("name")[0].text_content()]
    return found


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_the_page_stands_alone(path):
    page = page_of(path)
    assert not page.xpath("//script | //link | //img | //iframe | //object | //form | //base")
    assert not page.xpath("//@src | //@style | //@onclick")
    assert all(address.startswith("#") for address in page.xpath("//@href"))
    assert not re.search(r"url\(|@import", page.findtext(".//style"))


def test_the_policy_allows_the_pages_style_alone():
    shown = run(PLAN)
    style = re.search(r"<style>(.*?)</style>", shown, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = html.document_fromstring(shown).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_the_page_holds_the_whole_text_and_nothing_more(path):
    text = path.read_text(encoding="utf-8")
    assert words(page_of(path).get_element_by_id("text")) == "".join(text.split())


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_anchors_lead_both_ways(path):
    page = page_of(path)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in page.xpath("//@href")} <= set(ids)
    for one in page.find_class("entry"):
        for back in one.xpath(".//*[@class='back']/a"):
            assert page.get_element_by_id(back.get("href")[1:]).get("href") == f"#{one.get('id')}"
    assert len(page.xpath("//*[@class='back']/a")) == len(page.xpath("//a[@id][starts-with(@href, '#d')]"))


def test_every_citation_that_is_extracted_is_marked(tmp_path):
    result = CliRunner().invoke(app, ["extract", str(PLAN), "--output", str(tmp_path)])
    assert result.exit_code == 0
    extracted = json.loads((tmp_path / f"{PLAN.stem}.json").read_text(encoding="utf-8"))
    marked = [link.text_content() for link in page_of(PLAN).xpath("//a[@id][starts-with(@href, '#d')]")]
    assert marked == [mention["text"] for mention in extracted["mentions"]]


SELF = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
Số: 15/QĐ-UBND
Bắc Kạn, ngày 10 tháng 01 năm 2022

QUYẾT ĐỊNH
Về công tác dân vận năm 2022

Căn cứ Chỉ thị số 33/CT-TTg;

QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế phối hợp.
Điều 2. Sở Nội vụ báo cáo trước ngày 15/12/2022.

Nơi nhận:
- Bộ Nội vụ (b/c);
- Lưu: VT.

CHỦ TỊCH
Lê Thị Bình

QUY CHẾ
Phối hợp theo Chỉ thị số 33/CT-TTg
(Ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 10/01/2022)

Điều 1. Phạm vi.
"""
SAID = {
    "Loại văn bản": ("Quyết định", "QUYẾT ĐỊNH"),
    "Số, ký hiệu": ("15/QĐ-UBND", "Số: 15/QĐ-UBND"),
    "Cơ quan ban hành": ("Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn", "CHỦ TỊCH"),
    "Ngày": ("10/01/2022", "ngày 10 tháng 01 năm 2022"),
    "Trích yếu": ("Về công tác dân vận năm 2022", "Về công tác dân vận năm 2022"),
    "Cấp": ("Tỉnh", "ỦY BAN NHÂN DÂN TỈNH BẮC KẠN"),
    "Tỉnh, thành phố": ("Bắc Kạn", "BẮC KẠN"),
    "Trạng thái": ("đã ban hành", "Số: 15/QĐ-UBND"),
    "Người ký": ("Lê Thị Bình", "Lê Thị Bình"),
    "Thời gian thực hiện": ("năm 2022", "năm 2022"),
    "Ban hành kèm theo": ("Quy chế", "QUY CHẾ Phối hợp theo Chỉ thị số 33/CT-TTg"),
    "Thời hạn báo cáo": ("trước ngày 15/12/2022", "trước ngày 15/12/2022"),
    "Nơi nhận": ("Bộ Nội vụ", "Bộ Nội vụ"),
}


def test_what_the_text_says_of_itself_is_marked_and_listed(tmp_path):
    path = tmp_path / "quyet-dinh.txt"
    path.write_text(SELF, encoding="utf-8")
    page = page_of(path)
    listed = {one.findtext("a"): one for one in page.find_class("said")}
    assert {label: listed[label].findtext("bdi") for label in SAID} == {label: value for label, (value, _) in SAID.items()}
    assert "để biết" in listed["Nơi nhận"].find_class("where")[0].text_content()
    for label, (_, words_of) in SAID.items():
        anchor = page.get_element_by_id(listed[label].find("a").get("href")[1:])
        marked = "".join(one.text_content() for one in anchor.xpath("following::a | following::mark"))
        assert "".join(marked.split()).startswith("".join(words_of.split())), label


def test_a_citation_in_what_the_text_says_of_itself_stays_one(tmp_path):
    path = tmp_path / "quyet-dinh.txt"
    path.write_text(SELF, encoding="utf-8")
    assert [link.text_content() for link in page_of(path).xpath("//a[@id][starts-with(@href, '#d')]")] == ["Chỉ thị số 33/CT-TTg"] * 2


def test_header_facts_stand_on_top_and_what_is_missing_is_said(tmp_path):
    facts = {
        fact.findtext("dt"): fact.find("dd").text_content()
        for fact in page_of(written(tmp_path, "Căn cứ Chỉ thị số 33/CT-TTg;\n")).xpath("//*[@class='known']/div")
    }
    assert facts["Số, ký hiệu"] == "15/KH-UBND"
    assert facts["Cơ quan ban hành"] == "Ủy ban nhân dân tỉnh Bắc Kạn"
    assert facts["Ngày"] == "10/01/2022"
    assert facts["Người ký"] == "không có trong văn bản"


def test_the_list_tells_the_relation_its_place_and_that_between_cited_documents(tmp_path):
    body = (
        "Căn cứ Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021 của Thủ tướng Chính phủ;\n"
        "Thực hiện Kết luận số 43-KL/TW ngày 07/01/2019 của Ban Bí thư về tiếp tục thực hiện Nghị quyết số 25-NQ/TW,\n"
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n1. Mục đích: nâng cao chất lượng.\n"
    )
    page = page_of(written(tmp_path, body))
    assert "căn cứ phần mở đầu" in " ".join(entry(page, "33/CT-TTg").find_class("uses")[0].text_content().split())
    inner = " ".join(entry(page, "25-NQ/TW").find_class("uses")[0].text_content().split())
    assert "Kết luận 43-KL/TW thực hiện trích yếu được dẫn" in inner
    assert [one.get("class") for one in page.find_class("block")] == [
        *("block zone-preamble", "block zone-title", "block zone-preamble", "block zone-body"),
    ]


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}&lt;b&gt;"]
)
def test_hostile_text_is_shown_as_text(tmp_path, hostile):
    body = f"Căn cứ Kế hoạch số 12/KH-UBND ngày 01/02/2020 của Ủy ban nhân dân tỉnh về việc {hostile} trong năm 2020;\n{hostile}\n"
    path = written(tmp_path, body)
    page = page_of(path)
    assert not page.xpath("//script | //img | //b")
    assert words(page.get_element_by_id("text")).count("".join(hostile.split())) == 2


def test_characters_that_turn_the_direction_are_taken_out(tmp_path):
    assert "\u202e" not in run(written(tmp_path, "Căn cứ Chỉ thị số 33/CT-TTg \u202eđảo ngược;\n"))


def test_a_law_is_named_without_its_type_twice(tmp_path):
    page = page_of(written(tmp_path, "Căn cứ Luật Thực hiện dân chủ ở cơ sở;\n"))
    assert [name.text_content() for name in page.find_class("entry")[0].find_class("name")] == [
        "1Luật Thực hiện dân chủ ở cơ sở"
    ]


def test_a_text_without_citations_says_so(tmp_path):
    page = page_of(written(tmp_path, "1. Mục đích: nâng cao chất lượng.\n"))
    assert not page.find_class("entry")
    assert "Không thấy văn bản nào được dẫn" in page.find_class("sum")[0].text_content()


def test_a_text_that_the_store_holds_is_shown_as_the_store_says(demo_store):
    page = page_of(PLAN, "--store", demo_store)
    assert "đổi mới công tác dân vận" in entry(page, "33/CT-TTg").find_class("title")[0].text_content()
    assert not entry(page_of(PLAN), "33/CT-TTg").find_class("title")


def test_a_new_text_is_matched_with_what_the_store_knows(tmp_path, demo_store):
    path = written(tmp_path, "Căn cứ Chỉ thị số 33/CT-TTg ngày 26/11/2021 và Nghị quyết số 25-NQ/TW;\n")
    page = page_of(path, "--store", demo_store)
    assert entry(page, "33/CT-TTg").find_class("title")
    several = entry(page, "25-NQ/TW")
    assert "chưa rõ là văn bản nào" in several.find_class("badge")[0].text_content()
    assert len(several.find_class("candidate")) > 1
    assert len(page.find_class("ambiguous")) == 1


def test_output_goes_to_the_file(tmp_path):
    target = tmp_path / "page.html"
    assert run(PLAN, "--output", target) == ""
    assert target.read_text(encoding="utf-8") == run(PLAN)


def test_the_document_itself_is_never_written_over(tmp_path):
    path = written(tmp_path, "Căn cứ Chỉ thị số 33/CT-TTg;\n")
    before = path.read_bytes()
    assert "is the document itself" in run(path, "--output", path, code=1)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "output", "said"),
    [("missing.txt", "page.html", "no such file"), ("plan.txt", "no/folder/page.html", "cannot be written")],
)
def test_what_cannot_be_read_or_written_is_said(tmp_path, name, output, said):
    written(tmp_path, "Căn cứ Chỉ thị số 33/CT-TTg;\n")
    assert said in " ".join(run(tmp_path / name, "--output", tmp_path / output, code=1).split())

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from api.pages import stream
from api.pages.document import Asked
from api.pages.text import PAGE, text_page
from graph.model import BasisKind, Claim, Fact, Reading, Relation, Resolution, Source, StatedIn
from graph.store.base import Filter
from tests.factories_view import MemoryView, communal, document, edge, guess, provincial, view_of

DIRECTIVE = "33.ct-ttg~2021"
DEMO_PAGES = [
    "/",
    "/?q=chi+thi+33",
    "/?q=33/CT-TTg",
    "/?q=khong+co+gi",
    "/?level=commune&held=any&province=&year=",
    "/?offset=5000",
    f"/documents/{DIRECTIVE}",
    f"/documents/{DIRECTIVE}?level=province&year=2022",
    f"/documents/{DIRECTIVE}?section=made_for",
    f"/documents/{DIRECTIVE}/text",
    "/conflicts",
    "/conflicts?field=title&level=&province=&year=",
    "/documents/unknown",
    "/nowhere",
]


def page_of(client, address, status=200):
    response = client.get(address, headers={"accept": "text/html"})
    assert response.status_code == status, response.text[:500]
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return html.document_fromstring(response.text)


def texts(nodes):
    return [" ".join(" ".join(node.itertext()).split()) for node in nodes]


@pytest.mark.parametrize("address", DEMO_PAGES)
def test_pages_are_well_formed_vietnamese_and_self_contained(demo, address):
    response = demo.get(address, headers={"accept": "text/html"})
    assert response.text.startswith("<!doctype html>")
    page = html.document_fromstring(response.text)
    assert page.get("lang") == "vi"
    assert page.xpath("//meta[@name='viewport']")
    assert page.xpath("//title")[0].text_content().endswith("· cancu")
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    assert page.xpath("//main[@id='main']")
    assert not page.xpath("//style | //*[@style] | //script[not(@src)]")
    assert not [name for node in page.iter() for name in node.attrib if name.startswith("on")]
    addresses = page.xpath("//@href | //@src | //@action")
    assert all(re.match(r"/(?!/)|#", one) for one in addresses), addresses
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)
    assert all(table.xpath("./caption") and table.xpath("./thead//th[@scope]") for table in page.xpath("//table"))
    assert all(field.xpath("ancestor::label") or field.get("id") in page.xpath("//label/@for")
               for field in page.xpath("//input[@type!='hidden' or not(@type)] | //select"))  # fmt: skip
    headings = [int(node.tag[1]) for node in page.xpath("//h1 | //h2 | //h3")]
    assert all(after - before <= 1 for before, after in zip([0, *headings], headings, strict=False))


@pytest.mark.parametrize("words", ["chi thi 33", "Chỉ thị 33", "33/CT-TTg", "33 ct-ttg"])
def test_a_search_without_script_leads_to_the_document(demo, words):
    found = page_of(demo, f"/?q={words}").xpath("//main//a/@href")
    assert f"/documents/{DIRECTIVE}" in found


def test_an_ambiguous_sign_shows_its_candidates_to_choose_from(demo):
    page = page_of(demo, "/?q=33/CT-TTg")
    candidates = page.xpath("//section[@aria-labelledby='exact']//tbody//a/@href")
    assert len(candidates) == 2
    assert "2 văn bản khác nhau" in page.text_content()


def test_the_start_page_lists_what_is_held_and_narrows_it(demo):
    assert len(page_of(demo, "/").xpath("//table[@class='documents']/tbody/tr")) == 19
    rows = page_of(demo, "/?level=commune&province=dong+thap&year=2022").xpath("//tbody/tr")
    assert len(rows) == 1
    assert "Bình Hàng Trung" in rows[0].text_content()


def test_a_province_may_be_asked_for_with_those_that_became_it(demo):
    for page in ("/?held=any&level=&year=&", f"/documents/{DIRECTIVE}?", "/conflicts?"):
        own, both, former = (
            set(page_of(demo, page + asked).xpath("//tbody//a/@href|//ol//a/@href|//li//a/@href"))
            for asked in ("province=thai+nguyen", "province=thai+nguyen&predecessors=true", "province=bac+kan")
        )
        assert own | former <= both, page
    (box,) = page_of(demo, "/?province=thai+nguyen&predecessors=true").xpath("//input[@name='predecessors']")
    assert box.get("checked") is not None
    rows = page_of(demo, "/?province=thai+nguyen&predecessors=true").xpath("//tbody/tr")
    assert len(rows) == len(page_of(demo, "/?province=bac+kan").xpath("//tbody/tr")) > 0


def test_every_quote_links_to_where_it_stands(demo):
    links = page_of(demo, f"/documents/{DIRECTIVE}").xpath("//a[@class='place-link']")
    assert len(links) > 10
    for link in links:
        address, _, anchor = link.get("href").partition("#")
        (quote,) = link.xpath("preceding-sibling::blockquote[1]")
        found = page_of(demo, address).xpath(f"//div[@class='text']//*[@id='{anchor}']")
        assert len(found) == 1, link.get("href")
        words = " ".join(found[0].text_content().split())
        assert words in " ".join(quote.text_content().split())


def test_citations_in_a_text_link_to_their_documents(demo):
    page = page_of(demo, f"/documents/{DIRECTIVE}/text")
    links = {" ".join(one.text_content().split()): one for one in page.xpath("//a[@class='citation']")}
    resolution = links["Nghị quyết số 25-NQ/TW"]
    assert resolution.get("href") == "/documents/25-nq.tw~2013"
    assert resolution.get("title") == "phần mở đầu · thực hiện"
    assert all(demo.get(one.get("href")).status_code == 200 for one in links.values())
    (own,) = page.xpath("//mark")
    assert "33/CT-TTg" in own.text_content()


def test_a_document_known_only_by_citation_says_so(demo):
    page = page_of(demo, "/documents/25-nq.tw~2013")
    assert "chưa có toàn văn" in texts(page.xpath("//p[@class='badges']"))[0]
    assert "Toàn văn" not in texts(page.xpath("//nav[@class='tabs']/a"))
    assert "Không có văn bản này" in page_of(demo, "/documents/25-nq.tw~2013/text", 404).text_content()


GOAL = document(
    "goal",
    "33/CT-TTg",
    type="Chỉ thị",
    date="2021-11-26",
    facts=(
        Fact("date", "2021-11-26", 3, False, True, "ngày 26/11/2021"),
        Fact("date", "2021-11-28", 1, False, False, "ngày 28/11/2021"),
        Fact("sign", "33/CT-TTg", 4, True, True, "Số: 33/CT-TTg"),
    ),
)
MADE = provincial("made", "781/KH-UBND", "Nghệ An", date="2021-12-20")
GUESS = provincial("guess", "780/KH-UBND", date="2021-12-15")
LOW = communal("low", "9/KH-UBND", date="2022")
NEAR = provincial("near", "21/KH-UBND", date="2025-01-16")
LAW = document("law", "77/2015/QH13", type="Luật")
LATER = document("later", "5/CT-TTg", type="Chỉ thị", date="2027-01-02")
STORY = view_of(
    [GOAL, MADE, GUESS, LOW, NEAR, LAW, LATER],
    [
        edge("made", Relation.IMPLEMENTS, "goal", StatedIn.OWN_TITLE, quote="Thực hiện Chỉ thị 33/CT-TTg"),
        edge("low", Relation.IMPLEMENTS, "made", StatedIn.PREAMBLE, quote="Thực hiện Kế hoạch 781"),
        guess("guess", "goal", 0.93),
        edge("near", Relation.DISSEMINATES, "goal", quote="Quán triệt Chỉ thị 33"),
        edge("goal", Relation.BASED_ON, "law", StatedIn.PREAMBLE, quote="Căn cứ Luật", basis=BasisKind.COMPETENCE),
        edge("later", Relation.REPLACES, "goal", quote="Chỉ thị này thay thế Chỉ thị 33/CT-TTg"),
    ],
)


def test_the_document_page_tells_conflicts_with_counts_and_quotes(client_of):
    page = page_of(client_of(STORY), "/documents/goal")
    (table,) = page.xpath("//h3[@id='conflicts']/following-sibling::table[1]")
    assert texts(table.xpath("./tbody/tr")) == [
        "Ngày 26/11/2021 được chọn 3 văn bản khác ngày 26/11/2021",
        "Ngày 28/11/2021 1 văn bản khác ngày 28/11/2021",
    ]
    assert page.xpath("//dt[.='Ngày ban hành']/following-sibling::dd/a/@href") == ["#conflicts"]
    assert not page.xpath("//dt[.='Số, ký hiệu']/following-sibling::dd/a")


def test_the_document_page_tells_tiers_chains_and_the_related_apart(client_of):
    page = page_of(client_of(STORY), "/documents/goal")
    implementing = page.xpath("//section[@aria-labelledby='implementers']")[0]
    assert texts(implementing.xpath(".//h3")) == ["Ban hành để thực hiện 2", "Suy đoán theo trích yếu 1"]
    related = page.xpath("//section[@aria-labelledby='related-heading']")[0]
    assert texts(related.xpath(".//h3")) == ["Liên quan 2"]
    chain = implementing.xpath(".//ol[@class='chain']")
    assert len(chain) == 1
    steps = texts(chain[0].xpath("./li"))
    assert steps[0] == ("Kế hoạch 9/KH-UBND → thực hiện phần mở đầu → Kế hoạch 781/KH-UBND Thực hiện Kế hoạch 781")
    assert "Kế hoạch 781/KH-UBND → thực hiện → Chỉ thị 33/CT-TTg" in steps[1]
    assert "suy đoán, điểm 0.93" in implementing.text_content()
    assert texts(page.xpath("//p[@class='sum']")) == ["3 văn bản thực hiện; 2 văn bản liên quan."]


def test_a_basis_of_competence_is_folded_away_and_a_replacement_is_told_first(client_of):
    page = page_of(client_of(STORY), "/documents/goal")
    (competence,) = page.xpath("//details[contains(@class, 'tier')]")
    assert texts(competence.xpath("./summary")) == ["Căn cứ thẩm quyền 1"]
    (notice,) = page.xpath("//aside[@class='notice']")
    assert "được thay thế bởi Chỉ thị 5/CT-TTg ngày 02/01/2027" in texts([notice])[0]


@pytest.mark.parametrize(
    ("section", "headings"),
    [
        ("competence", ["Căn cứ thẩm quyền 1"]),
        ("substance", []),
        ("inferred", ["Suy đoán theo trích yếu 1"]),
        ("task", []),
    ],
)
def test_one_section_alone(client_of, section, headings):
    page = page_of(client_of(STORY), f"/documents/goal?section={section}")
    assert texts(page.xpath("//h3")) == headings
    assert len(page.xpath("//main/section")) == 1


def hub(count):
    plans = [provincial(f"p{number:04}", f"{number}/KH-UBND", date="2022") for number in range(count)]
    edges = [edge(one.id, Relation.IMPLEMENTS, "goal", StatedIn.OWN_TITLE) for one in plans]
    return view_of([GOAL, *plans], edges)


def test_a_long_tier_is_shown_in_slices_that_make_up_the_whole(client_of):
    client = client_of(hub(120))
    page = page_of(client, "/documents/goal?year=2022")
    assert texts(page.xpath("//h3[@id='by-made_for']")) == ["Ban hành để thực hiện 120"]
    assert len(page.xpath("//table[@class='answers']/tbody/tr")) == 25
    (address,) = page.xpath("//p[@class='more']/a/@href")
    seen = []
    while address:
        assert "year=2022" in address
        page = page_of(client, address)
        seen += page.xpath("//table[@class='answers']/tbody/tr/th//a/@href")
        address = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert seen == [f"/documents/p{number:04}" for number in range(120)]
    assert "offset" not in page_of(client, page.xpath("//a[@rel='prev']/@href")[0]).xpath("//a[@rel='prev']/@href")[0]


def test_a_line_is_of_bearable_length_whatever_its_document_says(client_of):
    plans = [provincial(f"p{n}", f"{n}/KH-UBND", title="Rất dài " * 20_000, issuer="Ủy ban") for n in range(1, 21)]
    edges = [
        edge(one.id, Relation.IMPLEMENTS, "goal", StatedIn.OWN_TITLE, quote="Thực hiện " * 20_000) for one in plans
    ]
    response = client_of(view_of([GOAL, *plans], edges)).get("/documents/goal")
    assert len(response.content) < 100_000


def test_what_stands_first_is_sent_before_the_rest_is_worked_out():
    def unfinished():
        raise AssertionError("asked too early")

    parts = stream(
        "document.html", document=GOAL, asked=Asked(Filter()), conflicting=frozenset(), changes=(), foundations=(),
        texts=(), implementation=unfinished, provinces=(),
    )  # fmt: skip
    assert "<h1><bdi>Chỉ thị 33/CT-TTg</bdi></h1>" in next(parts)
    with pytest.raises(AssertionError, match="too early"):
        list(parts)


def reading_of(text, spans):
    own = Claim(0, 0, "", own=True)
    claims = [Claim(start, end, text[start:end]) for start, end in spans]
    return Reading(Source("d" * 64, "a.txt", text), (own, *claims), ())


@st.composite
def marked_texts(draw):
    text = draw(st.text(alphabet="ab đ\n.", max_size=300))
    cuts = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(cuts, cuts).map(lambda pair: tuple(sorted(pair))), max_size=8))
    return text, spans


@given(marked_texts(), st.integers(5, 60))
def test_the_pages_of_a_text_hold_every_letter_once_and_in_order(marked, size):
    text, spans = marked
    reading = reading_of(text, spans)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.pages.text.PAGE", size)
        starts = text_page(reading, [], at=0).starts
        pages = [text_page(reading, [], at=start) for start in starts]
    shown = "".join(piece.text for page in pages for paragraph in page.paragraphs for piece in paragraph)
    assert "".join(shown.split()) == "".join(text.split())
    assert [page.number for page in pages] == list(range(1, len(starts) + 1))
    anchors = [
        piece.mark.anchor for page in pages for line in page.paragraphs for piece in line if piece.mark and piece.first
    ]
    assert len(set(anchors)) == len(anchors)


def test_a_huge_text_is_paged_and_a_link_opens_the_page_of_its_place(client_of):
    line = "Tiếp tục thực hiện Chỉ thị 33/CT-TTg.\n"
    text = line * (3 * PAGE // len(line))
    at = text.rindex("Chỉ thị")
    reading = reading_of(text, [(at, at + len("Chỉ thị 33/CT-TTg"))])
    held = replace(MADE, sources=(reading.source.digest,))
    view = MemoryView(Resolution((GOAL, held), (), {reading.source.digest: ("made", "goal")}), [reading])
    client = client_of(view)
    response = client.get(f"/documents/made/text?at={at}")
    assert len(response.content) < 4 * PAGE
    page = html.document_fromstring(response.text)
    assert page.xpath(f"//a[@id='c{at}']/@href") == ["/documents/goal"]
    assert re.search(r"Phần (\d) trong \1", page.text_content())
    assert not page_of(client, "/documents/made/text").xpath(f"//a[@id='c{at}']")


@pytest.mark.parametrize(
    "address",
    [
        f"/documents/{DIRECTIVE}?section=nothing",
        "/?level=village",
        "/?year=12",
        "/?offset=-1",
        f"/?q={'x' * 201}",
        f"/documents/{DIRECTIVE}/text?at=-1",
        "/?held=perhaps",
    ],
)
def test_pages_refuse_what_is_out_of_limits_with_a_page(demo, address):
    assert texts(page_of(demo, address, 422).xpath("//h1")) == ["Yêu cầu không hợp lệ"]

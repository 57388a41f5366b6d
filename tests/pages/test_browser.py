"""The pages in a real browser, over the examples: what an officer does, and what hostile text cannot."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from graph.model import Relation, StatedIn, Zone
from tests.browser import chromium, examples, needs_chromium, serving
from tests.factories import directive, own, reading, stated

pytestmark = needs_chromium
expect.set_options(timeout=20_000)  # a machine that builds at the same time is slow
DIRECTIVE = "Chỉ thị 33/CT-TTg"
HOSTILE = "</script><script>window.hit=1</script>\"'><img src=x onerror=window.hit=2>\u202e{{ 7*7 }}"


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving(examples(), tmp_path_factory.mktemp("examples")) as served:
        yield served


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory):
    made = reading(
        own("9/KH-UBND", type="Kế hoạch", title=HOSTILE, issuer=HOSTILE, date="2022-01-01"),
        directive(title=HOSTILE, zone=Zone.PREAMBLE),
        relations=(stated(0, Relation.IMPLEMENTS, 1, quote=HOSTILE, stated_in=StatedIn.PREAMBLE),),
        name=f"{HOSTILE[:40]}.txt".replace("/", ""),
    )
    with serving([made], tmp_path_factory.mktemp("hostile")) as served:
        yield served


@pytest.fixture
def page(browser):
    """A page of which every request and every complaint is noted, and judged at the end."""
    opened = browser.new_page(viewport={"width": 1400, "height": 1000})
    requests, complaints = [], []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("websocket", lambda websocket: requests.append(websocket.url))
    opened.on("console", lambda message: message.type in {"error", "warning"} and complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    yield opened
    opened.close()
    assert requests
    assert {urlsplit(url).hostname for url in requests if not url.startswith("data:")} == {"127.0.0.1"}
    assert complaints == []


def graph_of(page, address, sign="33/CT-TTg 2021"):
    found = page.request.get(f"{address}/api/v1/documents", params={"sign": sign}).json()
    page.goto(f"{address}/documents/{found['items'][0]['id']}/graph")
    page.wait_for_selector("#canvas[data-ready]")


def row(page, text):
    return page.locator("#nodes tbody tr").filter(has=page.locator("[data-slot=heading]", has_text=text))


def click_middle(page, *, double=False):
    """The box that `Xem` brought to the middle of the stage."""
    box = page.locator("#canvas").bounding_box()
    act = page.mouse.dblclick if double else page.mouse.click
    act(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_from_a_search_to_the_proof_and_to_the_picture(page, address):
    page.goto(address)
    page.get_by_role("searchbox").fill("chi thi 33")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name=DIRECTIVE, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(DIRECTIVE)

    implementers = page.locator("section[aria-labelledby=implementers]")
    expect(implementers.get_by_role("link", name="Kế hoạch 781/KH-UBND").first).to_be_visible()
    proof = implementers.locator("tr", has=page.get_by_role("link", name="Kế hoạch 781/KH-UBND")).first
    expect(proof.locator("blockquote").first).to_contain_text("33/CT-TTg")
    proof.get_by_role("link", name="Xem trong văn bản").first.click()
    expect(page).to_have_url(re.compile(r"/text\?.*at=\d+#c\d+$"))
    expect(page.locator(":target")).to_contain_text("33/CT-TTg")
    expect(page.locator(":target")).to_be_in_viewport()

    page.locator(":target").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(DIRECTIVE)
    page.get_by_role("link", name="Sơ đồ", exact=True).click()
    page.wait_for_selector("#canvas[data-ready]")
    row(page, "Kế hoạch 781/KH-UBND").get_by_role("button", name="Xem").click()
    expect(page.locator("#panel")).to_contain_text("Ủy ban nhân dân tỉnh Nghệ An")
    expect(page.locator("#panel blockquote").first).to_contain_text("33/CT-TTg")
    page.locator("#panel").get_by_role("link", name="Xem trong văn bản").first.click()
    expect(page.locator(":target")).to_contain_text("33/CT-TTg")


def test_a_click_on_a_box_opens_it_and_a_click_beside_closes(page, address):
    graph_of(page, address)
    row(page, "Kế hoạch 781/KH-UBND").get_by_role("button", name="Xem").click()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    click_middle(page)
    expect(page.locator("#panel h2")).to_have_text("Kế hoạch 781/KH-UBND")
    page.locator("#canvas").click(position={"x": 5, "y": 5})
    expect(page.locator("#panel")).to_be_hidden()


def test_a_double_click_expands_and_moves_nothing(page, address):
    graph_of(page, address)
    before = page.locator("#nodes tbody tr").count()
    row(page, "Kế hoạch 21/KH-UBND").get_by_role("button", name="Xem").click()
    page.keyboard.press("Escape")
    click_middle(page, double=True)
    expect(page.locator("#notice")).to_contain_text("Đã thêm")
    after = page.locator("#nodes tbody tr").count()
    assert after > before
    expect(page.locator("#shown")).to_have_text(str(after))
    page.keyboard.press("Escape")
    click_middle(page)
    expect(page.locator("#panel h2")).to_have_text("Kế hoạch 21/KH-UBND")


def test_a_relation_opens_with_its_quote(page, address):
    graph_of(page, address)
    page.locator("#edges tbody tr").first.get_by_role("button", name="Xem").click()
    expect(page.locator("#panel dl")).to_contain_text("Quan hệ")
    expect(page.locator("#panel blockquote").first).not_to_be_empty()


def test_the_keyboard_alone_reaches_everything(page, address):
    graph_of(page, address)
    row(page, "Kế hoạch 781/KH-UBND").get_by_role("button", name="Xem").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#panel").get_by_role("button", name="Đóng")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_hidden()
    before = page.locator("#nodes tbody tr").count()
    row(page, "Kế hoạch 21/KH-UBND").get_by_role("button", name="Mở rộng").press("Enter")
    expect(page.locator("#nodes tbody tr").nth(before)).to_be_attached()


@pytest.mark.parametrize("key", ["ArrowLeft", "ArrowDown", "=", "-"])
def test_keys_move_and_zoom_the_picture(page, address, key):
    graph_of(page, address)
    stage = page.get_by_role("application", name="Sơ đồ văn bản")
    stage.focus()
    before = stage.screenshot()
    page.keyboard.press(key, delay=150)
    page.wait_for_timeout(100)
    assert stage.screenshot() != before


def test_the_legend_hides_a_relation_and_shows_it_again(page, address):
    graph_of(page, address)
    stage = page.locator("#canvas")
    button = page.locator("[data-relation=implements] button")
    before = stage.screenshot()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(200)
    assert stage.screenshot() != before
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_the_picture_follows_the_colours_of_the_system(page, address):
    graph_of(page, address)
    stage = page.locator("#canvas")
    light = stage.screenshot()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    assert stage.screenshot() != light


def test_hostile_text_runs_nowhere(page, hostile_address):
    page.goto(f"{hostile_address}/?held=any")
    addresses = {link.get_attribute("href") for link in page.locator("a.name").all()}
    assert len(addresses) == 2
    for each in sorted(addresses):
        page.goto(f"{hostile_address}{each}")
        ways = [link.get_attribute("href") for link in page.locator(".tabs a").all()]
        for way in ways:
            page.goto(f"{hostile_address}{way}")
            assert page.evaluate("window.hit") is None
        page.wait_for_selector("#canvas[data-ready]")
        for button in page.get_by_role("button", name="Xem").all():
            button.click()
            expect(page.locator("#panel")).to_be_visible()
        assert page.evaluate("window.hit") is None
        assert page.locator("main img").count() == 0

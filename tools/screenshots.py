"""Makes the pictures of the README from the real pages over the examples: python tools/screenshots.py [FOLDER]."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from tests.browser import chromium, examples, serving

ROOT = Path(__file__).parents[1]
SIGN = "33/CT-TTg 2021"
WIDTH = 1280


def document_page(page: Page) -> None:
    """The document page from what implements the directive on."""
    page.set_viewport_size({"width": WIDTH, "height": 1060})
    page.locator("#implementers").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('implementers').scrollIntoView()")


def graph_page(page: Page) -> None:
    """The picture with a plan chosen, and its quotes beside it."""
    page.set_viewport_size({"width": 1600, "height": 900})
    page.get_by_role("link", name="Sơ đồ", exact=True).click()
    page.wait_for_selector("#canvas[data-ready]")
    page.locator("#nodes tbody tr", has_text="781/KH-UBND").first.get_by_role("button", name="Xem").click()
    page.get_by_role("button", name="Toàn cảnh").click()


PICTURES: dict[str, Callable[[Page], None]] = {"pages.png": document_page, "graph.png": graph_page}


def main() -> None:
    """Write every picture of PICTURES."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs", help="where to write them")
    folder: Path = parser.parse_args().folder
    with TemporaryDirectory() as made, serving(examples(), Path(made)) as address, chromium() as browser:
        for name, show in PICTURES.items():
            page = browser.new_page(color_scheme="light", locale="vi-VN")
            found = page.request.get(f"{address}/api/v1/documents", params={"sign": SIGN}).json()
            page.goto(f"{address}/documents/{found['items'][0]['id']}")
            show(page)
            page.wait_for_timeout(300)  # the canvas is drawn in frames of its own
            page.screenshot(path=folder / name)
            page.close()


if __name__ == "__main__":
    main()

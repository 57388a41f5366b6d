"""The real app over a store on disk, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from api.app import create_app
from api.settings import LOOPBACK, Settings
from graph.model import Reading
from graph.store import open_store
from ingest.pipeline import read_paths

DOCUMENTS = Path(__file__).parents[1] / "examples" / "documents"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "/usr/bin/chromium", "chromium-browser"))), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 20

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI") != "true", reason="Chromium is not installed"
)


def examples() -> list[Reading]:
    """What the example documents say."""
    outcomes = list(read_paths([DOCUMENTS]))
    assert outcomes and all(outcome.reading for outcome in outcomes)
    return [outcome.reading for outcome in outcomes if outcome.reading]


@contextmanager
def serving(readings: Iterable[Reading], folder: Path) -> Iterator[str]:
    """The app over a store of `readings` made in `folder`, on a free port of this machine; gives its address."""
    address = f"sqlite:///{folder / 'pages.db'}"
    store = open_store(address)
    store.put(list(readings))
    store.close()
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(store=address)), log_level="warning"))
    with socket.create_server((LOOPBACK[0], 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK[0]}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window that talks to nobody by itself."""
    assert CHROMIUM is not None, "Chromium is not installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()

"""What holds for every test."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest

from tests.neo4j.server import Access, missing, running


@pytest.fixture(autouse=True)
def no_fault_stays_hidden(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Ingest logs faults of the program and goes on; a test in which it did so fails."""
    yield
    logged = caplog.get_records("call")
    faults = [one.getMessage() for one in logged if one.name.startswith("ingest") and one.levelno >= logging.ERROR]
    assert faults == []


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Access]:
    """A Neo4j server of this test process; without what it needs, tests that ask for it are skipped, except in
    continuous integration."""
    reason = missing()
    if reason and os.environ.get("CI") != "true":
        pytest.skip(reason)
    assert reason is None, reason
    with running(tmp_path_factory.mktemp("neo4j")) as access:
        yield access

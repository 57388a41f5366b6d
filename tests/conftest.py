"""What holds for every test."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.neo4j.server import Access, missing, needed, running

settings.register_profile("untimed", deadline=None)  # how fast things are is measured in benchmarks, not on a busy machine
settings.load_profile("untimed")


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
    needed(missing())
    with running(tmp_path_factory.mktemp("neo4j")) as access:
        yield access

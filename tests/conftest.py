"""What holds for every test."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_fault_stays_hidden(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Ingest logs faults of the program and goes on; a test in which it did so fails."""
    yield
    logged = caplog.get_records("call")
    faults = [one.getMessage() for one in logged if one.name.startswith("ingest") and one.levelno >= logging.ERROR]
    assert faults == []

"""Every store that the behaviour suite runs over: a new kind joins by an entry in STORES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from graph.store import open_store
from graph.store.base import Store

STORES: dict[str, Callable[[Path, int], str]] = {"sqlite": lambda folder, number: f"sqlite:///{folder}/{number}.db"}


@pytest.fixture(params=sorted(STORES), scope="session")
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Store]]:
    """Opens an empty store each time it is called, all of one kind."""
    folder, numbers, opened = tmp_path_factory.mktemp(request.param), count(), list[Store]()

    def new() -> Store:
        opened.append(open_store(STORES[request.param](folder, next(numbers))))
        return opened[-1]

    yield new
    for store in opened:
        store.close()


@pytest.fixture
def store(fresh: Callable[[], Store]) -> Store:
    """An empty store."""
    return fresh()

"""Every store that the behaviour suite runs over: a new kind joins by an entry in STORES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from graph.store import open_store
from graph.store.base import Store
from graph.store.sqlite import SqliteStore
from tests.neo4j.server import Access, clear

Addresses = Callable[[], str]


def _files(request: pytest.FixtureRequest) -> Addresses:
    factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
    folder, numbers = factory.mktemp("sqlite"), count()
    return lambda: f"sqlite:///{folder}/{next(numbers)}.db"


def _database(request: pytest.FixtureRequest) -> Addresses:
    access: Access = request.getfixturevalue("neo4j")

    def cleared() -> str:
        clear(access)
        return access.address

    return cleared


STORES: dict[str, Callable[[pytest.FixtureRequest], Addresses]] = {"sqlite": _files, "neo4j": _database}
"""What gives the address of an empty store each time; the one before may be the same, and is no more needed then."""


@pytest.fixture(params=sorted(STORES), scope="session")
def fresh(request: pytest.FixtureRequest) -> Iterator[Callable[[], Store]]:
    """Opens an empty store each time it is called, all of one kind."""
    empty_address, opened = STORES[request.param](request), list[Store]()

    def new() -> Store:
        opened.append(open_store(empty_address()))
        return opened[-1]

    yield new
    for store in opened:
        store.close()


@pytest.fixture
def store(fresh: Callable[[], Store]) -> Store:
    """An empty store."""
    return fresh()


@pytest.fixture(scope="module")
def fresh_embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], SqliteStore]]:
    """Opens an empty embedded store each time it is called, for what that store does for itself."""
    folder, numbers, opened = tmp_path_factory.mktemp("stores"), count(), list[SqliteStore]()

    def new() -> SqliteStore:
        opened.append(SqliteStore(folder / f"{next(numbers)}.db"))
        return opened[-1]

    yield new
    for store in opened:
        store.close()

"""The examples in a store of their own, and clients of the app."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.dependencies import opened_view
from api.settings import Settings
from graph.store import open_store
from ingest.pipeline import list_files, read_found
from tests import factories_cli as made
from tests.factories_view import view_of
from tests.neo4j.server import filled

ROOT = Path(__file__).parents[2]
BASE = "http://127.0.0.1:8000"


def _put_examples(address):
    with closing(open_store(address)) as store:
        outcomes = read_found(list_files([ROOT / "examples" / "documents"]))
        store.put([outcome.reading for outcome in outcomes])


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory):
    """The address of a store in a file that holds the examples."""
    address = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    _put_examples(address)
    return address


@pytest.fixture(params=["sqlite", "neo4j"])
def demo_store(request):
    """The address of a store of each kind that holds the examples."""
    if request.param == "sqlite":
        return request.getfixturevalue("demo_file")
    access = request.getfixturevalue("neo4j")
    filled(access, "examples", lambda: _put_examples(access.address))
    return access.address


@cache
def _client(address):
    return TestClient(create_app(Settings(store=address)), base_url=BASE)


@pytest.fixture
def demo(demo_store):
    """A client of the app over the examples."""
    return _client(demo_store)


@pytest.fixture
def client_of():
    """A function that makes a client of the app over a view."""

    def make(view):
        app = create_app()
        app.dependency_overrides[opened_view] = lambda: view
        return TestClient(app, base_url=BASE)

    return make


@pytest.fixture
def opened(monkeypatch):
    """A store in memory, which commands get in place of the one whose address they are given."""
    store = made.OpenView(view_of(made.DOCUMENTS, made.EDGES))
    store.asked_for = []

    def open_store(address, *, readonly):
        store.asked_for.append((address, readonly))
        return store

    monkeypatch.setattr("api.commands.options.open_store", open_store)
    return store

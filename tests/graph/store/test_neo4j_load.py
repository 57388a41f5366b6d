"""Filling an empty Neo4j database with the graph of another store as it is, and what an interruption leaves."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreError
from graph.model import Field, Relation
from graph.resolve.decide import Decision, claim_name
from graph.ruling import DecisionKind
from graph.store import copy as stores
from graph.store import open_store
from graph.store.base import Loadable, Store, curated
from graph.store.neo4j import bulk
from tests.factories import BAC_KAN, directive, own, reading, stated
from tests.neo4j.server import Access, clear

READINGS = [
    reading(
        own(f"{number}/KH-UBND", place=BAC_KAN, date="2022-01-01"),
        directive(),
        relations=(stated(0, Relation.IMPLEMENTS, 1),),
        salt=str(number),
    )
    for number in range(9)
]
LATER = reading(own("99/KH-UBND", place=BAC_KAN, date="2024-01-01"), salt="later")


def decision(kind: DecisionKind, hour: int, **fields: Any) -> Decision:
    return Decision(kind, "Lan", f"2026-01-01T{hour:02}:00:00.000000Z", "đã xem bản gốc", **fields)


@pytest.fixture
def source(tmp_path: Path) -> Store:
    store = open_store(f"sqlite:///{tmp_path}/source.db")
    store.put(READINGS)
    return store


@pytest.fixture
def target(neo4j: Access) -> Loadable:
    clear(neo4j)
    store = open_store(neo4j.address)
    assert isinstance(store, Loadable)
    return store


@pytest.fixture
def half(source: Store, target: Loadable, monkeypatch: pytest.MonkeyPatch) -> Loadable:
    """A load that was interrupted."""
    monkeypatch.setattr(stores, "BATCH", 2)
    assert list(islice(stores.copy(source, target), 2)) == [2, 2]
    return target


def test_an_empty_store_takes_the_graph_as_it_is(
    source: Store, target: Loadable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_MOST_ROWS", 5)
    monkeypatch.setattr(type(target), "put", None)
    assert sum(stores.copy(source, target)) == len(READINGS)
    assert stores.same(source, target)
    assert not target.can_load()


def test_what_was_loaded_is_put_on_to(source: Store, target: Loadable) -> None:
    sum(stores.copy(source, target))
    for store in (source, target):
        store.put([LATER, READINGS[0]])
    assert stores.same(source, target)


def test_what_people_decided_goes_with_the_graph(source: Store, target: Loadable) -> None:
    one, two = ([claim_name(each.source.digest, claim) for claim in each.claims] for each in READINGS[:2])
    decisions = [
        decision(DecisionKind.SPLIT, 9, claims=(one[1],)),
        decision(DecisionKind.CORRECT, 10, claims=(two[0],), field=Field.DATE, value="2022-01-02"),
        decision(DecisionKind.REJECT, 11, claims=(two[0],), others=(two[1],), relation=Relation.IMPLEMENTS),
        decision(DecisionKind.ADD, 12, claims=(one[0],), others=(two[1],), relation=Relation.CITES, source="Công báo"),
    ]
    curated(source).decide(decisions)
    sum(stores.copy(source, target))
    assert stores.same(source, target)
    assert curated(target).decisions() == tuple(decisions)
    undo = decision(DecisionKind.UNDO, 13, undoes=decisions[0].id)
    for store in (source, target):
        curated(store).decide([undo])
        store.put([LATER])
    assert stores.same(source, target)


def test_nothing_else_is_done_with_a_store_that_is_filled_in_part(half: Loadable, neo4j: Access) -> None:
    with pytest.raises(StoreError, match="being filled") as caught:
        half.put([LATER])
    assert "copy again" in caught.value.remedy
    with pytest.raises(StoreError, match="being filled"):
        open_store(neo4j.address, readonly=True)


def test_a_load_goes_on_where_it_was_interrupted(half: Loadable, source: Store) -> None:
    assert sum(stores.copy(source, half)) == len(READINGS) - 4
    assert stores.same(source, half)


def test_a_load_of_something_else_begins_anew(half: Loadable, source: Store) -> None:
    source.put([LATER])
    assert sum(stores.copy(source, half)) == len(READINGS) + 1
    assert stores.same(source, half)


def test_two_loads_do_not_mix(half: Loadable, source: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = half.load(source, at_once=2)
    assert next(first) == 2
    sum(half.load(source, at_once=3))
    with pytest.raises(StoreError, match="another copy"):
        list(first)
    assert stores.same(source, half)


def test_a_source_that_is_written_to_meanwhile_is_told(source: Store, target: Loadable) -> None:
    loading = target.load(source, at_once=100)
    numbers = [next(loading)]
    source.put([LATER])
    with pytest.raises(StoreError, match="changed while it was copied"):
        numbers += loading
    assert target.can_load()
    assert sum(stores.copy(source, target)) == len(READINGS) + 1
    assert stores.same(source, target)

"""Copying one store into another of any kind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.errors import StoreError
from graph.resolve.decide import Decision, claim_name
from graph.ruling import DecisionKind
from graph.store import copy as stores
from graph.store import open_store
from graph.store.base import Store, curated
from tests.factories import BAC_KAN, cited, directive, own, reading

READINGS = [
    reading(
        own(f"{number}/KH-UBND", place=BAC_KAN, date=f"2022-0{1 + number % 9}-01"), directive(), salt=str(number)
    )
    for number in range(25)
]
SPLIT = [
    reading(own("1/KH-UBND", place=BAC_KAN, date="2025-12-30"),
            cited("12-TB/TU", place=BAC_KAN, date=date, title=title), salt=date)
    for date, title in (("2025-03-01", "về kết quả kiểm tra công tác cán bộ năm 2024"),
                        ("2025-11-20", "phân công nhiệm vụ Ủy viên khóa mới"))
]  # fmt: skip
GIVEN_UP = "12-tb.tu~tinh.bac-kan~2025"


@pytest.fixture
def source(tmp_path: Path) -> Store:
    store = open_store(f"sqlite:///{tmp_path}/source.db")
    store.put(READINGS)
    for one in SPLIT:
        store.put([one])
    return store


def copied(source: Store, target: Store) -> int:
    return sum(stores.copy(source, target))


def test_a_copy_holds_the_same(source: Store, store: Store) -> None:
    assert copied(source, store) == 27
    assert stores.same(source, store) == stores.checksum(source)
    assert list(store.dump()) == list(source.dump())
    assert store.moved(GIVEN_UP) == source.moved(GIVEN_UP) != ()
    for one in (*READINGS, *SPLIT):
        assert store.reading(one.source.digest) == one
    assert copied(source, store) == 0


def test_what_people_decided_is_copied(source: Store, store: Store) -> None:
    said = claim_name(READINGS[0].source.digest, READINGS[0].claims[1])
    split = Decision(DecisionKind.SPLIT, "Lan", "2026-01-01T09:00:00.000000Z", "khác văn bản", (said,))
    curated(source).decide([split])
    copied(source, store)
    assert curated(store).decisions() == (split,)
    assert stores.same(source, store)


def test_a_copy_back_holds_the_same(source: Store, store: Store, tmp_path: Path) -> None:
    copied(source, store)
    back = open_store(f"sqlite:///{tmp_path}/back.db")
    copied(store, back)
    assert list(back.dump()) == list(source.dump())
    assert list(back.issued()) == list(source.issued())


def test_an_interrupted_copy_goes_on(source: Store, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "BATCH", 4)
    assert list(islice(stores.copy(source, store), 3)) == [4, 4, 4]
    assert store.counts().sources == 12
    with pytest.raises(StoreError, match="differ"):
        stores.same(source, store)
    assert copied(source, store) == 15
    assert stores.same(source, store)


def test_a_store_that_holds_other_texts_is_not_copied_into(source: Store, store: Store) -> None:
    store.put([READINGS[0], reading(own("99/KH-UBND", place=BAC_KAN, date="2024-01-01"), salt="other")])
    with pytest.raises(StoreError, match="holds texts that the other does not"):
        copied(source, store)
    assert store.counts().sources == 2


def test_stores_of_as_many_things_that_differ_are_told_apart(fresh: Callable[[], Store], tmp_path: Path) -> None:
    store, other = fresh(), open_store(f"sqlite:///{tmp_path}/other.db")
    store.put([READINGS[1]])
    other.put([READINGS[2]])
    with pytest.raises(StoreError, match="checksum"):
        stores.same(store, other)


def test_the_command(source: Store, tmp_path: Path) -> None:
    addresses = [f"sqlite:///{tmp_path}/{name}.db" for name in ("source", "target")]
    first, again = (CliRunner().invoke(app, ["copy", *addresses]) for _ in range(2))
    assert first.exit_code == again.exit_code == 0
    assert first.stdout.splitlines()[0] == "27 texts copied, 0 were there already."
    assert again.stdout.splitlines()[0] == "0 texts copied, 27 were there already."
    assert f"sha256 {stores.checksum(source)}" in first.stdout
    failed = CliRunner().invoke(app, ["copy", f"sqlite:///{tmp_path}/none.db", addresses[1]])
    assert failed.exit_code == 1
    assert "no such store" in failed.stderr

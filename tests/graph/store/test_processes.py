"""Several processes on one store: killed writers, one writer at a time, readers that see whole batches, a full disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.kills import BATCHES, SIZE, batch_of, dump_of_all, findings, reported, start
from graph.errors import StoreError
from graph.store import sqlite_care, sqlite_file
from graph.store.sqlite import SqliteStore

KILLS = 24


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return dump_of_all(tmp_path_factory.mktemp("whole") / "cancu.db")


def test_what_was_reported_survives_kills(tmp_path: Path) -> None:
    assert list(findings(tmp_path, KILLS, seed=5)) == []


def test_a_batch_that_is_lost_or_there_in_part_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost, source = batch_of(0)[0].source.digest, SqliteStore.source
    monkeypatch.setattr(SqliteStore, "source", lambda store, digest: None if digest == lost else source(store, digest))
    assert list(findings(tmp_path, 1, seed=5)) == ["kill 1: batch 0 is there in part"]
    monkeypatch.setattr(SqliteStore, "source", lambda _store, _digest: None)
    (tmp_path / "other").mkdir()
    assert "kill 1: batch 0 was reported and is missing" in findings(tmp_path / "other", 1, seed=5)


def test_readers_see_whole_batches_while_another_process_writes(tmp_path: Path, undisturbed: list[str]) -> None:
    path = tmp_path / "cancu.db"
    SqliteStore(path).close()
    process = start(path)
    seen = set()
    with SqliteStore(path, readonly=True) as store:
        while process.poll() is None:
            counts = store.counts()
            assert counts.sources % SIZE == 0
            seen.add(counts.sources)
        assert list(store.dump()) == undisturbed
    assert len(seen) > 2


def test_a_second_writer_waits_and_both_are_held(tmp_path: Path, undisturbed: list[str]) -> None:
    path = tmp_path / "cancu.db"
    SqliteStore(path).close()
    processes = [start(path), start(path)]
    for process in processes:
        assert list(reported(process)) == list(range(BATCHES))
        assert process.wait() == 0
    with SqliteStore(path, readonly=True) as store:
        assert list(store.dump()) == undisturbed


def test_a_second_writer_that_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "_BUSY", 0.05)
    with SqliteStore(tmp_path / "cancu.db") as first, SqliteStore(tmp_path / "cancu.db") as second:
        first._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing") as caught:
            second.put(batch_of(0))
        assert caught.value.remedy
        first._connection.execute("ROLLBACK")
        assert len(second.put(batch_of(0)).added) == SIZE


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "cancu.db"
    with SqliteStore(path) as store:
        store.put(batch_of(0))
        before = list(store.dump())
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StoreError, match="full"):
            store.put(batch_of(1))
        assert list(store.dump()) == before
    assert list(sqlite_care.check(path)) == []

"""Several processes on one store: killed writers, one writer at a time, readers that see whole batches, a full disk."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.model import Reading
from graph.store import sqlite_care, sqlite_file
from graph.store.sqlite import SqliteStore

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))
from generate import generate  # noqa: E402

KILLS, BATCHES, SIZE = 20, 12, 25
WRITER = f"""
import sys
from generate import generate
from pathlib import Path
from graph.store.sqlite import SqliteStore

with SqliteStore(Path(sys.argv[1])) as store:
    for batch in range({BATCHES}):
        store.put(generate({SIZE}, seed=3, first={SIZE} * batch))
        print(batch, flush=True)
"""


def batch_of(number: int) -> list[Reading]:
    return list(generate(SIZE, seed=3, first=SIZE * number))


def start(path: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"}
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, env=environment)


def reported(process: subprocess.Popen[str], until: int | None = None) -> Iterator[int]:
    assert process.stdout is not None
    for line in process.stdout:
        yield int(line)
        if int(line) == until:
            return


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with SqliteStore(tmp_path_factory.mktemp("whole") / "cancu.db") as store:
        for number in range(BATCHES):
            store.put(batch_of(number))
        return list(store.dump())


def test_what_was_reported_survives_kills(tmp_path: Path, undisturbed: list[str]) -> None:
    path, chance, done = tmp_path / "cancu.db", random.Random(5), set[int]()
    digests = {number: {each.source.digest for each in batch_of(number)} for number in range(BATCHES)}
    for _ in range(KILLS):
        process = start(path)
        done.update(reported(process, until=0))  # killed after the first batch of this run was reported
        time.sleep(chance.random() * 0.6)
        process.kill()
        done.update(reported(process))
        process.wait()
        with SqliteStore(path, readonly=True) as store:
            held = {number: {store.source(digest) is not None for digest in digests[number]} for number in digests}
        assert all(held[number] == {True} for number in done)
        assert all(len(answers) == 1 for answers in held.values()), "a batch is there in part"
        assert list(sqlite_care.check(path)) == []
        if len(done) == BATCHES:
            path, done = tmp_path / f"{chance.random()}.db", set()
    process = start(path)
    assert list(reported(process)) == list(range(BATCHES))
    assert process.wait() == 0
    with SqliteStore(path, readonly=True) as store:
        assert list(store.dump()) == undisturbed


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

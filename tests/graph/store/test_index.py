"""The traversal index of the embedded store: equal to the records at any time, and no more than a cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Reading, Relation
from graph.store import sqlite_care
from graph.store.index import shelf
from graph.store.index.snapshot import IndexTraversal
from graph.store.plain import PlainTraversal
from graph.store.sqlite import SqliteStore
from queries.implementers import implementers
from tests.factories import BAC_KAN, cited, own, reading, stated
from tests.generated import generated
from tests.graph.store.test_behaviour import DIRECTIVE, EXAMPLES
from tests.graph.store.test_traversal import agree, salted

ROOT = Path(__file__).parents[3]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store that goes by an index."""
    with SqliteStore(tmp_path / "cancu.db") as opened:
        opened.put(EXAMPLES)
        opened.index()
        yield opened


def folders(store: SqliteStore) -> list[Path]:
    return [one for one in shelf.folder_of(store._path).iterdir() if one.is_dir()]


def is_indexed(store: SqliteStore) -> bool:
    return isinstance(store.traversal(), IndexTraversal)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batches=st.lists(st.tuples(generated(), st.booleans()), min_size=1, max_size=5))
def test_agrees_with_the_records_whatever_changed_since(
    tmp_path_factory: pytest.TempPathFactory, batches: list[tuple[list[Reading], bool]]
) -> None:
    with SqliteStore(tmp_path_factory.mktemp("index") / "cancu.db") as store:
        store.index()
        for number, (batch, index) in enumerate(batches):
            store.put([salted(one, number) for one in batch])
            assert is_indexed(store)
            agree(store)
            if index:
                store.index()
                agree(store)
        store.rebuild()
        assert not is_indexed(store)
        store.index()
        agree(store)


def test_edges_follow_what_is_learned_of_their_target(store: SqliteStore) -> None:
    resolution = cited("08-NQ/TU", type="Nghị quyết", place=BAC_KAN, date="2021-06-01")
    plan = own("12/KH-UBND", place=BAC_KAN, issuer="Ủy ban nhân dân tỉnh Bắc Kạn", date="2022-01-05")
    store.put([reading(plan, resolution, relations=(stated(0, Relation.BASED_ON, 1),), salt="plan")])
    store.index()
    agree(store)
    store.put([reading(own("3/BC-UBND"), replace(resolution, issuer="Tỉnh ủy Bắc Kạn"), salt="report")])
    assert is_indexed(store)
    agree(store)


def test_the_answer_is_that_of_the_records(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_indexed(store)
    indexed = implementers(store, DIRECTIVE)
    assert indexed
    monkeypatch.setattr(store, "traversal", lambda: PlainTraversal(store))
    assert implementers(store, DIRECTIVE) == indexed


def test_one_state_is_opened_once_a_process(store: SqliteStore) -> None:
    first = store.traversal()
    with SqliteStore(store._path, readonly=True) as other:
        assert other.traversal() is first
        store.put([salted(EXAMPLES[0], 7)])
        assert other.traversal() is not first


def test_a_new_index_takes_the_place_of_the_old(store: SqliteStore) -> None:
    (before,) = folders(store)
    store.index()
    (after,) = folders(store)
    assert after != before
    assert is_indexed(store)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: shutil.rmtree(folder),
        lambda folder: (folder / "manifest.json").unlink(),
        lambda folder: (folder / "manifest.json").write_text("{"),
        lambda folder: (folder / "manifest.json").write_text('{"rules": [0], "seq": 0}'),
        lambda folder: (folder / "into_far.npy").write_bytes(b""),
        lambda folder: (folder / "ids.npy").write_bytes((folder / "ids.npy").read_bytes()[:-1]),
        lambda folder: shutil.copy(folder / "into_far.npy", folder / "id_rank.npy"),
    ],
)
def test_an_index_that_is_damaged_is_passed_by(store: SqliteStore, damage) -> None:
    expected = implementers(store, DIRECTIVE)
    (folder,) = folders(store)
    damage(folder)
    shelf._held.clear()
    assert not is_indexed(store)
    assert implementers(store, DIRECTIVE) == expected
    store.index()
    assert is_indexed(store)


def test_too_many_changes_are_read_from_the_records(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_MOST_CHANGED", 0)
    store.put([salted(EXAMPLES[0], 7)])
    assert not is_indexed(store)
    agree(store)


def test_a_writer_builds_one_when_it_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "LEAST", 1)
    with SqliteStore(tmp_path / "cancu.db") as store:
        store.put(EXAMPLES)
        assert is_indexed(store)
        (first,) = folders(store)
    with SqliteStore(tmp_path / "cancu.db") as store:
        store.put(EXAMPLES)
    assert folders(store) == [first]
    shutil.rmtree(first)
    with SqliteStore(tmp_path / "cancu.db") as store:
        store.put(EXAMPLES)
    assert folders(store) not in ([], [first])


def test_a_small_store_has_none(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "cancu.db") as store:
        store.put(EXAMPLES)
    assert not shelf.folder_of(tmp_path / "cancu.db").exists()


def test_one_builder_at_a_time(store: SqliteStore) -> None:
    before = folders(store)
    with shelf._building(shelf.folder_of(store._path)) as alone:
        assert alone
        store.index()
    assert folders(store) == before


def test_a_builder_that_was_killed_leaves_nothing_that_is_used(store: SqliteStore) -> None:
    folder = shelf.folder_of(store._path)
    (folder / ".0123").mkdir()
    (folder / "4567").mkdir()
    assert is_indexed(store)
    agree(store)
    store.index()
    assert len(folders(store)) == 1


def test_a_store_is_none_the_worse_where_no_index_can_be_written(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelf, "save", full)
    store.index()
    assert "No space left" in caplog.text
    assert is_indexed(store)


def test_a_backup_put_in_the_place_of_a_store_is_not_read_by_a_later_index(store: SqliteStore, tmp_path: Path) -> None:
    sqlite_care.backup(store._path, tmp_path / "copy.db")
    store.put([salted(EXAMPLES[0], 7), salted(EXAMPLES[1], 8)])
    store.index()
    store.close()
    (tmp_path / "copy.db").replace(store._path)
    with SqliteStore(store._path, readonly=True) as restored:
        assert not is_indexed(restored)
        agree(restored)


def test_check_compares_the_index_with_the_records(store: SqliteStore) -> None:
    store.put([salted(EXAMPLES[0], 7)])
    assert list(sqlite_care.check(store._path)) == []


@pytest.mark.parametrize("name", ["into_code", "out_of_far", "column_date", "column_office", "id_rank", "order_rank"])
def test_check_finds_an_index_that_tells_something_else(store: SqliteStore, name: str) -> None:
    (folder,) = folders(store)
    array = np.load(folder / f"{name}.npy")
    np.save(folder / f"{name}.npy", np.roll(array, 1) if array[0] != array[-1] else array + 1)
    assert [finding.split(":")[0] for finding in sqlite_care.check(store._path)] == ["index"]


def test_check_finds_a_damaged_index_and_repair_builds_it_anew(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder,) = folders(store)
    (folder / "ids.npy").unlink()
    assert [finding.split(":")[0] for finding in sqlite_care.check(store._path)] == ["index"]
    monkeypatch.setattr(shelf, "LEAST", 1)
    sqlite_care.repair(store._path)
    assert list(sqlite_care.check(store._path)) == []
    assert is_indexed(store)


def test_a_writer_killed_at_any_moment_leaves_an_index_that_is_right_or_none(tmp_path: Path) -> None:
    path = tmp_path / "cancu.db"
    script = (
        "import sys; from pathlib import Path; from graph.store.index import shelf; from graph.store.sqlite import SqliteStore\n"
        "from tests.graph.store.test_behaviour import EXAMPLES; from tests.graph.store.test_traversal import salted\n"
        "store = SqliteStore(Path(sys.argv[1]))\n"
        "for number in range(10_000):\n"
        "    store.put([salted(EXAMPLES[number % 2], number)]); store.index()\n"
        "    print(number, flush=True)\n"
    )
    for seconds in (0.0, 0.003, 0.011, 0.029, 0.053):
        command = [sys.executable, "-c", script, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as one:
            assert one.stdout
            one.stdout.readline()
            time.sleep(seconds)
            one.kill()
        with SqliteStore(path, readonly=True) as store:
            agree(store)
        assert list(sqlite_care.check(path)) == []

"""Processes of this machine that read: what they give, and what becomes of it when they or their parent are ended."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.store import sqlite_care
from graph.store.sqlite import SqliteStore
from ingest import processes as module
from ingest.pipeline import Outcome, list_files, read_found
from ingest.processes import processes
from ingest.spread import PART, spread
from tests import readers

ROOT = Path(__file__).parents[2]
COUNT = 3 * PART
PARENT = """
import multiprocessing, sys, time
from ingest.pipeline import list_files
from ingest.processes import processes
from pathlib import Path

with processes(2) as team:
    for _ in range(2):
        team.start(tuple(list_files([Path(sys.argv[1])]))).outcomes()
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Plans in files, with one that is refused."""
    folder = tmp_path / "plans"
    folder.mkdir()
    text = (ROOT / "examples" / "documents" / "15-kh-ubnd-dong-thap-2022.txt").read_text(encoding="utf-8")
    for number in range(COUNT):
        (folder / f"{number:03}.txt").write_text(f"{text}\n[{number}]\n", encoding="utf-8")
    (folder / "007.txt").write_text("")
    return folder


def told(outcomes: list[Outcome]) -> list[tuple[str, str | None, str]]:
    return [
        (each.path.name, each.reading and each.reading.source.digest, str(each.error or "")) for each in outcomes
    ]


def gone(pid: int) -> bool:
    """Whether a process has ended, at the latest after ten seconds."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_give_what_one_does_in_the_same_order(folder: Path, jobs: int) -> None:
    found = list_files([folder])
    with processes(jobs) as team:
        assert told(list(spread(found, team, ahead=2 * PART))) == told(list(read_found(found)))


def test_what_a_lost_worker_was_reading_is_read_again(folder: Path) -> None:
    found, outcomes = list_files([folder]), list[Outcome]()
    with processes(2) as team:
        for outcome in spread(found, team, ahead=2 * PART):
            outcomes.append(outcome)
            if len(outcomes) in (1, 2 * PART):
                for child in multiprocessing.active_children()[:1]:
                    child.kill()
                    child.join()
    assert told(outcomes) == told(list(read_found(found)))


def test_a_file_that_ends_its_reader_is_refused_and_the_rest_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_read", readers.read_or_end)
    (folder / "deadly.txt").write_text((folder / "001.txt").read_text(encoding="utf-8"), encoding="utf-8")
    found = list_files([folder])
    with processes(2) as team:
        outcomes = list(spread(found, team, ahead=2 * PART))
    others = [item for item in found if item.path.name != "deadly.txt"]
    assert told([each for each in outcomes if each.path.name != "deadly.txt"]) == told(list(read_found(others)))
    (refused,) = [each for each in outcomes if each.path.name == "deadly.txt"]
    assert refused.passing
    assert str(refused.error) == f"{folder}/deadly.txt: the process that read it was lost"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")
def test_workers_end_with_a_parent_that_is_killed(folder: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    workers = list(map(int, parent.stdout.readline().split()))
    parent.kill()
    parent.wait()
    assert workers
    assert all(map(gone, workers))


def test_an_interrupted_ingest_leaves_whole_batches(folder: Path, tmp_path: Path) -> None:
    path, command = tmp_path / "cancu.db", "from api.commands import ingest; ingest.BATCH = 4; from api.cli import main; main()"
    arguments = [sys.executable, "-c", command, "ingest", str(folder), "--jobs", "2", "--store", f"sqlite:///{path}"]
    process = subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    stored = 0
    while not stored and process.poll() is None:
        time.sleep(0.02)
        if path.exists() and path.stat().st_size:
            with SqliteStore(path, readonly=True) as store:
                stored = store.counts().sources
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in errors
    with SqliteStore(path, readonly=True) as store:
        stored = store.counts().sources
        assert stored % 4 == 0 or stored == COUNT - 1  # whole batches, the last of which is smaller
    assert list(sqlite_care.check(path)) == []

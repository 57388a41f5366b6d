"""`cancu ingest --scheduler`: what the command says and stores when the workers of a scheduler read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster import ROOT, dask_processes

EXAMPLES = ROOT / "examples" / "documents"


def cancu(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The examples, and a file that is refused."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for path in EXAMPLES.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "empty.txt").touch()
    return folder


def test_it_says_and_stores_what_one_process_does(folder: Path, tmp_path: Path) -> None:
    here, there = (f"sqlite:///{tmp_path / name}.db" for name in ("here", "there"))
    alone = cancu("ingest", str(folder), "--store", here)
    with dask_processes(tmp_path) as processes:
        processes.start_scheduler()
        processes.start_workers(2, "--no-nanny")
        together = cancu("ingest", str(folder), "--store", there, "--scheduler", processes.address)
    assert alone.returncode == together.returncode == 1
    assert together.stdout == alone.stdout
    assert together.stderr == alone.stderr == f"refused: {folder}/empty.txt: empty file (give a file that holds a document)\n"
    assert cancu("dump", "--store", there).stdout == cancu("dump", "--store", here).stdout


def test_what_is_not_safe_is_refused_before_a_store_is_made(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "none.db"
    done = cancu("ingest", str(folder), "--store", f"sqlite:///{store}", "--scheduler", "tcp://192.0.2.1:8786")
    assert done.returncode == 1
    assert done.stderr.startswith("error: tcp://192.0.2.1:8786: tcp:// beyond this machine is refused")
    assert "what to do: start scheduler and workers with --tls-ca-file" in done.stderr
    assert not store.exists()


def test_commands_start_without_loading_what_a_cluster_needs() -> None:
    script = "import sys, api.cli; print({'dask', 'distributed', 'fsspec'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


@pytest.mark.parametrize(
    ("library", "arguments", "words"),
    [
        ("distributed", ("plans", "--scheduler", "tls://host:8786"), "error: --scheduler needs distributed"),
        ("fsspec", ("s3://bucket/plans",), "refused: s3://bucket/plans: reading it needs fsspec"),
    ],
)
def test_a_library_that_is_not_installed_is_named(library: str, arguments: tuple[str, ...], words: str) -> None:
    script = f"import sys; sys.modules[{library!r}] = None; from api.cli import main; main()"
    command = [sys.executable, "-c", script, "ingest", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (1, 2)
    assert words in done.stderr
    assert "install cancu[cluster]" in done.stderr

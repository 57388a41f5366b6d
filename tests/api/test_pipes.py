"""The command as a process of its own: bytes, locales, closed pipes and statuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENTS = Path(__file__).parents[2] / "examples" / "documents"
COMMAND = Path(sys.executable).with_name("cancu")
NO_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    address = f"sqlite:///{tmp_path_factory.mktemp('store')}/examples.db"
    done = run("ingest", DOCUMENTS, store=address)
    assert done.returncode == 0, done.stderr
    return address


def run(*arguments, store, env=None, cwd=None):
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        env={"CANCU_STORE": store, **(env or {})},
        cwd=cwd,
        capture_output=True,
        timeout=60,
    )


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_output_is_utf_8_in_any_locale(store, form):
    done = run("implementers", "33/CT-TTg@2021", "--format", form, store=store, env=NO_LOCALE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Ủy ban nhân dân" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_brings_no_traceback(store):
    with subprocess.Popen(
        [COMMAND, "dump"], env={"CANCU_STORE": store}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_every_line_of_a_dump_is_json(store):
    lines = run("dump", store=store).stdout.decode("utf-8").splitlines()
    assert len(lines) > len(list(DOCUMENTS.iterdir()))
    assert all(json.loads(line) for line in lines)


def test_trouble_of_every_kind_is_a_line_each_and_the_rest_goes_on(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "good.txt").write_bytes(next(DOCUMENTS.glob("33-ct-ttg*")).read_bytes())
    (folder / "out.txt").symlink_to(Path(__file__))
    store = f"sqlite:///{tmp_path}/made.db"
    done = run("ingest", folder, tmp_path / "missing.txt", store=store)
    said = done.stderr.decode("utf-8").splitlines()
    assert done.returncode == 1
    for name in ("empty.txt", "binary.txt", "out.txt", "missing.txt"):
        assert len([line for line in said if line.startswith("refused: ") and name in line]) == 1, said
    assert len(said) == 4
    assert run("show", "33/CT-TTg", store=store).returncode == 0


def test_asking_a_store_that_is_not_there_says_so_and_makes_none(tmp_path):
    done = run("search", "dân vận", store="sqlite:///none.db", cwd=tmp_path)
    said = done.stderr.decode("utf-8").splitlines()
    assert done.returncode == 1
    assert said[0].startswith("error: ")
    assert "Traceback" not in "".join(said)
    assert list(tmp_path.iterdir()) == []


def test_extract_writes_a_file_for_each_document(tmp_path):
    done = run("extract", DOCUMENTS, "--output", tmp_path / "out", store="")
    assert done.returncode == 0, done.stderr
    written = list((tmp_path / "out").glob("*.json"))
    assert len(written) == len(list(DOCUMENTS.iterdir()))
    assert all(json.loads(path.read_text("utf-8"))["document"] for path in written)

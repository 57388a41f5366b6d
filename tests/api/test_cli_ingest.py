"""`cancu ingest` and `cancu extract`: what they report of files that were read, known and refused."""

from __future__ import annotations

import pytest

from graph.errors import ReadError
from graph.model import Claim, Reading, Source
from ingest.address import Found
from ingest.pipeline import Outcome
from tests.factories_cli import run


@pytest.fixture
def files(monkeypatch):
    """Give `ingest` and `extract` the outcomes of named files: a text is read, None is refused."""

    def give(**contents):
        def outcome(item):
            text = contents[item.path.stem]
            if text is None:
                return Outcome(item.path, None, ReadError(f"{item.path}: empty file\x1b[2J", remedy="give a document"))
            return Outcome(item.path, Reading(Source(text, item.path.name, text), (Claim(0, 1, "x"),), ()), None)

        monkeypatch.setattr("api.commands.ingest.list_files", lambda paths: [Found(path) for path in paths])
        monkeypatch.setattr("api.commands.ingest.read_found", lambda found, **_: map(outcome, found))
        return [f"{name}.txt" for name in contents]

    return give


def test_ingest_reports_what_was_read_and_what_the_store_holds(opened, files):
    result = run("ingest", *files(a="1", b="2"))
    rows = [line.rsplit(maxsplit=1) for line in result.stdout.splitlines() if line.strip()]
    report = {cells[0].strip(): cells[1] for cells in rows if len(cells) == 2}
    assert report["Tệp đã đọc"] == "2"
    assert report["Kho: văn bản có toàn văn"] == "8"
    assert report["Kho: văn bản chỉ được dẫn"] == "1"
    assert report["Kho: quan hệ thực hiện (implements)"] == "5"
    assert "Nothing changed" not in result.stdout
    assert opened.asked_for == [("sqlite:///data/cancu.db", False)]


def test_ingesting_again_says_that_nothing_changed(opened, files):
    names = files(a="1", b="2")
    run("ingest", *names)
    assert "Nothing changed: the store already held all 2 texts." in run("ingest", *names).stdout


def test_refused_files_are_named_with_the_reason_and_status_1(opened, files):
    result = run("ingest", *files(a="1", bad=None), code=1)
    assert result.stderr == "refused: bad.txt: empty file (give a document)\n"
    assert opened.texts == {"1"}


def test_nothing_read_is_status_2_and_makes_no_store(opened, files):
    result = run("ingest", *files(bad=None), code=2)
    assert "refused: bad.txt" in result.stderr
    assert opened.asked_for == []


def test_many_files_go_in_batches(opened, files, monkeypatch):
    sizes = []
    put = opened.put
    monkeypatch.setattr(opened, "put", lambda readings: sizes.append(len(readings)) or put(readings), raising=False)
    monkeypatch.setattr("api.commands.ingest.BATCH", 2)
    run("ingest", *files(a="1", b="2", c="3"))
    assert sizes == [2, 1]


def test_extract_resolves_all_files_together(files, monkeypatch, tmp_path):
    calls = []

    def write_extracts(readings, directory):
        calls.append(([one.source.name for one in readings], directory))
        return [directory / f"{one.source.name}.json" for one in readings]

    monkeypatch.setattr("api.commands.ingest.write_extracts", write_extracts)
    result = run("extract", *files(a="1", bad=None, b="2"), "--output", str(tmp_path), code=1)
    assert calls == [(["a.txt", "b.txt"], tmp_path)]
    assert result.stdout.startswith("2 files written")
    run("extract", *files(bad=None), "--output", str(tmp_path), code=2)
    assert len(calls) == 1

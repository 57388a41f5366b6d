from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.errors import ReadError, StoreError
from graph.model import BasisKind, Claim, Fact, Reading, Relation, Source, StatedIn, Status
from graph.store.base import Stored
from ingest.pipeline import Found, Outcome
from tests.factories_view import communal, document, edge, guess, provincial, view_of

GOAL = document(
    "33.ct-ttg~2021",
    "33/CT-TTg",
    type="Chỉ thị",
    date="2021-11-26",
    title="Về công tác dân vận",
    facts=(
        Fact("date", "2021-11-26", 3, False, True, "ngày 26/11/2021"),
        Fact("date", "2021-11-28", 1, False, False, "ngày 28/11/2021"),
        Fact("sign", "33/CT-TTg", 4, False, True, "33/CT-TTg"),
    ),
)
LATER = document("33.ct-ttg~2026", "33/CT-TTg", type="Chỉ thị", date="2026-03-01")
MADE = provincial("made", "781/KH-UBND", "Nghệ An", date="2021-12-20", held=False, status=Status.CITED)
BASED = provincial("based", None, "Quảng Bình", title="Công tác dân vận năm 2024", status=Status.UNNUMBERED)
TASK = communal("task", None, "Nghệ An", "Xuân Thành", type="Chương trình", date="2024-02", status=Status.UNNUMBERED)
GUESS = provincial("guess", "780/KH-UBND", date="2021-12-15")
NEAR = provincial("near", "21/KH-UBND", date="2025-01-16")
COMPETENT = provincial("competent", "5/KH-UBND")
EVIL = provincial("evil", title="=HYPERLINK(\"http://x\")\x1b[31m [bold]:smile:", issuer="+1\x9b2J", sign="@SUM(1)")
QUOTE = "Thực hiện Chỉ thị số 33/CT-TTg, Ủy ban nhân dân tỉnh ban hành Kế hoạch " + "rất dài " * 40 + "hết."
EDGES = [
    edge("made", Relation.IMPLEMENTS, GOAL.id, StatedIn.CITED_TITLE, quote=QUOTE),
    edge("based", Relation.BASED_ON, GOAL.id, StatedIn.PREAMBLE),
    edge("task", Relation.IMPLEMENTS, GOAL.id, StatedIn.BODY),
    edge("task", Relation.IMPLEMENTS, "made", StatedIn.BODY),
    guess("guess", GOAL.id),
    edge("near", Relation.DISSEMINATES, GOAL.id),
    edge("near", Relation.IMPLEMENTS, "guess"),
    edge("competent", Relation.BASED_ON, GOAL.id, StatedIn.PREAMBLE, basis=BasisKind.COMPETENCE),
    edge("evil", Relation.CITES, LATER.id, quote="-1+1\x1b]0;x\x07\n[bold]đỏ"),
]


class OpenView:
    """A store over a view in memory, as `open_store` gives it."""

    def __init__(self, view, known=()):
        self.view, self.texts, self.closed = view, set(known), False

    def __getattr__(self, name):
        return getattr(self.view, name)

    def put(self, readings):
        digests = [one.source.digest for one in readings]
        added = tuple(one for one in digests if one not in self.texts)
        known = tuple(one for one in digests if one in self.texts)
        self.texts.update(digests)
        return Stored(added, known)

    def close(self):
        self.closed = True


@pytest.fixture
def opened(monkeypatch):
    store = OpenView(view_of([GOAL, LATER, MADE, BASED, TASK, GUESS, NEAR, COMPETENT, EVIL], EDGES))
    store.asked_for = []

    def open_store(address, *, readonly):
        store.asked_for.append((address, readonly))
        return store

    monkeypatch.setattr("api.commands.options.open_store", open_store)
    return store


def run(*arguments, code=0, env=None):
    result = CliRunner().invoke(app, arguments, env={"CANCU_STORE": None, "COLUMNS": None, **(env or {})})
    assert result.exit_code == code, (result.output, result.exception)
    return result


def test_implementers_as_json(opened):
    answer = json.loads(run("implementers", "33/CT-TTg 2021", "--format", "json").stdout)
    assert [(one["id"], one["tier"]) for one in answer] == [
        ("made", "made_for"),
        ("based", "based_on"),
        ("task", "task"),
        ("guess", "inferred"),
        ("near", "related"),
    ]
    assert answer[0]["chain"][0]["quote"] == QUOTE
    assert answer[0]["held"] is False
    assert opened.closed
    assert opened.asked_for == [("sqlite:///data/cancu.db", True)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--level", "commune"], ["task"]),
        (["--province", "nghệ an"], ["made", "task"]),
        (["--year", "2021"], ["made", "guess"]),
        (["--relations", "based_on"], ["based"]),
        (["--relations", "based_on, disseminates"], ["based", "near"]),
        (["--no-related"], ["made", "based", "task", "guess"]),
        (["--competence", "--relations", "based_on"], ["based", "competent"]),
    ],
)
def test_options_narrow_the_answer(opened, options, expected):
    answer = json.loads(run("implementers", GOAL.id, "--format", "json", *options).stdout)
    assert [one["id"] for one in answer] == expected


def test_implementers_as_a_table_in_a_pipe_hold_every_sentence_whole(opened):
    shown = run("implementers", "33/CT-TTg@2021").stdout
    for words in ("Văn bản", "Cấp", "Địa bàn", "Ngày", "Trạng thái", "Câu chứng minh"):
        assert words in shown
    assert "1. Ban hành để thực hiện: 1 văn bản" in shown
    assert "Kế hoạch 781/KH-UBND" in shown
    assert "chỉ được dẫn" in shown
    assert "4 văn bản thực hiện, trong đó 2 bản không số hoặc dự thảo, 1 chỉ biết qua trích dẫn; 1 văn bản" in shown
    assert shown.count("rất") == 40
    assert "hết.”" in shown
    assert "điểm 0.90" in shown
    assert max(map(len, shown.splitlines())) <= 160


@pytest.mark.parametrize("width", [60, 100, 240])
def test_tables_keep_to_the_width_asked_for(opened, width):
    shown = run("implementers", GOAL.id, env={"COLUMNS": str(width)}).stdout
    table = [line for line in shown.splitlines() if not line.startswith(("Chỉ thị 33", "4 văn bản"))]
    assert max(map(len, table)) <= width
    assert "2021-12-20" in shown


def test_implementers_as_csv(opened):
    rows = list(csv.DictReader(io.StringIO(run("implementers", GOAL.id, "--format", "csv").stdout)))
    assert [row["tier"] for row in rows] == ["made_for", "based_on", "task", "inferred", "related"]
    assert rows[0]["chain"] == "made -[implements]-> 33.ct-ttg~2021"
    assert (rows[0]["quotes"], rows[0]["held"]) == (QUOTE, "false")
    assert rows[1]["date"] == ""


def test_no_cell_of_a_csv_is_a_formula(opened):
    (row,) = csv.DictReader(io.StringIO(run("implementers", LATER.id, "--format", "csv").stdout))
    assert row["title"] == "'=HYPERLINK(\"http://x\") [bold]:smile:"
    assert row["issuer"] == "'+1"
    assert row["sign"] == "'@SUM(1)"
    assert row["quotes"] == "'-1+1 [bold]đỏ"


@pytest.mark.parametrize(
    "command",
    [
        ["implementers", LATER.id],
        ["implementers", LATER.id, "--format", "json"],
        ["implementers", LATER.id, "--format", "csv"],
        ["lineage", LATER.id, "--down"],
        ["lineage", LATER.id, "--down", "--format", "json"],
        ["show", "evil"],
        ["show", "evil", "--format", "json"],
        ["search", "bold"],
        ["export", "evil"],
        ["export", "evil", "--format", "graphml"],
        ["export", "evil", "--format", "json"],
    ],
)
def test_no_document_steers_the_terminal(opened, command, monkeypatch):
    monkeypatch.setattr("api.commands.options.find_document", lambda view, what: view.document(what))
    shown = run(*command).stdout
    assert "bold" in shown
    assert "\x1b" not in shown
    assert "\x9b" not in shown


def test_an_ambiguous_sign_lists_the_candidates(opened):
    result = run("implementers", "33/CT-TTg", code=1)
    assert result.stdout == ""
    assert "error: 2 documents have the sign 33/CT-TTg" in result.stderr
    assert "33.ct-ttg~2021" in result.stderr
    assert "2026-03-01" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["implementers", "lineage", "show", "export"])
def test_an_unknown_document_is_said_with_what_to_do(opened, command):
    result = run(command, "99/CT-TTg", code=1)
    assert "error: the store holds no document with sign 99/CT-TTg" in result.stderr
    assert "what to do: " in result.stderr
    assert opened.closed


@pytest.mark.parametrize(
    "arguments",
    [
        ["implementers"],
        ["implementers", GOAL.id, "--relations", "loves"],
        ["implementers", GOAL.id, "--level", "village"],
        ["implementers", GOAL.id, "--depth", "0"],
        ["implementers", GOAL.id, "--format", "xml"],
        ["lineage", GOAL.id, "--format", "csv"],
        ["search", "x", "--limit", "100000"],
        ["unheard-of"],
    ],
)
def test_wrong_usage_ends_with_status_2(opened, arguments):
    assert run(*arguments, code=2).stderr


def test_lineage_up_and_down(opened):
    up = json.loads(run("lineage", "21/KH-UBND", "--up", "--depth", "1", "--format", "json").stdout)
    assert [(one["id"], one["distance"]) for one in up["documents"]] == [("near", 0), (GOAL.id, 1), ("guess", 1)]
    shown = run("lineage", GOAL.id, "--down").stdout
    assert "6 văn bản liên hệ" in shown
    assert "tuyên truyền, phổ biến (nội dung)" in shown


def test_lineage_of_a_document_without_relations(opened):
    assert "Chỉ thị 33/CT-TTg: 0 văn bản liên hệ." in run("lineage", GOAL.id, "--up").stdout


def test_show_marks_what_texts_disagree_on(opened):
    lines = run("show", GOAL.id).stdout.splitlines()
    dates = [line for line in lines if "2021-11-2" in line and "ngày" in line]
    assert len(dates) == 2
    assert all("mâu thuẫn" in line for line in dates)
    signs = [line for line in lines if "văn bản khác" in line and "33/CT-TTg" in line]
    assert len(signs) == 1
    assert "mâu thuẫn" not in signs[0]
    facts = json.loads(run("show", GOAL.id, "--format", "json").stdout)["facts"]
    assert [fact["conflicts"] for fact in facts] == [True, True, False]


def test_search(opened):
    shown = run("search", "cong", "tac dan van").stdout
    assert "33.ct-ttg~2021" in shown
    assert "1–2 trong 2 văn bản" in shown
    assert "2–2 trong 2 văn bản" in run("search", "công tác dân vận", "--limit", "1", "--offset", "1").stdout
    found = json.loads(run("search", "dan van", "--format", "json").stdout)
    assert {one["id"] for one in found} == {GOAL.id, "based"}
    assert "Không tìm thấy" in run("search", "không có gì như thế").stdout


def test_dump_writes_every_line(opened):
    assert run("dump").stdout.splitlines() == list(opened.view.dump())


@pytest.mark.parametrize(
    ("form", "begins"), [("turtle", "@prefix"), ("graphml", "<?xml"), ("gexf", "<?xml"), ("json", "{")]
)
def test_export_to_a_file_and_to_a_pipe(opened, tmp_path, form, begins):
    path = tmp_path / "out"
    shown = run("export", GOAL.id, "--format", form).stdout
    assert run("export", GOAL.id, "--format", form, "--output", str(path)).stdout == ""
    assert path.read_text("utf-8").startswith(begins)
    assert shown.startswith(begins)
    assert "781/KH-UBND" in shown


def test_export_takes_a_base_iri(opened):
    shown = run("export", GOAL.id, "--base-iri", "https://example.org/vb/").stdout
    assert "https://example.org/vb/" in shown
    assert "urn:cancu:" not in shown


def test_export_to_where_nothing_can_be_written(opened, tmp_path):
    result = run("export", GOAL.id, "--output", str(tmp_path / "no" / "file"), code=1)
    assert "cannot be written" in result.stderr


def test_the_store_comes_from_the_option_or_the_environment(opened):
    run("dump", env={"CANCU_STORE": "sqlite:///a.db"})
    run("dump", "--store", "sqlite:///b.db", env={"CANCU_STORE": "sqlite:///a.db"})
    assert [address for address, _ in opened.asked_for] == ["sqlite:///a.db", "sqlite:///b.db"]


def test_a_store_that_cannot_be_opened_is_said_plainly(monkeypatch):
    def open_store(address, *, readonly):
        raise StoreError(f"{address}: unknown scheme", remedy="use sqlite:///path")

    monkeypatch.setattr("api.commands.options.open_store", open_store)
    result = run("dump", "--store", "ftp://x", code=1)
    assert result.stderr == "error: ftp://x: unknown scheme\nwhat to do: use sqlite:///path\n"


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
        monkeypatch.setattr("api.commands.ingest.read_found", lambda found: map(outcome, found))
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


def test_a_document_without_facts_needs_no_table_of_them(opened):
    assert "Dữ kiện" in run("show", GOAL.id).stdout
    assert "Dữ kiện" not in run("show", LATER.id).stdout

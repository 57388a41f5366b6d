from __future__ import annotations

import csv
import io
import json

import pytest

from api.commands import ask
from graph.errors import StoreError
from graph.model import Relation, StatedIn
from tests.factories_cli import BASED, COMPETENT, EDGES, GOAL, GUESS, LATER, MADE, NEAR, QUOTE, TASK, run
from tests.factories_view import communal, document, edge, view_of


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


def test_a_table_shows_so_many_and_counts_all(opened, monkeypatch):
    whole = run("implementers", "33/CT-TTg@2021").stdout
    lines = run("implementers", "33/CT-TTg@2021", "--limit", "2", "--offset", "1").stdout.splitlines()
    assert lines[:4] == whole.splitlines()[:4]
    assert [line for line in lines if line.startswith(("1.", "2.", "3."))] == [
        "2. Căn cứ: 1 văn bản",
        "3. Nhiệm vụ trong nội dung: 1 văn bản",
    ]
    assert lines[-1] == "2–3 trong 5 văn bản"
    assert "trong 5 văn bản" not in whole
    monkeypatch.setattr(ask, "SHOWN", 2)
    assert run("implementers", "33/CT-TTg@2021").stdout.splitlines()[-1] == "1–2 trong 5 văn bản"
    assert len(json.loads(run("implementers", GOAL.id, "--format", "json").stdout)) == 5


def test_implementers_as_a_table_are_a_block_a_document(opened):
    lines = run("implementers", "33/CT-TTg@2021").stdout.splitlines()
    begin = lines.index("1. Ban hành để thực hiện: 1 văn bản")
    assert lines[:begin] == [
        "Chỉ thị 33/CT-TTg, 26/11/2021: Về công tác dân vận",
        "5 văn bản: 1 ban hành để thực hiện, 1 căn cứ, 1 nhiệm vụ trong nội dung, 1 suy đoán theo trích yếu,",
        "1 liên quan.",
        "Trong 4 văn bản thực hiện có 2 bản không số hoặc dự thảo, 1 văn bản chỉ biết qua trích dẫn.",
        "",
    ]
    assert lines[begin + 1 : begin + 7] == [
        "",
        "  ○ Kế hoạch 781/KH-UBND · cấp tỉnh · Nghệ An · 20/12/2021 · chỉ được dẫn",
        "    Về việc made",
        f"    {MADE.issuer}",
        "    made",
        "    → thực hiện → Chỉ thị 33/CT-TTg của Thủ tướng Chính phủ (trích yếu được dẫn)",
    ]
    assert "  ◐ Chương trình" in "\n".join(lines)
    assert "  ● Kế hoạch 780/KH-UBND" in "\n".join(lines)
    assert any("(suy đoán, điểm 0.90)" in line for line in lines)
    assert max(map(len, lines)) <= 100
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_long_sentence_is_shortened_in_tables_alone(opened, form):
    shown = " ".join(run("implementers", GOAL.id, "--no-related").stdout.split())
    assert "“Thực hiện Chỉ thị số 33/CT-TTg, Ủy ban nhân dân tỉnh ban hành Kế hoạch rất dài" in shown
    assert " …”" in shown
    assert shown.count("rất") < 40
    assert QUOTE in run("implementers", GOAL.id, "--format", form).stdout


def test_a_shortened_sentence_still_names_what_it_proves(opened, monkeypatch):
    goal = document("25-nq.tw~2013", "25-NQ/TW", type="Nghị quyết")
    words = f"Thực hiện {'mọi việc, ' * 50}Nghị quyết 25/NQ-TW {'và việc khác, ' * 50}"
    graph = view_of([goal, MADE], [edge("made", Relation.IMPLEMENTS, goal.id, quote=words)])
    monkeypatch.setattr(opened, "view", graph)
    shown = " ".join(run("implementers", goal.id).stdout.split())
    assert "“Thực hiện mọi việc" in shown
    assert "Nghị quyết 25/NQ-TW và việc khác" in shown
    assert len(shown) < 800


def test_a_chain_is_numbered_and_names_each_document_with_its_issuer(opened, monkeypatch):
    local = communal("local", None, "Nghệ An", "Xuân Thành", title="Dân vận năm 2022")
    edges = [*EDGES, edge("local", Relation.IMPLEMENTS, "made", StatedIn.PREAMBLE)]
    monkeypatch.setattr(opened, "view", view_of([GOAL, MADE, BASED, TASK, GUESS, NEAR, local, COMPETENT], edges[:8] + edges[-1:]))
    lines = [line.strip() for line in run("implementers", GOAL.id, "--level", "commune").stdout.splitlines()]
    assert f"1. → thực hiện → Kế hoạch 781/KH-UBND của {MADE.issuer} (phần mở đầu)" in lines
    assert "2. → thực hiện → Chỉ thị 33/CT-TTg của Thủ tướng Chính phủ (trích yếu được dẫn)" in lines


def test_nobody_implements_it(opened):
    assert "Trong kho chưa có văn bản nào" in run("implementers", "5/KH-UBND", "--no-related").stdout
    assert run("implementers", "5/KH-UBND", "--no-related", "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize("width", [40, 60, 100, 240])
def test_tables_keep_to_the_width_asked_for_but_identifiers_stay_whole(opened, width):
    shown = run("implementers", GOAL.id, env={"COLUMNS": str(width)}).stdout
    assert max(map(len, shown.splitlines())) <= width
    assert "20/12/2021" in shown
    long = f"ke-hoach-{'rat-' * 20}dai~2024"
    opened.view = view_of([document(long)], [])
    assert f"    {long}" in run("search", "viec", env={"COLUMNS": str(width)}).stdout.splitlines()


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
    assert "01/03/2026" in result.stderr
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
    lines = [line.strip() for line in run("lineage", GOAL.id, "--down").stdout.splitlines()]
    assert "6 văn bản dựa vào hoặc nhắc đến văn bản này, trong 1 bước." in lines
    assert "Bước 1: 6 văn bản" in lines
    assert "Kế hoạch 21/KH-UBND → tuyên truyền, phổ biến → Chỉ thị 33/CT-TTg (nội dung)" in lines
    lines = [line.strip() for line in run("lineage", "21/KH-UBND", "--up", "--depth", "1").stdout.splitlines()]
    assert "Văn bản này dựa vào hoặc nhắc đến 2 văn bản, trong 1 bước." in lines
    assert "Kế hoạch 21/KH-UBND → thực hiện → Kế hoạch 780/KH-UBND (nội dung)" in lines


def test_lineage_of_a_document_without_relations(opened):
    assert "Văn bản này dựa vào hoặc nhắc đến 0 văn bản." in run("lineage", GOAL.id, "--up").stdout


def test_show_marks_what_texts_disagree_on(opened):
    lines = [line.strip() for line in run("show", GOAL.id).stdout.splitlines()]
    dates = lines.index("Ngày: 2 giá trị mâu thuẫn")
    assert lines[dates + 1 : dates + 5] == [
        "✓ 26/11/2021 · 3 lần · văn bản khác · “ngày 26/11/2021”",
        "28/11/2021 · 1 lần · văn bản khác · “ngày 28/11/2021”",
        "Số, ký hiệu",
        "✓ 33/CT-TTg · 4 lần · văn bản khác · “33/CT-TTg”",
    ]
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


def test_a_document_without_facts_needs_no_table_of_them(opened):
    assert "Dữ kiện" in run("show", GOAL.id).stdout
    assert "Dữ kiện" not in run("show", LATER.id).stdout

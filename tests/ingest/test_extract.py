"""What extract writes: the fields of the annotation form, whole files, names that never meet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.errors import CancuError
from graph.model import COUNTRY, Branch, Header, Level, Part, Place, Reading, Relation, StatedIn, Zone
from graph.resolve import resolve
from graph.where import HeaderField, Where
from ingest.extract import extract_document, write_extracts
from tests.factories import BAC_KAN, cited, directive, own, reading, stated

SCORE = Path(__file__).resolve().parents[2].parent / "shared" / "tools" / "score"
HEADER = Header(
    Branch.STATE,
    Level.PROVINCE,
    signer="Trần Văn An",
    signer_position="Phó Chủ tịch",
    evidence=(Where(HeaderField.DATE, 3, 9), Where(HeaderField.SIGNER, 20, 31)),
)
PLAN = own(
    "21/KH-UBND",
    type="Kế hoạch",
    issuer="Ủy ban nhân dân tỉnh Bắc Kạn",
    place=BAC_KAN,
    date="2025-01-16",
    title="Thực hiện công tác dân vận chính quyền năm 2025",
    header=HEADER,
)
LAW = cited(name="Luật Thực hiện dân chủ ở cơ sở", type="Luật", place=COUNTRY, zone=Zone.PREAMBLE, score=0.9)


def plan(*relations: Any, name: str = "plan.txt", salt: str = "") -> Reading:
    return reading(PLAN, LAW, directive(), directive(), relations=tuple(relations), name=name, salt=salt)


def extract(one: Reading) -> dict[str, Any]:
    return extract_document(one, resolve([one]))


def test_the_document_is_what_its_header_says() -> None:
    written = extract(plan())
    assert written["file"] == "plan.txt"
    assert written["document"] == {
        "id": "21.kh-ubnd~tinh.bac-kan~2025",
        "type": "Kế hoạch",
        "number": "21/KH-UBND",
        "issuer": "Ủy ban nhân dân tỉnh Bắc Kạn",
        "branch": "state",
        "level": "province",
        "province": "Bắc Kạn",
        "district": None,
        "commune": None,
        "date": "2025-01-16",
        "title": "Thực hiện công tác dân vận chính quyền năm 2025",
        "signer": "Trần Văn An",
        "signer_position": "Phó Chủ tịch",
        "evidence": {"date": {"start": 3, "end": 9}, "signer": {"start": 20, "end": 31}},
    }


@pytest.mark.parametrize(
    ("level", "kept"),
    [
        (Level.CENTRAL, (None, None, None)),
        (Level.PROVINCE, ("Nghệ An", None, None)),
        (Level.DISTRICT, ("Nghệ An", "Yên Thành", None)),
        (Level.COMMUNE, ("Nghệ An", "Yên Thành", "Xuân Thành")),
        (None, ("Nghệ An", "Yên Thành", "Xuân Thành")),
    ],
)
def test_places_below_the_level_are_null(level: Level | None, kept: tuple[str | None, ...]) -> None:
    place = Place("Nghệ An", "Yên Thành", "Xuân Thành", "xã")
    written = extract(reading(replace(PLAN, place=place, header=Header(level=level))))
    assert tuple(written["document"][key] for key in ("province", "district", "commune")) == kept


def test_a_header_that_says_nothing_is_null_in_every_field() -> None:
    written = extract(reading(own(), directive()))["document"]
    assert written.pop("evidence") == {}
    assert {key for key, value in written.items() if value is not None} == {"id"}


def test_mentions_leave_the_own_header_out_and_index_the_text() -> None:
    one = plan()
    mentions = extract(one)["mentions"]
    assert [(mention["text"], mention["entity"], mention["zone"]) for mention in mentions] == [
        ("Luật Thực hiện dân chủ ở cơ sở", mentions[0]["entity"], "preamble"),
        ("33/CT-TTg", "33.ct-ttg~2021", "body"),
        ("33/CT-TTg", "33.ct-ttg~2021", "body"),
    ]
    assert all(one.source.text[mention["start"] : mention["end"]] == mention["text"] for mention in mentions)
    assert mentions[0]["score"] == 0.9
    assert set(mentions[1]) == {
        *("text", "start", "end", "entity", "type", "number", "date", "issuer"),
        *("zone", "optional", "score", "status"),
    }
    assert mentions[1]["status"] == "resolved"


def test_edges_keep_the_strongest_relation_with_its_best_evidence() -> None:
    one = plan(
        stated(0, Relation.CITES, 3),
        stated(0, Relation.IMPLEMENTS, 3, score=0.7),
        stated(0, Relation.IMPLEMENTS, 2, zone=Zone.PREAMBLE, stated_in=StatedIn.PREAMBLE, score=0.8, optional=True),
    )
    edges = extract(one)["edges"]
    assert edges == [
        {
            "source": "21.kh-ubnd~tinh.bac-kan~2025",
            "relation": "implements",
            "target": "33.ct-ttg~2021",
            "zone": "preamble",
            "optional": False,
            "evidence": {"start": one.claims[2].start, "end": one.claims[2].end},
            "stated_in": "preamble",
            "score": 0.8,
            "part": None,
        }
    ]


def test_parts_lack_nothing_that_the_first_document_says_and_edges_name_theirs() -> None:
    one = plan(stated(0, Relation.CITES, 1), stated(0, Relation.IMPLEMENTS, 2))
    start = one.claims[2].start
    rules = Part(start, start + 9, start, start + 4, "Quy chế", "Tiếp công dân")
    annex = Part(start + 9, start + 20, start + 9, start + 10, "Kế hoạch", None, "3/KH-BCĐ", "Ban Chỉ đạo", "2025-02-01")
    first = replace(one.claims[0], header=replace(HEADER, parts=(rules, annex)))
    written = extract(replace(one, claims=(first, *one.claims[1:])))
    assert [(edge["relation"], edge["part"]) for edge in written["edges"]] == [("cites", None), ("implements", 0)]
    issuer, id = "Ủy ban nhân dân tỉnh Bắc Kạn", "21.kh-ubnd~tinh.bac-kan~2025"
    keys = ("type", "title", "number", "issuer", "date", "part_of")
    assert [tuple(part[key] for key in keys) for part in written["parts"]] == [
        ("Quy chế", "Tiếp công dân", "21/KH-UBND", issuer, "2025-01-16", id),
        ("Kế hoạch", None, "3/KH-BCĐ", "Ban Chỉ đạo", "2025-02-01", id),
    ]


def test_edges_are_those_of_this_text_and_optional_only_where_nothing_sure_states_them() -> None:
    cites = stated(0, Relation.CITES, 1, optional=True)
    between = stated(1, Relation.GUIDES, 2, stated_in=StatedIn.CITED_TITLE)
    one, other = plan(cites, between), plan(stated(0, Relation.BASED_ON, 2), name="other.txt")
    resolution = resolve([one, other])
    first, second = (extract_document(each, resolution)["edges"] for each in (one, other))
    assert {(edge["relation"], edge["optional"]) for edge in first} == {("cites", True), ("guides", False)}
    assert [edge["relation"] for edge in second] == ["based_on"]


def test_files_have_the_names_of_their_sources(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    assert write_extracts([plan(), plan(name="b.md", salt="b")], out) == [out / "b.json", out / "plan.json"]
    assert sorted(path.name for path in out.iterdir()) == ["b.json", "plan.json"]
    assert json.loads((out / "plan.json").read_text("utf-8")) == extract(plan())


def test_sources_of_one_name_get_names_apart_in_any_order(tmp_path: Path) -> None:
    same = [plan(salt="one"), plan(salt="two"), plan(name="PLAN.md", salt="three"), plan(name="b.txt", salt="b")]
    paths = write_extracts([*same, same[0]], tmp_path)
    before = {path: path.read_bytes() for path in paths}
    assert len(before) == 4
    assert tmp_path / "b.json" in before
    assert write_extracts(same[::-1], tmp_path) == paths
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_name_as_long_as_file_systems_allow_still_fits(tmp_path: Path) -> None:
    names = [f"{'ế' * 83}{letter}.md" for letter in "ab"]
    paths = write_extracts([plan(name=name, salt=name) for name in names], tmp_path)
    assert len(set(paths)) == 2
    assert all(path.exists() for path in paths)


def test_the_text_of_a_web_page_stands_beside_its_extract(tmp_path: Path) -> None:
    page = plan(name="page.html")
    assert write_extracts([page], tmp_path) == [tmp_path / "page.json"]
    assert (tmp_path / "page.txt").read_text("utf-8") == page.source.text
    assert write_extracts([page], tmp_path) == [tmp_path / "page.json"]


def test_a_file_of_the_user_is_never_replaced_by_such_a_text(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("của tôi", "utf-8")
    with pytest.raises(CancuError, match="no earlier extract") as caught:
        write_extracts([plan(name="page.html"), plan()], tmp_path)
    assert caught.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]


def test_nothing_half_written_stays_when_the_disk_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(CancuError, match="No space left"):
        write_extracts([plan()], tmp_path)
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", "utf-8")
    with pytest.raises(CancuError, match="cannot be written"):
        write_extracts([plan()], tmp_path / "out")


def test_the_scorer_reads_what_is_written(tmp_path: Path) -> None:
    """Scored against itself everything is right, evidence included: form and offsets are what the scorer expects."""
    if not SCORE.exists():
        pytest.skip("the scorer is not beside the repository")
    write_extracts([plan(stated(0, Relation.BASED_ON, 1), stated(0, Relation.IMPLEMENTS, 2))], tmp_path)
    run = subprocess.run(
        [sys.executable, SCORE, tmp_path, tmp_path, "--json"], capture_output=True, text=True, check=True
    )
    report = json.loads(run.stdout)
    assert {report[part]["f1"] for part in ("mentions_exact", "linking", "edges")} == {1.0}
    assert report["edges"]["tp"] == 2
    assert report["evidence"] == 1.0

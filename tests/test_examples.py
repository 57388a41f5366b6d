"""The shipped examples go the whole way, and give what tests/examples.yaml says."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.model import Document, Edge, Resolution
from graph.resolve import resolve
from graph.store.filters import year_of
from ingest.pipeline import read_paths

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "examples" / "documents"
EXPECTED: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "examples.yaml").read_text(encoding="utf-8"))
HEADERS = ("type", "sign", "issuer", "branch", "level", "date", "status")
PLACES = ("province", "district", "commune")
WORD = re.compile(r"\w+")
DIRECTIVE = "33/CT-TTg 2021"

each_example = pytest.mark.parametrize("expected", EXPECTED["documents"], ids=lambda expected: expected["file"])


@dataclass(frozen=True, slots=True, repr=False)
class Graph:
    """The resolved examples, and the id of the document that each file holds."""

    resolution: Resolution
    held: dict[str, str]

    def document(self, id: str) -> Document:
        return next(document for document in self.resolution.documents if document.id == id)

    def label(self, id: str) -> str:
        """A document as tests/examples.yaml writes it: sign or title, year or "?", province if it has one."""
        document = self.document(id)
        province = document.place.province if document.place else None
        return " ".join(filter(None, (document.sign or document.title, str(year_of(document) or "?"), province)))

    def stated(self) -> Iterator[Edge]:
        return (edge for edge in self.resolution.edges if edge.evidence)


@pytest.fixture(scope="module")
def graph() -> Graph:
    readings = {}
    for outcome in read_paths([DOCUMENTS]):
        assert outcome.error is None, outcome.error
        assert outcome.reading is not None
        readings[outcome.path.name] = outcome.reading
    resolution = resolve(readings.values())
    return Graph(resolution, {name: resolution.assigned[one.source.digest][0] for name, one in readings.items()})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that the command line has ingested the examples into."""
    name = f"sqlite:///{tmp_path_factory.mktemp('store')}/examples.db"
    done = cancu("ingest", str(DOCUMENTS), store=name)
    assert done.returncode == 0, done.stderr
    return name


@pytest.fixture(scope="module")
def answers(store: str) -> list[dict[str, Any]]:
    """What the command line answers to `cancu implementers "33/CT-TTg 2021" --format json`."""
    done = cancu("implementers", DIRECTIVE, "--format", "json", store=store)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert isinstance(answer, list)
    return answer


def cancu(*arguments: str, store: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("cancu")), *arguments]
    return subprocess.run(command, env={"CANCU_STORE": store}, capture_output=True, text=True, timeout=120)


def test_expectations_cover_every_example() -> None:
    files = sorted(path.name for path in DOCUMENTS.iterdir())
    assert files == sorted(expected["file"] for expected in EXPECTED["documents"])


@each_example
def test_header(graph: Graph, expected: dict[str, Any]) -> None:
    document = graph.document(graph.held[expected["file"]])
    found = {name: getattr(document, name) for name in HEADERS}
    assert document.place is not None
    found |= {name: getattr(document.place, name) for name in PLACES if name in expected["header"]}
    assert found == expected["header"]
    assert document.held


@each_example
def test_edges(graph: Graph, expected: dict[str, Any]) -> None:
    source = graph.held[expected["file"]]
    found = {f"{edge.relation} {graph.label(edge.target)}" for edge in graph.stated() if edge.source == source}
    between = {line for line in EXPECTED["between_cited"] if line.startswith(f"{graph.label(source)} ")}
    optional = {*expected.get("optional", ()), *(line.removeprefix(f"{graph.label(source)} ") for line in between)}
    assert sorted(found - optional) == sorted(set(expected["edges"]) - optional)
    assert set(expected["edges"]) <= found


@pytest.mark.parametrize("expected", EXPECTED["between_cited"])
def test_edges_that_a_citation_states(graph: Graph, expected: str) -> None:
    found = {f"{graph.label(edge.source)} {edge.relation} {graph.label(edge.target)}" for edge in graph.stated()}
    assert expected in found


def test_every_stated_edge_quotes_its_source(graph: Graph) -> None:
    texts = {}
    for outcome in read_paths([DOCUMENTS]):
        assert outcome.reading is not None
        texts[outcome.reading.source.digest] = outcome.reading.source.text
    for edge in graph.stated():
        for evidence in edge.evidence:
            text, quoted = texts[evidence.digest], WORD.findall(evidence.quote)
            assert evidence.start <= evidence.mention_start < evidence.mention_end <= evidence.end
            assert WORD.findall(text[evidence.start : evidence.end])[-3:] == quoted[-3:]
            assert set(quoted) <= set(WORD.findall(text))
            assert WORD.findall(text[evidence.mention_start : evidence.mention_end])[-1] in quoted


def test_one_sign_of_two_provinces_is_two_documents(graph: Graph) -> None:
    found = {graph.label(document.id) for document in graph.resolution.documents if document.sign == "08-NQ/TU"}
    assert found == {"08-NQ/TU 2021 Bắc Kạn", "08-NQ/TU 2022 Quảng Bình"}


@pytest.mark.parametrize(
    ("sign", "years"), [("25-NQ/TW", {2003, 2008, 2013}), ("33/CT-TTg", {2020, 2021}), ("23-QĐ/TW", {2021})]
)
def test_one_sign_of_several_years(graph: Graph, sign: str, years: set[int]) -> None:
    found = [year_of(document) for document in graph.resolution.documents if document.sign == sign]
    assert sorted(found, key=str) == sorted(years)


def test_three_dates_of_one_decision_are_kept_as_a_conflict(graph: Graph) -> None:
    decision = next(document for document in graph.resolution.documents if document.sign == "23-QĐ/TW")
    dates = {fact.value: fact.chosen for fact in decision.facts if fact.field == "date"}
    assert dates == {"2021-07-30": True, "2021-01-30": False, "2021-07-23": False}


def test_menus_and_related_links_of_a_web_page_are_not_its_text(graph: Graph) -> None:
    source = graph.held["138-kh-tu-thanh-hoa-2019.html"]
    linked = {graph.label(edge.target) for edge in graph.resolution.edges if edge.source == source}
    assert not {label for label in linked if label.startswith(("33/CT-TTg", "18-NQ/TW", "10/2022/QH15"))}


@pytest.mark.parametrize("expected", EXPECTED["implementers"], ids=lambda expected: expected.get("file", "by sign"))
def test_who_implements_the_directive(
    graph: Graph, answers: list[dict[str, Any]], expected: dict[str, Any]
) -> None:
    if "file" in expected:
        matching = [answer for answer in answers if answer["id"] == graph.held[expected["file"]]]
    else:
        matching = [answer for answer in answers if answer["sign"] == expected["sign"]]
    assert [answer["tier"] for answer in matching] == [expected["tier"]]
    chain = matching[0]["chain"]
    assert chain[0]["source"] == matching[0]["id"]
    assert [hop["target"] for hop in chain[:-1]] == [hop["source"] for hop in chain[1:]]
    assert all(hop["quote"] for hop in chain)
    if "chain" in expected:
        assert len(chain) == expected["chain"]


def test_nobody_else_implements_the_directive(graph: Graph, answers: list[dict[str, Any]]) -> None:
    implementing = {answer["id"] for answer in answers if answer["tier"] != "related"}
    named = [one for one in EXPECTED["implementers"] if one["tier"] != "related"]
    held = {graph.held[one["file"]] for one in named if "file" in one}
    signs = {one["sign"] for one in named if "sign" in one}
    assert {id for id in implementing - held if graph.document(id).sign not in signs} == set()
    assert not implementing & {graph.held[name] for name in EXPECTED["not_implementers"]}


def test_a_sign_of_two_years_is_asked_back(store: str) -> None:
    done = cancu("implementers", "33/CT-TTg", store=store)
    assert done.returncode != 0
    assert {"33.ct-ttg~2020", "33.ct-ttg~2021"} <= set((done.stdout + done.stderr).replace(",", " ").split())


def test_readme_shows_what_the_command_prints(store: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```\n\$ cancu (.*)\n((?:.*\n)+?)```$", readme, re.M)
    assert shown
    for command, output in shown:
        printed = cancu(*shlex.split(command), store=store).stdout.splitlines()
        assert output.splitlines() == [line.rstrip() for line in printed], "paste the new output into README.md"


def test_what_to_try_next_can_be_tried(store: str) -> None:
    shown = re.findall(r"^  cancu (.+?)(?:   .*)?$", (ROOT / "examples" / "next.txt").read_text(encoding="utf-8"), re.M)
    commands = [command for command in shown if "FOLDER" not in command]
    failed = [command for command in commands if cancu(*shlex.split(command), store=store).returncode]
    assert failed == ["implementers 33/CT-TTg"]


def test_ingesting_again_changes_nothing(store: str) -> None:
    before = cancu("dump", store=store).stdout
    assert before
    assert cancu("ingest", str(DOCUMENTS), store=store).returncode == 0
    assert cancu("dump", store=store).stdout == before

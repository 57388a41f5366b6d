"""docs/neo4j.md and the perspective for Bloom hold for the examples."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graph.model import Relation
from graph.store import open_store
from graph.store.neo4j.records import Label, relation_type
from ingest.pipeline import read_paths
from tests.neo4j.server import DATABASE, Access, filled

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8")
QUESTION = re.compile(r"^(\d+)\. ([^\n]+)\n\n```cypher\n(.+?)\n```\n\n```\n(.+?)\n```$", re.M | re.S)
QUESTIONS = QUESTION.findall(PAGE)


@pytest.fixture
def examples(neo4j: Access) -> Access:
    def fill() -> None:
        with closing(open_store(neo4j.address)) as store:
            outcomes = read_paths([ROOT / "examples" / "documents"])
            store.put([outcome.reading for outcome in outcomes if outcome.reading])

    filled(neo4j, "examples", fill)
    return neo4j


def cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def test_there_are_ten_questions() -> None:
    assert [int(number) for number, *_ in QUESTIONS] == list(range(1, 11))


@pytest.mark.parametrize(("query", "answer"), [one[2:] for one in QUESTIONS], ids=[one[1] for one in QUESTIONS])
def test_the_answer_is_the_one_on_the_page(examples: Access, query: str, answer: str) -> None:
    with examples.driver() as driver:
        found = driver.execute_query(query, database_=DATABASE)
    rows = [found.keys, *(list(map(cell, record.values())) for record in found.records)]
    assert [" | ".join(row).rstrip() for row in rows] == answer.splitlines()
    assert found.records


def test_the_page_names_the_nodes_and_relationships_that_there_are(examples: Access) -> None:
    with examples.driver() as driver:
        select = "MATCH (a)-[r]->(b) UNWIND labels(a) + labels(b) + [type(r)] AS name RETURN collect(DISTINCT name) AS names"
        names = set(driver.execute_query(select, database_=DATABASE).records[0]["names"])
    inner = set(Label) | set(map(relation_type, Relation))
    assert {name for name in names - inner if name not in PAGE} == set()


def test_the_perspective_is_of_this_model(examples: Access) -> None:
    perspective = json.loads((ROOT / "docs" / "bloom-perspective.json").read_text(encoding="utf-8"))
    named = {label for category in perspective["categories"] for label in category["labels"]}
    assert named == {"Document", "Authority", "Place"} | set(Label) - {Label.HELD}
    types = {each["name"] for each in perspective["relationshipTypes"]}
    assert set(map(relation_type, Relation)) <= types
    with examples.driver() as driver:
        select = "MATCH (n) UNWIND labels(n) AS label UNWIND keys(n) AS key RETURN collect(DISTINCT [label, key]) AS found"
        found = {tuple(pair) for pair in driver.execute_query(select, database_=DATABASE).records[0]["found"]}
        select = "MATCH ()-[r]->() RETURN collect(DISTINCT type(r)) AS types"
        assert set(driver.execute_query(select, database_=DATABASE).records[0]["types"]) <= types
        for category in perspective["categories"]:
            keys = {each["name"] for each in category["properties"]} | {each["key"] for each in category["captions"]}
            label = "Document" if category["labels"][0] in set(Label) else category["labels"][0]
            assert {key for key in keys if (label, key) not in found} == set()
        for template in perspective["templates"]:
            driver.execute_query(template["cypher"], {"sign": "33/CT-TTg"}, database_=DATABASE)

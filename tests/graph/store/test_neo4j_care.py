"""Checking a store in Neo4j, copying it into a file, and telling its size."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.errors import StoreError
from graph.model import Relation
from graph.resolve.decide import Decision, claim_name
from graph.ruling import DecisionKind
from graph.store import care, open_store
from graph.store.base import Curated, curated
from graph.store.neo4j.migrations import VERSION
from tests.factories import BAC_KAN, directive, own, reading, stated
from tests.neo4j.server import DATABASE, Access, clear

READINGS = [
    reading(
        own(f"{number}/KH-UBND", place=BAC_KAN, date="2022-01-01"),
        directive(),
        relations=(stated(0, Relation.IMPLEMENTS, 1),),
        salt=str(number),
    )
    for number in range(3)
]
NAMED = claim_name(READINGS[0].source.digest, READINGS[0].claims[1])
SPLIT = Decision(DecisionKind.SPLIT, "Lan", "2026-01-01T09:00:00.000000Z", "khác văn bản", (NAMED,))


@pytest.fixture
def store(neo4j: Access) -> Curated:
    clear(neo4j)
    opened = curated(open_store(neo4j.address))
    opened.put(READINGS)
    opened.decide([SPLIT])
    return opened


def change(access: Access, statement: str) -> None:
    with access.driver() as driver:
        driver.execute_query(statement, database_=DATABASE)


def test_a_whole_store_has_no_findings(store: Curated, neo4j: Access) -> None:
    before = list(store.dump())
    assert list(care.check(neo4j.address)) == []
    assert list(store.dump()) == before


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("MATCH ()-[edge:IMPLEMENTS]->() DELETE edge", "graph"),
        ("MATCH (n:Document {sign: '33/CT-TTg'}) SET n.mentions = 99", "graph"),
        ("MATCH (:Claim)-[spoken:SPEAKS_OF]->(:Document {sign: '33/CT-TTg'}) DELETE spoken", "orphan"),
        ("MATCH (n:Claim) SET n.count = n.count + 1", "orphan"),
        ("CREATE (:Document {id: 'x~2021', status: 'cited', held: false, matching: 'resolved', mentions: 0})", "orphan"),
        ("MATCH (:Ruling)-[names:NAMES]->() DELETE names", "orphan"),
    ],
)  # fmt: skip
def test_damage_is_found(store: Curated, neo4j: Access, damage: str, found: str) -> None:
    change(neo4j, damage)
    assert any(line.startswith(found) for line in care.check(neo4j.address))


def test_an_index_that_is_not_there_is_found(store: Curated, neo4j: Access) -> None:
    change(neo4j, "DROP INDEX claim_pin")
    try:
        assert list(care.check(neo4j.address)) == ["index: claim_pin is not there, or does not work"]
    finally:
        change(neo4j, "CREATE INDEX claim_pin IF NOT EXISTS FOR (n:Claim) ON (n.pin)")


def test_findings_of_a_store_that_is_written_to_are_not_relied_on(store: Curated, neo4j: Access) -> None:
    change(neo4j, "DROP INDEX claim_pin")
    try:
        findings = care.check(neo4j.address)
        assert next(findings).startswith("index")
        store.put([reading(own("99/KH-UBND", place=BAC_KAN, date="2024-01-01"), salt="later")])
        with pytest.raises(StoreError, match="written to meanwhile"):
            list(findings)
    finally:
        change(neo4j, "CREATE INDEX claim_pin IF NOT EXISTS FOR (n:Claim) ON (n.pin)")


def test_a_backup_is_an_embedded_store_of_the_same(store: Curated, neo4j: Access, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    care.backup(neo4j.address, target)
    copied = curated(open_store(f"sqlite:///{target}", readonly=True))
    assert list(copied.dump()) == list(store.dump())
    assert copied.decisions() == (SPLIT,)
    with pytest.raises(StoreError, match="is there already"):
        care.backup(neo4j.address, target)
    with pytest.raises(StoreError, match="cannot be opened"):
        care.backup(neo4j.address, target / "copy.db")
    assert [each.name for each in tmp_path.rglob("*.part*")] == []


def test_the_commands(store: Curated, neo4j: Access, tmp_path: Path) -> None:
    address = ["--store", neo4j.address]
    checked = CliRunner().invoke(app, ["store", "check", *address])
    assert (checked.exit_code, checked.stdout) == (0, "The store is whole.\n")
    refused = CliRunner().invoke(app, ["store", "check", "--repair", *address])
    assert refused.exit_code == 1
    assert "cannot be repaired in place" in refused.stderr
    told = dict(line.split() for line in CliRunner().invoke(app, ["store", "stats", *address]).stdout.splitlines())
    assert (told["source"], told["ruling"], told["schema"]) == ("3", "1", str(VERSION))
    assert CliRunner().invoke(app, ["store", "backup", str(tmp_path / "copy.db"), *address]).exit_code == 0

"""Checking, repairing, copying and measuring a store, identifiers that were given up, and stores of earlier schemas."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.model import Relation
from graph.resolve.decide import Decision, claim_name
from graph.ruling import DecisionKind
from graph.store import sqlite_care
from graph.store.sqlite import SqliteStore
from graph.store.sqlite_file import VERSION
from tests.factories import BAC_KAN, QUANG_BINH, cited, directive, own, reading, stated

PLAN = own("780/KH-UBND", type="Kế hoạch", place=BAC_KAN, date="2021-12-20", title="Về dân vận")
OTHER = own("5/KH-UBND", type="Kế hoạch", place=QUANG_BINH, date="2022-01-05", title="Về dân vận")
READINGS = [
    reading(PLAN, directive(), relations=(stated(0, Relation.IMPLEMENTS, 1),), salt="one"),
    reading(OTHER, directive(date=None), cited("13/CT-UBND"), relations=(stated(0, Relation.CITES, 1),), salt="two"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with SqliteStore(tmp_path / "cancu.db") as store:
        store.put(READINGS)
    return tmp_path / "cancu.db"


def dump_of(path: Path) -> list[str]:
    with SqliteStore(path, readonly=True) as store:
        return list(store.dump())


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_a_whole_store_has_no_findings_and_is_not_written(path: Path) -> None:
    before = path.read_bytes()
    assert list(sqlite_care.check(path)) == []
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("DELETE FROM edge", "graph"),
        ("UPDATE document SET mentions = 99 WHERE sign_key LIKE '33|%'", "graph"),
        ("UPDATE signature SET document = 999 WHERE n = 1", "reference"),
        ("UPDATE statement SET evidence = replace(evidence, '33', '34')", "graph"),
        ("UPDATE source SET signatures = '[1]' WHERE n = 2", "claims"),
        ("INSERT INTO document SELECT 999, 'x~2021', unit, sign_key, date, year, level, province, type, status, held,"
         " mentions, slack, disputed, known, record FROM document LIMIT 1", "orphan"),
        ("UPDATE total SET number = number + 1 WHERE name = 'held'", "totals"),
        ("DELETE FROM words WHERE rowid IN (SELECT min(rowid) FROM words)", "search"),
    ],
)  # fmt: skip
def test_damage_is_found_and_repaired_from_the_ledger(path: Path, damage: str, found: str) -> None:
    before = dump_of(path)
    change(path, damage)
    assert any(line.startswith(found) for line in sqlite_care.check(path))
    sqlite_care.repair(path)
    assert list(sqlite_care.check(path)) == []
    assert dump_of(path) == before


def test_a_broken_file_is_found(path: Path) -> None:
    content = bytearray(path.read_bytes())
    page = len(content) // 2 // 4096 * 4096
    content[page : page + 4096] = bytes(4096)
    path.write_bytes(content)
    try:
        findings = list(sqlite_care.check(path))
    except StoreError as error:
        findings = [str(error)]
    assert findings


def test_a_repair_that_fails_leaves_all_as_it_is(path: Path) -> None:
    change(path, "UPDATE source SET reading = x'00' WHERE n = 2")
    before = dump_of(path)
    assert [line.partition(":")[0] for line in sqlite_care.check(path)] == ["ledger"]
    with pytest.raises(StoreError, match="ledger"):
        sqlite_care.repair(path)
    assert dump_of(path) == before


def test_a_backup_holds_one_state_while_the_store_is_written(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with SqliteStore(path) as store:
        sqlite_care.backup(path, target)
        before = list(store.dump())
        store.put([reading(own("9/KH-UBND", place=BAC_KAN, date="2024-01-01"), directive())])
    assert dump_of(target) == before
    assert list(sqlite_care.check(target)) == []
    with pytest.raises(StoreError, match="is there already"):
        sqlite_care.backup(path, target)
    with pytest.raises(StoreError, match="cannot be written"):
        sqlite_care.backup(path, tmp_path / "none" / "copy.db")
    assert sorted(each.name for each in tmp_path.iterdir() if ".part" in each.name) == []


def test_decisions_outlast_what_is_worked_out_anew(path: Path) -> None:
    one, other = (claim_name(READINGS[0].source.digest, READINGS[0].claims[at]) for at in (1, 0))
    split = Decision(DecisionKind.SPLIT, "Lan", "2026-01-01T09:00:00.000000Z", "khác văn bản", (one,))
    reject = replace(split, kind=DecisionKind.REJECT, claims=(other,), others=(one,), relation=Relation.IMPLEMENTS)
    with SqliteStore(path) as store:
        before = list(store.dump())
        store.decide([split, reject])
        decided = list(store.dump())
    assert before != decided
    assert list(sqlite_care.check(path)) == []
    sqlite_care.repair(path)
    assert dump_of(path) == decided
    change(path, "UPDATE signature SET document = NULL WHERE pin IS NOT NULL")
    assert [finding.split(":")[0] for finding in sqlite_care.check(path)] != []
    sqlite_care.repair(path)
    assert dump_of(path) == decided


def test_stats(path: Path) -> None:
    found = sqlite_care.stats(path)
    assert (found.rows["source"], found.rows["edge"], found.schema) == (2, 2, VERSION)
    assert found.size >= path.stat().st_size


def test_a_store_of_an_earlier_schema_is_brought_up_to_date_when_written(path: Path) -> None:
    before = dump_of(path)
    change(path, "DROP TABLE hint")
    change(path, "DROP TABLE issued")
    change(path, "PRAGMA user_version = 1")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with pytest.raises(StoreError, match="schema 1"):
        SqliteStore(path, readonly=True)
    SqliteStore(path).close()
    assert dump_of(path) == before



def test_an_identifier_that_is_given_up_leads_to_what_has_its_claims(tmp_path: Path) -> None:
    plan = own("1/KH-UBND", place=BAC_KAN, date="2025-12-30")
    first = cited("12-TB/TU", place=BAC_KAN, date="2025-03-01", title="về kết quả kiểm tra công tác cán bộ năm 2024")
    second = cited("12-TB/TU", place=BAC_KAN, date="2025-11-20", title="phân công nhiệm vụ Ủy viên khóa mới")
    with SqliteStore(tmp_path / "cancu.db") as store:
        store.put([reading(plan, first, salt="first")])
        assert store.moved("12-tb.tu~tinh.bac-kan~2025") == ()
        store.put([reading(plan, second, salt="second")])
        assert store.document("12-tb.tu~tinh.bac-kan~2025") is None
        assert store.moved("12-tb.tu~tinh.bac-kan~2025") == ("12-tb.tu~tinh.bac-kan~2025-03-01",)
        store.rebuild()
        assert store.moved("12-tb.tu~tinh.bac-kan~2025") == ("12-tb.tu~tinh.bac-kan~2025-03-01",)

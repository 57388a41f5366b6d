"""A store as files for `neo4j-admin database import`: read back, and imported by the real command."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.errors import StoreError
from graph.model import Relation
from graph.resolve.decide import Decision, claim_name
from graph.ruling import DecisionKind
from graph.store import copy as stores
from graph.store import open_store
from graph.store.base import Filter, Store, curated
from graph.store.neo4j import tables
from graph.store.neo4j.admin.csv_files import ARRAY_DELIMITER, Writer
from graph.store.neo4j.admin.export import SCRIPT, export
from graph.store.neo4j.ledger import Batch
from graph.store.neo4j.records import document_of, edge_of_relationship
from tests.factories import BAC_KAN, cited, directive, own, reading, stated
from tests.neo4j.server import DATABASE, Access, Server, clear, import_into, missing, needed

HOSTILE = 'Tăng cường "dân vận"; \\"khéo\\", \\ và $(id) `id`\r\n=1+1\x1f\tđồng bào <b>\u2028\U0001f600'
PLANS = [
    reading(
        own(f"{number}/KH-UBND", place=BAC_KAN, date=f"2022-0{1 + number % 9}-01", issuer="UBND tỉnh Bắc Kạn"),
        directive(title=HOSTILE if number % 2 else "Tăng cường công tác dân vận"),
        relations=(stated(0, Relation.IMPLEMENTS, 1, quote=HOSTILE if number % 3 else ""),),
        name=f'"{number}";.txt',
        salt=f"{number} {HOSTILE}",
    )
    for number in range(12)
]
SPLIT = [
    reading(own("1/KH-UBND", place=BAC_KAN, date="2025-12-30"),
            cited("12-TB/TU", place=BAC_KAN, date=date, title=title), salt=date)
    for date, title in (("2025-03-01", "về kết quả kiểm tra công tác cán bộ năm 2024"),
                        ("2025-11-20", "phân công nhiệm vụ Ủy viên khóa mới"))
]  # fmt: skip
_FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])')
_VALUES = {"long": int, "double": float, "boolean": "true".__eq__, "byte": int}


def fill(store: Store) -> None:
    store.put(PLANS)
    for one in SPLIT:
        store.put([one])


@pytest.fixture
def filled(tmp_path: Path) -> Store:
    store = open_store(f"sqlite:///{tmp_path}/filled.db")
    fill(store)
    return store


def rows(folder: Path, table: tables.Table) -> Iterator[dict[str, Any]]:
    """The rows of a file by name of the column, values as their types say, without what has no value."""
    lines = parsed((folder / table.file).read_bytes().decode())
    header = [str(name) for name in next(lines)]
    for line in lines:
        given = [(name, value) for name, value in zip(header, line, strict=True) if value is not None]
        yield {name if name.startswith(":") else name.partition(":")[0]: typed(name, value) for name, value in given}


def parsed(text: str) -> Iterator[list[str | None]]:
    """Lines of CSV; None is nothing between commas, "" nothing between quotes."""
    line: list[str | None] = []
    at = 0
    while at < len(text):
        found = _FIELD.match(text, at)
        assert found, text[at : at + 80]
        quoted, bare, end = found.groups()
        line.append(bare or None if quoted is None else quoted.replace('""', '"'))
        if end == "\n":
            yield line
            line = []
        at = found.end()


def typed(header: str, value: str) -> Any:
    type = header.partition(":")[2]
    convert = _VALUES.get(type.removesuffix("[]"), str)
    if type.endswith("[]"):
        return [convert(item) for item in value.split(ARRAY_DELIMITER)] if value else []
    return convert(value)


def ended(row: dict[str, Any]) -> tuple[str, str]:
    """The ends of a relationship, which are taken out of its row."""
    ends = [row.pop(key) for key in list(row) if key.startswith((tables.START, tables.END))]
    return ends[0], ends[1]


def everything(access: Access) -> list[str]:
    """All nodes and relationships with their labels, types and properties."""
    name = "coalesce({0}.hash, {0}.id, {0}.digest, {0}.name)"
    with access.driver() as driver:
        nodes = driver.execute_query("MATCH (n) WHERE NOT n:Cancu RETURN labels(n) AS labels, properties(n) AS held",
                                     database_=DATABASE).records  # fmt: skip
        ties = driver.execute_query(f"MATCH (a)-[r]->(b) RETURN {name.format('a')} AS a, type(r) AS type, "
                                    f"{name.format('b')} AS b, properties(r) AS held", database_=DATABASE).records  # fmt: skip
    found = [f"{sorted(row['labels'])} {sorted(row['held'].items())}" for row in nodes]
    return sorted(found + [f"{row['a']} {row['type']} {row['b']} {sorted(row['held'].items())}" for row in ties])


def test_the_files_hold_what_the_store_holds(store: Store, tmp_path: Path) -> None:
    fill(store)
    folder = tmp_path / "out"
    export(store, folder)
    documents = {one.id: one for one in map(document_of, rows(folder, tables.DOCUMENTS))}
    assert documents == {one.id: one for one in store.listing(Filter(), limit=99).documents}
    edges = []
    for row in rows(folder, tables.RELATIONS):
        source, target = ended(row)
        edges.append(edge_of_relationship(source, row.pop(tables.TYPE), target, row))
    assert edges == store.outgoing(list(documents), strongest=True) != []
    batch = Batch()
    said = {one.source.digest: batch.add(one) for one in (*PLANS, *SPLIT)}
    read = {row["digest"]: (row["name"], row["text"], bytes(n % 256 for n in row["reading"]))
            for row in rows(folder, tables.SOURCES)}  # fmt: skip
    assert read == {row["digest"]: (row["name"], row["text"], row["reading"]) for row in batch.sources}
    assert {row["hash"]: row["count"] for row in rows(folder, tables.CLAIMS)} == Counter(chain(*said.values()))
    speaks = dict(map(ended, rows(folder, tables.SPEAKS_OF)))
    for digest, hashes in said.items():
        assert tuple(speaks[hashed] for hashed in hashes) == store.assigned(digest)
    assert list(map(ended, rows(folder, tables.STOOD_FOR))) == list(store.issued()) != []


def test_long_texts_fit_into_what_the_import_reads_at_once(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/a.db")
    store.put([reading(own("1/KH-UBND", place=BAC_KAN), salt="đ" * 4_000_000)])
    script = export(store, tmp_path / "out").read_text("utf-8")
    found = re.search(r"--read-buffer-size=(\d+)", script)
    assert found
    assert int(found[1]) > 8_000_000


def test_a_folder_that_holds_anything_is_left_as_it_is(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds something"):
        export(filled, tmp_path)
    assert [path.name for path in tmp_path.glob("*.csv")] == []


def test_what_people_decided_is_not_dropped_in_silence(filled: Store, tmp_path: Path) -> None:
    said = claim_name(PLANS[0].source.digest, PLANS[0].claims[1])
    curated(filled).decide(
        [Decision(DecisionKind.SPLIT, "Lan", "2026-01-01T09:00:00.000000Z", "khác văn bản", (said,))]
    )
    with pytest.raises(StoreError, match="people decided"):
        export(filled, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_store_that_is_written_to_meanwhile_gives_no_script(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = filled.dump

    def written_before(_: Store) -> Iterator[str]:
        filled.put([reading(own("99/KH-UBND", place=BAC_KAN, date="2024-01-01"), salt="later")])
        return dump()

    monkeypatch.setattr(type(filled), "dump", written_before)
    with pytest.raises(StoreError, match="changed"):
        export(filled, tmp_path / "out")
    assert not (tmp_path / "out" / SCRIPT).exists()


def test_a_value_without_a_column_is_not_dropped(tmp_path: Path) -> None:
    with Writer(tmp_path, (tables.ISSUED,)) as writer, pytest.raises(ValueError, match="no columns for colour"):
        writer.write(tables.ISSUED, {"id": "a", "colour": "red"})


def test_the_command(filled: Store, tmp_path: Path) -> None:
    address = ["--store", f"sqlite:///{tmp_path}/filled.db"]
    done = CliRunner().invoke(app, ["export", "--neo4j-admin", str(tmp_path / "out"), *address])
    assert done.exit_code == 0
    assert done.stdout.strip() == (tmp_path / "out" / SCRIPT).read_text("utf-8").strip()
    for wrong in (["export", *address], ["export", "33/CT-TTg", "--neo4j-admin", str(tmp_path / "more"), *address]):
        assert CliRunner().invoke(app, wrong).exit_code == 2
    assert not (tmp_path / "more").exists()


def test_the_import_makes_the_store_that_a_copy_makes(filled: Store, tmp_path: Path) -> None:
    needed(missing(named=False))
    home = tmp_path / "server"
    server = Server(home)
    try:
        access = server.start()
        server.stop()
        done = import_into(home, export(filled, tmp_path / "out"))
        assert done.returncode == 0, done.stdout + done.stderr
        server.start()
        with closing(open_store(access.address)) as target:
            assert sum(stores.copy(filled, target)) == 0
            assert stores.same(filled, target)
            assert list(target.issued()) == list(filled.issued()) != []
            assert [target.reading(one.source.digest) for one in PLANS] == PLANS
            found = everything(access)
            clear(access)
            assert sum(stores.copy(filled, target)) == len(PLANS) + len(SPLIT)
            assert everything(access) == found
            clear(access)
            fill(target)
            assert everything(access) == found
    finally:
        server.stop()

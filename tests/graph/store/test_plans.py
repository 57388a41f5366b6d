"""How SQLite goes about the statements of a writer: a bound list is read once, not again for each row of a table."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
from generate import generate

from graph.store.sqlite import SqliteStore


def test_lists_are_what_a_statement_begins_with(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "cancu.db") as store:
        store.put(generate(150, seed=3))
        said = set[str]()
        store._connection.set_trace_callback(said.add)
        store.put(generate(150, seed=3, first=150))
        store._connection.set_trace_callback(None)
        with_lists = [statement for statement in said if "json_each(" in statement and " JOIN " in statement]
        plans = {each: store._connection.execute(f"EXPLAIN QUERY PLAN {each}").fetchall() for each in with_lists}
    assert len(plans) > 5
    for statement, plan in plans.items():
        read = [detail for *_, detail in plan if "VIRTUAL TABLE" in detail or detail.startswith("SEARCH")]
        assert "VIRTUAL TABLE" in read[0], f"{statement[:200]}: {plan}"

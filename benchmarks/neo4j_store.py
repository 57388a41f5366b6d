"""How fast made-up plans are stored in Neo4j, and what answers cost beside the same Cypher sent by hand.

Run: `python benchmarks/neo4j_store.py [--documents 100000] [--batch 2000]`. Starts a server of its own (`tests/neo4j`),
or uses the empty one that NEO4J_URI names. Prints at each tenth the rates of plans, of edges between documents and of
the statements that they follow from, with the share of the time in which this process worked rather than the server;
then the medians of lineage over strongest sentences and of the same queries without the store, and their ratio.

Status 1 where a bar is missed: 3,000 edges/s, a ratio of 1.3.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from generate import generate
from neo4j import ManagedTransaction, Session

from graph.model import Relation
from graph.store.base import Filter
from graph.store.neo4j.records import relation_type
from graph.store.neo4j.store import Neo4jStore
from tests.neo4j.server import DATABASE, Access, running

RATE, RATIO = 3_000, 1.3
JAVA = ("-Xmx2g", "-XX:+UseSerialGC")
SETTINGS = {"server.memory.pagecache.size": "512m"}
HOPS, ASKED, ROUNDS = 3, 60, 5
BY_HAND = f"""
UNWIND $ids AS id MATCH (source:Document {{id: id}})
MATCH (source)-[edge:{"|".join(map(relation_type, Relation))}]->(target:Document)
RETURN source.id, type(edge), target.id, properties(edge)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), settings=SETTINGS, java=JAVA) as access,
        Neo4jStore(access.address) as store,
    ):
        rate = _load(store, asked.documents, asked.batch, asked.seed)
        ratio = _lineage(store, access)
    print(f"{rate:,.0f} edges/s of {RATE:,} wanted; lineage to Cypher by hand: ratio {ratio:.2f} of {RATIO} allowed")
    return int(rate < RATE or ratio > RATIO)


def _load(store: Neo4jStore, count: int, size: int, seed: int) -> float:
    """Prints the rates at each tenth; edges stored a second, of all."""
    readings, tenth, spent, worked, stated, edges = generate(count, seed=seed), max(count // 10, 1), 0.0, 0.0, 0, 0
    for number in range(1, 11):
        rest = islice(readings, tenth)
        while batch := list(islice(rest, size)):
            began, before = time.perf_counter(), time.process_time()
            store.put(batch)
            spent += time.perf_counter() - began
            worked += time.process_time() - before
            stated += sum(len(one.relations) for one in batch)
        edges = sum(store.counts().edges.values())
        print(
            f"{tenth * number:9,} plans {tenth * number / spent:7.0f} plans/s, {edges / spent:7,.0f} edges/s,"
            f" {stated / spent:7,.0f} statements/s; {100 * worked / spent:.0f} % of it in this process",
            flush=True,
        )
    return edges / spent


def _lineage(store: Neo4jStore, access: Access) -> float:
    """The ratio of the medians of two ways to follow documents up, level by level."""
    listed = store.listing(Filter(held=True), limit=5_000).documents
    ids = [one.id for one in Random(0).sample(listed, min(ASKED, len(listed)))]
    ours, by_hand = list[float](), list[float]()
    with access.driver() as driver, driver.session(database=DATABASE, default_access_mode="READ") as session:
        for number in range(ROUNDS):
            for id in ids:
                first, second = _timed(lambda id=id: _up(store, id)), _timed(lambda id=id: _up_by_hand(session, id))
                if number:  # the first round warms both
                    ours.append(first)
                    by_hand.append(second)
    print(f"lineage up, {HOPS} hops: {median(ours):.2f} ms, by hand {median(by_hand):.2f} ms (medians)")
    return median(ours) / median(by_hand)


def _up(store: Neo4jStore, id: str) -> int:
    met, frontier = {id}, {id}
    for _ in range(HOPS):
        frontier = {edge.target for edge in store.outgoing(frontier, strongest=True)} - met
        met |= frontier
    return len(met)


def _up_by_hand(session: Session, id: str) -> int:
    def ask(transaction: ManagedTransaction, ids: list[str]) -> list[list[object]]:
        return transaction.run(BY_HAND, ids=ids).values()

    met, frontier = {id}, {id}
    for _ in range(HOPS):
        frontier = {row[2] for row in session.execute_read(ask, sorted(frontier))} - met
        met |= frontier
    return len(met)


def _timed(ask: object) -> float:
    """Milliseconds that one call takes."""
    began = time.perf_counter()
    ask()  # type: ignore[operator]
    return 1_000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())

"""How fast a store of made-up plans is copied into Neo4j, and what answers cost beside the same Cypher sent by hand.

Run: `python benchmarks/neo4j_store.py [--documents 100000] [--source PATH] [--put 2000]`. Starts a server of its own
on the last core that there is (`tests/neo4j`), or uses the empty one that NEO4J_URI names. Three parts:

- so many plans are put, batch by batch, and resolved there; the database is emptied again;
- an embedded store of all plans is made, or the one at PATH is taken (it stays there), and copied into the server as it
  is: what `cancu copy` does. Prints at each tenth the rates of plans, of edges between documents and of the statements
  that they follow from, with the processor time of this process, which works while the server does;
- the medians of lineage over strongest sentences and of the same queries without the store, and their ratio.

Status 1 where a bar is missed: 3,000 edges/s copied, a ratio of 1.3.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from generate import generate
from neo4j import ManagedTransaction, Session

from graph.model import Relation
from graph.store import copy as stores
from graph.store.base import Filter, Store
from graph.store.neo4j.records import relation_type
from graph.store.neo4j.store import Neo4jStore
from graph.store.sqlite import SqliteStore
from tests.neo4j.server import DATABASE, Access, clear, running

RATE, RATIO = 3_000, 1.3
JAVA = ("-Xms3g", "-Xmx3g", "-XX:+UseSerialGC")
SETTINGS = {"server.memory.pagecache.size": "2g"}
BATCH = 2_000
HOPS, ASKED, ROUNDS = 3, 60, 5
BY_HAND = f"""
UNWIND $ids AS id MATCH (source:Document {{id: id}})
MATCH (source)-[edge:{"|".join(map(relation_type, Relation))}]->(target:Document)
RETURN source.id, type(edge), target.id, properties(edge)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--source", type=Path, help="an embedded store of the plans; made if it is not there")
    parser.add_argument("--put", type=int, default=2_000, help="plans that are put; 0 leaves this part out")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.source or Path(folder) / "plans.db"
        if not path.exists():
            _fill(path, asked.documents, asked.seed)
        with _server(Path(folder)) as access, Neo4jStore(access.address) as store:
            if asked.put:
                _put(store, asked.put, asked.seed)
                clear(access)
            with SqliteStore(path, readonly=True) as source:
                rate = _copy(source, store)
            ratio = _lineage(store, access)
    print(f"{rate:,.0f} edges/s of {RATE:,} wanted; lineage to Cypher by hand: ratio {ratio:.2f} of {RATIO} allowed")
    return int(rate < RATE or ratio > RATIO)


@contextmanager
def _server(folder: Path) -> Iterator[Access]:
    """A server that stays on the last core, as long as it is one of ours, and this process on the others."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[-1:])
    with running(folder, settings=SETTINGS, java=JAVA) as access:
        os.sched_setaffinity(0, cores[:-1] or cores)
        yield access


def _fill(path: Path, count: int, seed: int) -> None:
    readings, began = generate(count, seed=seed), time.perf_counter()
    with SqliteStore(path) as store:
        while batch := list(islice(readings, BATCH)):
            store.put(batch)
    print(f"{count:9,} plans in an embedded store, in {time.perf_counter() - began:.0f} s", flush=True)


def _put(store: Neo4jStore, count: int, seed: int) -> None:
    """Prints the rate at which plans are put and resolved."""
    readings, began = generate(count, seed=seed), time.perf_counter()
    while batch := list(islice(readings, BATCH)):
        store.put(batch)
    spent = time.perf_counter() - began
    edges = sum(store.counts().edges.values())
    print(f"{count:9,} plans put: {count / spent:,.0f} plans/s, {edges / spent:,.0f} edges/s", flush=True)


def _copy(source: Store, store: Neo4jStore) -> float:
    """Prints the time at each tenth of the texts, and the rates of all; edges stored a second."""
    count, began, worked, texts, told = source.counts().sources, time.perf_counter(), time.process_time(), 0, 0
    for number in stores.copy(source, store):
        texts += number
        if texts * 10 // count > told:
            told = texts * 10 // count
            print(f"{texts:9,} texts after {time.perf_counter() - began:6.0f} s", flush=True)
    spent, worked = time.perf_counter() - began, time.process_time() - worked
    edges = sum(store.counts().edges.values())
    print(
        f"{count:9,} plans copied in {spent:.0f} s: {count / spent:,.0f} plans/s, {edges / spent:,.0f} edges/s;"
        f" {1000 * worked / count:.2f} ms of this process a plan",
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

"""How long reads of the embedded store take, beside a bare traversal of its arrays and, if asked for, others.

Run: `python benchmarks/store_read.py PATH [--networkx] [--neo4j] [--checked]`, with a store that `fill.py` made. Each
question is asked of documents drawn by a seed; the hub is the directive that most cite, asked with a filter drawn each
time. Prints the median and the 95th percentile in milliseconds, how long a process takes to its first answer, its
memory, and how many times longer the others take. `--checked` makes a missed bar status 1: the bars are those for a
million documents and eight million edges.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import networkx as nx
import numpy as np
from beside_neo4j import beside

from graph.model import Level
from graph.registry.places import provinces
from graph.store.base import Filter
from graph.store.index.arrays import Adjacency
from graph.store.sqlite import SqliteStore
from queries.implementers import DEPTH, answer
from queries.lineage import lineage
from queries.path import path
from queries.search import search

TIMES = 100
FEW = 5
"""How often a question is asked that may take seconds."""
ORDINARY = 1_000
"""Documents that cite an ordinary one, at most."""
ON_HUB, ON_PLAN = "implementers of the hub, filtered, 50", "implementers of a cited document, 50"
LINEAGE, PATH = "lineage upstream of a plan", "path from a plan to a directive"
SEARCH = "search of common words, 50"
BARS = {ON_HUB: 100.0, ON_PLAN: 5.0, LINEAGE: 35.0, PATH: 10.0, SEARCH: 20.0}
COLD_MS, MEMORY_MB = 1_000, 600
WORDS = ("công tác dân vận", "chuyển đổi số", "kế hoạch", "ủy ban nhân dân", "21/KH-UBND", "năm 2021", "chi thi 3")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is asked about: the hub, plans, ordinary documents that some cite, filters, and names of provinces."""

    hub: str
    plans: Sequence[str]
    cited: Sequence[str]
    filters: Sequence[Filter]
    names: Sequence[str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--networkx", action="store_true", help="measure networkx on the same graph too")
    parser.add_argument("--neo4j", action="store_true", help="ask a Neo4j server with the same graph too")
    parser.add_argument("--checked", action="store_true", help="status 1 where a bar is missed")
    asked = parser.parse_args()
    began = time.perf_counter()
    with SqliteStore(asked.path, readonly=True) as store:
        drawn = _drawn(store, Random(0))
        lineage(store, drawn.plans[0])
        cold = 1_000 * (time.perf_counter() - began)
        began = time.perf_counter()
        first = answer(store, drawn.hub).total
        print(f"to the first lineage {cold:.0f} ms; first question about the hub, {first} documents, "
              f"{1_000 * (time.perf_counter() - began):.0f} ms")  # fmt: skip
        taken = _ask_all(store, drawn)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"resident memory at most {memory:.0f} MiB")
        _ask_bare(store, drawn)
        if asked.networkx:
            _ask_networkx(store, drawn)
        if asked.neo4j:
            _ask_neo4j(store, drawn, taken)
    missed = [name for name, bar in BARS.items() if taken[name] > bar]
    print("missed: " + (", ".join(missed) or "none"))
    return int(asked.checked and bool(missed or cold > COLD_MS or memory > MEMORY_MB))


def _drawn(store: SqliteStore, rng: Random) -> Drawn:
    traversal = store.traversal()
    cited = np.diff(traversal._index.into.at)  # type: ignore[attr-defined]
    ordinary = np.flatnonzero((cited > 0) & (cited <= ORDINARY)).tolist()
    size = traversal.size
    plans = traversal.ids(np.array(rng.sample(range(size - size // 2, size), TIMES)))
    hub = traversal.ids(cited.argmax(keepdims=True))[0]
    names = [unit.name for unit in provinces()]
    filters = [Filter(level=rng.choice([None, *Level]), province=rng.choice(names)) for _ in range(TIMES)]
    filters[::4] = [Filter(year=2016 + at % 10) for at in range(len(filters[::4]))]
    return Drawn(hub, plans, traversal.ids(np.array(rng.sample(ordinary, TIMES))), filters, names)


def _ask_all(store: SqliteStore, drawn: Drawn) -> dict[str, float]:
    questions: dict[str, tuple[Callable[[Any], object], Sequence[Any]]] = {
        ON_HUB: (lambda wanted: _page(store, drawn.hub, wanted), drawn.filters),
        ON_PLAN: (lambda id: _page(store, id, None), drawn.cited),
        LINEAGE: (lambda id: lineage(store, id), drawn.plans),
        PATH: (lambda id: path(store, id, drawn.hub), drawn.plans),
        SEARCH: (lambda words: search(store, words, limit=50), WORDS * (TIMES // len(WORDS))),
        "document of a plan with facts": (store.document, drawn.plans),
        "listing of a province, 50": (lambda name: store.listing(Filter(province=name), limit=50), drawn.names[:20]),
    }
    return {name: _times(name, ask, given) for name, (ask, given) in questions.items()}


def _page(store: SqliteStore, id: str, wanted: Filter | None) -> object:
    found = answer(store, id, wanted=wanted)
    return found.slice(50), found.total, found.tiers


def _ask_bare(store: SqliteStore, drawn: Drawn) -> None:
    """The edges alone, level by level, from the arrays that the index maps: no tiers, no order, no documents."""
    traversal = store.traversal()
    index = traversal._index  # type: ignore[attr-defined]
    at = {id: traversal.number(id) or 0 for id in (drawn.hub, *drawn.plans, *drawn.cited)}
    _times("bare traversal: all that reach the hub", lambda id: _reach(index.into, at[id], DEPTH), [drawn.hub] * 5)
    _times("bare traversal: all that reach a plan", lambda id: _reach(index.into, at[id], DEPTH), drawn.cited)
    _times("bare traversal: upstream of a plan, 3", lambda id: _reach(index.out_of, at[id], 3), drawn.plans)


def _reach(edges: Adjacency, start: int, depth: int) -> int:
    seen = np.zeros(edges.at.size, np.bool_)
    frontier = np.array([start])
    for _ in range(depth):
        seen[frontier] = True
        found = edges.rows(frontier)[1]
        frontier = np.unique(found[~seen[found]])
    return int(seen.sum())


def _ask_networkx(store: SqliteStore, drawn: Drawn) -> None:
    index = store.traversal()._index  # type: ignore[attr-defined]
    began = time.perf_counter()
    network: nx.DiGraph[int] = nx.DiGraph()
    for near in range(index.size):
        row = index.out_of.far[index.out_of.at[near] : index.out_of.at[near + 1]].tolist()
        network.add_edges_from((near, far) for far in row)
    print(f"networkx: loaded in {time.perf_counter() - began:.0f} s")
    numbers = {id: store.traversal().number(id) for id in (drawn.hub, *drawn.plans, *drawn.cited)}
    backward = network.reverse(copy=False)
    for name, graph, given, depth in (
        ("networkx: all that reach the hub", backward, [drawn.hub] * 3, DEPTH),
        ("networkx: all that reach a plan", backward, drawn.cited, DEPTH),
        ("networkx: upstream of a plan, 3", network, drawn.plans, 3),
    ):
        _times(name, lambda id: dict(nx.bfs_predecessors(graph, numbers[id], depth_limit=depth)), given)  # noqa: B023
    _times("networkx: path", lambda id: _path(network, numbers[id], numbers[drawn.hub]), drawn.plans)


def _ask_neo4j(store: SqliteStore, drawn: Drawn, taken: dict[str, float]) -> None:
    with beside(store, partial(print, flush=True)) as there:
        questions: dict[str, tuple[Callable[[Any], object], Sequence[Any]]] = {
            ON_HUB: (lambda wanted: there.implementers(drawn.hub, wanted), drawn.filters[:FEW]),
            ON_PLAN: (lambda id: there.implementers(id, None), drawn.cited),
            LINEAGE: (there.lineage, drawn.plans),
            PATH: (lambda id: there.path(id, drawn.hub), drawn.plans),
            SEARCH: (there.search, WORDS * FEW),
        }
        for name, (ask, given) in questions.items():
            for one in given[:FEW]:  # what the server compiles the first time is no part of an answer
                ask(one)
            late = _times(f"Neo4j: {name}", ask, given)
            print(f"Neo4j takes {late / taken[name]:.0f} times as long at p95: {name}", flush=True)


def _path(network: nx.DiGraph[int], source: int | None, target: int | None) -> object:
    try:
        return nx.bidirectional_shortest_path(network, source, target)
    except nx.NetworkXNoPath:
        return None


def _times(name: str, ask: Callable[[Any], object], given: Sequence[Any]) -> float:
    """Asks once for each of what is given; the 95th percentile in milliseconds."""
    found = []
    for one in given:
        began = time.perf_counter()
        ask(one)
        found.append(1_000 * (time.perf_counter() - began))
    late = quantiles(found, n=20)[-1]
    print(f"{name:42} p50 {median(found):9.2f} ms, p95 {late:9.2f} ms", flush=True)
    return late


if __name__ == "__main__":
    sys.exit(main())

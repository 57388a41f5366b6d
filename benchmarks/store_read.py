"""How long reads of the embedded store take, beside a bare traversal of the same arrays and, if asked for, networkx.

Run: `python benchmarks/store_read.py PATH [--networkx] [--checked]`, with a store that `fill.py` made. Each question is
asked of documents drawn by a seed; the hub is the directive that most cite, asked with a filter drawn each time. Prints
the median and the 95th percentile in milliseconds, how long a process takes to its first answer, and its memory.
`--checked` makes a missed bar status 1: the bars are those for a million documents and eight million edges.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import networkx as nx
import numpy as np
from generate import HUB

from graph.model import Level
from graph.registry.places import provinces
from graph.signs import Sign
from graph.store.base import Filter
from graph.store.index.arrays import Adjacency
from graph.store.sqlite import SqliteStore
from queries.implementers import DEPTH, answer
from queries.lineage import lineage
from queries.path import path
from queries.search import search

TIMES = 100
BARS = {
    "implementers of the hub, filtered, 50": 100.0,
    "implementers of a plan, 50": 5.0,
    "lineage upstream of a plan": 35.0,
    "path from a plan to a directive": 10.0,
    "search of common words, 50": 20.0,
}
COLD_MS, MEMORY_MB = 1_000, 600
WORDS = ("công tác dân vận", "chuyển đổi số", "kế hoạch", "ủy ban nhân dân", "21/KH-UBND", "năm 2021", "chi thi 3")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--networkx", action="store_true", help="measure networkx on the same graph too")
    parser.add_argument("--checked", action="store_true", help="status 1 where a bar is missed")
    asked = parser.parse_args()
    began = time.perf_counter()
    with SqliteStore(asked.path, readonly=True) as store:
        hub = store.by_sign(Sign.parse(HUB).key)[0].id
        plans = _plans(store, Random(0))
        lineage(store, plans[0])
        cold = 1_000 * (time.perf_counter() - began)
        began = time.perf_counter()
        first = answer(store, hub).total
        print(f"to the first lineage {cold:.0f} ms; first question about the hub, {first} documents, "
              f"{1_000 * (time.perf_counter() - began):.0f} ms")  # fmt: skip
        taken = _ask_all(store, hub, plans)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"resident memory at most {memory:.0f} MiB")
        _ask_bare(store, hub, plans)
        if asked.networkx:
            _ask_networkx(store, hub, plans)
    missed = [name for name, bar in BARS.items() if taken[name] > bar]
    print("missed: " + (", ".join(missed) or "none"))
    return int(asked.checked and bool(missed or cold > COLD_MS or memory > MEMORY_MB))


def _plans(store: SqliteStore, rng: Random) -> list[str]:
    """Plans by identifier, drawn from all over the store."""
    size = store.traversal().size
    return store.traversal().ids(np.array(rng.sample(range(size - size // 2, size), TIMES)))[:TIMES]


def _ask_all(store: SqliteStore, hub: str, plans: Sequence[str]) -> dict[str, float]:
    rng = Random(1)
    names = [unit.name for unit in provinces()]
    filters = [Filter(level=rng.choice([None, *Level]), province=rng.choice(names)) for _ in range(TIMES)]
    filters[::4] = [Filter(year=2016 + at % 10) for at in range(len(filters[::4]))]
    questions: dict[str, tuple[Callable[[Any], object], Sequence[Any]]] = {
        "implementers of the hub, filtered, 50": (lambda wanted: _page(store, hub, wanted), filters),
        "implementers of a plan, 50": (lambda id: _page(store, id, None), plans),
        "lineage upstream of a plan": (lambda id: lineage(store, id), plans),
        "path from a plan to a directive": (lambda id: path(store, id, hub), plans),
        "search of common words, 50": (lambda words: search(store, words, limit=50), WORDS * (TIMES // len(WORDS))),
        "document of a plan with facts": (store.document, plans),
        "listing of a province, 50": (lambda name: store.listing(Filter(province=name), limit=50), names[:20]),
    }
    return {name: _times(name, ask, given) for name, (ask, given) in questions.items()}


def _page(store: SqliteStore, id: str, wanted: Filter | None) -> object:
    found = answer(store, id, wanted=wanted)
    return found.slice(50), found.total, found.tiers


def _ask_bare(store: SqliteStore, hub: str, plans: Sequence[str]) -> None:
    """The edges alone, level by level, from the arrays that the index maps: no tiers, no order, no documents."""
    traversal = store.traversal()
    index = traversal._index  # type: ignore[attr-defined]
    at = {id: traversal.number(id) or 0 for id in (hub, *plans)}
    _times("bare traversal: all that reach the hub", lambda id: _reach(index.into, at[id], DEPTH), [hub] * 5)
    _times("bare traversal: all that reach a plan", lambda id: _reach(index.into, at[id], DEPTH), plans)
    _times("bare traversal: upstream of a plan, 3", lambda id: _reach(index.out_of, at[id], 3), plans)


def _reach(edges: Adjacency, start: int, depth: int) -> int:
    seen = np.zeros(edges.at.size, np.bool_)
    frontier = np.array([start])
    for _ in range(depth):
        seen[frontier] = True
        found = edges.rows(frontier)[1]
        frontier = np.unique(found[~seen[found]])
    return int(seen.sum())


def _ask_networkx(store: SqliteStore, hub: str, plans: Sequence[str]) -> None:
    index = store.traversal()._index  # type: ignore[attr-defined]
    began = time.perf_counter()
    network: nx.DiGraph[int] = nx.DiGraph()
    for near in range(index.size):
        row = index.out_of.far[index.out_of.at[near] : index.out_of.at[near + 1]].tolist()
        network.add_edges_from((near, far) for far in row)
    print(f"networkx: loaded in {time.perf_counter() - began:.0f} s")
    numbers = {id: store.traversal().number(id) for id in (hub, *plans)}
    backward = network.reverse(copy=False)
    for name, graph, given, depth in (
        ("networkx: all that reach the hub", backward, [hub] * 3, DEPTH),
        ("networkx: all that reach a plan", backward, plans, DEPTH),
        ("networkx: upstream of a plan, 3", network, plans, 3),
    ):
        _times(name, lambda id: dict(nx.bfs_predecessors(graph, numbers[id], depth_limit=depth)), given)  # noqa: B023
    _times("networkx: path", lambda id: _path(network, numbers[id], numbers[hub]), plans)


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

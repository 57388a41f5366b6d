"""What putting readings into the embedded store costs, and whether the cost per document grows.

Run: `python benchmarks/store_ingest.py [--documents 100000] [--batch 2000] [--hub 10000]`. Two parts:

- made-up plans, batch by batch: the cost of a plan up to a tenth of them, and up to all of them;
- plans that all cite one directive, one by one, and the same at once.

With `--claims` the plans come without their texts, and the bar is that for a million. With `--keep PATH` the store of
the first part stays there. The cost is processor time of this process, so that others on the machine bear less on the
ratios.

Status 1 where a bar is missed: 1.3 for the first ratio, 1.5 with `--claims`, 3 for the second, 1 GiB of memory.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from generate import generate, hub_citations

from graph.model import Reading
from graph.store.sqlite import SqliteStore

GROWTH, FROM_CLAIMS, ONE_BY_ONE, MEMORY = 1.3, 1.5, 3.0, 1024
"""Bars: ratios of costs, and MiB of resident memory."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000, help="made-up plans; 0 leaves this part out")
    parser.add_argument("--batch", type=int, default=2_000, help="plans a batch")
    parser.add_argument("--hub", type=int, default=10_000, help="plans that cite one directive; 0 leaves this part out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--claims", action="store_true", help="leave the texts out")
    parser.add_argument("--keep", type=Path, help="where the store of the first part stays; nothing may be there")
    asked = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        if asked.documents:
            readings = generate(asked.documents, seed=asked.seed)
            if asked.claims:
                readings = (replace(each, source=replace(each.source, text="")) for each in readings)
            path = asked.keep or Path(folder) / "plans.db"
            bar = FROM_CLAIMS if asked.claims else GROWTH
            missed |= _growth(path, readings, asked.documents, asked.batch, bar) > bar
        if asked.hub:
            missed |= _hub(Path(folder), asked.hub, asked.seed) > ONE_BY_ONE
    peak = _peak()
    print(f"resident memory at most {peak:.0f} MiB of {MEMORY} allowed")
    return int(missed or peak > MEMORY)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _growth(path: Path, readings: Iterator[Reading], count: int, size: int, bar: float) -> float:
    """Prints the cost at each tenth; the ratio of the cost per document of all to that of the first tenth."""
    tenth, spent, costs = count // 10, 0.0, list[float]()
    with SqliteStore(path) as store:
        for number in range(1, 11):
            spent += _put(store, islice(readings, tenth), size)
            costs.append(1000 * spent / (tenth * number))
            megabytes = sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*")) / 1e6
            parts = f"{costs[-1]:6.2f} ms a plan, {megabytes:7.0f} MB on disk, {_peak():5.0f} MiB in memory"
            print(f"{tenth * number:9,} plans {parts}", flush=True)
    ratio = costs[-1] / costs[0]
    print(f"cost per plan, {count:,} to {tenth:,}: ratio {ratio:.2f} of {bar} allowed")
    return ratio


def _hub(folder: Path, count: int, seed: int) -> float:
    costs = {}
    for name, size in (("at once", count), ("one by one", 1)):
        with SqliteStore(folder / f"hub-{size}.db") as store:
            costs[name] = 1000 * _put(store, hub_citations(count, seed=seed), size) / count
        print(f"{count:9,} citations of one directive {name}: {costs[name]:.2f} ms each", flush=True)
    ratio = costs["one by one"] / costs["at once"]
    print(f"one by one to at once: ratio {ratio:.2f} of {ONE_BY_ONE} allowed")
    return ratio


def _put(store: SqliteStore, readings: Iterable[Reading], size: int) -> float:
    """Seconds of processor time that storing takes, batch by batch; making the readings is not counted."""
    spent, rest = 0.0, iter(readings)
    while batch := list(islice(rest, size)):
        began = time.process_time()
        store.put(batch)
        spent += time.process_time() - began
    return spent


if __name__ == "__main__":
    sys.exit(main())

"""How long reads of the embedded store take on made-up plans.

Run: `python benchmarks/store_read.py [--documents 20000]`. Prints the median and the 95th percentile in milliseconds;
the edges of a directive that thousands cite with the strongest sentence alone and with all, and their ratio.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median, quantiles

from generate import HUB, generate

from graph.signs import Sign
from graph.store.base import Filter
from graph.store.sqlite import SqliteStore
from queries.implementers import implementers
from queries.lineage import lineage

BATCH = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, SqliteStore(Path(folder) / "plans.db") as store:
        for first in range(0, asked.documents, BATCH):
            store.put(generate(min(BATCH, asked.documents - first), first=first))
        _measure(store, Random(0))


def _measure(store: SqliteStore, rng: Random) -> None:
    hub = store.by_sign(Sign.parse(HUB).key)[0].id
    listed = store.listing(Filter(held=True), limit=5_000).documents
    ids = [one.id for one in rng.sample(listed, min(100, len(listed)))]
    alone = _times("edges to the hub, strongest sentence", lambda _: store.incoming([hub], strongest=True), ids[:7])
    whole = _times("edges to the hub, all sentences", lambda _: store.incoming([hub]), ids[:7])
    _times("document of the hub with facts", lambda _: store.document(hub), ids[:7])
    _times("implementers of the hub", lambda _: implementers(store, hub), ids[:3])
    _times("implementers of a plan", lambda id: implementers(store, id), ids)
    _times("lineage upstream of a plan", lambda id: lineage(store, id), ids)
    _times("listing of a province, 50", lambda _: store.listing(Filter(province="Nghệ An"), limit=50), ids[:20])
    _times("listing of all, 50", lambda _: store.listing(Filter(), limit=50), ids[:20])
    _times("search of common words, 50", lambda _: store.search("cong tac dan van", limit=50), ids[:20])
    _times("search of a sign, 50", lambda _: store.search("21/KH-UBND", limit=50), ids[:20])
    print(f"all sentences to the strongest alone: ratio {whole / alone:.2f}")


def _times(name: str, ask: Callable[[str], object], ids: list[str]) -> float:
    """Asks once for each id; the median in milliseconds."""
    found = []
    for id in ids:
        began = time.perf_counter()
        ask(id)
        found.append(1000 * (time.perf_counter() - began))
    print(f"{name:40} p50 {median(found):9.2f} ms, p95 {quantiles(found, n=20)[-1]:9.2f} ms", flush=True)
    return median(found)


if __name__ == "__main__":
    main()

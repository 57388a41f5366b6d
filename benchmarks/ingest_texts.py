"""How many made-up documents a second `cancu ingest` takes from their texts into a store, with one job and with two.

Run: `python benchmarks/ingest_texts.py [--documents 2000] [--jobs 1 2]`. Each number of jobs gets a store of its own.
From two jobs on as many workers read and the process that stores is one more. The rate is by the clock, so that it
tells something on an idle machine alone; processor time of all processes is beside it. The start of the command, which
a longer run does not feel, is in both.

Status 1 where a bar is missed: 200 documents a second with one job, 1.6 times that with two.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from texts import texts

from graph.store.sqlite import SqliteStore

RATE, GAIN = 200.0, 1.6
"""Bars: documents a second with one job, and how many times that with two."""
_COMMAND = (sys.executable, "-c", "from api.cli import main; main()", "ingest")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plans = Path(folder) / "plans"
        size = _write(plans, asked.documents, asked.seed)
        print(f"{asked.documents:,} texts of {size / asked.documents:,.0f} bytes on average", flush=True)
        rates = {jobs: _rate(plans, Path(folder) / f"{jobs}.db", jobs, asked.documents) for jobs in asked.jobs}
    missed = rates.get(1, RATE) < RATE
    if 1 in rates and 2 in rates:
        gain = rates[2] / rates[1]
        missed |= gain < GAIN
        print(f"two jobs to one: {gain:.2f} times of {GAIN} wanted")
    return int(missed)


def _write(folder: Path, count: int, seed: int) -> int:
    """Writes the texts; how many bytes they have."""
    folder.mkdir()
    return sum((folder / name).write_bytes(text.encode()) for name, text in texts(count, seed=seed))


def _rate(plans: Path, store: Path, jobs: int, count: int) -> float:
    """Documents a second by the clock. Raises CalledProcessError where one was refused, ValueError if one is gone."""
    before, began = _processor(), time.perf_counter()
    command = (*_COMMAND, "--jobs", str(jobs), "--store", f"sqlite:///{store}", str(plans))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[1])
    clock = time.perf_counter() - began
    with SqliteStore(store, readonly=True) as opened:
        if (held := opened.counts().sources) != count:
            raise ValueError(f"the store holds {held:,} of {count:,} texts")
    spent = f"{1000 * (_processor() - before) / count:.2f} ms of processor time each"
    print(f"{jobs} jobs: {count / clock:6.1f} documents/s, {spent}, load {os.getloadavg()[0]:.1f}", flush=True)
    return count / clock


def _processor() -> float:
    """Seconds of processor time of all processes that were started here and have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    sys.exit(main())

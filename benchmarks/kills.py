"""Whether what was reported as stored survives kills: a writer that is killed at random moments, again and again.

Run: `python benchmarks/kills.py [--count 200]`. A writer stores made-up plans batch by batch and reports each; it is
killed at some moment after its first report, and the next goes on with what is there. Status 1 where a reported batch
is missing, a batch is there in part, `cancu store check` finds something, or a store that was completed has another
dump than an undisturbed one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from generate import generate

from graph.model import Reading
from graph.store import sqlite_care
from graph.store.sqlite import SqliteStore

ROOT = Path(__file__).parents[1]
BATCHES, SIZE = 12, 15
LONGEST = 0.6
"""Seconds after the first report within which a writer is killed."""
WRITER = f"""
import sys
from generate import generate
from pathlib import Path
from graph.store.sqlite import SqliteStore

with SqliteStore(Path(sys.argv[1])) as store:
    for batch in range({BATCHES}):
        store.put(generate({SIZE}, seed=3, first={SIZE} * batch))
        print(batch, flush=True)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200, help="kills")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = list(findings(Path(folder), asked.count, seed=asked.seed))
    print(*found, f"{asked.count} kills: {len(found)} findings", sep="\n")
    return int(bool(found))


def findings(folder: Path, kills: int, *, seed: int) -> Iterator[str]:
    """What is wrong after each of as many kills, one line each; stores are made in `folder`."""
    undisturbed, chance = dump_of_all(folder / "undisturbed.db"), Random(seed)
    path, done = folder / "0.db", set[int]()
    for kill in range(1, kills + 1):
        process = start(path)
        done.update(reported(process, until=0))
        time.sleep(chance.random() * LONGEST)
        process.kill()
        done.update(reported(process))
        process.wait()
        yield from (f"kill {kill}: {finding}" for finding in _wrong(path, done))
        if len(done) == BATCHES or kill == kills:
            yield from (f"kill {kill}: {finding}" for finding in _completed(path, undisturbed))
            path, done = folder / f"{kill}.db", set()


def batch_of(number: int) -> list[Reading]:
    """What the writer stores in its batch of that number."""
    return list(generate(SIZE, seed=3, first=SIZE * number))


def dump_of_all(path: Path) -> list[str]:
    """The dump of a new store at `path` after all batches, undisturbed."""
    with SqliteStore(path) as store:
        for number in range(BATCHES):
            store.put(batch_of(number))
        return list(store.dump())


def start(path: Path) -> subprocess.Popen[str]:
    """A process that stores all batches in the store at `path`, and prints the number of each once it is stored."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"}
    command = (sys.executable, "-c", WRITER, str(path))
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def reported(process: subprocess.Popen[str], until: int | None = None) -> Iterator[int]:
    """The numbers that the writer prints, to that of `until` or to its end."""
    if process.stdout is None:
        raise ValueError("the output of the process is not piped")
    for line in process.stdout:
        yield int(line)
        if int(line) == until:
            return


def _wrong(path: Path, done: set[int]) -> Iterator[str]:
    with SqliteStore(path, readonly=True) as store:
        for number in range(BATCHES):
            held = {store.source(each.source.digest) is not None for each in batch_of(number)}
            if len(held) > 1:
                yield f"batch {number} is there in part"
            elif number in done and held == {False}:
                yield f"batch {number} was reported and is missing"
    yield from sqlite_care.check(path)


def _completed(path: Path, undisturbed: list[str]) -> Iterator[str]:
    """What is wrong with the store once another writer, undisturbed, has come to its end."""
    process = start(path)
    if list(reported(process)) != list(range(BATCHES)) or process.wait() != 0:
        yield "the store cannot be completed"
    with SqliteStore(path, readonly=True) as store:
        if list(store.dump()) != undisturbed:
            yield "the completed store has another dump than an undisturbed one"


if __name__ == "__main__":
    sys.exit(main())

"""Whether order, repetition, batches and number of workers leave the graph as it is: many shuffles, one dump.

Run: `python benchmarks/shuffles.py [--count 1000] [PATH ...]`, by default over the examples. Each time the files come
in a new order, some of them again, are read by one to four workers, and are put in batches of one to all. Workers stay
for a round of shuffles; the next round has another number of them.

Status 1 where a dump differs from that of resolving all at once.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

from graph.model import Reading
from graph.resolve import resolve
from graph.store.dump import dump_resolution
from graph.store.sqlite import SqliteStore
from ingest.address import Found
from ingest.pipeline import Outcome, list_files, read_found
from ingest.processes import processes
from ingest.spread import spread

EXAMPLES = Path(__file__).parents[1] / "examples" / "documents"
WORKERS, ROUND, AHEAD = 4, 50, 64
_Read = Callable[[Iterable[Found]], Iterator[Outcome]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[EXAMPLES], help="files, and folders of them")
    parser.add_argument("--count", type=int, default=1_000, help="shuffles")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    found = list_files(asked.paths)
    differing = list[str]()
    for number, first in enumerate(range(0, asked.count, ROUND)):
        done = min(first + ROUND, asked.count)
        names = [f"{asked.seed}:{name}" for name in range(first, done)]
        differing += differing_shuffles(found, names, workers=1 + number % WORKERS)
        print(f"{done:,} shuffles of {len(found)} files: {len(differing)} differ {' '.join(differing)}", flush=True)
    return int(bool(differing))


def differing_shuffles(found: Sequence[Found], names: Iterable[str], *, workers: int) -> Iterator[str]:
    """The names of the shuffles after which the dump is not that of resolving all readings at once.

    A shuffle is a function of its name. Raises CancuError where a file of `found` cannot be read.
    """
    expected = list(dump_resolution(resolve(list(_readings(read_found(found))))))
    with tempfile.TemporaryDirectory() as folder, _reader(workers) as read:
        for number, name in enumerate(names):
            if _dump(Path(folder) / f"{number}.db", found, read, Random(name)) != expected:
                yield name


@contextmanager
def _reader(workers: int) -> Iterator[_Read]:
    """What reads files: this process, as `cancu ingest` does without --jobs, or that many others."""
    if workers == 1:
        yield read_found
        return
    with processes(workers) as team:
        yield partial(spread, team=team, ahead=AHEAD)


def _readings(outcomes: Iterable[Outcome]) -> Iterator[Reading]:
    for outcome in outcomes:
        if outcome.error:
            raise outcome.error
        if outcome.reading:
            yield outcome.reading


def _dump(path: Path, found: Sequence[Found], read: _Read, chance: Random) -> list[str]:
    """The dump after putting the files in an order, some again, and in batches of a size, as the chance has it."""
    order = [*found, *chance.choices(found, k=chance.randint(0, 2 * len(found)))]
    chance.shuffle(order)
    size = chance.randint(1, len(order))
    readings = _readings(read(order))
    with SqliteStore(path) as store:
        while batch := list(islice(readings, size)):
            store.put(batch)
        lines = list(store.dump())
    path.unlink()
    return lines


if __name__ == "__main__":
    sys.exit(main())

"""What workers of a cluster add to the reading of files, and what stays with the process that stores.

Run: `python -m benchmarks.cluster_ingest [--workers 1 2] [--files 600] [--rounds 3] [--plans FOLDER...]`

Without FOLDERs the texts are the annotated plans beside the repository where they are at hand, else the shipped
examples; each is taken as often as it needs, with another last line. Scheduler and workers are processes on this
machine. Reading alone is the input that is bound by extraction; with storing, the process that stores has its own work
beside it. Printed are, for each number of workers, the best of the rounds, and the processor time that each part spends
on a file. Status 1 where two workers read less than 1.5 times as fast as one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from distributed import Client

from graph.store.sqlite import SqliteStore
from ingest.address import Found
from ingest.cluster import TlsFiles, cluster
from ingest.listing import list_files
from ingest.spread import Team, spread

ROOT = Path(__file__).resolve().parent.parent
PLANS, EXAMPLES = ROOT.parent / "shared" / "seeds", ROOT / "examples" / "documents"
BAR = 1.5
AHEAD, BATCH = 400, 200


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of one run over `files`: by the clock, and of processor time in the workers, the scheduler and here."""

    files: int
    clock: float
    workers: float
    scheduler: float
    here: float

    def shown(self) -> str:
        share = (1000 * spent / self.files for spent in (self.workers, self.scheduler, self.here))
        return "{:7.1f} files/s; ms a file: workers {:.2f}, scheduler {:.2f}, here {:.2f}".format(
            self.files / self.clock, *share
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plans", type=Path, nargs="+", default=[PLANS if PLANS.is_dir() else EXAMPLES])
    options = parser.parse_args()
    rates = {}
    with tempfile.TemporaryDirectory() as folder:
        found = list_files([_written(Path(folder) / "plans", options.plans, options.files)])
        for count in options.workers:
            with running(Path(folder), count) as address, cluster(address, TlsFiles()) as team:
                warm_up(team, found, count)
                for stored in (False, True):
                    runs = [measured(team, address, found, stored=stored) for _ in range(options.rounds)]
                    best = min(runs, key=lambda run: run.clock)
                    rates[count, stored] = best.files / best.clock
                    print(f"{count} workers, {'stored' if stored else 'read':6}: {best.shown()}", flush=True)
    if (1, False) not in rates or (2, False) not in rates:
        return 0
    gain = rates[2, False] / rates[1, False]
    print(f"reading, 2 workers to 1: {gain:.2f} times (the bar is {BAR})")
    return int(gain < BAR)


@contextmanager
def running(folder: Path, count: int) -> Iterator[str]:
    """The address of a scheduler with `count` workers, as processes that end with the block."""
    told = folder / f"scheduler-{count}.json"
    place = ("--host", "tcp://127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    with ExitStack() as ends:
        _start(ends, folder, "dask_scheduler", *place)
        while not told.exists() or not told.read_text("utf-8").endswith("}"):
            time.sleep(0.05)
        address = json.loads(told.read_text("utf-8"))["address"]
        for _ in range(count):
            _start(ends, folder, "dask_worker", address, "--nthreads", "1", "--no-nanny")
        yield address


def warm_up(team: Team, found: list[Found], count: int) -> None:
    """Every worker loads its registries."""
    for _ in spread(found[: 40 * count], team, ahead=AHEAD):
        pass


def measured(team: Team, address: str, found: list[Found], *, stored: bool) -> Measured:
    """One run over all files."""
    with Client(address, set_as_default=False) as client, tempfile.TemporaryDirectory() as folder:
        before = _spent(client)
        began, own = time.perf_counter(), time.process_time()
        readings = (outcome.reading for outcome in spread(found, team, ahead=AHEAD) if outcome.reading)
        with SqliteStore(Path(folder) / "cancu.db") as store:
            while batch := list(islice(readings, BATCH)):
                if stored:
                    store.put(batch)
        clock, here = time.perf_counter() - began, time.process_time() - own
        workers, scheduler = (after - then for after, then in zip(_spent(client), before, strict=True))
    return Measured(len(found), clock, workers, scheduler, here)


def _spent(client: Client) -> tuple[float, float]:
    """Seconds of processor time of all workers, and of the scheduler."""
    return sum(client.run(time.process_time).values()), client.run_on_scheduler(time.process_time)


def _start(ends: ExitStack, folder: Path, module: str, *options: str) -> None:
    command = [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard", *options]
    log = ends.enter_context((folder / "log").open("ab"))
    process = subprocess.Popen(command, stdout=log, stderr=log)
    ends.callback(process.wait)
    ends.callback(process.terminate)


def _written(folder: Path, taken: list[Path], count: int) -> Path:
    folder.mkdir()
    plans = [path for plans in taken for path in sorted(plans.glob("*.txt"))]
    for number in range(count):
        plan = plans[number % len(plans)]
        (folder / f"{number:06}.txt").write_text(f"{plan.read_text('utf-8')}\n\nBản sao {number}\n", "utf-8")
    return folder


if __name__ == "__main__":
    sys.exit(main())

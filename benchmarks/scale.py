"""What one core, one machine, ten and a hundred take for a number of documents, from what was measured on one machine.

Run: `python -m benchmarks.scale [--documents N] [--read MS] [--take MS] [--schedule MS] [--store MS] [--growth G]`

Files are read side by side on all cores but one, which takes the readings and stores them one after the other; the
scheduler hands them on meanwhile. The slowest of the three sets the pace. The defaults are measured (docs/scale.md
says when and how); prices are assumptions.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass

CORES = 16
"""Cores of a machine."""
CORE_HOUR = 0.04
"""Price of a core for an hour, in dollars: an assumption."""
SETUPS = (("one core", 1, 1), ("one machine", 1, CORES), ("10 machines", 10, CORES), ("100 machines", 100, CORES))


@dataclass(frozen=True, slots=True)
class Costs:
    """Milliseconds of processor time a document.

    `read` on a worker, `schedule` in the scheduler, `take` to receive a reading, `store` to put it into a store of
    `stored_at` documents, averaged over all of them. `growth` is how many times that costs for ten times as many.
    """

    read: float = 3.6
    schedule: float = 0.25
    take: float = 0.42
    store: float = 3.32
    growth: float = 1.4
    stored_at: int = 100_000

    def stored(self, documents: int) -> float:
        """Milliseconds to store one of `documents` on average: beyond what was measured, an extrapolation."""
        return self.store * self.growth ** math.log10(documents / self.stored_at)


@dataclass(frozen=True, slots=True)
class Pace:
    """Milliseconds a document, and what sets them."""

    milliseconds: float
    bound: str


def pace(costs: Costs, documents: int, machines: int, cores: int) -> Pace:
    """The slowest stage. A single core does everything one after the other, without a scheduler."""
    store = costs.stored(documents)
    readers = machines * cores - 1
    if not readers:
        return Pace(costs.read + store, "everything")
    stages = {"reading": costs.read / readers, "scheduling": costs.schedule, "storing": costs.take + store}
    bound = max(stages, key=lambda name: stages[name])
    return Pace(stages[bound], bound)


def serial_share(costs: Costs, documents: int) -> float:
    """The part of all work that one process does alone, whatever the number of workers."""
    alone = costs.take + costs.stored(documents)
    return alone / (alone + costs.read)


def useful_readers(costs: Costs, documents: int) -> int:
    """How many reading cores keep the process that stores busy: more bring nothing."""
    return math.ceil(costs.read / (costs.take + costs.stored(documents)))


def table(costs: Costs, documents: int) -> Iterator[str]:
    """Lines of Markdown, one a setup."""
    yield "| | reading cores | bound by | documents/s | hours | price |"
    yield "|---|---|---|---|---|---|"
    for name, machines, cores in SETUPS:
        found = pace(costs, documents, machines, cores)
        rate, hours = 1000 / found.milliseconds, documents * found.milliseconds / 3_600_000
        price = hours * machines * cores * CORE_HOUR
        readers = max(machines * cores - 1, 1)
        yield f"| {name} | {readers:,} | {found.bound} | {rate:,.0f} | {hours:,.1f} | ${price:,.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000_000)
    given = ("read", "schedule", "take", "store", "growth")
    for name in given:
        parser.add_argument(f"--{name}", type=float, default=getattr(Costs(), name))
    options = parser.parse_args()
    costs = Costs(**{name: getattr(options, name) for name in given})
    print("\n".join(table(costs, options.documents)))
    print(f"serial share {serial_share(costs, options.documents):.0%}, ", end="")
    print(f"reading cores that keep the storing busy: {useful_readers(costs, options.documents)}")


if __name__ == "__main__":
    main()

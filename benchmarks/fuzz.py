"""Many mutated documents: none may raise an exception, break a promise of the reading, or stall.

Run: `python -m benchmarks.fuzz [NUMBER] [--first 0] [--minutes 60]`. Mutations have numbers (tests/mutations.py), so
that `--first N` with NUMBER 1 reads a single one again. Each fault is printed with its number. The limit is 100 ms of
processor time a kilobyte, at least one kilobyte, on this machine. Status 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from types import FrameType

from tests.mutations import faults, mutated, read

LIMIT = 0.1
"""Seconds of processor time a kilobyte."""
HANG = 20
"""Seconds after which a reading is ended."""


def _hang(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"no end after {HANG} seconds")


def fault_of(number: int) -> tuple[str, float]:
    """What is wrong with the reading of a mutation ("" if nothing), and its seconds a kilobyte."""
    path, text = mutated(number)
    start = time.process_time()
    signal.alarm(HANG)
    try:
        reading = read(path, text)
    except Exception:
        return traceback.format_exc(limit=-3), 0.0
    finally:
        signal.alarm(0)
    seconds = (time.process_time() - start) / max(1.0, len(text.encode()) / 1_000)
    found = list(faults(reading)) if reading else []
    if seconds > LIMIT:
        found.append(f"a stall of {seconds * 1_000:.0f} ms a kilobyte")
    return "; ".join(found), seconds


def main() -> int:
    parser = argparse.ArgumentParser(description="Read many mutated documents.")
    parser.add_argument("number", type=int, nargs="?", default=100_000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--minutes", type=float, default=60, help="stop after this time")
    options = parser.parse_args()
    until = time.monotonic() + options.minutes * 60
    signal.signal(signal.SIGALRM, _hang)
    done = faulty = 0
    slowest = 0.0
    for number in range(options.first, options.first + options.number):
        if time.monotonic() > until:
            break
        fault, seconds = fault_of(number)
        done += 1
        slowest = max(slowest, seconds)
        if fault:
            faulty += 1
            print(f"{number}: {fault}", flush=True)
    print(f"{done} mutations read, {faulty} with a fault, the slowest {slowest * 1_000:.1f} ms a kilobyte")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())

"""Workers on this machine that read files: a team of processes (`ingest.spread.Team`).

A worker that is lost takes nothing with it: what it and the others were reading is read again, each file on its own, so
that a file that ends its reader is refused and the rest goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass

from ingest.address import Found
from ingest.pipeline import Outcome, read_found
from ingest.read import file_error

_TRIES = 2


@contextmanager
def processes(jobs: int, *, packed: bool = False) -> Iterator[Processes]:
    """As many workers as `jobs` says, which read as `read_found` does. They end with the block, and with this process,
    however it ends."""
    team = Processes(jobs, packed=packed)
    try:
        yield team
    finally:
        team.close()


class Processes:
    """Processes that read files side by side. Use as `processes`."""

    def __init__(self, jobs: int, *, packed: bool) -> None:
        self._jobs = jobs
        self._packed = packed
        self._pool = _pool(jobs)

    def start(self, files: tuple[Found, ...]) -> _Reading:
        """Have a worker read `files`, without waiting."""
        try:
            return _Reading(files, self._packed, self._pool.submit(_read, files, self._packed))
        except BrokenProcessPool:
            self.close()
            self._pool = _pool(self._jobs)
            return _Reading(files, self._packed, self._pool.submit(_read, files, self._packed))

    def close(self) -> None:
        """End the workers; what they were reading is not waited for longer than its part."""
        self._pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Files that a worker reads (`ingest.spread.Task`)."""

    files: tuple[Found, ...]
    packed: bool
    future: Future[list[Outcome]]

    def outcomes(self) -> list[Outcome]:
        """Those of the files, in their order."""
        try:
            return self.future.result()
        except BrokenProcessPool:
            return [_alone(item, self.packed) for item in self.files]


def _alone(item: Found, packed: bool) -> Outcome:
    """The outcome of a file that may have ended the worker that read it."""
    for _ in range(_TRIES):
        with _pool(1) as pool:
            try:
                return pool.submit(_read, (item,), packed).result()[0]
            except BrokenProcessPool:
                continue
    remedy = "see how much memory there is, and whether something ends processes"
    return Outcome(item.path, None, file_error(item.path, "the process that read it was lost", remedy), passing=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Workers start anew rather than as copies of a process that has threads and an open store.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """In a worker, before it reads: Ctrl-C is for the process that stores, and a worker ends when that does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _read(files: Sequence[Found], packed: bool) -> list[Outcome]:
    return list(read_found(files, packed=packed))

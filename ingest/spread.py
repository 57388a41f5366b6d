"""Spread the reading of files over a team of workers: outcomes in the order of the files, a bounded number ahead."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.address import Found, Location
from ingest.pipeline import Outcome

PART = 16
"""Files of one task: some 60 ms of reading, so that handing it over costs little beside it."""
PART_BYTES, AHEAD_BYTES = 1_000_000, 64_000_000
"""Bytes of files in one task of several, and in all tasks that are under way."""


class Task(Protocol):
    """Files that a worker reads."""

    def outcomes(self) -> Iterable[Outcome]:
        """Those of the files, in their order; waits for them. Raises CancuError where they will never be there."""


class Team(Protocol):
    """Workers that read files side by side."""

    def start(self, files: tuple[Found, ...]) -> Task:
        """Have a worker read `files`, without waiting."""


@dataclass(frozen=True, slots=True)
class _Part:
    files: tuple[Found, ...]
    size: int


def spread(found: Iterable[Found], team: Team, *, ahead: int) -> Iterator[Outcome]:
    """The outcome of every listed file that is not passed over, in order, as `read_found` gives them.

    At most `ahead` files (but one task at least) and AHEAD_BYTES of them are read and not yet taken.
    """
    under_way: deque[tuple[Task, _Part]] = deque()
    files = size = 0
    for part in _parts(found):
        while under_way and (files + len(part.files) > ahead or size + part.size > AHEAD_BYTES):
            task, taken = under_way.popleft()
            yield from task.outcomes()
            files, size = files - len(taken.files), size - taken.size
        under_way.append((team.start(part.files), part))
        files, size = files + len(part.files), size + part.size
    for task, _ in under_way:
        yield from task.outcomes()


def _parts(found: Iterable[Found]) -> Iterator[_Part]:
    files: list[Found] = []
    size = 0
    for item in found:
        if item.passed_over:
            continue
        more = _size(item.path)
        if files and (len(files) == PART or size + more > PART_BYTES):
            yield _Part(tuple(files), size)
            files, size = [], 0
        files.append(item)
        size += more
    if files:
        yield _Part(tuple(files), size)


def _size(path: Location) -> int:
    """Bytes of the file, 0 where that is unknown here: what is wrong with it shows when it is read."""
    if isinstance(path, Path):
        with suppress(OSError, ValueError):
            return path.stat().st_size
        return 0
    return path.size

"""Outcomes come in the order of the files, with a bounded number ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingest import spread as module
from ingest.address import Address, Found
from ingest.pipeline import Outcome
from ingest.spread import spread


@dataclass
class Counting:
    """A team that reads nothing, and keeps account of what is under way."""

    under_way: list[tuple[Found, ...]] = field(default_factory=list)
    most_files: int = 0
    most_bytes: int = 0
    sizes: list[int] = field(default_factory=list)

    def start(self, files: tuple[Found, ...]) -> Taken:
        self.under_way.append(files)
        self.sizes.append(len(files))
        self.most_files = max(self.most_files, sum(map(len, self.under_way)))
        self.most_bytes = max(self.most_bytes, sum(item.path.size for part in self.under_way for item in part))
        return Taken(self, files)


@dataclass
class Taken:
    team: Counting
    files: tuple[Found, ...]

    def outcomes(self) -> Iterable[Outcome]:
        self.team.under_way.remove(self.files)
        return [Outcome(item.path, None, None) for item in self.files]


def files(count: int, size: int = 100) -> Iterator[Found]:
    for number in range(count):
        yield Found(Address("memory://a", f"{number:05}.txt", size), passed_over=number % 7 == 3)


def read(count: int) -> list[str]:
    return [str(item.path) for item in files(count) if not item.passed_over]


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 500])
@pytest.mark.parametrize("ahead", [1, 20, 10_000])
def test_every_file_comes_once_and_in_order(count: int, ahead: int) -> None:
    team = Counting()
    assert [str(outcome.path) for outcome in spread(files(count), team, ahead=ahead)] == read(count)
    assert team.most_files <= max(ahead, module.PART)
    assert all(size <= module.PART for size in team.sizes)


def test_no_more_bytes_are_under_way_than_allowed() -> None:
    team, large = Counting(), module.PART_BYTES * 3
    assert len(list(spread(files(100, large), team, ahead=10_000))) == len(read(100))
    assert set(team.sizes) == {1}
    assert module.AHEAD_BYTES - large < team.most_bytes <= module.AHEAD_BYTES


def test_sizes_of_files_here_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(module.PART_BYTES))
    (tmp_path / "b.txt").write_bytes(b"x")
    found = [Found(tmp_path / name) for name in ("a.txt", "b.txt", "gone.txt")]
    parts = [[item.path.name for item in part.files] for part in module._parts(found)]
    assert parts == [["a.txt"], ["b.txt", "gone.txt"]]


def test_nothing_is_started_before_it_is_asked_for() -> None:
    team = Counting()
    coming = spread(files(1_000), team, ahead=40)
    assert not team.sizes
    next(coming)
    assert sum(team.sizes) <= 48

"""The order of ingest, its batches and its repetitions do not matter: the graph is the same, line by line.

Files are read once; every order gets a store of its own. What must come out is the resolution of all readings at once.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import combinations, pairwise, permutations
from pathlib import Path

import pytest

from benchmarks.shuffles import differing_shuffles
from graph.model import Reading
from graph.resolve import resolve
from graph.store import open_store
from graph.store.dump import dump_resolution
from graph.store.sqlite import SqliteStore
from ingest.pipeline import list_files, read_paths

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
EXAMPLES = ROOT / "examples" / "documents"
CUTS = [cuts for size in range(5) for cuts in combinations(range(1, 5), size)]

with_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five plans (../shared/seeds) are not here")


def readings_at(folder: Path) -> list[Reading]:
    outcomes = list(read_paths([folder]))
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    return [outcome.reading for outcome in outcomes if outcome.reading]


def dump_of_all(readings: Sequence[Reading]) -> list[str]:
    return list(dump_resolution(resolve(readings)))


def dump_after(path: Path, batches: Iterable[Sequence[Reading]]) -> list[str]:
    """The dump of a fresh store at `path` after putting one batch after the other."""
    with closing(open_store(f"sqlite:///{path}")) as store:
        for batch in batches:
            store.put(batch)
        lines = list(store.dump())
    path.unlink()
    return lines


def one_by_one(order: Iterable[Reading]) -> list[list[Reading]]:
    return [[reading] for reading in order]


@pytest.fixture(scope="module")
def plans() -> list[Reading]:
    found = readings_at(SEEDS)
    assert len(found) == 5
    return found


@pytest.fixture(scope="module")
def examples() -> list[Reading]:
    return readings_at(EXAMPLES)


@with_seeds
@pytest.mark.parametrize("first", range(5))
def test_five_plans_one_by_one_in_all_120_orders(plans: list[Reading], first: int, tmp_path: Path) -> None:
    expected = dump_of_all(plans)
    assert len(expected) > 100
    others = [plan for plan in plans if plan is not plans[first]]
    for number, order in enumerate(permutations(others)):
        found = dump_after(tmp_path / f"{number}.db", one_by_one((plans[first], *order)))
        assert found == expected, [plan.source.name for plan in (plans[first], *order)]


@with_seeds
@pytest.mark.parametrize("turned", [False, True])
def test_five_plans_twice(plans: list[Reading], turned: bool, tmp_path: Path) -> None:
    again = plans[::-1] if turned else plans
    assert dump_after(tmp_path / "a.db", one_by_one([*plans, *again])) == dump_of_all(plans)
    assert dump_after(tmp_path / "b.db", [plans, again]) == dump_of_all(plans)
    each_twice = [plan for plan in plans for _ in range(2)]
    assert dump_after(tmp_path / "c.db", one_by_one(each_twice)) == dump_of_all(plans)


@with_seeds
@pytest.mark.parametrize("cuts", CUTS, ids=str)
def test_five_plans_in_batches(plans: list[Reading], cuts: tuple[int, ...], tmp_path: Path) -> None:
    for order in (plans, plans[::-1]):
        batches = [order[start:end] for start, end in pairwise((0, *cuts, 5))]
        assert dump_after(tmp_path / "a.db", batches) == dump_of_all(plans)


@pytest.mark.parametrize("seed", range(6))
def test_examples_shuffled_in_batches_of_any_size_with_some_twice(
    examples: list[Reading], seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    order = [*examples, *chance.sample(examples, 4)]
    chance.shuffle(order)
    cuts = sorted(chance.sample(range(1, len(order)), seed * 3))
    batches = [order[start:end] for start, end in pairwise((0, *cuts, len(order)))]
    assert dump_after(tmp_path / "a.db", batches) == dump_of_all(examples), f"seed {seed}"


def test_examples_one_by_one_backwards(examples: list[Reading], tmp_path: Path) -> None:
    assert dump_after(tmp_path / "a.db", one_by_one(examples[::-1])) == dump_of_all(examples)


def test_a_part_of_the_examples_is_another_graph(examples: list[Reading], tmp_path: Path) -> None:
    assert dump_after(tmp_path / "a.db", one_by_one(examples[1:])) != dump_of_all(examples)


@pytest.mark.parametrize(("workers", "count"), [(1, 24), (2, 4), (4, 4)])
def test_shuffled_files_in_batches_of_any_size_read_by_several_workers(workers: int, count: int) -> None:
    found = list_files([EXAMPLES, *([SEEDS] if SEEDS.is_dir() else [])])
    names = [f"{workers}:{number}" for number in range(count)]
    assert list(differing_shuffles(found, names, workers=workers)) == []


def test_a_shuffle_that_changes_the_graph_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    put = SqliteStore.put
    monkeypatch.setattr(SqliteStore, "put", lambda store, readings: put(store, list(readings)[1:]))
    assert list(differing_shuffles(list_files([EXAMPLES]), ["a", "b"], workers=1)) == ["a", "b"]

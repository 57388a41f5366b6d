"""Readings as ledgers take them: nothing is lost, and a store makes of them what it makes of the readings."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from benchmarks.generate import generate
from graph.model import Claim, Reading, Relation, Source
from graph.resolve import normalise, pinned, resolve
from graph.resolve.decide import Decision, claim_name
from graph.ruling import DecisionKind
from graph.store.base import Store, curated
from graph.store.dump import dump_resolution
from graph.store.entry import Entry, Said, reading_of
from tests.factories import BAC_KAN, cited, directive, own, reading, stated

PLAN = own("780/KH-UBND", type="Kế hoạch", place=BAC_KAN, date="2021-12-20")
TWICE = reading(PLAN, directive(), directive(), cited("7/BC-UBND"), relations=(stated(0, Relation.IMPLEMENTS, 2),))
MADE_UP = [
    TWICE,
    *generate(30, seed=3),
    replace(TWICE, source=Source("0" * 64, "không có chữ.txt", ""), claims=(), relations=()),
]


@pytest.mark.parametrize("given", MADE_UP, ids=lambda one: one.source.name)
def test_an_entry_holds_all_of_its_reading(given: Reading) -> None:
    entry = Entry.of(given)
    assert entry.reading == reading_of(entry) == reading_of(given) == given
    assert Entry.of(entry) is entry
    assert pickle.loads(pickle.dumps(entry)) == entry  # noqa: S301


@pytest.mark.parametrize("given", MADE_UP, ids=lambda one: one.source.name)
def test_each_claim_has_the_signature_that_it_has_alone(given: Reading) -> None:
    said = Said.of(given)
    assert [said.signatures[at].packed for at in said.claims] == [each.packed for each in normalise(given)]
    assert sum(each.times for each in said.signatures) == len(given.claims)
    assert len({each.digest for each in said.signatures}) == len(said.signatures)


def test_a_claim_that_decisions_name_is_told_from_its_equals() -> None:
    names = {_name(TWICE, TWICE.claims[2])}
    said = Said.of(TWICE, names)
    signatures = pinned(TWICE, normalise(TWICE), names)
    assert [said.signatures[at].packed for at in said.claims] == [each.packed for each in signatures]
    alone = said.signatures[said.claims[2]]
    assert (alone.pin, alone.times, alone.base) == (*names, 1, said.claims[1])
    assert said.signatures[said.claims[1]].times == 1


@pytest.mark.parametrize("made", [list, lambda some: [Entry.of(each) for each in some]], ids=["readings", "entries"])
def test_a_store_makes_of_entries_what_it_makes_of_readings(
    store: Store, made: Callable[[Sequence[Reading]], list[Reading | Entry]]
) -> None:
    renamed = replace(TWICE, source=replace(TWICE.source, name="a.txt"))
    assert store.put(made(MADE_UP[:20])).added == tuple(sorted(each.source.digest for each in MADE_UP[:20]))
    assert len(store.put(made([*MADE_UP[10:], renamed, renamed])).added) == len(MADE_UP) - 20
    assert list(store.dump()) == list(dump_resolution(resolve([renamed, *MADE_UP])))
    assert (held := store.source(TWICE.source.digest)) and held.name == "a.txt"


@pytest.mark.parametrize("fresh", ["sqlite"], indirect=True)
def test_decisions_hold_for_entries_that_come_after_them(store: Store) -> None:
    split = Decision(
        DecisionKind.SPLIT, "Lan", "2026-01-01T09:00:00.000000Z", "bản khác", claims=(_name(TWICE, TWICE.claims[2]),)
    )
    curated(store).decide([split])
    store.put([Entry.of(TWICE)])
    assert list(store.dump()) == list(dump_resolution(resolve([TWICE], [split])))


def _name(given: Reading, claim: Claim) -> str:
    return claim_name(given.source.digest, claim)

"""The search against the arrows for documents from which a chain leads to a directive, level by level in columns.

A chain implements the directive only when every hop is made for its target or inferred to be, or has as its legal basis
a superior's document that itself is one of these two for the directive. Every other chain is only related.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.model import Relation
from graph.store.traversal import KEY_BITS, Codes, Flags, Numbers, Trait, Traversal, table
from queries.tiers import Tier, trait_tier

AT_ONCE = 1_000_000
"""Edges that are looked at together: what a step holds in memory, however many documents it comes from."""
Orders: TypeAlias = NDArray[np.uint8]


class State(Enum):
    """What a chain is so far, seen from the directive: its tier, and with it what a further hop may make of it."""

    MADE = 1, Tier.MADE_FOR
    GUESSED = 2, Tier.INFERRED
    BASED = 3, Tier.BASED_ON
    GUESSED_BASED = 4, Tier.INFERRED
    DIRECT_BASIS = 5, Tier.BASED_ON
    DIRECT_TASK = 6, Tier.TASK
    LOOSE = 7, Tier.RELATED

    def __init__(self, order: int, tier: Tier) -> None:
        self.order = order
        self.tier = tier


_DIRECT = {
    Tier.MADE_FOR: State.MADE,
    Tier.BASED_ON: State.DIRECT_BASIS,
    Tier.TASK: State.DIRECT_TASK,
    Tier.INFERRED: State.GUESSED,
    Tier.RELATED: State.LOOSE,
}
_LONGER = {
    (State.MADE, Tier.MADE_FOR): State.MADE,
    (State.MADE, Tier.INFERRED): State.GUESSED,
    (State.MADE, Tier.BASED_ON): State.BASED,
    (State.GUESSED, Tier.MADE_FOR): State.GUESSED,
    (State.GUESSED, Tier.INFERRED): State.GUESSED,
    (State.GUESSED, Tier.BASED_ON): State.GUESSED_BASED,
    (State.BASED, Tier.MADE_FOR): State.BASED,
    (State.BASED, Tier.INFERRED): State.GUESSED_BASED,
    (State.GUESSED_BASED, Tier.MADE_FOR): State.GUESSED_BASED,
    (State.GUESSED_BASED, Tier.INFERRED): State.GUESSED_BASED,
}
# A chain in a state need not be followed where one no longer is in a covering state: whatever hop comes next, the
# covering one becomes no worse. No hop leaves what its own state covers, so this also keeps chains free of cycles.
_COVERED_BY = {
    State.MADE: {State.MADE},
    State.GUESSED: {State.MADE, State.GUESSED},
    State.BASED: {State.MADE, State.BASED},
    State.GUESSED_BASED: {State.MADE, State.GUESSED, State.BASED, State.GUESSED_BASED},
    State.DIRECT_BASIS: {State.MADE, State.DIRECT_BASIS},
    State.DIRECT_TASK: {State.MADE, State.DIRECT_BASIS, State.DIRECT_TASK},
    State.LOOSE: set(State),
}
_EXTENSIBLE = frozenset(state.order for state, _ in _LONGER)
_BY_ORDER = {state.order: state for state in State}
_COVERING = np.array([0, *(sum(1 << one.order for one in _COVERED_BY[state]) for state in State)], np.uint8)
"""By order of a state the bits of those that cover it."""
_TIERS = np.array([0, *(state.tier.rank for state in State)], np.uint8)
_HOPS = table(lambda trait: trait_tier(trait).rank)
_NAMES = table(lambda trait: sorted(Relation).index(trait.relation))


@dataclass(frozen=True, slots=True)
class Rules:
    """Which hops count: relations, all if None; legal bases of competence or not. `related` admits loose chains."""

    relations: frozenset[Relation] | None = None
    competence: bool = False
    related: bool = True

    def tier(self, trait: Trait) -> int:
        """The rank of the tier of a hop, 0 for one that does not count."""
        counts = self.relations is None or trait.relation in self.relations
        return trait_tier(trait).rank if counts and (self.competence or not trait.competence) else 0

    def longer(self, state: State | None, trait: Trait) -> int:
        """The order of the state of a chain in `state` with a hop before it, 0 where it is of no interest."""
        if not self.tier(trait):
            return 0
        tier = trait_tier(trait)
        if state is None:
            longer = _DIRECT[tier]
        else:
            longer = _LONGER.get((state, tier), State.LOOSE)
            longer = State.LOOSE if tier is Tier.BASED_ON and not trait.above else longer
        return 0 if longer is State.LOOSE and not self.related else longer.order

    @property
    def steps(self) -> NDArray[np.uint8]:
        """`longer` for the order of a state (0 for none) and the code of a trait."""
        return _steps(self)


@lru_cache(maxsize=64)
def _steps(rules: Rules) -> NDArray[np.uint8]:
    def row(state: State | None) -> NDArray[np.uint8]:
        return table(lambda trait: rules.longer(state, trait))

    return np.stack([row(None), *map(row, State)])


@dataclass(frozen=True, slots=True)
class _Ways:
    """Documents that are reached, by number, with the hop that leads on and the state of the chain that it leads to.

    `onward` is 0 where the hop leads to the directive itself.
    """

    source: Numbers
    target: Numbers
    code: Codes
    onward: Orders

    def where(self, chosen: Flags | Numbers | slice) -> _Ways:
        return _Ways(self.source[chosen], self.target[chosen], self.code[chosen], self.onward[chosen])


_NO_WAYS = _Ways(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint16), np.zeros(0, np.uint8))


@dataclass(frozen=True, slots=True)
class Link:
    """One hop of a chain, by numbers of documents."""

    source: int
    target: int
    trait: Trait


@dataclass(frozen=True, slots=True)
class Reached:
    """Documents by number, with the rank of the best tier and the order of the state of the shortest chain in it."""

    numbers: Numbers
    tiers: Orders
    states: Orders


class Walk:
    """Chains of at most `depth` hops to the document with number `goal`, followed when it is made."""

    def __init__(self, traversal: Traversal, goal: int, rules: Rules, *, depth: int) -> None:
        self._goal, self._rules = goal, rules
        self._steps: list[dict[int, _Ways]] = []
        self._seen = np.zeros(traversal.size, np.uint8)
        self._follow(traversal, depth)
        self.reached = self._best(traversal)

    def chain(self, number: int, state: int) -> Iterator[Link]:
        """The hops from a document that was reached in the state of this order to the directive."""
        while state:
            ways, at = self._way(number, state)
            trait = Trait.of(int(ways.code[at]))
            if trait is None:
                raise ValueError(f"{ways.code[at]} is the code of no trait")
            number, state = int(ways.target[at]), int(ways.onward[at])
            yield Link(int(ways.source[at]), number, trait)

    def _way(self, number: int, state: int) -> tuple[_Ways, int]:
        """Where a document stands among those reached in a state: no two steps reach it in the same one."""
        for step in self._steps:
            if state in step:
                at = int(np.searchsorted(step[state].source, number))
                if at < step[state].source.size and step[state].source[at] == number:
                    return step[state], at
        raise KeyError((number, state))

    def _follow(self, traversal: Traversal, depth: int) -> None:
        frontier = {0: np.array([self._goal], np.int64)}
        while frontier and len(self._steps) < depth:
            step = self._reach(traversal, *self._lengthened(traversal, frontier))
            self._steps.append(step)
            extensible = step.keys() if self._rules.related else step.keys() & _EXTENSIBLE
            frontier = {state: step[state].source for state in sorted(extensible)}

    def _lengthened(self, traversal: Traversal, frontier: dict[int, Numbers]) -> tuple[_Ways, Orders]:
        """Every hop before a chain of the frontier to a document that is not covered, and the state that it makes."""
        found: list[_Ways] = [_NO_WAYS]
        states: list[Orders] = [_NO_WAYS.onward]
        for onward, numbers in frontier.items():
            longer = self._rules.steps[onward]
            for part in _parts(traversal, numbers):
                arrows = traversal.into(part)
                self._seen = _grown(self._seen, traversal.size)
                state = longer[arrows.code]
                open_ways = (_COVERING[state] & self._seen[arrows.source]) == 0
                chosen = np.flatnonzero(open_ways & (state > 0) & (arrows.source != self._goal))
                after = np.full(chosen.size, onward, np.uint8)
                found.append(_Ways(arrows.source[chosen], arrows.target[chosen], arrows.code[chosen], after))
                states.append(state[chosen])
        columns = ([getattr(ways, name) for ways in found] for name in _Ways.__slots__)
        return _Ways(*map(np.concatenate, columns)), np.concatenate(states)

    def _reach(self, traversal: Traversal, found: _Ways, states: Orders) -> dict[int, _Ways]:
        """Note what is reached in each state, strongest first, by the way that is preferred."""
        step = {}
        for state in np.unique(states).tolist():
            chosen = (states == state) & ((self._seen[found.source] & _COVERING[state]) == 0)
            if chosen.any():
                ways = _preferred(traversal, found.where(chosen))
                self._seen[ways.source] |= np.uint8(1 << state)
                step[state] = ways
        return step

    def _best(self, traversal: Traversal) -> Reached:
        """What was reached, sorted by (tier, date with nulls last, id)."""
        states = np.zeros(self._seen.size, np.uint8)
        entries = [
            (_BY_ORDER[state].tier.rank, length, state) for length, step in enumerate(self._steps) for state in step
        ]
        for _, length, state in sorted(entries, reverse=True):
            states[self._steps[length][state].source] = state
        met = [ways.source for step in self._steps for ways in step.values()]
        numbers = np.unique(np.concatenate([_NO_WAYS.source, *met]))  # few as a rule: a scan of all would cost more
        tiers = _TIERS[states[numbers]]
        order = np.argsort((tiers.astype(np.int64) << KEY_BITS) + traversal.order_keys(numbers))
        return Reached(numbers[order], tiers[order], states[numbers[order]])


def _parts(traversal: Traversal, numbers: Numbers) -> list[Numbers]:
    edges = traversal.degree(numbers, into=True)
    return np.array_split(numbers, min(1 + edges // AT_ONCE, max(numbers.size, 1)))


def _preferred(traversal: Traversal, ways: _Ways) -> _Ways:
    """One way for each source, sorted by source.

    Among chains of one length in one state: the stronger hop, then names, so that any store gives the same chain.
    """
    keys = (_HOPS[ways.code].astype(np.int64) << 3) + ways.onward
    keys = (((keys << KEY_BITS) + traversal.id_keys(ways.target)) << 4) + _NAMES[ways.code]
    order = np.lexsort((keys, ways.source))
    source = ways.source[order]
    first = np.ones(source.size, np.bool_)
    first[1:] = source[1:] != source[:-1]
    return ways.where(order[first])


def _grown(values: Orders, size: int) -> Orders:
    return values if values.size >= size else np.concatenate([values, np.zeros(size - values.size, np.uint8)])

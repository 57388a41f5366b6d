"""What a settled territory has become, in short: enough to tell where most further signatures go without the others.

An outline answers only where a signature joins a group and makes no difference to any other; the result is then that of
settling all anew. It says nothing of whatever could open, join or part groups.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.model import Fact, Field, Place
from graph.resolve.block import DAY, Group, choices, kind_of, run_of, series_of
from graph.resolve.documents import FIELDS
from graph.resolve.places import fullest
from graph.resolve.records import Tally
from graph.resolve.series import runs_of
from graph.resolve.titles import other_title, same_title

UNLIMITED = 2**62
"""Room that no number of claims uses up."""
_MOST_VALUES = 8
_OPEN_FIELDS = frozenset({Field.TITLE, Field.ISSUER, Field.DATE})
"""Fields in which a document may be given a new value without being looked at whole."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The groups that dated signatures of one territory made, without their members and all dates but the first.

    `places` tells for each place that was written which one stands for it.
    """

    series: tuple[str, str]
    places: dict[Place, Place]
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, groups: Sequence[Group]) -> Outline | None:
        """The outline of all groups of a territory as `settle` gives them.

        None for several series of numbers, and where dates near a change of term were weighed.
        """
        said = [each.signature for group in groups for each in group.members]
        turning = any(len(one.date) == DAY and len(runs_of(one)) != 1 for one in said)
        if len({group.series for group in groups}) != 1 or turning:
            return None
        sketches = tuple(_sketch(group) for group in groups if group.dated)
        return cls(groups[0].series, fullest(one.place for one in said), sketches)

    def joined(self, tally: Tally) -> int | None:
        """The position in `groups` of the one that a new signature joins; None where that cannot be told."""
        said = tally.signature
        place = self.places.get(said.place) if said.place else None
        if said.own or said.open or said.other_than or place is None or series_of(tally) != self.series:
            return None
        near = [group for group in self.groups if group.place == place]
        if not said.date:
            found = choices(tally, near)
        elif len(said.date) == DAY and len(runs_of(said)) == 1:
            run = run_of(said)
            found = [group for group in near if group.run == run]
            found = found if len(found) == 1 and _welcomes(found[0], tally) else []
        else:
            return None
        return self.groups.index(found[0]) if len(found) == 1 else None

    @property
    def packed(self) -> str:
        """The outline as one line of JSON."""
        places = [[_place_values(place), _place_values(full)] for place, full in self.places.items()]
        groups = [
            [_place_values(one.place), one.run, sorted(one.dates), one.titles]
            + [sorted(said) for said in (one.issuers, one.terms, one.kinds, one.barred)]
            for one in self.groups
        ]
        return json.dumps([self.series, places, groups], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpack(cls, packed: str) -> Outline:
        """The outline whose `packed` this is."""
        (key, issuer), places, groups = json.loads(packed)
        sketches = tuple(
            Group((key, issuer), Place(*place), run, firm=True, dates=set(dates), titles=titles, issuers=set(issuers),
                  terms=set(terms), kinds=set(kinds), barred=set(barred))
            for place, run, dates, titles, issuers, terms, kinds, barred in groups
        )  # fmt: skip
        return cls((key, issuer), {Place(*place): Place(*full) for place, full in places}, sketches)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document, in short: the first values of each field, the chosen one before the others, and how
    many claims give that, None where no number can change it."""

    values: dict[str, list[str]]
    counts: dict[str, int | None]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Known:
        """From all facts of a document, in their order."""
        known = cls({}, {})
        for fact in facts:
            values = known.values.setdefault(fact.field, [])
            if fact.chosen:
                known.counts[fact.field] = None if fact.own else fact.count
            if len(values) < _MOST_VALUES:
                values.append(fact.value)
        return known

    def room(self, tally: Tally, disputed: Collection[str]) -> int:
        """How many claims may say what this signature does, at least, before that can change which values are chosen
        or disputed; 0 where it cannot be told. Values known before are left to the caller to count."""
        room = UNLIMITED
        for field in FIELDS:
            value, values = getattr(tally.signature, field), self.values.get(field, [])
            if not value or value in values:
                continue
            if not values or field not in _OPEN_FIELDS or not (field in disputed or _agrees(field, values[0], value)):
                return 0
            if field == Field.DATE and value.startswith(values[0]):  # the chosen one is cut from it, and gives way
                return 0
            count = self.counts[field]
            room = min(room, UNLIMITED if count is None else count)
        return room

    @property
    def packed(self) -> str:
        """This as one line of JSON."""
        return json.dumps([self.values, self.counts], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpack(cls, packed: str) -> Known:
        """What `packed` is of."""
        return cls(*json.loads(packed))


def _sketch(group: Group) -> Group:
    sketch = Group(group.series, group.place, group.run, group.firm)
    sketch.add(group.members[: group.dated])
    sketch.members = []
    sketch.dates = {min(sketch.dates)}
    return sketch


def _welcomes(group: Group, tally: Tally) -> bool:
    """Whether a dated signature joins the only group of its place and run, whatever else is there, and brings nothing
    with which others are compared."""
    said, kind = tally.signature, kind_of(tally)
    told = ((said.title, group.titles), (said.issuer, group.issuers), (said.term, group.terms), (kind, group.kinds))
    if any(value and value not in known for value, known in told) or len(group.kinds) > 1:
        return False
    if said.date in group.barred:
        return False
    return said.date >= min(group.dates) and not any(other_title(*pair) for pair in combinations(group.titles, 2))


def _agrees(field: str, chosen: str, value: str) -> bool:
    """Whether a further value leaves a field undisputed (`graph.resolve.conflicts`)."""
    if field == Field.TITLE:
        return same_title(chosen, value)
    return field == Field.DATE and chosen.startswith(value)


def _place_values(place: Place | None) -> list[str | None]:
    return [place.province, place.district, place.commune, place.kind] if place else []

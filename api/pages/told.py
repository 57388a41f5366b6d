"""What a text says of itself besides its citations: header, parts, the time it covers, recipients, deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from api.labels import BRANCHES, DEADLINES, FIELDS, LEVELS, ROLES, STATUSES, date_label
from graph.model import COUNTRY, Claim, Deadline, Header, Part, Reading, Recipient
from graph.where import HeaderField


class Kind(StrEnum):
    """What it is that a text says, in the order in which lists show it."""

    HEADER = "header"
    PART = "part"
    PERIOD = "period"
    DEADLINE = "deadline"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class Told:
    """One value that a text gives at `start`..`end`: what it is, the value, and more of it; `key` counts from 1 in
    order of appearance."""

    key: int
    kind: Kind
    label: str
    value: str
    more: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A run of text and what all of it tells; `opens` are those that begin with it."""

    start: int
    end: int
    told: tuple[Told, ...]
    opens: tuple[int, ...]


def told_of(reading: Reading) -> tuple[Told, ...]:
    """All that the text says of itself where it says it, in order of appearance."""
    found = sorted(_found(reading), key=lambda one: (one[4], -one[5], list(Kind).index(one[0])))
    return tuple(Told(key, *one) for key, one in enumerate(found, 1))


_Found = tuple[Kind, str, str, str, int, int]


def _found(reading: Reading) -> Iterator[_Found]:
    own = reading.claims[0]
    header = own.header or Header()
    values = _values(own, header)
    for where in header.evidence:
        yield Kind.HEADER, FIELDS[where.field], values[where.field], "", where.start, where.end
    if period := header.period:
        yield Kind.PERIOD, FIELDS["period"], period.text, "", period.start, period.end
    yield from map(_part, header.parts)
    yield from map(_deadline, reading.deadlines)
    yield from map(_recipient, reading.recipients)


def _values(own: Claim, header: Header) -> dict[HeaderField, str]:
    """The values of the header as people read them."""
    place = own.place or COUNTRY
    values = {
        HeaderField.TYPE: own.type,
        HeaderField.NUMBER: own.number,
        HeaderField.ISSUER: own.issuer,
        HeaderField.DATE: date_label(own.date),
        HeaderField.TITLE: own.title,
        HeaderField.BRANCH: BRANCHES[header.branch] if header.branch else None,
        HeaderField.LEVEL: LEVELS[header.level] if header.level else None,
        HeaderField.PROVINCE: place.province,
        HeaderField.DISTRICT: place.district,
        HeaderField.COMMUNE: place.commune,
        HeaderField.STATUS: STATUSES[header.status],
        HeaderField.SIGNER: header.signer,
        HeaderField.SIGNER_POSITION: header.signer_position,
    }
    return {field: value or "" for field, value in values.items()}


def _part(part: Part) -> _Found:
    named = " ".join(words for words in (part.type, part.number) if words)
    return Kind.PART, "Ban hành kèm theo", named, part.title or "", part.title_start, part.title_end


def _deadline(one: Deadline) -> _Found:
    more = ", ".join(words for words in (one.who, date_label(one.date)) if words)
    return Kind.DEADLINE, f"Thời hạn {DEADLINES[one.kind]}", one.rule, more, one.start, one.end


def _recipient(one: Recipient) -> _Found:
    bound = "phải thực hiện" if one.bound else "để biết"
    more = ", ".join(words for words in (one.issuer, one.purpose, bound) if words)
    return Kind.RECIPIENT, ROLES[one.role].capitalize(), one.name, more, one.start, one.end


def covers(told: Sequence[Told]) -> list[Cover]:
    """The text that anything is told by, cut wherever that changes, in order."""
    bounds = sorted({bound for one in told for bound in (one.start, one.end)})
    coming, current, found = sorted(told, key=lambda one: one.start, reverse=True), list[Told](), list[Cover]()
    for start, end in pairwise(bounds):
        current = [one for one in current if one.end > start]
        opens = list[int]()
        while coming and coming[-1].start <= start:
            current.append(coming.pop())
            opens.append(current[-1].key)
        if current:
            found.append(Cover(start, end, tuple(sorted(current, key=_length)), tuple(opens)))
    return found


def _length(one: Told) -> int:
    """The shortest first: it is what the words tell most closely."""
    return one.end - one.start


def by_kind(told: Iterable[Told]) -> list[tuple[Kind, list[Told]]]:
    """What is told by kind, kinds in their order, without those of which nothing is told."""
    listed = {kind: list[Told]() for kind in Kind}
    for one in told:
        listed[one.kind].append(one)
    return [(kind, some) for kind, some in listed.items() if some]

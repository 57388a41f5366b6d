"""Decisions of people as they come in: what each kind needs, and the lines in which they are kept and handed on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from pydantic import ValidationError

from graph.errors import DecisionError, SignError
from graph.model import Level, Status
from graph.registry.places import place_named
from graph.resolve.decide import Decision
from graph.ruling import Correctable, DecisionKind
from graph.signs import Sign
from graph.store.codec import dumps, loads
from graph.text import one_line, without_controls

LONGEST = 2_000
MOST_CLAIMS = 1_000
_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
_NAME = re.compile(r"[0-9a-f]{64}\.[0-9a-f]{16}")
_ID = re.compile(r"[0-9a-f]{24}")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_TWO_SIDED = frozenset({DecisionKind.MERGE, DecisionKind.APART, DecisionKind.REJECT, DecisionKind.ADD})
_TEXTS = ("author", "reason", "value", "quote", "source")


def checked(decision: Decision) -> Decision:
    """The decision with its texts on one line, its time in UTC, and a corrected sign in its official spelling.

    Raises DecisionError where it lacks what its kind needs or says what cannot be.
    """
    one = decision
    texts = (one_line(without_controls(text)) for text in (one.author, one.reason, one.value, one.quote, one.source))
    author, reason, value, quote, source = texts
    time = _time(one.time)
    clean = replace(one, time=time, author=author, reason=reason, value=value, quote=quote, source=source)
    for problem in _problems(clean):
        remedy = "see `cancu curate --help` for what each kind of decision needs"
        raise DecisionError(f"{clean.kind} by {clean.author[:60]!r}: {problem}", remedy=remedy)
    return replace(clean, value=_value(clean)) if clean.kind is DecisionKind.CORRECT else clean


def now() -> str:
    """The time as decisions have it."""
    return datetime.now(UTC).strftime(_FORM)


def to_lines(decisions: Iterable[Decision]) -> Iterator[str]:
    """Decisions as JSON lines, in the order given."""
    return map(dumps, decisions)


def from_lines(lines: Iterable[str]) -> Iterator[Decision]:
    """The decisions of JSON lines, checked; empty lines are passed over. Raises DecisionError, naming the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield checked(loads(Decision, line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the whole line"
            remedy = "give lines that `cancu curate export` wrote"
            raise DecisionError(f"line {number}: {where}: {first['msg']}", remedy=remedy) from error
        except DecisionError as error:
            raise DecisionError(f"line {number}: {error}", remedy=error.remedy) from error


def with_undone(decisions: Iterable[Decision], kept: Mapping[str, Decision]) -> list[Decision]:
    """The decisions, and those of `kept` that they undo, and those that these undo."""
    found: list[Decision] = []
    for each in decisions:
        one: Decision | None = each
        while one is not None:
            found.append(one)
            one = kept.get(one.undoes)
    return found


def _problems(decision: Decision) -> Iterator[str]:
    kind = decision.kind
    needed = {"author": True, "reason": True, "value": kind is DecisionKind.CORRECT, "source": kind is DecisionKind.ADD}
    yield from (f"{name} is missing" for name, wanted in needed.items() if wanted and not getattr(decision, name))
    yield from (f"{name} is longer than {LONGEST}" for name in _TEXTS if len(getattr(decision, name)) > LONGEST)
    names = (*decision.claims, *decision.others)
    if len(names) > MOST_CLAIMS:
        yield f"it names {len(names)} claims, more than {MOST_CLAIMS}"
    yield from (f"{name[:90]!r} is no name of a claim" for name in names if not _NAME.fullmatch(name))
    if kind is DecisionKind.UNDO:
        if not _ID.fullmatch(decision.undoes):
            yield f"{decision.undoes[:40]!r} is no id of a decision"
        return
    if not decision.claims:
        yield "it names no claims"
    if kind in _TWO_SIDED and not decision.others:
        yield "it names no claims on its other side"
    if set(decision.claims) & set(decision.others):
        yield "it names a claim on both sides"
    if kind is DecisionKind.CORRECT and decision.field is None:
        yield "it names no field"
    if kind in (DecisionKind.REJECT, DecisionKind.ADD) and decision.relation is None:
        yield "it names no relation"


def _time(written: str) -> str:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        remedy = "give it as 2026-01-31T09:30:00Z"
        raise DecisionError(f"{written[:40]!r} is no ISO 8601 time", remedy=remedy) from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime(_FORM)


def _value(decision: Decision) -> str:
    """The corrected value as facts have it."""
    try:
        return _READ.get(decision.field or "", str)(decision.value)
    except (SignError, ValueError) as error:
        remedy = _REMEDIES[decision.field or ""]
        raise DecisionError(f"{decision.value[:60]!r} is no {decision.field}", remedy=remedy) from error


def _day(written: str) -> str:
    if not _DATE.fullmatch(written):
        raise ValueError(written)
    date.fromisoformat(f"{written}-01-01"[:10] if len(written) < len("2021-11-26") else written)
    return written


def _place(written: str) -> str:
    if place_named(written) is None:
        raise ValueError(written)
    return written


def _status(written: str) -> str:
    if written == Status.CITED:  # follows from there being no text
        raise ValueError(written)
    return Status(written)


_READ: dict[str, Callable[[str], str]] = {
    Correctable.SIGN: lambda written: str(Sign.parse(written)),
    Correctable.DATE: _day,
    Correctable.PLACE: _place,
    Correctable.LEVEL: Level,
    Correctable.STATUS: _status,
}
"""How the value of a field is put into the form in which documents have it; each raises SignError or ValueError."""
_REMEDIES: dict[str, str] = {
    Correctable.SIGN: "give a sign such as 33/CT-TTg",
    Correctable.DATE: "give a date as 2021, 2021-11 or 2021-11-26",
    Correctable.PLACE: "give a listed place as 'xã Chợ Mới, tỉnh Thái Nguyên', or 'cả nước'",
    Correctable.LEVEL: f"give one of {', '.join(Level)}",
    Correctable.STATUS: "give one of issued, unnumbered, draft",
}

"""Series of numbers: in which run of numbers, hence in which document, a date falls."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from graph.model import COUNTRY, Level, Place
from graph.registry.places import REFORM, province_predecessors, provinces
from graph.registry.terms import TermBody, term_of, term_span
from graph.resolve.places import level_of
from graph.resolve.records import Signature, sign_of

SLACK = timedelta(days=45)
"""How far from a change of term a date may be written wrongly, or a number still run on."""
_LOCAL_CONGRESSES = {Level.COMMUNE: "05-01", Level.DISTRICT: "07-15", Level.PROVINCE: "10-01"}
"""When in every fifth year the congresses of a level are held (Chỉ thị 35-CT/TW of 2019, 36-CT/TW of 2014)."""
_EVE_OF_REFORM = "2025-06-30"
_ANEW = REFORM[: len("2025-07")]
"""The run of numbers of a territory that was made of several, until its committee is elected."""
_TERM_IN_YEARS = re.compile(r"(?P<congress>\d{4})-\d{4}")
_DAY = len("2021-07-30")
_LAST_DAY = {"02": "28", "04": "30", "06": "30", "09": "30", "11": "30"}


@lru_cache(maxsize=65536)
def runs(sign: str, place: Place | None, written: str, term: str, slack: timedelta = SLACK) -> tuple[str, ...]:
    """The runs of numbers that a signature can belong to, oldest first; () where any is possible.

    State numbers restart each year (Nghị định 30/2020/NĐ-CP, Phụ lục I), Party numbers with each term of the body's
    committee (Hướng dẫn 36-HD/VPTW), both anew in a territory that was made of several on 2025-07-01; a sign that holds
    its year has one run. `written` is the date, "" where unknown;
    where it names the day, the true one can lie `slack` off.
    """
    parsed = sign_of(sign) if sign else None
    if parsed and parsed.year is not None:
        return ("",)
    if not (parsed and parsed.party):
        return _years(place, written) if written else ()
    if not written:
        return _run_of_term(place, term)
    first, last = _span(written)
    if len(written) == _DAY:
        first, last = first - slack, last + slack
    return _terms_within(place, first, last)


def runs_of(signature: Signature) -> tuple[str, ...]:
    """The runs of one signature, as `runs`."""
    return runs(signature.sign, signature.place, signature.date, signature.term)


def plain_runs_of(signature: Signature) -> tuple[str, ...]:
    """The runs of one signature whose date is taken to be right."""
    return runs(signature.sign, signature.place, signature.date, signature.term, timedelta())


def congress_year(term: str) -> str:
    """The year of the congress that a term in years begins with, "2015-2020"; "" for a term that is counted."""
    match = _TERM_IN_YEARS.fullmatch(term)
    return match["congress"] if match else ""


def _run_of_term(place: Place | None, term: str) -> tuple[str, ...]:
    if place == COUNTRY:
        return (term,) if term_span(TermBody.CENTRAL_COMMITTEE, term) else ()
    year = congress_year(term)
    return (year,) if year else ()


def _years(place: Place | None, written: str) -> tuple[str, ...]:
    """The runs of State numbers that a date can lie in: its year, and what began in it when the territory was made."""
    if place is None or not REFORM.startswith(written[:4]) or not _made_anew(place):
        return (written[:4],)
    if len(written) < len("2025-07"):
        return (written, _ANEW)
    return (_ANEW if written >= _ANEW else written[:4],)


@lru_cache(maxsize=16_384)
def _made_anew(place: Place) -> bool:
    """Whether a territory of this name was made of several on 2025-07-01, when districts ended."""
    if level_of(place) is Level.COMMUNE:
        return True
    before = {unit.name for unit in provinces(_EVE_OF_REFORM)}
    return level_of(place) is Level.PROVINCE and not before.isdisjoint(province_predecessors(place.province or ""))


def _terms_within(place: Place | None, first: date, last: date) -> tuple[str, ...]:
    """Terms of the Party committee of a territory that have days in `first`..`last`, which is shorter than a term.

    Terms of the Central Committee are those of the registry; below it a term is named by the year of its congress.
    """
    if place == COUNTRY:
        return tuple(dict.fromkeys((_central_term(first), _central_term(last))))
    made = date.fromisoformat(REFORM)
    days = (first, made, last) if first < made < last else (first, last)
    return tuple(dict.fromkeys(_local_term(place, day) for day in days))


def _central_term(day: date) -> str:
    return term_of(TermBody.CENTRAL_COMMITTEE, day.isoformat()) or ""


def _local_term(place: Place | None, day: date) -> str:
    written, year = day.isoformat(), day.year - day.year % 5
    congress = _LOCAL_CONGRESSES[level_of(place) or Level.PROVINCE]
    held = f"{year if written[5:] >= congress or day.year % 5 else year - 5}-{congress}"
    return _ANEW if held < REFORM <= written and place and _made_anew(place) else held[:4]


def _span(written: str) -> tuple[date, date]:
    """First and last day of a date that may lack day or month. An impossible day counts as the last of its month."""
    year, month, day = (*written.split("-"), "", "")[:3]
    last_month = month or "12"
    last_day = day or _LAST_DAY.get(last_month, "31")
    return _day(year, month or "01", day or "01"), _day(year, last_month, last_day)


def _day(year: str, month: str, day: str) -> date:
    in_month = min(max(int(month), 1), 12)
    in_year = max(int(year), 2)
    try:
        return date(min(in_year, 9990), in_month, int(day))
    except ValueError:
        return date(min(in_year, 9990), in_month, 28)


def far_apart(one: str, other: str) -> bool:
    """Whether two dates that name the day lie farther apart than one may be written wrongly."""
    if not len(one) == len(other) == _DAY:
        return False
    return abs(_span(one)[0] - _span(other)[0]) > SLACK


def unlike(one: str, other: str) -> bool:
    """Whether two dates are told on purpose: more than a slip apart, which changes day, month or year alone; of dates
    without the day, the years differ."""
    if len(one) == len(other) == _DAY:
        return far_apart(one, other) and sum(map(str.__ne__, one.split("-"), other.split("-"))) > 1
    return one[:4] != other[:4]


def not_after(written: str, bound: str) -> bool:
    """Whether a date, possibly without day or month, can be on or before `bound`, likewise; unknown ones can."""
    length = min(len(written), len(bound))
    return written[:length] <= bound[:length]

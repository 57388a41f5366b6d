"""Series of numbers: in which run of numbers, hence in which document, a date falls."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from graph.model import COUNTRY, Level, Place
from graph.resolve.places import level_of
from graph.resolve.records import Signature
from graph.signs import Sign

SLACK = timedelta(days=45)
"""How far from a change of term a date may be written wrongly, or a number still run on."""
_CENTRAL_TERMS = (
    ("VI", "1986-12-18"),
    ("VII", "1991-06-27"),
    ("VIII", "1996-07-01"),
    ("IX", "2001-04-22"),
    ("X", "2006-04-25"),
    ("XI", "2011-01-19"),
    ("XII", "2016-01-28"),
    ("XIII", "2021-02-01"),
    ("XIV", "2026-01-23"),
)
"""Terms of the Central Committee and the last day of the congress that elected it (Văn kiện Đảng toàn tập)."""
_LOCAL_CONGRESSES = {Level.COMMUNE: "05-01", Level.DISTRICT: "07-15", Level.PROVINCE: "10-01"}
"""When in every fifth year the congresses of a level are held (Chỉ thị 35-CT/TW of 2019, 36-CT/TW of 2014)."""
_LAST_DAY = {"02": "28", "04": "30", "06": "30", "09": "30", "11": "30"}


@lru_cache(maxsize=65536)
def runs(sign: str, place: Place | None, written: str, term: str) -> tuple[str, ...]:
    """The runs of numbers that a signature can belong to, oldest first; () where any is possible.

    State numbers restart each year (Nghị định 30/2020/NĐ-CP, Phụ lục I), Party numbers with each term of the body's
    committee (Hướng dẫn 36-HD/VPTW); a sign that holds its year has one run. `written` is the date, "" where unknown.
    """
    parsed = Sign.parse(sign) if sign else None
    if parsed and parsed.year is not None:
        return ("",)
    if not (parsed and parsed.party):
        return (written[:4],) if written else ()
    table = terms_of_committee(place)
    if not written:
        return tuple(name for name, _ in table if name == term) if place == COUNTRY else ()
    first, last = _span(written)
    if len(written) == len("2021-07-30"):
        first, last = first - SLACK, last + SLACK
    starts = [*(start for _, start in table), "9999-12-31"]
    return tuple(
        name
        for (name, start), end in zip(table, starts[1:], strict=True)
        if start <= last.isoformat() and first.isoformat() < end
    ) or ("",)


def runs_of(signature: Signature) -> tuple[str, ...]:
    """The runs of one signature, as `runs`."""
    return runs(signature.sign, signature.place, signature.date, signature.term)


@lru_cache(maxsize=8)
def _local_terms(level: Level) -> tuple[tuple[str, str], ...]:
    return tuple((str(year), f"{year}-{_LOCAL_CONGRESSES[level]}") for year in range(1975, 2100, 5))


def terms_of_committee(place: Place | None) -> tuple[tuple[str, str], ...]:
    """Terms of the Party committee of a territory, each by a name and the ISO date of its first day, oldest first.

    Below the Centre a term is named by the year of its congress; the day is that by which congresses are usually held.
    """
    if place == COUNTRY:
        return _CENTRAL_TERMS
    return _local_terms(level_of(place) or Level.PROVINCE)


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


def not_after(written: str, bound: str) -> bool:
    """Whether a date, possibly without day or month, can be on or before `bound`, likewise; unknown ones can."""
    length = min(len(written), len(bound))
    return written[:length] <= bound[:length]

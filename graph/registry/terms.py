"""Terms (khóa, nhiệm kỳ) of central bodies. A term is of a body: khóa XI of the Central Committee is 2011 to 2016.

Provincial Party organisations and people's councils count terms of their own and are not in the table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from enum import StrEnum
from functools import lru_cache

from graph.errors import RegistryError
from graph.registry.load import load_entries


class TermBody(StrEnum):
    CENTRAL_COMMITTEE = "central_committee"
    NATIONAL_ASSEMBLY = "national_assembly"


@lru_cache(maxsize=1)
def _terms() -> dict[TermBody, tuple[tuple[str, str], ...]]:
    """The (first day, Roman numeral) of each body's terms, oldest first."""
    found: dict[TermBody, list[tuple[str, str]]] = defaultdict(list)
    for entry in load_entries("terms.yaml", frozenset({"body", "term", "since"})):
        try:
            found[TermBody(entry["body"])].append((entry["since"], entry["term"]))
        except ValueError as error:
            raise RegistryError(f"terms.yaml: {entry!r}: {error}") from error
    return {body: tuple(sorted(terms)) for body, terms in found.items()}


def term_of(body: TermBody, date: str) -> str | None:
    """The Roman numeral of the term of `body` on ISO date `date`, None before the table begins.

    A date reduced to YYYY or YYYY-MM gives a term only if no other term has a day of that year or month. Around a
    congress the table is sure to some days only: the old committee signs on until the new one is elected.
    """
    terms = _terms()[TermBody(body)]
    first, last = (bisect_right(terms, (date + rest[len(date) :], "~")) for rest in ("0000-01-01", "0000-12-31"))
    return terms[first - 1][1] if first == last and first else None


def term_span(body: TermBody, roman: str) -> tuple[str, str | None] | None:
    """First day of that term and first day of the next, None while there is no next; None for an unknown term."""
    terms = _terms()[TermBody(body)]
    ends = [since for since, _ in terms[1:]] + [None]
    return next(((since, end) for (since, term), end in zip(terms, ends, strict=True) if term == roman.upper()), None)

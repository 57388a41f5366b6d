"""What the index keeps of each document, as columns of numbers, and what follows from it for edges."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.checks import checking, spoken
from graph.model import BasisKind, Branch, Document, Level, Place, Relation, StatedIn, Status
from graph.store.base import Filter
from graph.store.filters import year_of
from graph.store.traversal import RELATIONS, Codes, Flags, Numbers, Trait, relations_of, table
from graph.superiors import is_superior
from graph.text import fold

NONE = -1
"""Stands for what is not known."""
UNDATED = np.iinfo(np.int32).max
_LEVELS, _STATUSES = tuple(Level), tuple(Status)
_TITLES = frozenset({StatedIn.OWN_TITLE, StatedIn.CITED_TITLE})
_PLAIN = Trait(RELATIONS[0], StatedIn.OWN_TITLE)
_CHECKS = np.uint16(replace(_PLAIN, checks=True).code - _PLAIN.code)
_ABOVE = np.uint16(replace(_PLAIN, above=True).code - _PLAIN.code)
_MONITORED = table(lambda trait: trait.relation is Relation.MONITORS and trait.stated_in in _TITLES)
Office: TypeAlias = tuple[Level | None, Branch | None, Place | None, str | None]
"""What is known of an issuer: level, branch, territory and name."""
_T = TypeVar("_T", bound=Hashable)


@dataclass(slots=True)
class Names(Generic[_T]):
    """Values by number, in the order in which they were first met."""

    values: list[_T] = field(default_factory=list)
    _numbers: dict[_T, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = {value: number for number, value in enumerate(self.values)}

    def number(self, value: _T) -> int:
        """The number of a value, which is noted if it is new."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number

    def find(self, value: _T) -> int:
        """The number of a value; one that is no value's where it was never met."""
        return self._numbers.get(value, len(self.values))


@dataclass(slots=True)
class Vocabulary:
    """The values that columns name by number."""

    provinces: Names[str] = field(default_factory=Names)
    types: Names[str] = field(default_factory=Names)
    offices: Names[Office] = field(default_factory=Names)


DTYPES = {
    "date": np.int32, "year": np.int32, "level": np.int8, "province": np.int32, "type": np.int32, "status": np.int8,
    "held": np.bool_, "office": np.int32, "checking": np.uint16, "spoken": np.uint16,
}  # fmt: skip
"""The columns that are kept of a document, in the order of `facts_of`."""
FOLLOWED = ("office", "spoken")
"""The columns of a document from which traits of the edges to it follow."""
Columns: TypeAlias = dict[str, NDArray[Any]]


def facts_of(document: Document, words: Vocabulary) -> tuple[int, ...]:
    """A row of the columns."""
    year, place = year_of(document), document.place
    return (
        date_key(document.date),
        NONE if year is None else year,
        NONE if document.level is None else _LEVELS.index(document.level),
        NONE if place is None else words.provinces.number(fold(place.province or "")),
        words.types.number(fold(document.type or "")),
        _STATUSES.index(document.status),
        document.held,
        words.offices.number((document.level, document.branch, place, document.issuer)),
        checking(document),
        spoken(document),
    )


def date_key(date: str | None) -> int:
    """A number that compares as the date does as text, undated last: "2021" before "2021-01" before "2021-01-01"."""
    return int(date.replace("-", "").ljust(8, "0")) if date else UNDATED


def columns_of(rows: Iterable[tuple[int, ...]]) -> Columns:
    """The columns of rows of facts."""
    given = np.array(list(rows), np.int64).reshape(-1, len(DTYPES)).T
    return {name: column.astype(dtype) for (name, dtype), column in zip(DTYPES.items(), given, strict=True)}


def passing(columns: Columns, words: Vocabulary, numbers: Numbers, wanted: Filter) -> Flags:
    """Which documents `graph.store.filters.passes`, from their facts."""
    asked = {
        "level": None if wanted.level is None else _LEVELS.index(wanted.level),
        "year": wanted.year,
        "type": None if wanted.type is None else words.types.find(fold(wanted.type)),
        "status": None if wanted.status is None else _STATUSES.index(wanted.status),
        "held": wanted.held,
    }
    result = np.ones(numbers.size, np.bool_)
    for name, value in asked.items():
        if value is not None:
            result &= columns[name][numbers] == value
    if wanted.provinces is not None:
        result &= np.isin(columns["province"][numbers], [words.provinces.find(fold(one)) for one in wanted.provinces])
    return result


@lru_cache(maxsize=256)
def code_of(type: str, stated_in: str, inferred: bool, basis: str | None) -> int:
    """The code of an edge but for what follows from its documents."""
    competence = basis == BasisKind.COMPETENCE
    return Trait(Relation(type), StatedIn(stated_in), inferred=inferred, competence=competence).code


def completed(columns: Columns, offices: list[Office], source: Numbers, target: Numbers, code: Codes) -> Codes:
    """Codes of edges with what follows from their documents. All edges of a pair of documents are among them."""
    checks = (columns["checking"][source] & ~columns["spoken"][target]) != 0
    pairs = (source.astype(np.int64) << 32) + target
    monitored = pairs[_MONITORED[code] > 0]
    if monitored.size:
        checks |= np.isin(pairs, monitored)
    above = np.zeros(code.size, np.bool_)
    bases = np.flatnonzero(relations_of(code) == RELATIONS.index(Relation.BASED_ON))
    above[bases] = _above(offices, columns["office"][target[bases]], columns["office"][source[bases]])
    whole: Codes = (code + _CHECKS * checks + _ABOVE * above).astype(np.uint16)
    return whole


def _above(offices: list[Office], upper: NDArray[np.int32], lower: NDArray[np.int32]) -> Flags:
    """For pairs of offices whether the first stands above the second; each different pair is looked at once."""
    pairs, inverse = np.unique((upper.astype(np.int64) << 32) + lower, return_inverse=True)
    mask = (1 << 32) - 1
    found = [is_superior(_issued_by(offices[pair >> 32]), _issued_by(offices[pair & mask])) for pair in pairs.tolist()]
    above: Flags = np.array(found, np.bool_)[inverse]
    return above


@lru_cache(maxsize=65_536)
def _issued_by(office: Office) -> Document:
    """A document of which nothing is known but who issued it."""
    level, branch, place, issuer = office
    return Document("", None, None, None, issuer, branch, level, place, None, Status.ISSUED, held=False)

"""The traversal contract: the graph as columns of numbers, for questions that pass thousands of edges.

Documents have numbers here, from 0 on, which mean something to one traversal alone. What decides how a chain is read
stands in one code an edge (`Trait`); documents and sentences are read from the view, for the few that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.model import Relation, StatedIn
from graph.store.base import Filter

Numbers: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.uint16]
Flags: TypeAlias = NDArray[np.bool_]
RELATIONS = tuple(Relation)
PLACES = tuple(StatedIn)
_RELATION_BITS, _PLACE_BITS = 4, 3
_FLAGS_AT = _RELATION_BITS + _PLACE_BITS
KEY_BITS = 48
"""The keys by which documents compare are below 2**KEY_BITS."""
CODES = 1 << (_FLAGS_AT + 4)
"""How many codes there are: each is below."""


@dataclass(frozen=True, slots=True)
class Trait:
    """What is to be known of an edge to follow it, apart from its ends.

    `competence` tells that it is a legal basis of mere competence, `checks` that its source does no more than check on
    its target (`graph.checks.only_checks`, or it monitors it by a title), and `above`, for a legal basis alone, that
    the target's issuer stands above the source's (`graph.superiors.is_superior`).
    """

    relation: Relation
    stated_in: StatedIn
    inferred: bool = False
    competence: bool = False
    checks: bool = False
    above: bool = False

    @property
    def code(self) -> int:
        """The trait as one number, from which `Trait.of` makes it again."""
        flags = self.inferred | self.competence << 1 | self.checks << 2 | self.above << 3
        place = PLACES.index(self.stated_in)
        return RELATIONS.index(self.relation) | place << _RELATION_BITS | flags << _FLAGS_AT

    @staticmethod
    def of(code: int) -> Trait | None:
        """The trait with this code, None for a number that is none's."""
        relation, place = code & (1 << _RELATION_BITS) - 1, code >> _RELATION_BITS & (1 << _PLACE_BITS) - 1
        if relation >= len(RELATIONS) or place >= len(PLACES):
            return None
        flags = (bool(code >> _FLAGS_AT + bit & 1) for bit in range(4))
        return Trait(RELATIONS[relation], PLACES[place], *flags)


def table(value: Callable[[Trait], int]) -> NDArray[np.uint8]:
    """What `value`, which is below 256, gives for each code; 0 for numbers that are no code."""
    traits = map(Trait.of, range(CODES))
    return np.array([value(trait) if trait else 0 for trait in traits], np.uint8)


def of_relations(relations: Collection[Relation] | None) -> NDArray[np.uint8]:
    """1 for each code of one of these relations, of any if None."""
    return _of_relations(frozenset(Relation if relations is None else relations))


@lru_cache(maxsize=64)
def _of_relations(relations: frozenset[Relation]) -> NDArray[np.uint8]:
    return table(lambda trait: trait.relation in relations)


def relations_of(codes: Codes) -> Codes:
    """Positions in RELATIONS of the relations of these codes."""
    return codes & np.uint16((1 << _RELATION_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Arrows:
    """Edges as columns of one length: numbers of their ends, and codes of their traits. In no order to rely on."""

    source: Numbers
    target: Numbers
    code: Codes

    def where(self, chosen: Flags | Numbers) -> Arrows:
        """Those of the edges that are flagged, or at these positions."""
        return Arrows(self.source[chosen], self.target[chosen], self.code[chosen])


def together(parts: Sequence[Arrows]) -> Arrows:
    """All edges of the parts."""
    none = Arrows(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint16))
    columns = ([getattr(part, name) for part in (none, *parts)] for name in Arrows.__slots__)
    return Arrows(*map(np.concatenate, columns))


class Traversal(Protocol):
    """One state of the graph as numbers. `size` is above every number given so far.

    Calls take numbers that the traversal gave, each once where nothing else is said; answers are theirs to keep.
    """

    @property
    def size(self) -> int:
        """Above every number given so far. Later calls may give higher ones."""

    def number(self, id: str) -> int | None:
        """The number of the document with this id, or None."""

    def ids(self, numbers: Numbers) -> Sequence[str]:
        """The identifiers of documents, in the order asked; numbers may repeat."""

    def into(self, numbers: Numbers) -> Arrows:
        """All edges to any of these documents."""

    def out_of(self, numbers: Numbers) -> Arrows:
        """All edges from any of these documents."""

    def degree(self, numbers: Numbers, *, into: bool) -> int:
        """How many edges `into` gives for these documents, or else `out_of`."""

    def passing(self, numbers: Numbers, wanted: Filter) -> Flags:
        """Which of these documents `graph.store.filters.passes`, in the order asked."""

    def id_keys(self, numbers: Numbers) -> Numbers:
        """Numbers below 2**KEY_BITS that compare as the identifiers of these documents do, within this one call.

        In the order asked; numbers may repeat.
        """

    def order_keys(self, numbers: Numbers) -> Numbers:
        """As `id_keys`, but they compare as (date with nulls last, id) of these documents."""

    @property
    def memory(self) -> MutableMapping[Hashable, Any]:
        """What questions keep for others on the same state of the graph. It may forget at any time."""

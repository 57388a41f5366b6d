"""Traversal of any store by its edges and documents as records: for small graphs, and where there is no index."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, Protocol

import numpy as np

from graph.checks import only_checks
from graph.model import BasisKind, Document, Edge, Origin, Relation, StatedIn
from graph.store.base import Filter, View
from graph.store.filters import passes
from graph.store.traversal import Arrows, Flags, Numbers, Trait
from graph.superiors import is_superior

_TITLES = frozenset({StatedIn.OWN_TITLE, StatedIn.CITED_TITLE})
_Row = tuple[int, int]
"""The other end of an edge, and the code of its trait."""


class _Reader(Protocol):
    """Which of `View.incoming` and `View.outgoing`."""

    def __call__(self, ids: list[str], *, strongest: bool) -> list[Edge]: ...


class PlainTraversal:
    """`graph.store.traversal.Traversal` over a view. Numbers documents as it meets them; use one for one question.

    What the store commits meanwhile may be seen in part: documents that are gone by the time they are met are left out.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._documents: list[Document] = []
        self._numbers: dict[str, int] = {}
        self._into: dict[int, list[_Row]] = {}
        self._out_of: dict[int, list[_Row]] = {}
        self.memory: dict[Hashable, Any] = {}

    @property
    def size(self) -> int:
        return len(self._documents)

    def number(self, id: str) -> int | None:
        self._meet({id})
        return self._numbers.get(id)

    def ids(self, numbers: Numbers) -> list[str]:
        return [self._documents[number].id for number in numbers]

    def into(self, numbers: Numbers) -> Arrows:
        far, near, code = self._columns(self._into, self._view.incoming, numbers)
        return Arrows(far, near, code.astype(np.uint16))

    def out_of(self, numbers: Numbers) -> Arrows:
        far, near, code = self._columns(self._out_of, self._view.outgoing, numbers)
        return Arrows(near, far, code.astype(np.uint16))

    def degree(self, numbers: Numbers, *, into: bool) -> int:
        return (self.into(numbers) if into else self.out_of(numbers)).code.size

    def passing(self, numbers: Numbers, wanted: Filter) -> Flags:
        return np.array([passes(self._documents[number], wanted) for number in numbers], np.bool_)

    def id_keys(self, numbers: Numbers) -> Numbers:
        return _ranks(self.ids(numbers))

    def order_keys(self, numbers: Numbers) -> Numbers:
        documents = [self._documents[number] for number in numbers]
        return _ranks([(one.date is None, one.date or "", one.id) for one in documents])

    def _columns(self, rows: dict[int, list[_Row]], read: _Reader, numbers: Numbers) -> tuple[Numbers, ...]:
        """Other ends, ends asked for and codes of all edges at these documents, which are read once."""
        missing = [number for number in numbers.tolist() if number not in rows]
        rows.update({number: [] for number in missing})
        edges = read([self._documents[number].id for number in missing], strongest=True) if missing else []
        for source, target, code in self._coded(edges):
            near, far = (target, source) if rows is self._into else (source, target)
            rows[near].append((far, code))
        met = [(far, near, code) for near in numbers.tolist() for far, code in rows[near]]
        columns = np.array(met, np.int64).reshape(-1, 3).T
        return tuple(columns)

    def _coded(self, edges: list[Edge]) -> Iterable[tuple[int, int, int]]:
        """Edges as numbers of their ends and codes. All edges of a pair of documents are among `edges`."""
        self._meet({id for edge in edges for id in (edge.source, edge.target)})
        inspections = {
            (edge.source, edge.target)
            for edge in edges
            if edge.relation is Relation.MONITORS and edge.stated_in in _TITLES
        }
        for edge in edges:
            if edge.source in self._numbers and edge.target in self._numbers:
                source, target = self._numbers[edge.source], self._numbers[edge.target]
                inspects = (edge.source, edge.target) in inspections
                trait = _trait(edge, self._documents[source], self._documents[target], inspects=inspects)
                yield source, target, trait.code

    def _meet(self, ids: set[str]) -> None:
        found = self._view.documents(ids - self._numbers.keys())
        for id in sorted(found):
            self._numbers[id] = len(self._documents)
            self._documents.append(found[id])


def _trait(edge: Edge, source: Document, target: Document, *, inspects: bool) -> Trait:
    return Trait(
        edge.relation,
        edge.stated_in,
        inferred=edge.origin is Origin.INFERRED,
        competence=edge.basis is BasisKind.COMPETENCE,
        checks=inspects or only_checks(source, target),
        above=edge.relation is Relation.BASED_ON and is_superior(target, source),
    )


def _ranks(values: list[Any]) -> Numbers:
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return np.array([ranks[value] for value in values], np.int64)

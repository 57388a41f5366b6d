"""The shortest chain of relations that leads from one document to another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.errors import UnknownDocumentError
from graph.model import Document, Edge, Relation
from graph.store.base import View
from graph.store.traversal import Arrows, Numbers, Traversal, of_relations, together
from queries.find import number_of

DEPTH = 20


@dataclass(frozen=True, slots=True)
class Path:
    """Documents from the first to the last, and all edges from each to the next, in that order, by relation.

    Without any document where no chain leads from one to the other.
    """

    documents: tuple[Document, ...]
    edges: tuple[Edge, ...]


def path(
    view: View, source: str, target: str, *, relations: Collection[Relation] | None = None, depth: int = DEPTH
) -> Path:
    """The shortest chain of at most `depth` hops over `relations` (all, if None) from `source` to what it goes back to.

    Of several chains of one length that whose identifiers sort first, from its beginning. Raises UnknownDocumentError.
    """
    traversal = view.traversal()
    first, last = number_of(traversal, source), number_of(traversal, target)
    chain = _Search(traversal, first, last, of_relations(relations)).run(depth)
    ids = list(traversal.ids(np.array(chain, np.int64)))
    documents = view.documents(ids)
    asked = Relation if relations is None else relations
    pairs = list(pairwise(ids))
    edges = view.edges({(near, relation, far) for near, far in pairs for relation in asked})
    order = {pair: position for position, pair in enumerate(pairs)}
    edges.sort(key=lambda edge: order[edge.source, edge.target])
    if len(documents) < len(set(ids)) or {(edge.source, edge.target) for edge in edges} != order.keys():
        raise UnknownDocumentError("the store no longer holds what was found", remedy="ask again")
    return Path(tuple(documents[id] for id in ids), tuple(edges))


class _Search:
    """A search from both ends, always on where fewer edges are to be looked at."""

    def __init__(self, traversal: Traversal, source: int, target: int, counting: NDArray[np.uint8]) -> None:
        self._traversal, self._counting = traversal, counting
        self._forth = [np.array([source], np.int64)]
        self._back = [np.array([target], np.int64)]
        self._met: list[Arrows] = []

    def run(self, depth: int) -> list[int]:
        """The documents of the chain by number; empty where there is none of at most `depth` hops."""
        seen_forth, seen_back = self._forth[0], self._back[0]
        while not (meeting := np.intersect1d(self._forth[-1], self._back[-1])).size:
            if len(self._forth) + len(self._back) - 2 == depth:
                return []
            if self._cheaper_forth():
                level, seen_forth = self._next(self._forth[-1], seen_forth, into=False)
                self._forth.append(level)
            else:
                level, seen_back = self._next(self._back[-1], seen_back, into=True)
                self._back.append(level)
            if not level.size:
                return []
        return self._first(self._tracks(meeting))

    def _cheaper_forth(self) -> bool:
        forth = self._traversal.degree(self._forth[-1], into=False)
        return forth <= self._traversal.degree(self._back[-1], into=True)

    def _next(self, level: Numbers, seen: Numbers, *, into: bool) -> tuple[Numbers, Numbers]:
        """What is one hop further and was not met before, and all that was met."""
        arrows = self._traversal.into(level) if into else self._traversal.out_of(level)
        arrows = arrows.where(self._counting[arrows.code] > 0)
        self._met.append(arrows)
        far = np.setdiff1d(arrows.source if into else arrows.target, seen)
        return far, np.union1d(seen, far)

    def _tracks(self, meeting: Numbers) -> list[Numbers]:
        """By distance from the source, the documents that a shortest chain passes."""
        arrows, before, after = together(self._met), [meeting], [meeting]
        for level in self._forth[-2::-1]:
            leading = arrows.source[np.isin(arrows.target, before[-1])]
            before.append(np.intersect1d(level, leading))
        for level in self._back[-2::-1]:
            led = arrows.target[np.isin(arrows.source, after[-1])]
            after.append(np.intersect1d(level, led))
        return [*before[::-1], *after[1:]]

    def _first(self, tracks: list[Numbers]) -> list[int]:
        """The chain through these documents that sorts first."""
        arrows = together(self._met)
        chain = [int(tracks[0][0])]
        for level in tracks[1:]:
            near = arrows.target[arrows.source == chain[-1]]
            possible = np.intersect1d(level, near)
            chain.append(int(possible[np.argmin(self._traversal.id_keys(possible))]))
        return chain

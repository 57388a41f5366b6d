"""What a document rests on, and what rests on it, level by level."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from graph.errors import UnknownDocumentError
from graph.model import Document, Edge, Relation
from graph.store.base import View
from graph.store.traversal import RELATIONS, Arrows, Numbers, Traversal, of_relations, relations_of, together
from queries.find import number_of

DEPTH = 3
LIMIT = 1000


class Direction(StrEnum):
    """UP follows edges to what is cited, DOWN to what cites."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Lineage:
    """The documents around one, by their least distance: `levels[0]` holds the document asked for alone.

    `edges` are those met on the way, both ends in `levels`, sorted by (source, relation, target). `cut` tells that
    more documents were met than asked for at most.
    """

    levels: tuple[tuple[Document, ...], ...]
    edges: tuple[Edge, ...]
    cut: bool

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, nearest first."""
        return tuple(document for level in self.levels for document in level)


def lineage(
    view: View,
    id: str,
    *,
    direction: Direction = Direction.UP,
    depth: int = DEPTH,
    relations: Collection[Relation] | None = None,
    limit: int = LIMIT,
) -> Lineage:
    """The documents within `depth` hops of document `id` over `relations` (all, if None), at most `limit` of them.

    Documents of one level are sorted by (date with nulls last, id), and where the limit cuts a level the first are
    kept. Raises UnknownDocumentError.
    """
    traversal = view.traversal()
    root = number_of(traversal, id)
    numbers, arrows, cut = _around(traversal, root, direction, of_relations(relations), depth=depth, limit=limit)
    ids = [traversal.ids(level) for level in numbers]
    documents = view.documents({one for level in ids for one in level})
    if id not in documents:
        raise UnknownDocumentError(f"the store no longer holds {id!r}", remedy="ask again")
    levels = (tuple(documents[one] for one in level if one in documents) for level in ids)
    return Lineage(tuple(level for level in levels if level), tuple(view.edges(_ends(traversal, arrows))), cut)


def _around(
    traversal: Traversal, root: int, direction: Direction, counting: NDArray[np.uint8], *, depth: int, limit: int
) -> tuple[list[Numbers], Arrows, bool]:
    """The documents by their least distance, the edges between them that were met, and whether there are more."""
    levels, met, cut = [np.array([root], np.int64)], [], False
    seen = levels[0]
    while len(levels) <= depth and not cut:
        arrows = traversal.out_of(levels[-1]) if direction is Direction.UP else traversal.into(levels[-1])
        met.append(arrows.where(counting[arrows.code] > 0))
        far = np.unique(met[-1].target if direction is Direction.UP else met[-1].source)
        level = far[~np.isin(far, seen)]
        if not level.size:
            break
        cut = seen.size + level.size > limit
        levels.append(level[np.argsort(traversal.order_keys(level))][: limit - seen.size])
        seen = np.concatenate([seen, levels[-1]])
    arrows = together(met)
    return levels, arrows.where(np.isin(arrows.source, seen) & np.isin(arrows.target, seen)), cut


def _ends(traversal: Traversal, arrows: Arrows) -> list[tuple[str, Relation, str]]:
    sources, targets = traversal.ids(arrows.source), traversal.ids(arrows.target)
    relations = (RELATIONS[relation] for relation in relations_of(arrows.code).tolist())
    return list(zip(sources, relations, targets, strict=True))

"""What a document rests on, and what rests on it, level by level."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from graph.errors import UnknownDocumentError
from graph.model import Document, Edge, Relation
from graph.store.base import View

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
    root = view.document(id)
    if root is None:
        raise UnknownDocumentError(f"the store holds no document {id!r}", remedy="ask by its sign or for its title")
    seen, cut = {id}, False
    levels: list[tuple[Document, ...]] = [(root,)]
    met: dict[tuple[str, Relation, str], Edge] = {}
    while len(levels) <= depth and not cut:
        edges = _edges(view, [document.id for document in levels[-1]], direction, relations)
        met.update({(edge.source, edge.relation, edge.target): edge for edge in edges})
        found = {_far(edge, direction) for edge in edges} - seen
        if not found:
            break
        level = sorted(view.documents(found).values(), key=_order)
        cut = len(seen) + len(level) > limit
        kept = tuple(level[: limit - len(seen)])
        seen.update(document.id for document in kept)
        levels.append(kept)
    kept_edges = (edge for edge in map(met.__getitem__, sorted(met)) if edge.source in seen and edge.target in seen)
    return Lineage(tuple(level for level in levels if level), tuple(kept_edges), cut)


def _edges(
    view: View, ids: Collection[str], direction: Direction, relations: Collection[Relation] | None
) -> list[Edge]:
    return view.outgoing(ids, relations) if direction is Direction.UP else view.incoming(ids, relations)


def _far(edge: Edge, direction: Direction) -> str:
    return edge.target if direction is Direction.UP else edge.source


def _order(document: Document) -> tuple[bool, str, str]:
    return document.date is None, document.date or "", document.id

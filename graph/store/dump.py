"""The graph as sorted JSON lines: equal graphs give equal dumps, whatever store they are in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from graph.model import Document, Edge, Resolution
from graph.resolve.edges import edge_order
from graph.store.codec import plain


def dump_lines(documents: Iterable[Document], edges: Iterable[Edge]) -> Iterator[str]:
    """One line a document, then one an edge, in the order given: by id, and by (source, relation, target)."""
    for document in documents:
        yield _line({"document": plain(document)})
    for edge in edges:
        yield _line({"edge": plain(edge)})


def dump_resolution(resolution: Resolution) -> Iterator[str]:
    """The dump of a resolution, equal to that of a store into which the same readings were put."""
    documents = sorted(resolution.documents, key=lambda document: document.id)
    return dump_lines(documents, sorted(resolution.edges, key=edge_order))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)

"""The neighbourhood of a document as a networkx graph, and as the files that other programs read."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any, TypeAlias

import networkx as nx

from graph.model import Document, Edge, Relation
from graph.store.base import View
from graph.text import one_line, without_controls
from queries.lineage import LIMIT, Direction, Lineage, lineage
from queries.records import document_record

Network: TypeAlias = "nx.MultiDiGraph[str]"


def neighbourhood(view: View, id: str, *, depth: int, limit: int = LIMIT) -> tuple[Lineage, Lineage]:
    """What document `id` rests on and what rests on it, each within `depth` hops. Raises UnknownDocumentError."""
    up = lineage(view, id, direction=Direction.UP, depth=depth, limit=limit)
    return up, lineage(view, id, direction=Direction.DOWN, depth=depth, limit=limit)


def united(parts: Iterable[Lineage]) -> tuple[list[Document], list[Edge]]:
    """The documents by id and the edges by (source, relation, target) of several lineages, each once."""
    documents: dict[str, Document] = {}
    edges: dict[tuple[str, Relation, str], Edge] = {}
    for part in parts:
        documents.update({one.id: one for one in part.documents})
        edges.update({(one.source, one.relation, one.target): one for one in part.edges})
    return [documents[id] for id in sorted(documents)], [edges[ends] for ends in sorted(edges)]


def to_network(documents: Iterable[Document], edges: Iterable[Edge]) -> Network:
    """A directed multigraph: nodes by document id, edges keyed by relation, attributes that are known as plain values.

    Texts are on one line and without control characters, which XML does not allow.
    """
    network: Network = nx.MultiDiGraph()
    for document in documents:
        known = {name: value for name, value in document_record(document).items() if name != "id"}
        network.add_node(document.id, label=_text(document.sign or document.title or document.id), **_known(known))
    for edge in edges:
        said = {
            "relation": edge.relation,
            "stated_in": edge.stated_in,
            "origin": edge.origin,
            "score": edge.score,
            "quote": edge.quote,
        }
        network.add_edge(edge.source, edge.target, key=edge.relation.value, **_known(said))
    return network


def graphml(network: Network) -> str:
    """The network as GraphML, in XML."""
    out = io.BytesIO()
    nx.write_graphml(network, out)
    return out.getvalue().decode("utf-8")


def gexf(network: Network) -> str:
    """The network as GEXF for Gephi, in XML."""
    out = io.BytesIO()
    nx.write_gexf(network, out)
    return out.getvalue().decode("utf-8")


def node_link(network: Network) -> str:
    """The network as node-link JSON: `nodes` with `id`, `edges` with `source`, `target` and `key`."""
    return json.dumps(nx.node_link_data(network, edges="edges"), ensure_ascii=False, indent=2)


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _text(value) if isinstance(value, str) else value for name, value in values.items() if value is not None
    }


def _text(value: str) -> str:
    return one_line(without_controls(value))

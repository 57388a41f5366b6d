"""The picture for vis-network: pyvis holds the graph and writes the options; page and script are our own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import Document, Edge, Level
from graph.text import one_line, without_controls
from viz.layout import BOX_HEIGHT, BOX_WIDTH
from viz.picture import Picture
from viz.styles import LINES

FONT_SIZE = 15
_MARGIN = 8
LINE_WIDTH = BOX_WIDTH - 2 * _MARGIN
_BORDER, _ROOT_BORDER = 1.5, 4
_UNKNOWN_LEVEL = "unknown"
_NARROW, _WIDE = frozenset(" .,:;/-()|!'iíìỉĩịIÍÌỈĨỊjltfr"), frozenset("mwMW…—%@")
_LAST_LATIN = 0x1F00
_MOST_LETTERS = 80
OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "selectConnectedEdges": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {
        "shape": "box",
        "margin": _MARGIN,
        "borderWidthSelected": _ROOT_BORDER - 1,
        "font": {"size": FONT_SIZE, "face": "sans-serif", "multi": False},
        "widthConstraint": {"minimum": LINE_WIDTH},
        "heightConstraint": {"minimum": BOX_HEIGHT - 2 * _MARGIN, "valign": "middle"},
    },
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.6}}, "selectionWidth": 2, "hoverWidth": 1},
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What vis-network draws: `nodes`, `edges` and `options` under its own names, as plain JSON values."""

    nodes: tuple[dict[str, Any], ...]
    edges: tuple[dict[str, Any], ...]
    options: dict[str, Any]


def drawing(shown: Picture, edges: Iterable[Edge]) -> Drawing:
    """The documents that came last to `shown`, and `edges`, whose ends must all be shown.

    Labels are plain text: vis-network is told not to read markup in them.
    """
    from pyvis.network import Network  # takes 0.4 s, which the command line need not wait for

    model = Network(directed=True)
    model.set_options(json.dumps(OPTIONS))
    for document in shown.documents.values():
        model.add_node(document.id, **_node(shown, document))
    turns: Counter[frozenset[str]] = Counter()
    for edge in edges:
        pair = frozenset((edge.source, edge.target))
        model.add_edge(edge.source, edge.target, **_edge(shown, edge, turns[pair]))
        turns[pair] += 1
    nodes, drawn, _, _, _, options = model.get_network_data()
    added = frozenset(shown.added)
    return Drawing(tuple(node for node in nodes if node["id"] in added), tuple(drawn), json.loads(options))


def edge_id(edge: Edge) -> str:
    """What names an edge in the picture; identifiers of documents hold no space."""
    return f"{edge.source} {edge.relation} {edge.target}"


def label_lines(document: Document) -> tuple[str, ...]:
    """What a box says, each line short enough for it: type and year, sign or else title, and where it comes from."""
    place = document.place
    where = (place.commune or place.district or place.province) if place else None
    year = f" · {document.date[:4]}" if document.date else ""
    names = (_short(each) for each in (document.sign, document.title, document.id))
    lines = (
        _short(document.type, LINE_WIDTH - text_width(year)) + year,
        next(filter(None, names)),
        _short(where or document.issuer),
    )
    return tuple(filter(None, lines))


def text_width(text: str) -> int:
    """How many pixels a line of a label takes at most in common fonts: they differ, and DejaVu Sans is wide."""
    return -(-FONT_SIZE * sum(map(_letter_width, text)) // 100)


def _letter_width(letter: str) -> int:
    """In hundredths of the font's size."""
    if letter in _NARROW:
        return 36
    if letter in _WIDE:
        return 98
    return 76 if letter.isupper() else 63 if ord(letter) < _LAST_LATIN else 100


def _short(text: str | None, longest: int = LINE_WIDTH) -> str:
    line = one_line(without_controls(text or ""))[:_MOST_LETTERS]
    if text_width(line) <= longest:
        return line
    while line and text_width(f"{line}…") > longest:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _node(shown: Picture, document: Document) -> dict[str, Any]:
    point = shown.layout.points[document.id]
    return {
        "label": "\n".join(label_lines(document)),
        "shape": "box",
        "x": point.x,
        "y": point.y,
        "group": document.level or _UNKNOWN_LEVEL,
        "borderWidth": _ROOT_BORDER if document.id == shown.root else _BORDER,
        "shapeProperties": {"borderDashes": False if document.held else [5, 4]},
    }


def _edge(shown: Picture, edge: Edge, turn: int) -> dict[str, Any]:
    style = LINES[edge.relation]
    return {
        "id": edge_id(edge),
        "color": style.light,
        "width": style.width,
        "dashes": list(style.dashes) or False,
        "smooth": _bend(_level(shown, edge.source), _level(shown, edge.target), turn),
    }


def _level(shown: Picture, id: str) -> Level | None:
    return shown.documents[id].level


def _bend(source: Level | None, target: Level | None, turn: int) -> dict[str, Any]:
    """Between lanes a line leaves and arrives upright; within one it bows past the boxes between, and so does every
    further line between the same two documents, `turn` of which are drawn already."""
    if source is not target and not turn:
        return {"enabled": True, "type": "cubicBezier", "forceDirection": "vertical", "roundness": 0.5}
    return {"enabled": True, "type": "curvedCW", "roundness": round(min(0.2 + 0.12 * turn, 0.9), 2)}

"""The answer that a picture is drawn from: what vis-network takes, and the words and quotes that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import Field

from api.labels import (
    LEVELS,
    PLACES,
    RELATIONS,
    TIERS,
    date_label,
    document_label,
    level_label,
    place_label,
    status_label,
)
from api.pages.addresses import document_address, graph_address, place_address
from api.responses import Answer
from graph.model import Document, Edge, Evidence, Level, Origin, Relation
from graph.store.base import View
from graph.text import one_line, without_controls
from queries.tiers import Tier
from viz.layout import Layout
from viz.network import drawing, edge_id
from viz.picture import FIRST, MOST, WARN, Picture, edges_of, picture
from viz.styles import LINES

MOST_QUOTES = 3
_UNKNOWN_LEVEL, _UNKNOWN_DATE = "Chưa rõ cấp", "Chưa rõ ngày"
_ROOT_SAID = "Văn bản đang xem"


class Said(Answer):
    """One thing to tell of a document or a relation, in Vietnamese."""

    key: str = Field(description="Stable name of what is told.")
    name: str = Field(description="Its name for people.")
    value: str = Field(description="What is told, on one line.")


class Quote(Answer):
    """A sentence that states a relation."""

    quote: str = Field(description="The sentence on one line.")
    address: str | None = Field(description="The page that shows where it stands; null where no held text does.")


class Node(Answer):
    """A document in the picture."""

    id: str = Field(description="Identifier of the document.")
    heading: str = Field(description="How people name it.")
    tier: Tier | None = Field(
        description="How it answers to the root or the root to it; null for the root and what was expanded elsewhere."
    )
    address: str = Field(description="Its page.")
    graph_address: str = Field(description="Its own picture.")
    said: list[Said] = Field(description="What is known of it.")
    vis: dict[str, Any] = Field(description="Label, position and looks, as vis-network takes a node.")

    def value(self, key: str) -> str:
        """What is told under `key`, empty where nothing is."""
        return _value(self.said, key)


class Link(Answer):
    """A relation in the picture."""

    id: str = Field(description="Name of the relation in the picture.")
    source: str = Field(description="Identifier of the document that has the relation.")
    relation: Relation = Field(description="The relation.")
    target: str = Field(description="Identifier of the document related to.")
    heading: str = Field(description="The relation in words, with both documents.")
    said: list[Said] = Field(description="What is known of it.")
    quotes: list[Quote] = Field(description=f"The strongest sentences that state it, at most {MOST_QUOTES}.")
    more_quotes: int = Field(description="How many further sentences state it.")
    vis: dict[str, Any] = Field(description="Ends and looks, as vis-network takes an edge.")

    def value(self, key: str) -> str:
        """What is told under `key`, empty where nothing is."""
        return _value(self.said, key)


class Lane(Answer):
    """The band of a level behind the boxes; x runs without end."""

    level: Level | None
    label: str
    top: int
    bottom: int


class Year(Answer):
    """The middles of the first and the last column of a year; `year` is null for documents without date."""

    year: int | None
    label: str
    start: int
    end: int


class Line(Answer):
    """How a relation is drawn, for the legend: colours on a light and a dark page, width, dashes and gaps in pixels."""

    relation: Relation
    label: str
    light: str
    dark: str
    width: float
    dashes: list[int]


class Graph(Answer):
    """Documents, relations and positions for the page. With expansions: what the last of them brings."""

    root: str = Field(description="Identifier of the document asked for.")
    nodes: list[Node] = Field(description="Documents, the strongest first.")
    edges: list[Link] = Field(description="Relations among all that is shown that touch these documents.")
    lanes: list[Lane] = Field(description="Bands by level, from the top.")
    years: list[Year] = Field(description="Years of the first view, from the left.")
    lines: list[Line] = Field(description="The legend of relations.")
    options: dict[str, Any] = Field(description="Options for vis-network.")
    shown: int = Field(description="How many documents the whole picture shows.")
    left_out: int = Field(description="How many documents were left out of this answer for its limits.")
    notice: str | None = Field(description="What the reader must know of what is left out, in Vietnamese.")


def graph(view: View, id: str, expansions: Sequence[str] = ()) -> Graph:
    """The picture of document `id` after `expansions`. Raises UnknownDocumentError."""
    shown = picture(view, id, expansions)
    edges = edges_of(view, shown)
    drawn = drawing(shown, edges)
    quoted = _Holders(view, shown.documents.values())
    looks = {each["id"]: each for each in (*drawn.nodes, *drawn.edges)}
    return Graph(
        root=id,
        nodes=[_node(shown, added, looks[added]) for added in shown.added],
        edges=[_link(shown, edge, looks[edge_id(edge)], quoted) for edge in edges],
        lanes=_lanes(shown),
        years=_years(shown.layout),
        lines=lines(),
        options=drawn.options,
        shown=len(shown.documents),
        left_out=shown.left_out,
        notice=_notice(shown, expansions),
    )


def lines() -> list[Line]:
    """The legend: every relation, in the order of the model."""
    return [
        Line(
            relation=relation,
            label=RELATIONS[relation],
            light=style.light,
            dark=style.dark,
            width=style.width,
            dashes=list(style.dashes),
        )
        for relation, style in LINES.items()
    ]


class _Holders:
    """Finds the document that holds a text by the text's digest."""

    def __init__(self, view: View, known: Iterable[Document]) -> None:
        self._view = view
        self._held: dict[str, Document | None] = {digest: one for one in known for digest in one.sources}

    def address(self, evidence: Evidence) -> str | None:
        """The page that shows where the sentence stands."""
        digest = evidence.digest
        if digest not in self._held:
            owner = next(iter(self._view.assigned(digest)), None)
            self._held[digest] = self._view.document(owner) if owner else None
        holder = self._held[digest]
        return place_address(holder, evidence) if holder else None


def _node(shown: Picture, id: str, looks: Mapping[str, Any]) -> Node:
    document = shown.documents[id]
    tier = shown.tiers.get(id)
    return Node(
        id=id,
        heading=_text(document_label(document)),
        tier=tier,
        address=document_address(id),
        graph_address=graph_address(id),
        said=_said(
            ("title", "Trích yếu", document.title),
            ("issuer", "Cơ quan ban hành", document.issuer),
            ("level", "Cấp", level_label(document)),
            ("place", "Địa bàn", place_label(document)),
            ("date", "Ngày", date_label(document.date)),
            ("status", "Trạng thái", status_label(document)),
            ("tier", "Với văn bản đang xem", TIERS[tier] if tier else _ROOT_SAID if id == shown.root else None),
        ),
        vis=dict(looks),
    )


def _link(shown: Picture, edge: Edge, looks: Mapping[str, Any], holders: _Holders) -> Link:
    source, target = (_text(document_label(shown.documents[id])) for id in (edge.source, edge.target))
    inferred = edge.origin is Origin.INFERRED
    quotes = [
        Quote(quote=_text(each.quote), address=holders.address(each)) for each in edge.evidence[:MOST_QUOTES]
    ] or [Quote(quote=_text(edge.quote), address=None)]
    return Link(
        id=edge_id(edge),
        source=edge.source,
        relation=edge.relation,
        target=edge.target,
        heading=f"{source} {RELATIONS[edge.relation]} {target}",
        said=_said(
            ("source", "Văn bản", source),
            ("relation", "Quan hệ", RELATIONS[edge.relation]),
            ("target", "Với văn bản", target),
            ("stated_in", "Nêu tại", "suy đoán theo trích yếu" if inferred else PLACES[edge.stated_in]),
            ("score", "Điểm", f"{edge.score:.2f}" if inferred else None),
        ),
        quotes=quotes,
        more_quotes=max(0, len(edge.evidence) - MOST_QUOTES),
        vis=dict(looks),
    )


def _said(*told: tuple[str, str, str | None]) -> list[Said]:
    return [Said(key=key, name=name, value=text) for key, name, value in told if (text := _text(value or ""))]


def _value(said: Iterable[Said], key: str) -> str:
    return next((one.value for one in said if one.key == key), "")


def _text(value: str) -> str:
    return one_line(without_controls(value))


def _lanes(shown: Picture) -> list[Lane]:
    """The band of unknown level only where a document stands in it; it is the last, and nothing moves for it."""
    levels = {document.level for document in shown.documents.values()}
    return [
        Lane(
            level=lane.level,
            label=LEVELS[lane.level] if lane.level else _UNKNOWN_LEVEL,
            top=lane.top,
            bottom=lane.bottom,
        )
        for lane in shown.layout.lanes
        if lane.level or None in levels
    ]


def _years(layout: Layout) -> list[Year]:
    return [
        Year(year=span.year, label=str(span.year or _UNKNOWN_DATE), start=span.start, end=span.end)
        for span in layout.spans
    ]


def _notice(shown: Picture, expansions: Sequence[str]) -> str | None:
    """The most pressing of what is to be said: the picture is full, hard to read, or not all."""
    number = len(shown.documents)
    rest = f"còn {shown.left_out} văn bản chưa vẽ" if shown.left_out else ""
    if number >= MOST:
        return f"Hình đã đủ {MOST} văn bản, không vẽ thêm" + (f"; {rest}." if rest else ".")
    if number >= WARN:
        return f"Hình có {number} văn bản, đã khó đọc" + (f"; {rest}." if rest else ".")
    if not rest:
        return None
    if expansions:
        return f"Đã thêm {len(shown.added)} văn bản; {rest}: mở rộng lần nữa để xem tiếp."
    return f"Hình đầu vẽ nhiều nhất {FIRST} văn bản, chọn những văn bản liên hệ chặt nhất; {rest}."

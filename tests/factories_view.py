"""Documents, edges and a view over them in memory, for tests of what only reads a store."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from graph.errors import SignError
from graph.model import (
    COUNTRY,
    BasisKind,
    Branch,
    Document,
    Edge,
    Evidence,
    Field,
    Level,
    Origin,
    Place,
    Reading,
    Relation,
    Resolution,
    Source,
    StatedIn,
    Status,
    Zone,
)
from graph.resolve.conflicts import disputed_fields
from graph.signs import Sign
from graph.store.base import Counts, Filter, Page
from graph.store.plain import PlainTraversal
from graph.text import fold

_ZONES = {
    StatedIn.OWN_TITLE: Zone.TITLE,
    StatedIn.CITED_TITLE: Zone.BODY,
    StatedIn.PREAMBLE: Zone.PREAMBLE,
    StatedIn.BODY: Zone.BODY,
    StatedIn.FOOTNOTE: Zone.FOOTNOTE,
}


def document(id: str, sign: str | None = None, **known: Any) -> Document:
    """A held, issued plan of the Centre unless `known` says otherwise."""
    values: dict[str, Any] = {
        "type": "Kế hoạch",
        "title": f"Về việc {id}",
        "issuer": "Thủ tướng Chính phủ",
        "branch": Branch.STATE,
        "level": Level.CENTRAL,
        "place": COUNTRY,
        "date": None,
        "status": Status.ISSUED,
        "held": True,
        **known,
    }
    return Document(id=id, sign=sign, **values)


def provincial(id: str, sign: str | None = None, province: str = "Bắc Kạn", **known: Any) -> Document:
    """A document of a provincial people's committee."""
    values: dict[str, Any] = {
        "level": Level.PROVINCE,
        "place": Place(province, kind="tỉnh"),
        "issuer": f"Ủy ban nhân dân tỉnh {province}",
        **known,
    }
    return document(id, sign, **values)


def communal(
    id: str, sign: str | None = None, province: str = "Bắc Kạn", commune: str = "Yên Hân", **known: Any
) -> Document:
    """A document of a commune's people's committee."""
    values: dict[str, Any] = {
        "level": Level.COMMUNE,
        "place": Place(province, None, commune, "xã"),
        "issuer": f"Ủy ban nhân dân xã {commune}",
        **known,
    }
    return document(id, sign, **values)


def edge(
    source: str,
    relation: Relation,
    target: str,
    stated_in: StatedIn = StatedIn.BODY,
    *,
    quote: str | None = None,
    basis: BasisKind | None = None,
) -> Edge:
    """A stated edge with one sentence of evidence."""
    said = quote if quote is not None else f"{source} {relation} {target}."
    evidence = Evidence("0" * 64, 10, 10 + len(said), 12, 15, said, _ZONES[stated_in], stated_in, basis=basis)
    return Edge(source, relation, target, stated_in, said, basis=basis, evidence=(evidence,))


def guess(source: str, target: str, score: float = 0.9) -> Edge:
    """An inferred implementing edge."""
    quote = "công tác dân vận"
    return Edge(source, Relation.IMPLEMENTS, target, StatedIn.CITED_TITLE, quote, origin=Origin.INFERRED, score=score)


class MemoryView:
    """The View of one resolution."""

    def __init__(self, resolution: Resolution, readings: Collection[Reading] = ()) -> None:
        self._readings = {one.source.digest: one for one in readings}
        self._assigned = resolution.assigned
        self._documents = {one.id: one for one in sorted(resolution.documents, key=_order)}
        self._edges = sorted(resolution.edges, key=lambda one: (one.source, one.relation, one.target))
        self.asked: list[str] = []
        self.given_up: dict[str, tuple[str, ...]] = {}

    def document(self, id: str) -> Document | None:
        return self._documents.get(id)

    def documents(self, ids: Collection[str]) -> dict[str, Document]:
        return {id: self._documents[id] for id in ids if id in self._documents}

    def listing(self, wanted: Filter, *, limit: int, offset: int = 0) -> Page:
        found = [one for one in self._documents.values() if wanted.held in (None, one.held)]
        return Page(tuple(found[offset : offset + limit]), len(found))

    def disputed(self, wanted: Filter, *, field: Field | None = None, limit: int, offset: int = 0) -> Page:
        found = [
            one
            for one in self._documents.values()
            if (fields := disputed_fields(one.facts)) and (field is None or field in fields)
        ]
        return Page(tuple(found[offset : offset + limit]), len(found))

    def by_sign(self, key: str) -> tuple[Document, ...]:
        return tuple(one for one in self._documents.values() if _key(one.sign) == key)

    def outgoing(
        self, ids: Collection[str], relations: Collection[Relation] | None = None, *, strongest: bool = False
    ) -> list[Edge]:
        found = [one for one in self._edges if one.source in ids and (relations is None or one.relation in relations)]
        return _first_evidence(found) if strongest else found

    def incoming(
        self, ids: Collection[str], relations: Collection[Relation] | None = None, *, strongest: bool = False
    ) -> list[Edge]:
        self.asked.extend(ids)
        found = [one for one in self._edges if one.target in ids and (relations is None or one.relation in relations)]
        return _first_evidence(found) if strongest else found

    def edges(self, ends: Collection[tuple[str, Relation, str]], *, strongest: bool = False) -> list[Edge]:
        found = [one for one in self._edges if (one.source, one.relation, one.target) in ends]
        return _first_evidence(found) if strongest else found

    def traversal(self) -> PlainTraversal:
        return PlainTraversal(self)

    def search(self, words: str, *, limit: int, offset: int = 0) -> Page:
        found = [
            one
            for one in self._documents.values()
            if all(word in fold(f"{one.type} {one.sign} {one.title} {one.issuer}") for word in fold(words).split())
        ]
        found.sort(key=lambda one: one.date or "", reverse=True)
        return Page(tuple(found[offset : offset + limit]), len(found))

    def source(self, digest: str) -> Source | None:
        return self._readings[digest].source if digest in self._readings else None

    def reading(self, digest: str) -> Reading | None:
        return self._readings.get(digest)

    def assigned(self, digest: str) -> tuple[str, ...]:
        return self._assigned.get(digest, ())

    def digests(self, *, after: str = "", limit: int) -> tuple[str, ...]:
        return tuple(sorted(one for one in self._readings if one > after)[:limit])

    def issued(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def moved(self, id: str) -> tuple[str, ...]:
        return self.given_up.get(id, ())

    def counts(self) -> Counts:
        held = sum(one.held for one in self._documents.values())
        by_relation: dict[Relation, int] = {}
        for one in self._edges:
            by_relation[one.relation] = by_relation.get(one.relation, 0) + 1
        return Counts(held, held, len(self._documents) - held, by_relation)

    def dump(self) -> Iterator[str]:
        return iter(sorted(repr(one) for one in self._documents.values()))


def view_of(documents: Collection[Document], edges: Collection[Edge] = ()) -> MemoryView:
    """A view over these documents and edges."""
    return MemoryView(Resolution(tuple(documents), tuple(edges)))


def _first_evidence(edges: Collection[Edge]) -> list[Edge]:
    return [replace(one, evidence=one.evidence[:1]) for one in edges]


def _key(sign: str | None) -> str | None:
    try:
        return Sign.parse(sign).key if sign else None
    except SignError:
        return None


def _order(one: Document) -> tuple[bool, str, str]:
    return one.date is None, one.date or "", one.id

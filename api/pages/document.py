"""What the page of a document shows: sections of lines, each line with the sentences that prove it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from api.labels import PLACES, RELATIONS, TIERS
from api.pages.addresses import document_address, place_address, with_query
from graph.model import BasisKind, Document, Edge, Evidence, Origin, Relation, Status
from graph.store.base import Filter, View
from queries.implementers import Hop, Implementer, answer
from queries.tiers import Tier

OVERVIEW, WHOLE = 25, 50
_CHANGES = (Relation.GUIDES, Relation.AMENDS, Relation.REPLACES, Relation.REPEALS)
_QUOTED = 700
_UNSTATED = {Origin.INFERRED: "suy đoán", Origin.DECIDED: "người quyết định"}
_LOOSE = (Status.UNNUMBERED, Status.DRAFT)
_KINDS = {
    "implements": ("Ban hành để thực hiện", "Văn bản này thực hiện, triển khai hoặc cụ thể hóa."),
    "substance": ("Căn cứ", "Căn cứ về nội dung."),
    "changes": ("Hướng dẫn, sửa đổi, thay thế, bãi bỏ", "Văn bản này tác động đến."),
    "cites": ("Liên quan", "Văn bản này kiểm tra, tuyên truyền hoặc dẫn chiếu."),
    "competence": ("Căn cứ thẩm quyền", "Quy định thẩm quyền của cơ quan ban hành, không phải nội dung."),
}
SECTIONS = (*_KINDS, *Tier)
_SAID = {
    Tier.MADE_FOR: "Trích yếu hoặc phần mở đầu nói rõ là để thực hiện văn bản này.",
    Tier.BASED_ON: "Lấy văn bản này làm căn cứ nội dung.",
    Tier.TASK: "Giao hoặc nêu việc thực hiện văn bản này trong nội dung.",
    Tier.INFERRED: "Trích yếu nhắc lại trích yếu của văn bản này mà không dẫn số; là suy đoán, cần kiểm tra.",
    Tier.RELATED: "Kiểm tra, tuyên truyền, dẫn chiếu, hoặc chỉ nối qua chuỗi chưa đủ chặt; không tính là thực hiện.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One relation as shown: between which documents, where it is stated, the sentence and its address."""

    source: Document
    target: Document
    relation: str
    stated_in: str
    quote: str
    address: str | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A document with the steps that lead from it or to it."""

    document: Document
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: `lines` are those shown, from `offset` on, `total` how many there are.

    `previous` and `following` are addresses of the slices before and after, `whole` that of the section alone.
    """

    key: str
    title: str
    said: str
    total: int
    offset: int
    lines: tuple[Line, ...]
    whole: str | None = None
    previous: str | None = None
    following: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a document's answers is asked for: narrowed documents, and one section from an offset, or all."""

    wanted: Filter
    section: str | None = None
    offset: int = 0

    @property
    def rests(self) -> bool:
        """Whether what the document rests on is asked for."""
        return self.section is None or self.section in _KINDS

    @property
    def answers(self) -> bool:
        """Whether what implements the document is asked for."""
        return self.section is None or self.section not in _KINDS

    def shows(self, key: str) -> bool:
        """Whether the section is to be shown."""
        return self.section in (None, key)


def foundations(view: View, document: Document, asked: Asked) -> tuple[Section, ...]:
    """What a document implements, rests on, changes or cites: one section for each kind that has lines."""
    edges: dict[str, list[Edge]] = {}
    for edge in view.outgoing([document.id]):
        edges.setdefault(_kind(edge), []).append(edge)
    shown = {key: _slice(edges[key], asked) for key in _KINDS if key in edges and asked.shows(key)}
    shelf = _Shelf(view, [document])
    shelf.fetch(edge for some in shown.values() for edge in some)
    return tuple(
        _section(document.id, asked, key, _KINDS[key], len(edges[key]), map(shelf.line_to, some))
        for key, some in shown.items()
    )


@dataclass(frozen=True, slots=True)
class Implementation:
    """What implements a document: sections by tier, and the numbers for the whole answer."""

    sections: tuple[Section, ...]
    implementing: int
    loose: int
    cited: int
    related: int


def implementation(view: View, document: Document, asked: Asked) -> Implementation:
    """What implements `document`, by tier, chains and quotes included."""
    found = answer(view, document.id, wanted=asked.wanted)
    tiers = {tier: total for tier, total in found.tiers.items() if total}
    shown = {tier: found.slice(*_limits(asked), tier=tier) for tier in tiers if asked.shows(tier)}
    shelf = _Shelf(view, [document, *(one.document for some in shown.values() for one in some)])
    shelf.fetch(hop for some in shown.values() for one in some for hop in one.chain)
    sections = tuple(
        _section(document.id, asked, tier, (TIERS[tier], _SAID[tier]), tiers[tier], map(shelf.line_of, some))
        for tier, some in shown.items()
    )
    return Implementation(
        sections,
        implementing=found.total - found.tiers[Tier.RELATED],
        loose=sum(found.count(Filter(status=status)) for status in _LOOSE),
        cited=found.count(Filter(held=False)),
        related=found.tiers[Tier.RELATED],
    )


def changes_to(view: View, document: Document) -> tuple[Line, ...]:
    """The documents that amend, replace or repeal it."""
    edges = view.incoming([document.id], [Relation.AMENDS, Relation.REPLACES, Relation.REPEALS])[:WHOLE]
    shelf = _Shelf(view, [document])
    shelf.fetch(edges)
    return tuple(map(shelf.line_from, edges))


def _kind(edge: Edge) -> str:
    if edge.relation is Relation.BASED_ON:
        return "competence" if edge.basis is BasisKind.COMPETENCE else "substance"
    if edge.relation is Relation.IMPLEMENTS:
        return "implements"
    return "changes" if edge.relation in _CHANGES else "cites"


def _limits(asked: Asked) -> tuple[int, int]:
    """How many lines of a section are shown, and from where on."""
    return (OVERVIEW, 0) if asked.section is None else (WHOLE, asked.offset)


def _slice(edges: Sequence[Edge], asked: Asked) -> Sequence[Edge]:
    limit, offset = _limits(asked)
    return edges[offset : offset + limit]


def _section(id: str, asked: Asked, key: str, words: tuple[str, str], total: int, lines: Iterable[Line]) -> Section:
    shown = tuple(lines)
    wanted = {
        "level": asked.wanted.level,
        "province": asked.wanted.province,
        "predecessors": "true" if asked.wanted.predecessors else None,
        "year": asked.wanted.year,
    }

    def slice_at(offset: int) -> str:
        return with_query(document_address(id), {"section": key, **wanted, "offset": offset or None})

    if asked.section is None:
        whole = slice_at(0) if total > len(shown) else None
        return Section(key, *words, total, 0, shown, whole=whole)
    return Section(
        key,
        *words,
        total,
        asked.offset,
        shown,
        previous=slice_at(max(asked.offset - WHOLE, 0)) if asked.offset else None,
        following=slice_at(asked.offset + WHOLE) if asked.offset + WHOLE < total else None,
    )


class _Shelf:
    """The documents that a page names, and which of them hold the texts that it quotes: read once for the page."""

    def __init__(self, view: View, known: Iterable[Document]) -> None:
        self._view = view
        self._documents = {one.id: one for one in known}
        self._holders: dict[str, Document | None] = {}

    def fetch(self, relations: Iterable[Edge | Hop]) -> None:
        """Read what the relations name and is not known yet."""
        seen = list(relations)
        self._read({id for one in seen for id in (one.source, one.target)})
        self._holders |= {digest: one for one in self._documents.values() for digest in one.sources}
        missing = {proof.digest for proof in map(_proof, seen) if proof} - self._holders.keys()
        owners = {digest: next(iter(self._view.assigned(digest)), "") for digest in sorted(missing)}
        self._read(set(owners.values()))
        self._holders |= {digest: self._documents.get(id) for digest, id in owners.items()}

    def line_to(self, edge: Edge) -> Line:
        """The document that an edge leads to."""
        return Line(self._documents[edge.target], (self.step(edge),))

    def line_from(self, edge: Edge) -> Line:
        """The document that an edge comes from."""
        return Line(self._documents[edge.source], (self.step(edge),))

    def line_of(self, one: Implementer) -> Line:
        """A document with its chain."""
        return Line(one.document, tuple(map(self.step, one.chain)))

    def step(self, relation: Edge | Hop) -> Step:
        """A relation as shown."""
        proof = _proof(relation)
        holder = self._holders.get(proof.digest) if proof else None
        inferred = relation.origin is Origin.INFERRED
        return Step(
            source=self._documents[relation.source],
            target=self._documents[relation.target],
            relation=RELATIONS[relation.relation],
            stated_in=_UNSTATED.get(relation.origin, PLACES[relation.stated_in]),
            quote=_shortened(relation.quote),
            address=place_address(holder, proof) if proof and holder else None,
            score=relation.score if inferred else None,
        )

    def _read(self, ids: Collection[str]) -> None:
        self._documents |= self._view.documents(set(ids) - self._documents.keys())


def _proof(relation: Edge | Hop) -> Evidence | None:
    if isinstance(relation, Hop):
        return relation.proof
    return relation.evidence[0] if relation.evidence else None


def _shortened(quote: str) -> str:
    """A quote of bearable length; the whole stands in the text that it links to."""
    return quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED].rsplit(maxsplit=1)[0]} …"

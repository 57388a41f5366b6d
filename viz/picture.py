"""Which documents a picture shows: the strongest around one, and further ones where someone asks for more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.checks import only_checks
from graph.errors import UnknownDocumentError
from graph.model import BasisKind, Document, Edge
from graph.store.base import View
from queries.implementers import implementers
from queries.lineage import Direction, lineage
from queries.tiers import Tier, hop_tier
from viz.layout import Item, Layout, extended, layout

FIRST = 70
STEP = 25
WARN = 300
MOST = 1000
DEPTH = 3
_Order = tuple[int, int, bool, str, str]


@dataclass(frozen=True, slots=True)
class Picture:
    """Documents around `root` and where they stand.

    `documents` are all that are shown, by id, and `tiers` how they answer to the root or the root to them; neither the
    root has one nor what an expansion of another document brought. `added` are the ids that came last, the strongest
    first, and `left_out` counts those that would have come with them but for the limits.
    """

    root: str
    documents: Mapping[str, Document]
    tiers: Mapping[str, Tier]
    layout: Layout
    added: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A document that could be shown; `between` are the documents on its chain, from it to the root."""

    document: Document
    tier: Tier
    between: tuple[str, ...]


def picture(view: View, id: str, expansions: Sequence[str] = ()) -> Picture:
    """The first view of document `id`, and then what each of `expansions`, ids of shown documents, brought in turn.

    A pure function of the store and its arguments: whoever asks for the same sees the same. At most FIRST documents
    are in a first view, STEP come with an expansion, and MOST are shown at all.
    Raises UnknownDocumentError where `id` is not in the store or an expansion not in the picture.
    """
    shown = _first_view(view, id)
    neighbours: dict[str, list[_Candidate]] = {}
    for node in expansions:
        if node not in shown.documents:
            message = f"{node!r} is not in the picture of {id!r}"
            raise UnknownDocumentError(message, remedy="expand a document that is shown, or open its own picture")
        if node not in neighbours:
            neighbours[node] = _neighbours(view, shown.documents[node])
        shown = _expanded(shown, node, neighbours[node])
    return shown


def edges_of(view: View, shown: Picture) -> tuple[Edge, ...]:
    """The edges between shown documents that touch what came last, by (source, relation, target).

    Legal bases of mere competence are left out.
    """
    added = frozenset(shown.added)
    edges = _in_substance(view.outgoing(shown.documents.keys()))
    return tuple(
        edge for edge in edges if edge.target in shown.documents and (edge.source in added or edge.target in added)
    )


def _first_view(view: View, id: str) -> Picture:
    below, above = _below(view, id), _above(view, id)
    root = view.document(id)
    if root is None:
        raise UnknownDocumentError(f"the store no longer holds {id!r}", remedy="ask again")
    candidates: dict[str, _Candidate] = {}
    for one in sorted((*below, *above), key=lambda one: one.tier.rank):
        candidates.setdefault(one.document.id, one)
    candidates.pop(id, None)
    degrees = _degrees(id, (*below, *above))
    ranked = sorted(
        candidates.values(), key=lambda one: _order(one.document, one.tier, degrees.get(one.document.id, 0))
    )
    chosen = _chosen(id, ranked)
    documents = {id: root} | {one.document.id: one.document for one in ranked if one.document.id in chosen}
    tiers = {one.document.id: one.tier for one in ranked if one.document.id in chosen}
    return Picture(
        root=id,
        documents=documents,
        tiers=tiers,
        layout=layout(map(_item, documents.values())),
        added=tuple(documents),
        left_out=len(candidates) + 1 - len(documents),
    )


def _expanded(shown: Picture, node: str, neighbours: Iterable[_Candidate]) -> Picture:
    further = [one for one in neighbours if one.document.id not in shown.documents]
    added = further[: max(0, min(STEP, MOST - len(shown.documents)))]
    return Picture(
        root=shown.root,
        documents={**shown.documents, **{one.document.id: one.document for one in added}},
        tiers={**shown.tiers, **{one.document.id: one.tier for one in added if node == shown.root}},
        layout=extended(shown.layout, (_item(one.document) for one in added)),
        added=tuple(one.document.id for one in added),
        left_out=len(further) - len(added),
    )


def _neighbours(view: View, near: Document) -> list[_Candidate]:
    """The documents that have a relation to `near` or it to them, the strongest relation first."""
    edges = _in_substance([*view.outgoing({near.id}), *view.incoming({near.id})])
    documents = view.documents({id for edge in edges for id in (edge.source, edge.target)})
    best: dict[str, Tier] = {}
    for edge in edges:
        far = edge.target if edge.source == near.id else edge.source
        tier = _tier(edge, documents)
        best[far] = min(best.get(far, tier), tier, key=lambda tier: tier.rank)
    candidates = [_Candidate(documents[far], tier, ()) for far, tier in best.items()]
    return sorted(candidates, key=lambda one: _order(one.document, one.tier, 0))


def _below(view: View, id: str) -> list[_Candidate]:
    """What implements the document by whatever chain, and what else has a relation to it: that is only related."""
    found = [
        _Candidate(one.document, one.tier, tuple(hop.target for hop in one.chain[:-1]))
        for one in implementers(view, id, related=False)
    ]
    known = {one.document.id for one in found}
    others = {edge.source for edge in _in_substance(view.incoming({id}))} - known - {id}
    return [*found, *(_Candidate(one, Tier.RELATED, ()) for one in view.documents(others).values())]


def _above(view: View, id: str) -> list[_Candidate]:
    """What the document goes back to, each by the strongest of its shortest ways.

    A way is as strong as its weakest hop.
    """
    found = lineage(view, id, direction=Direction.UP, depth=DEPTH)
    documents = {one.id: one for one in found.documents}
    edges: dict[str, list[Edge]] = defaultdict(list)
    for edge in _in_substance(found.edges):
        edges[edge.source].append(edge)
    ways: dict[str, _Candidate] = {}
    for level in found.levels[:-1]:
        further: dict[str, _Candidate] = {}
        for near in (one.id for one in level if one.id == id or one.id in ways):
            for edge in edges[near]:
                if edge.target in ways or edge.target == id:
                    continue
                way = _longer(ways.get(near), documents[edge.target], _tier(edge, documents))
                known = further.get(edge.target)
                if known is None or way.tier.rank < known.tier.rank:
                    further[edge.target] = way
        ways |= further
    return list(ways.values())


def _longer(way: _Candidate | None, document: Document, tier: Tier) -> _Candidate:
    """`way`, None at the root, and one hop of `tier` to `document`."""
    if way is None:
        return _Candidate(document, tier, ())
    weakest = max(tier, way.tier, key=lambda tier: tier.rank)
    return _Candidate(document, weakest, (way.document.id, *way.between))


def _in_substance(edges: Iterable[Edge]) -> list[Edge]:
    return [edge for edge in edges if edge.basis is not BasisKind.COMPETENCE]


def _tier(edge: Edge, documents: Mapping[str, Document]) -> Tier:
    return hop_tier(edge, checks=only_checks(documents[edge.source], documents[edge.target]))


def _degrees(root: str, candidates: Iterable[_Candidate]) -> dict[str, int]:
    """How many documents each stands next to on the candidates' chains."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one in candidates:
        way = (one.document.id, *one.between, root)
        for near, far in pairwise(way):
            neighbours[near].add(far)
            neighbours[far].add(near)
    return {id: len(others) for id, others in neighbours.items()}


def _order(document: Document, tier: Tier, degree: int) -> _Order:
    return tier.rank, -degree, document.date is None, document.date or "", document.id


def _chosen(root: str, ranked: Iterable[_Candidate]) -> Collection[str]:
    """The first of `ranked`, each with its chain or not at all, so that nothing shown hangs in the air."""
    chosen = {root}
    for one in ranked:
        needed = {one.document.id, *one.between} - chosen
        if len(chosen) + len(needed) <= FIRST:
            chosen |= needed
    return chosen


def _item(document: Document) -> Item:
    return Item(document.id, document.level, document.date)

"""Documents and edges as the properties of nodes and relationships, and back.

Labels and types of relationships come from closed enums alone; every value is a property.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from graph.identifiers import territory
from graph.model import (
    COUNTRY,
    BasisKind,
    Branch,
    Document,
    Edge,
    Evidence,
    Level,
    Matching,
    Origin,
    Part,
    Place,
    Relation,
    StatedIn,
    Status,
    Zone,
)
from graph.registry.places import find_units
from graph.resolve.conflicts import disputed_fields
from graph.resolve.documents import slack_of
from graph.resolve.edges import Statement
from graph.resolve.infer import area, titled
from graph.resolve.places import level_of
from graph.ruling import Ruling
from graph.signs import Sign
from graph.store.codec import dumps, loads
from graph.store.words import searched_words

Properties = dict[str, Any]
"""Values that the driver sends and gives: text, numbers, truth values and lists of text; None where there is none."""


class Label(StrEnum):
    """What a document node is called besides Document; HELD: its text was read."""

    HELD = "Held"
    PLAN = "Plan"
    PROGRAMME = "Programme"
    DIRECTIVE = "Directive"
    RESOLUTION = "Resolution"
    CONCLUSION = "Conclusion"
    DECISION = "Decision"
    REGULATION = "Regulation"
    LAW = "Law"
    DECREE = "Decree"
    CIRCULAR = "Circular"
    GUIDANCE = "Guidance"
    REPORT = "Report"
    NOTICE = "Notice"


_LABELS = {
    "Kế hoạch": Label.PLAN,
    "Chương trình": Label.PROGRAMME,
    "Chỉ thị": Label.DIRECTIVE,
    "Nghị quyết": Label.RESOLUTION,
    "Kết luận": Label.CONCLUSION,
    "Quyết định": Label.DECISION,
    "Quy định": Label.REGULATION,
    "Quy chế": Label.REGULATION,
    "Luật": Label.LAW,
    "Bộ luật": Label.LAW,
    "Pháp lệnh": Label.LAW,
    "Hiến pháp": Label.LAW,
    "Nghị định": Label.DECREE,
    "Thông tư": Label.CIRCULAR,
    "Thông tư liên tịch": Label.CIRCULAR,
    "Hướng dẫn": Label.GUIDANCE,
    "Báo cáo": Label.REPORT,
    "Thông báo": Label.NOTICE,
}
_NEWER_FIRST = str.maketrans("0123456789", "9876543210")
_AFTER_DATES = "~"
"""Sorts after digits and hyphens: it ends a date where newer ones come first, and stands for a date that is unknown."""


def relation_type(relation: Relation) -> str:
    """The type of the relationships of a relation: IMPLEMENTS."""
    return relation.name


ANY_RELATION = "|".join(map(relation_type, Relation))


def labels_of(document: Document) -> frozenset[Label]:
    """What its node is called besides Document."""
    named = {_LABELS[document.type]} if document.type in _LABELS else set[Label]()
    return frozenset(named | {Label.HELD} if document.held else named)


def document_properties(document: Document) -> Properties:
    """The properties of a document's node; facts are left out, which follow from its claims."""
    place = document.place or COUNTRY
    known, compared = document.date is not None, titled(document)
    return {
        "id": document.id,
        "sign": document.sign,
        "type": document.type,
        "title": document.title,
        "issuer": document.issuer,
        "branch": document.branch,
        "level": document.level,
        "province": place.province,
        "district": place.district,
        "commune": place.commune,
        "place_kind": place.kind,
        "date": document.date,
        "year": int(document.date[:4]) if document.date else None,
        "status": document.status,
        "held": document.held,
        "matching": document.matching,
        "signer": document.signer,
        "signer_position": document.signer_position,
        "mentions": document.mentions,
        "sources": list(document.sources) or None,
        "parts": [dumps(part) for part in document.parts] or None,
        "rulings": [dumps(ruling) for ruling in document.rulings] or None,
        "sign_key": Sign.parse(document.sign).key if document.sign else None,
        "area": area(document.place) if document.place else None,
        "opening": compared.opening if compared else None,
        "leads": compared.leads if compared else None,
        "words": searched_words(document),
        "oldest_first": f"{document.date if known else _AFTER_DATES} {document.id}",
        "newest_first": f"{(document.date or '').translate(_NEWER_FIRST)}{_AFTER_DATES * (2 - known)} {document.id}",
    }


def node_properties(document: Document, block: str) -> Properties:
    """All that the node of a document has: its properties, and what follows from its facts, which must be there, for
    the writer. `block` is that of its claims."""
    disputed = sorted(disputed_fields(document.facts)) or None
    return {
        **document_properties(document),
        "block": block,
        "slack": slack_of(document.facts),
        "disputed": disputed,
    }


def document_of(node: Mapping[str, Any]) -> Document:
    """The document, without facts, whose node has these properties."""
    get = node.get
    place = None
    if "area" in node:
        place = Place(get("province"), get("district"), get("commune"), get("place_kind"))
    return Document(
        id=node["id"],
        sign=get("sign"),
        type=get("type"),
        title=get("title"),
        issuer=get("issuer"),
        branch=Branch(node["branch"]) if "branch" in node else None,
        level=Level(node["level"]) if "level" in node else None,
        place=place,
        date=get("date"),
        status=Status(node["status"]),
        held=node["held"],
        matching=Matching(node["matching"]),
        signer=get("signer"),
        signer_position=get("signer_position"),
        mentions=node["mentions"],
        sources=tuple(get("sources") or ()),
        parts=tuple(loads(Part, part) for part in get("parts") or ()),
        rulings=tuple(loads(Ruling, ruling) for ruling in get("rulings") or ()),
    )


def place_properties(place: Place) -> list[Properties]:
    """The node of a territory and those of the territories that hold it, the lowest first; none for the country."""
    chain, upper = [], place
    while upper != COUNTRY:
        level = level_of(upper)
        name = upper.commune or upper.district or upper.province
        chain.append({"id": territory(upper), "name": name, "kind": upper.kind, "level": level})
        upper = _above(upper)
    return chain


def _above(place: Place) -> Place:
    """The territory that holds one, with the kind that it has in the registry if that knows one alone."""
    if place.commune and place.district:
        name, upper = place.district, Place(place.province, place.district)
    elif place.province and (place.commune or place.district):
        name, upper = place.province, Place(place.province)
    else:
        return COUNTRY
    kinds = {unit.kind for unit in find_units(name, level=level_of(upper), province=upper.province)}
    return replace(upper, kind=kinds.pop() if len(kinds) == 1 else None)


def statement_properties(position: int, said: Statement) -> Properties:
    """The properties of a STATED relationship: relation `position` of a source, with its sentence."""
    one = said.evidence
    return {
        **_evidence_properties(one),
        "basis": one.basis,
        "relation": said.relation,
        "position": position,
        "score": said.score,
    }


def statement_of(source: str, target: str, properties: Mapping[str, Any]) -> Statement:
    """The statement between two documents whose STATED relationship has these properties."""
    evidence = _evidence(properties, properties.get("basis"))
    return Statement(source, Relation(properties["relation"]), target, evidence, properties["score"])


def edge_properties(edge: Edge) -> Properties:
    """The properties of the relationship between two documents, with the first of the evidence."""
    common = {
        "stated_in": edge.stated_in,
        "quote": edge.quote,
        "origin": edge.origin,
        "score": edge.score,
        "basis": edge.basis,
        "ruling": dumps(edge.ruling) if edge.ruling else None,
    }
    if not edge.evidence:
        return common
    first = edge.evidence[0]
    return {**_evidence_properties(first), "sentence_basis": first.basis, **common}


def edge_of_relationship(source: str, type: str, target: str, properties: Mapping[str, Any]) -> Edge:
    """The edge, with the first of its evidence, whose relationship has this type and these properties."""
    proof = (_evidence(properties, properties.get("sentence_basis")),) if "digest" in properties else ()
    return Edge(
        source=source,
        relation=Relation[type],
        target=target,
        stated_in=StatedIn(properties["stated_in"]),
        quote=properties["quote"],
        origin=Origin(properties["origin"]),
        score=properties["score"],
        basis=BasisKind(properties["basis"]) if "basis" in properties else None,
        evidence=proof,
        ruling=loads(Ruling, properties["ruling"]) if "ruling" in properties else None,
    )


def _evidence_properties(one: Evidence) -> Properties:
    return {
        "digest": one.digest,
        "start": one.start,
        "end": one.end,
        "mention_start": one.mention_start,
        "mention_end": one.mention_end,
        "quote": one.quote,
        "zone": one.zone,
        "stated_in": one.stated_in,
        "cue": one.cue,
    }


def _evidence(properties: Mapping[str, Any], basis: str | None) -> Evidence:
    return Evidence(
        digest=properties["digest"],
        start=properties["start"],
        end=properties["end"],
        mention_start=properties["mention_start"],
        mention_end=properties["mention_end"],
        quote=properties["quote"],
        zone=Zone(properties["zone"]),
        stated_in=StatedIn(properties["stated_in"]),
        cue=properties["cue"],
        basis=BasisKind(basis) if basis else None,
    )

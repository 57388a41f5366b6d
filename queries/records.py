"""Answers as plain JSON values: the one form that the command line and the REST interface give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from graph.model import Document, Edge, Evidence, Fact, Header, Reading
from graph.resolve.conflicts import disputed_fields
from graph.resolve.decide import Decision
from graph.ruling import Ruling
from graph.where import spans_by_field
from queries.conflicts import Disputed
from queries.curate import Decided, NamedClaim
from queries.implementers import Hop, Implementer
from queries.lineage import Lineage
from queries.path import Path

Record = dict[str, Any]


def document_record(document: Document) -> Record:
    """What is known of a document, without its facts and sources."""
    place = document.place
    return {
        "id": document.id,
        "sign": document.sign,
        "type": document.type,
        "title": document.title,
        "issuer": document.issuer,
        "level": document.level,
        "province": place.province if place else None,
        "district": place.district if place else None,
        "commune": place.commune if place else None,
        "date": document.date,
        "status": document.status,
        "held": document.held,
    }


def implementer_record(one: Implementer) -> Record:
    """A document with its tier and the hops of its chain, from the document to the directive."""
    return {**document_record(one.document), "tier": one.tier, "chain": [hop_record(hop) for hop in one.chain]}


def hop_record(hop: Hop) -> Record:
    """One hop of a chain; `proof` tells where the quote stands, null for an inferred relation."""
    return {
        "source": hop.source,
        "relation": hop.relation,
        "target": hop.target,
        "stated_in": hop.stated_in,
        "quote": hop.quote,
        "tier": hop.tier,
        "origin": hop.origin,
        "score": hop.score,
        "proof": evidence_record(hop.proof) if hop.proof else None,
    }


def evidence_record(evidence: Evidence) -> Record:
    """Where a sentence stands: the SHA-256 of the source's text and offsets in code points."""
    return {
        "digest": evidence.digest,
        "start": evidence.start,
        "end": evidence.end,
        "zone": evidence.zone,
        "quote": evidence.quote,
    }


def edge_record(edge: Edge) -> Record:
    """One relation with all sentences that state it."""
    return {
        "source": edge.source,
        "relation": edge.relation,
        "target": edge.target,
        "stated_in": edge.stated_in,
        "quote": edge.quote,
        "origin": edge.origin,
        "score": edge.score,
        "basis": edge.basis,
        "evidence": [evidence_record(evidence) for evidence in edge.evidence],
        "ruling": ruling_record(edge.ruling) if edge.ruling else None,
    }


def lineage_record(found: Lineage) -> Record:
    """Documents with their `distance`, nearest first, and the edges between them."""
    documents = [
        {**document_record(document), "distance": distance}
        for distance, level in enumerate(found.levels)
        for document in level
    ]
    return {"documents": documents, "edges": [edge_record(edge) for edge in found.edges], "cut": found.cut}


def path_record(found: Path) -> Record:
    """The documents of a chain from its beginning, and the edges from each to the next."""
    documents = [document_record(document) for document in found.documents]
    return {"documents": documents, "edges": [edge_record(edge) for edge in found.edges]}


def details_record(document: Document, texts: Iterable[Reading] = ()) -> Record:
    """A document with everything that texts say of it; a fact `conflicts` when others of its field say otherwise.

    `texts` are those that were read of it.
    """
    conflicting = disputed_fields(document.facts)
    return {
        **document_record(document),
        "branch": document.branch,
        "matching": document.matching,
        "signer": document.signer,
        "signer_position": document.signer_position,
        "mentions": document.mentions,
        "rulings": [ruling_record(ruling) for ruling in document.rulings],
        "facts": [_fact_record(fact, fact.field in conflicting) for fact in document.facts],
        "sources": list(document.sources),
        "texts": [text_record(reading) for reading in texts],
    }


def text_record(reading: Reading) -> Record:
    """Where one text gives the values of its header, and what it says of the time it covers, its parts, recipients and
    deadlines, with offsets into it."""
    header = reading.claims[0].header or Header()
    return {
        "digest": reading.source.digest,
        "evidence": spans_by_field(header.evidence),
        "period": asdict(header.period) if header.period else None,
        "parts": [{**asdict(part), "evidence": spans_by_field(part.evidence)} for part in header.parts],
        "recipients": [asdict(recipient) for recipient in reading.recipients],
        "deadlines": [asdict(deadline) for deadline in reading.deadlines],
    }


def disputed_record(one: Disputed) -> Record:
    """A document with its conflicts: by field the chosen value, why it was chosen, and all values, the chosen first."""
    conflicts = [
        {
            "field": conflict.field,
            "chosen": conflict.facts[0].value,
            "reason": conflict.reason,
            "values": [value_record(fact) for fact in conflict.facts],
        }
        for conflict in one.conflicts
    ]
    return {**document_record(one.document), "conflicts": conflicts}


def value_record(fact: Fact) -> Record:
    """One value: how many places give it, whether the document's own header does, and one place as written."""
    return {"value": fact.value, "count": fact.count, "own": fact.own, "quote": fact.quote}


def claim_record(one: NamedClaim) -> Record:
    """A claim with its name, what it says, and the file that it is in."""
    claim = one.claim
    said = {name: getattr(claim, name) for name in ("text", "type", "number", "name", "date", "issuer", "title", "own")}
    return {**said, "cited_name": said["name"], "name": one.name, "file": one.file}


def decided_record(one: Decided) -> Record:
    """A decision with what became of it, and the documents that its claims are of now."""
    decision = one.decision
    return {
        "id": decision.id,
        **{name: getattr(decision, name) for name in Decision.__slots__},
        "standing": one.standing,
        "documents": list(one.documents),
    }


def ruling_record(ruling: Ruling) -> Record:
    """A decision as told by what it decided."""
    return {name: getattr(ruling, name) for name in Ruling.__slots__}


def _fact_record(fact: Fact, conflicts: bool) -> Record:
    return {
        "field": fact.field,
        "value": fact.value,
        "count": fact.count,
        "own": fact.own,
        "chosen": fact.chosen,
        "quote": fact.quote,
        "conflicts": conflicts,
        "ruling": ruling_record(fact.ruling) if fact.ruling else None,
    }

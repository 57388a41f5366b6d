"""Documents and edges as RDF in the terms of the European Legislation Identifier ontology, version 1.5.

A document is an eli:LegalResource whose Vietnamese text is its eli:LegalExpression. Relations that ELI has no term for
are properties of our own below the nearest term of ELI. Every stated relation is also an rdf:Statement for each
sentence that states it. A relation that is only inferred is an rdf:Statement with its score, and never asserted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from graph.identifiers import territory
from graph.model import COUNTRY, Document, Edge, Evidence, Origin, Place, Relation
from graph.text import slug, without_controls

ELI = Namespace("http://data.europa.eu/eli/ontology#")
BASE = "urn:cancu:"
VIETNAMESE = URIRef("http://publications.europa.eu/resource/authority/language/VIE")
VIET_NAM = URIRef("http://publications.europa.eu/resource/authority/country/VNM")

_ELI_TERMS = {
    Relation.IMPLEMENTS: ELI.ensures_implementation_of,
    Relation.BASED_ON: ELI.based_on,
    Relation.AMENDS: ELI.amends,
    Relation.CITES: ELI.cites,
}
_OWN_TERMS = {
    Relation.GUIDES: ELI.applies,
    Relation.REPLACES: ELI.repeals,
    Relation.REPEALS: ELI.repeals,
    Relation.MONITORS: ELI.cites,
    Relation.DISSEMINATES: ELI.cites,
}
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def to_graph(documents: Iterable[Document], edges: Iterable[Edge], *, base: str = BASE) -> Graph:
    """`documents` and `edges` as an RDF graph whose own IRIs begin with `base`, with the terms that it declares."""
    writer = _Writer(base)
    for document in documents:
        writer.document(document)
    for edge in edges:
        writer.edge(edge)
    return writer.graph


def document_iri(id: str, base: str = BASE) -> URIRef:
    """The IRI of a document; identifiers need no escaping."""
    return URIRef(base + id)


def property_iri(relation: Relation, base: str = BASE) -> URIRef:
    """The term for a relation: ELI's where it has one, else our own below it."""
    return _ELI_TERMS.get(relation) or _vocabulary(base)[relation.value]


def _vocabulary(base: str) -> Namespace:
    return Namespace(f"{base}vocabulary#")


class _Writer:
    """Adds documents and edges to one graph."""

    def __init__(self, base: str) -> None:
        self._base, self._own, self.graph = base, _vocabulary(base), Graph()
        for prefix, namespace in (("eli", ELI), ("cancu", self._own), ("dct", DCTERMS), ("skos", SKOS)):
            self.graph.bind(prefix, namespace)
        for relation, parent in _OWN_TERMS.items():
            term = self._own[relation.value]
            self.graph.add((term, RDF.type, RDF.Property))
            self.graph.add((term, RDFS.subPropertyOf, parent))

    def document(self, document: Document) -> None:
        work = document_iri(document.id, self._base)
        self.graph.add((work, RDF.type, ELI.LegalResource))
        self._text(work, ELI.number, document.sign)
        self._text(work, ELI.id_local, document.id)
        self._text(work, self._own.status, document.status)
        self.graph.add((work, self._own.held, Literal(document.held)))
        if document.date and (datatype := _DATE_TYPES.get(len(document.date))):
            self.graph.add((work, ELI.date_document, Literal(document.date, datatype=datatype)))
        if document.type:
            self.graph.add((work, ELI.type_document, self._named("type", document.type, SKOS.Concept)))
        if document.issuer:
            self.graph.add((work, ELI.passed_by, self._named("agent", document.issuer, ELI.Agent)))
        if document.place is not None:
            self.graph.add((work, ELI.jurisdiction, self._place(document.place)))
        if document.title:
            self._title(work, document.title)

    def edge(self, edge: Edge) -> None:
        source, target = document_iri(edge.source, self._base), document_iri(edge.target, self._base)
        term = property_iri(edge.relation, self._base)
        if edge.origin is not Origin.INFERRED:
            self.graph.add((source, term, target))
        for evidence in edge.evidence or (None,):
            statement = self._statement(edge, evidence)
            self.graph.add((statement, RDF.type, RDF.Statement))
            self.graph.add((statement, RDF.subject, source))
            self.graph.add((statement, RDF.predicate, term))
            self.graph.add((statement, RDF.object, target))
            self._text(statement, self._own.origin, edge.origin)
            self.graph.add((statement, self._own.score, Literal(edge.score, datatype=XSD.double)))
            self._proof(statement, edge, evidence)

    def _proof(self, statement: URIRef, edge: Edge, evidence: Evidence | None) -> None:
        proof: Edge | Evidence = edge if evidence is None else evidence
        self._text(statement, self._own.quote, proof.quote, lang="vi")
        self._text(statement, self._own.statedIn, proof.stated_in)
        self._text(statement, self._own.basis, proof.basis)
        if evidence is not None:
            self._text(statement, self._own.zone, evidence.zone)
            self.graph.add((statement, DCTERMS.source, URIRef(f"urn:sha256:{evidence.digest}")))
            self.graph.add((statement, self._own.start, Literal(evidence.start)))
            self.graph.add((statement, self._own.end, Literal(evidence.end)))

    def _statement(self, edge: Edge, evidence: Evidence | None) -> URIRef:
        """A name that follows from what is stated and where, so that every export names the statement alike."""
        where = (evidence.digest, evidence.start, evidence.end, evidence.mention_start) if evidence else ()
        stated = "\n".join(map(str, (edge.source, edge.relation, edge.target, *where)))
        return URIRef(f"{self._base}statement/{hashlib.sha256(stated.encode()).hexdigest()}")

    def _title(self, work: URIRef, title: str) -> None:
        expression = URIRef(f"{work}/vi")
        self._text(work, DCTERMS.title, title, lang="vi")
        self.graph.add((work, ELI.is_realized_by, expression))
        self.graph.add((expression, RDF.type, ELI.LegalExpression))
        self.graph.add((expression, ELI.realizes, work))
        self.graph.add((expression, ELI.language, VIETNAMESE))
        self._text(expression, ELI.title, title, lang="vi")

    def _place(self, place: Place) -> URIRef:
        if place == COUNTRY:
            return VIET_NAM
        names = ", ".join(name for name in (place.commune, place.district, place.province) if name)
        iri = URIRef(f"{self._base}place/{quote(territory(place))}")
        self.graph.add((iri, RDF.type, ELI.AdministrativeArea))
        self._text(iri, RDFS.label, f"{place.kind} {names}" if place.kind else names, lang="vi")
        return iri

    def _named(self, kind: str, name: str, of: URIRef) -> URIRef:
        iri = URIRef(f"{self._base}{kind}/{quote(slug(name))}")
        self.graph.add((iri, RDF.type, of))
        self._text(iri, SKOS.prefLabel if of == SKOS.Concept else RDFS.label, name, lang="vi")
        return iri

    def _text(self, subject: URIRef, predicate: URIRef, value: str | None, lang: str | None = None) -> None:
        if value:
            self.graph.add((subject, predicate, Literal(without_controls(value), lang=lang)))

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from graph.model import BasisKind, Evidence, Relation, StatedIn, Zone
from graph.rdf import BASE, ELI, VIET_NAM, document_iri, property_iri, to_graph
from tests.factories_view import document, edge, guess, provincial

GOAL = document("33.ct-ttg~2021", "33/CT-TTg", type="Chỉ thị", date="2021-11-26", title="Về công tác dân vận")
PLAN = provincial("780.kh-ubnd~tinh.bac-kan~2021", "780/KH-UBND", date="2021-12")
WORK, PLAN_IRI = document_iri(GOAL.id), document_iri(PLAN.id)
OWN = f"{BASE}vocabulary#"
XML_SCHEMA = "http://www.w3.org/2001/XMLSchema#"


def test_a_document_in_terms_of_eli():
    graph = to_graph([GOAL, PLAN], [])
    assert (WORK, RDF.type, ELI.LegalResource) in graph
    assert graph.value(WORK, ELI.number) == Literal("33/CT-TTg")
    assert graph.value(WORK, ELI.id_local) == Literal("33.ct-ttg~2021")
    assert graph.value(WORK, ELI.type_document) == URIRef("urn:cancu:type/chi-thi")
    assert graph.value(WORK, ELI.passed_by) == URIRef("urn:cancu:agent/thu-tuong-chinh-phu")
    assert graph.value(WORK, ELI.jurisdiction) == VIET_NAM
    assert graph.value(PLAN_IRI, ELI.jurisdiction) == URIRef("urn:cancu:place/tinh.bac-kan")
    assert graph.value(URIRef("urn:cancu:place/tinh.bac-kan"), RDFS.label) == Literal("tỉnh Bắc Kạn", lang="vi")


def test_the_title_is_of_the_expression_in_eli_and_of_the_work_in_dublin_core():
    graph = to_graph([GOAL], [])
    expression = graph.value(WORK, ELI.is_realized_by)
    assert (expression, RDF.type, ELI.LegalExpression) in graph
    assert graph.value(expression, ELI.title) == Literal("Về công tác dân vận", lang="vi")
    assert graph.value(WORK, DCTERMS.title) == Literal("Về công tác dân vận", lang="vi")
    assert graph.value(WORK, ELI.title) is None


@pytest.mark.parametrize(
    ("date", "datatype"), [("2021-11-26", "date"), ("2021-11", "gYearMonth"), ("2021", "gYear")]
)
def test_a_date_is_as_precise_as_known(date, datatype):
    value = to_graph([replace(GOAL, date=date)], []).value(WORK, ELI.date_document)
    assert (str(value), value.datatype) == (date, URIRef(XML_SCHEMA + datatype))


def test_what_is_not_known_is_left_out():
    bare = replace(GOAL, sign=None, type=None, title=None, issuer=None, place=None, date=None)
    predicates = set(to_graph([bare], []).predicates(WORK))
    assert predicates == {RDF.type, ELI.id_local, URIRef(f"{OWN}status"), URIRef(f"{OWN}held")}


@pytest.mark.parametrize(
    ("relation", "term", "parent"),
    [
        (Relation.IMPLEMENTS, ELI.ensures_implementation_of, None),
        (Relation.BASED_ON, ELI.based_on, None),
        (Relation.AMENDS, ELI.amends, None),
        (Relation.CITES, ELI.cites, None),
        (Relation.GUIDES, URIRef(f"{OWN}guides"), ELI.applies),
        (Relation.REPLACES, URIRef(f"{OWN}replaces"), ELI.repeals),
        (Relation.REPEALS, URIRef(f"{OWN}repeals"), ELI.repeals),
        (Relation.MONITORS, URIRef(f"{OWN}monitors"), ELI.cites),
        (Relation.DISSEMINATES, URIRef(f"{OWN}disseminates"), ELI.cites),
    ],
)
def test_the_term_of_a_relation(relation, term, parent):
    graph = to_graph([], [edge(PLAN.id, relation, GOAL.id)])
    assert (PLAN_IRI, term, WORK) in graph
    assert graph.value(term, RDFS.subPropertyOf) == parent


def test_every_relation_has_a_term():
    assert len({property_iri(relation) for relation in Relation}) == len(Relation)


def test_each_sentence_is_a_statement_with_its_quote():
    said = edge(PLAN.id, Relation.BASED_ON, GOAL.id, StatedIn.PREAMBLE, quote="Căn cứ Chỉ thị số 33/CT-TTg;")
    other = Evidence("1" * 64, 5, 9, 6, 8, "theo Chỉ thị", Zone.BODY, StatedIn.BODY, basis=BasisKind.SUBSTANCE)
    graph = to_graph([], [replace(said, evidence=(*said.evidence, other))])
    statements = list(graph.subjects(RDF.type, RDF.Statement))
    assert {str(graph.value(one, URIRef(f"{OWN}quote"))) for one in statements} == {said.quote, "theo Chỉ thị"}
    for one in statements:
        assert graph.value(one, RDF.subject) == PLAN_IRI
        assert graph.value(one, RDF.predicate) == ELI.based_on
        assert graph.value(one, RDF.object) == WORK
    assert {str(graph.value(one, DCTERMS.source)) for one in statements} == {
        f"urn:sha256:{'0' * 64}",
        f"urn:sha256:{'1' * 64}",
    }


def test_a_guess_is_stated_with_its_score_and_not_asserted():
    graph = to_graph([], [guess(PLAN.id, GOAL.id, 0.8)])
    assert (PLAN_IRI, ELI.ensures_implementation_of, WORK) not in graph
    (statement,) = graph.subjects(RDF.type, RDF.Statement)
    assert graph.value(statement, URIRef(f"{OWN}origin")) == Literal("inferred")
    assert graph.value(statement, URIRef(f"{OWN}score")).toPython() == 0.8


def test_the_base_is_a_matter_of_choice():
    graph = to_graph([GOAL], [], base="https://example.org/cancu/")
    assert (URIRef("https://example.org/cancu/33.ct-ttg~2021"), RDF.type, ELI.LegalResource) in graph
    assert not any(str(subject).startswith("urn:cancu:") for subject in graph.subjects())


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_survives_turtle_and_xml(title, quote):
    plan = replace(PLAN, title=title, issuer=title, type=title)
    graph = to_graph([plan], [edge(PLAN.id, Relation.CITES, GOAL.id, quote=quote)])
    for form in ("turtle", "xml"):
        assert isomorphic(Graph().parse(data=graph.serialize(format=form), format=form), graph)

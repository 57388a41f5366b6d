"""The registry: document types, places, authorities and named laws as validated data files.

A new document type, issuer abbreviation, place or law is a change to data alone.
"""

from graph.registry.authorities import Authority, authorities
from graph.registry.laws import Law, law_at, laws_named, longest_law_name
from graph.registry.places import Unit, find_units, provinces, successors, to_place
from graph.registry.terms import TermBody, term_of, term_span
from graph.registry.types import DocumentType, document_types

__all__ = [
    "Authority",
    "DocumentType",
    "Law",
    "TermBody",
    "Unit",
    "authorities",
    "document_types",
    "find_units",
    "law_at",
    "laws_named",
    "longest_law_name",
    "provinces",
    "successors",
    "term_of",
    "term_span",
    "to_place",
]

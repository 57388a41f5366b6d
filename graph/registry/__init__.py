"""The registry: document types, places, authorities and named laws as validated data files.

A new document type, issuer abbreviation, place or law is a change to data alone.
"""

from graph.registry.authorities import Authority, authorities
from graph.registry.types import DocumentType, document_types

__all__ = ["Authority", "DocumentType", "authorities", "document_types"]

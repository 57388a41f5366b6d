"""Document types and their codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from graph.registry.load import load_entries


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A document type. `codes` stand for it in signs, `aliases` are longer words for it, `examples` are its signs."""

    name: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...]
    examples: tuple[str, ...]


@lru_cache(maxsize=1)
def document_types() -> tuple[DocumentType, ...]:
    """All document types in the file's order. Raises RegistryError."""
    entries = load_entries("types.yaml", frozenset({"name", "codes", "examples"}), frozenset({"aliases"}))
    return tuple(
        DocumentType(entry["name"], tuple(entry["codes"]), tuple(entry.get("aliases", ())), tuple(entry["examples"]))
        for entry in entries
    )

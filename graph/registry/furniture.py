"""Lines of web pages that are no part of a document."""

from __future__ import annotations

from functools import lru_cache

from graph.registry.load import load_entries


@lru_cache(maxsize=1)
def furniture_lines() -> tuple[str, ...]:
    """Whole lines, "…" for anything. Raises RegistryError."""
    return tuple(entry["line"] for entry in load_entries("furniture.yaml", frozenset({"line"})))

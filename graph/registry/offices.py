"""Offices that sign documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from graph.errors import RegistryError
from graph.registry.load import load_entries


@dataclass(frozen=True, slots=True)
class Office:
    """An office by its name in usual capitals. `issues` tells that it issues documents in its own name."""

    name: str
    issues: bool = False


@lru_cache(maxsize=1)
def offices() -> tuple[Office, ...]:
    """All offices, longest names first. Raises RegistryError."""
    found = [
        Office(entry["name"], entry.get("issues", False))
        for entry in load_entries("offices.yaml", frozenset({"name"}), frozenset({"issues"}))
    ]
    if len({office.name for office in found}) < len(found):
        raise RegistryError("offices.yaml: an office stands twice")
    return tuple(sorted(found, key=lambda office: -len(office.name)))

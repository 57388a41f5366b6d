"""The words that govern citations, by group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from graph.errors import RegistryError
from graph.registry.load import load_entries


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Words of one function. `examples` are clauses right before a citation that the group's relation governs."""

    group: str
    words: tuple[str, ...]
    examples: tuple[str, ...]


@lru_cache(maxsize=1)
def cue_groups() -> dict[str, CueGroup]:
    """All groups by name, in the file's order. Raises RegistryError."""
    groups: dict[str, CueGroup] = {}
    for entry in load_entries("cues.yaml", frozenset({"group", "words", "examples"})):
        group = CueGroup(entry["group"], tuple(entry["words"]), tuple(entry["examples"]))
        if group.group in groups or not group.words:
            raise RegistryError(f"cues.yaml: group {group.group!r} stands twice or has no words")
        groups[group.group] = group
    return groups

"""Words of one function by group: those that govern citations, and those of recipients, deadlines and periods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from graph.errors import RegistryError
from graph.registry.load import load_entries


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Words of one function. `examples` are texts with one of them; the file says what they are examples of."""

    group: str
    words: tuple[str, ...]
    examples: tuple[str, ...]


@lru_cache(maxsize=8)
def cue_groups(file: str = "cues.yaml") -> dict[str, CueGroup]:
    """All groups of a registry file by name, in the file's order. Raises RegistryError."""
    groups: dict[str, CueGroup] = {}
    for entry in load_entries(file, frozenset({"group", "words", "examples"})):
        group = CueGroup(entry["group"], tuple(entry["words"]), tuple(entry["examples"]))
        if group.group in groups or not group.words:
            raise RegistryError(f"{file}: group {group.group!r} stands twice or has no words")
        groups[group.group] = group
    return groups

"""How sure a finding is, by its kind: measured on annotated documents, kept as counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import RegistryError
from graph.registry.load import load_entries

_FIELDS = frozenset({"of", "kind", "right", "total", "examples"})
_Z = 1.959964  # of the standard normal distribution at 97.5 %


@dataclass(frozen=True, slots=True)
class Measured:
    """How many of `total` findings of one kind were right. `of` is "mention" or "relation"."""

    of: str
    kind: str
    right: int
    total: int
    examples: tuple[str, ...]

    @property
    def score(self) -> float:
        """The lower end of the 95 % interval of the share that is right (Wilson 1927), to two digits.

        A kind of which few were counted so promises little, whatever their share.
        """
        share, spread = self.right / self.total, _Z**2 / self.total
        half = _Z * math.sqrt(share * (1 - share) / self.total + spread / (4 * self.total))
        return round((share + spread / 2 - half) / (1 + spread), 2)


@lru_cache(maxsize=1)
def measured() -> tuple[Measured, ...]:
    """All kinds, in the file's order. Raises RegistryError."""
    kinds = []
    for entry in load_entries("scores.yaml", _FIELDS):
        one = Measured(entry["of"], entry["kind"], entry["right"], entry["total"], tuple(entry["examples"]))
        if not 0 <= one.right <= one.total or not one.total:
            raise RegistryError(f"scores.yaml: {one.of} {one.kind!r} has {one.right} right of {one.total}")
        kinds.append(one)
    return tuple(kinds)


@lru_cache(maxsize=1)
def mention_scores() -> dict[str, float]:
    """The score of a mention by its kind: "sign" or "name"."""
    return {one.kind: one.score for one in measured() if one.of == "mention"}


@lru_cache(maxsize=1)
def relation_scores() -> dict[str, float]:
    """The score of a relation by how its cue governs: "direct", "theo" or "none"."""
    return {one.kind: one.score for one in measured() if one.of == "relation"}

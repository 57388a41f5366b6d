"""The standing of issuing bodies among those of one territory."""

from __future__ import annotations

from functools import lru_cache

from graph.errors import RegistryError
from graph.registry.load import load_entries
from graph.text import fold

LOWEST = 4


@lru_cache(maxsize=1)
def _by_name() -> dict[str, int]:
    """Standing by the folded beginning of an issuer's name. Raises RegistryError."""
    table: dict[str, int] = {}
    for entry in load_entries("standings.yaml", frozenset({"standing", "bodies", "examples"})):
        if not 1 <= entry["standing"] < LOWEST:
            raise RegistryError(f"standings.yaml: standing {entry['standing']!r} is not in 1..{LOWEST - 1}")
        table.update({fold(body): entry["standing"] for body in entry["bodies"]})
    return table


@lru_cache(maxsize=4096)
def standing(issuer: str) -> int:
    """How high a body by its canonical name stands in its territory: 1 the Party committee, LOWEST an office.

    "Ủy ban nhân dân tỉnh Bắc Kạn" → 3, "Sở Nội vụ tỉnh Bắc Kạn" → 4. Raises RegistryError.
    """
    words, table = fold(issuer).split(), _by_name()
    starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((table[start] for start in starts if start in table), LOWEST)

"""The words that tell an inspection or a review by its title."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.errors import RegistryError
from graph.registry.load import load_entries
from graph.text import fold

_MOST = 15


def inspecting_word(title: str) -> str | None:
    """The folded word for checking that a title begins with, None for any other title. Raises RegistryError.

    "Về việc kiểm tra công tác dân vận" → "kiem tra".
    """
    match = _opening().match(fold(title))
    return match["word"] if match else None


@lru_cache(maxsize=1)
def inspection_words() -> tuple[str, ...]:
    """All words for checking, folded. Raises RegistryError where there are more than 15."""
    entries = load_entries("inspections.yaml", frozenset({"word", "examples"}))
    if len(entries) > _MOST:
        raise RegistryError(f"inspections.yaml: {len(entries)} words, at most {_MOST} are kept apart in an index")
    return tuple(fold(entry["word"]) for entry in entries)


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    words = "|".join(map(re.escape, inspection_words()))
    return re.compile(rf"\s*(?:ve )?(?:viec )?(?:to chuc |tien hanh )?(?P<word>{words})\b")

"""The words that tell an inspection or a review by its title."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.registry.load import load_entries
from graph.text import fold


def inspecting_word(title: str) -> str | None:
    """The folded word for checking that a title begins with, None for any other title. Raises RegistryError.

    "Về việc kiểm tra công tác dân vận" → "kiem tra".
    """
    match = _opening().match(fold(title))
    return match["word"] if match else None


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    entries = load_entries("inspections.yaml", frozenset({"word", "examples"}))
    words = "|".join(re.escape(fold(entry["word"])) for entry in entries)
    return re.compile(rf"\s*(?:ve )?(?:viec )?(?:to chuc |tien hanh )?(?P<word>{words})\b")

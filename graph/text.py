"""Folding of Vietnamese text for comparing and searching."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"[\u0300-\u036f]")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """`text` in lower case without diacritics, đ as d: "Dân vận" → "dan van". Length may change."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")


def slug(text: str) -> str:
    """`text` folded, everything but letters and digits as single hyphens: "Bắc Kạn" → "bac-kan"."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def one_line(text: str) -> str:
    """`text` with every run of white space as one space, none at the ends."""
    return " ".join(text.split())

"""Folding of Vietnamese text for comparing and searching."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_MARKS = re.compile(r"[\u0300-\u036f]")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def fold(text: str) -> str:
    """`text` in lower case without diacritics, đ as d: "Dân vận" → "dan van". Length may change."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")


def slug(text: str) -> str:
    """`text` folded, everything but letters and digits as single hyphens: "Bắc Kạn" → "bac-kan"."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def one_line(text: str) -> str:
    """`text` with every run of white space as one space, none at the ends."""
    if text.isprintable() and "  " not in text:  # no white space but single spaces
        return text.strip(" ")
    return " ".join(text.split())


def _flat_table() -> list[str]:
    """What stands for each code point up to the general punctuation. A list, since a miss in a dict is an exception in
    `str.translate`, and most characters of a text stay as they are."""
    table = list(map(chr, range(0x2070)))
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base.lower()
    for code in range(ord("A"), ord("Z") + 1):
        table[code] = chr(code).lower()
    for letter in "đĐðÐ":
        table[ord(letter)] = "d"
    table[0xA0] = " "
    return table


_FLAT = _flat_table()
_SHORT = 500
_PIECE = 65_536


def flatten(text: str) -> str:
    """NFC `text` in ASCII lower case as far as its letters allow, character for character: offsets stay the same."""
    if len(text) < _SHORT:
        return text.translate(_FLAT)
    return "".join([_flattened(text[start : start + _PIECE]) for start in range(0, len(text), _PIECE)])


def _flattened(piece: str) -> str:
    """As `flatten`, faster than `str.translate` where text is long: that makes an object of each character."""
    units = np.frombuffer(piece.encode("utf-16-le", "surrogatepass"), "<u2")
    flat = _flat_units().take(units).tobytes().decode("utf-16-le", "surrogatepass")
    # two surrogates that no pair made stand side by side, which is no text, would come back as one character
    return flat if len(flat) == len(piece) else piece.translate(_FLAT)


@lru_cache(maxsize=1)
def _flat_units() -> NDArray[np.uint16]:
    """The unit of UTF-16 that stands for each; characters of two units stay as they are."""
    units = np.arange(0x10000, dtype="<u2")
    units[: len(_FLAT)] = [ord(letter) for letter in _FLAT]
    return units


def without_controls(text: str) -> str:
    """`text` without terminal escape sequences, control characters other than tab and line ends, characters that turn
    the direction of writing, and code points that no XML document may hold."""
    return _CONTROL.sub("", _ESCAPE.sub("", text))

"""Readers: one module a format, each from the bytes of a file to the raw text that offsets index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from ingest.readers.html import read_html
from ingest.readers.plain import read_plain

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Format:
    """How files with one of `suffixes` are read.

    `read` takes the bytes and raises ReadError with the reason alone. `limit` is the most bytes that a file may have.
    `made` tells that the raw text is of the reader's making, so that offsets do not index the file itself.
    """

    suffixes: tuple[str, ...]
    read: Callable[[bytes], str]
    limit: int
    made: bool


FORMATS = (
    Format((".txt", ".md"), read_plain, 20 * MEGABYTE, made=False),
    Format((".html", ".htm"), read_html, 20 * MEGABYTE, made=True),
)
SUFFIXES = tuple(suffix for form in FORMATS for suffix in form.suffixes)
_BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}


def format_of(path: PurePath) -> Format | None:
    """The format that the suffix of `path` names, in either case; None where no reader takes it."""
    return _BY_SUFFIX.get(path.suffix.lower())

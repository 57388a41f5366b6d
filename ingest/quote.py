"""The quoted words of a statement: on one line, without the marks of Markdown, no longer than people read."""

from __future__ import annotations

import re

from graph.excerpt import excerpt
from ingest.records import Layout

MAX_QUOTE = 700
_LEADING = re.compile(r"(?:(?:#{1,6}|[-–—+*•●▪◦|>])\s+)+")
_STRONG = re.compile(r"\*{2,3}|(?<![^\W_])__(?=[^\W_“\"(])|(?<=[^\W_”\").,;:])__(?![\w/-])")
# One mark is emphasis where words touch it on one side alone: neither "(*)", "5 * 3", a_b nor a blank to fill in.
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=[^\W_]|[“\"(\[])|(?<=[^\W_]|[”\")\].,;:!?%])[*_](?![\w*/-])")


def unmarked(words: str) -> str:
    """A line of text without its leading bullets and heading marks and without marks of emphasis.

    The marks are those of CommonMark 0.31, section 6.2, paired or not: a quote may begin inside emphasis.
    """
    words = _LEADING.sub("", words, count=1) if _LEADING.match(words) else words
    if "*" in words or "_" in words:
        words = _EMPHASIS.sub("", _STRONG.sub("", words))
    return words.strip()


def line_of(layout: Layout, start: int, end: int) -> str:
    """The words of `start`..`end` in clean offsets on one line."""
    return unmarked(layout.words(start, end))


def shortened(layout: Layout, line: str, start: int, mention: int) -> str:
    """A line of words from the clean offset `start` on; of a long one the beginning and what is around `mention`."""
    if len(line) <= MAX_QUOTE:
        return line
    before = line_of(layout, start, mention) if mention > start else ""
    return excerpt(line, len(before), MAX_QUOTE)

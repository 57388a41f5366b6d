"""Specks of scans: marks that character recognition reads out of dirt, stamps and folds, blanked where they stand.

They are told from marks of the text by the places in which no writer puts them: an underscore, an apostrophe or a stop
right before the first word of a line. Only a text that has several of these is taken for recognised; in it dashes and
stops that cut a sentence are specks too.
"""

from __future__ import annotations

import re

_LEAST = 2
_PER_SPECK = 3_000
"""One in so many characters: a long text of a writer may hold a few lines that begin oddly."""
_LINE_START = re.compile(
    r"\n[ \t]*(?P<specks>"
    r"(?:[-–—]\s?)?(?:_{1,2}(?=[ \t.'-])|[`´ˆ¬.:;])[ \t]?[-–—.:'_]?"
    r"|['‘’](?=[^\n'‘’]*\n)|[-–—]['‘’])[ \t]*(?=[^\W_])"
)
_CUT_BY_DASH = re.compile(r"(?<=[^\W\d_]|,)\s?\n(?P<specks>[-–—]) (?=[^\W\d_])")
_STOP_INSIDE = re.compile(r"(?<=[^\W_]{2})(?P<specks>\.) (?=[^\W\d_])|(?<=\d)(?P<beside>\.)(?=tháng)")
_BEFORE_CAPITALS = re.compile(r"\n(?P<specks>[-–—]) (?=[^\W\d_]{2,} [^\n]*\n)")
_MARK_INSIDE = re.compile(r"(?<= )(?P<specks>['`´])(?=[^\W\d_][^'`´\n]*\n)")


def without_specks(text: str) -> str:
    """`text`, of the same length, with blanks for its specks; `text` itself where it does not look recognised."""
    seen = sum(1 for _ in _LINE_START.finditer(text))
    if seen < _LEAST or seen * _PER_SPECK < len(text):
        return text
    for pattern in (_LINE_START, _MARK_INSIDE):
        text = pattern.sub(_blanked, text)
    for pattern in (_CUT_BY_DASH, _STOP_INSIDE):
        text = pattern.sub(_blanked_before_small, text)
    return _BEFORE_CAPITALS.sub(_blanked_before_capitals, text)


def _blanked(match: re.Match[str]) -> str:
    """The match with blanks for its specks."""
    group = match.lastgroup or "specks"
    start, end = (position - match.start() for position in match.span(group))
    return f"{match[0][:start]}{' ' * (end - start)}{match[0][end:]}"


def _blanked_before_small(match: re.Match[str]) -> str:
    """As `_blanked`, where a sentence goes on after it: with a small letter."""
    following = match.string[match.end() : match.end() + 1]
    return _blanked(match) if following.islower() else match[0]


def _blanked_before_capitals(match: re.Match[str]) -> str:
    """As `_blanked`, where all letters of the line after it are capitals, as in a heading."""
    line = match.string[match.end() : match.string.index("\n", match.end())]
    return _blanked(match) if line.isupper() else match[0]

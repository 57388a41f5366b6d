"""Lines of letterheads, titles and signatures: cells of tables and columns apart, marks of emphasis removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINE = re.compile(r"[^\n\r\f\v]+")
_GAP = re.compile(r" {3,}|[\t|]+|<br ?/?>|$", re.I)
_MANY_BLANKS = "   "
_FAR_RIGHT = 25
_EDGE = " \t\xa0*_#>|\\`~"
_INSIDE = re.compile(r"\*\*|__|</?[A-Za-z][^<>]{0,60}>|<!--.{0,80}?-->")
_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")


class Line(NamedTuple):
    """One line, or one cell of it: its words, where it stands, and how.

    `column` counts the cells of a table from 0; without a table it is 1 for what stands far to the right. `apart` tells
    that blank lines stand before it, `ruled` that a line of dashes or dots does, `marked` that the source emphasises it
    or makes it a heading.
    """

    text: str
    start: int
    end: int
    column: int
    apart: bool
    ruled: bool
    marked: bool

    @property
    def shouted(self) -> bool:
        """Whether all its letters are capitals."""
        return self.text.isupper() and len(_LETTER.findall(self.text)) > 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands; the whole line where marks of emphasis inside it were removed."""
        if self.end - self.start != len(self.text):
            return self.start, self.end
        return self.start + start, self.start + end


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """The lines and cells with letters or digits in `text[start:end]`, in order."""
    found: list[Line] = []
    apart = ruled = False
    last = start
    for row in _LINE.finditer(text, start, end):
        at, end_of_row = row.span()
        apart = apart or (at - last > 1 and text.count("\n", last, at) > 1)
        last = end_of_row
        written = row[0]
        if written.isspace():
            apart = True
            continue
        for left, cell in _cells(written) if _has_cells(written) else ((0, written),):
            bare = cell.strip(_EDGE)
            words = _INSIDE.sub("", cell).strip(_EDGE) if "*" in cell or "_" in cell or "<" in cell else bare
            if not _WORD.search(words):
                ruled = ruled or len(words) + cell.count("_") > 2
                continue
            left += cell.index(bare)
            marked = written[0] in " |*#_" and written.lstrip(" |").startswith(("*", "#", "_"))
            column = _column(written, left) if left else 0
            found.append(Line(words, at + left, at + left + len(bare), column, apart, ruled, marked))
            apart = ruled = False
    return found


def _has_cells(row: str) -> bool:
    return "\t" in row or "|" in row or "<" in row or _MANY_BLANKS in row


def _cells(row: str) -> Iterator[tuple[int, str]]:
    """What stands between bars, tabs and wide gaps, with its position in the row."""
    start = 0
    for gap in _GAP.finditer(row):
        if gap.start() > start:
            yield start, row[start : gap.start()]
        start = gap.end()


def _column(row: str, start: int) -> int:
    before = row[:start]
    if "|" in row:
        return before.count("|") - row.lstrip().startswith("|")
    return int(len(before.expandtabs()) >= _FAR_RIGHT)

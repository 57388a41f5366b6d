"""Lines of letterheads, titles and signatures: cells of tables and columns apart, marks of layout and emphasis removed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n\r\f\v]+")
_CELL = re.compile(r"(?:(?! {3}|\t|\|).)+", re.S)
_FAR_RIGHT = 25
_EDGE = " \t\xa0*_#>|\\`~"
_INSIDE = re.compile(r"\*\*|__|</?[A-Za-z][^<>]{0,60}>|<!--.{0,80}?-->")
_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one cell of it: its words, where it stands, and how.

    `column` counts the cells of a table from 0; without a table it is 1 for what stands far to the right. `apart` tells that blank lines stand before it, `ruled` that a line of dashes or dots
    does, `marked` that the source emphasises it or makes it a heading.
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


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """The lines and cells with letters or digits in `text[start:end]`, in order."""
    found: list[Line] = []
    apart = ruled = False
    last = start
    for row in _LINE.finditer(text, start, end):
        apart = apart or text.count("\n", last, row.start()) > 1
        last = row.end()
        for cell in _CELL.finditer(text, row.start(), row.end()):
            words = _INSIDE.sub("", cell[0]).strip(_EDGE).strip()
            if not _WORD.search(words):
                ruled = ruled or len(words) + cell[0].count("_") > 2
                continue
            left = cell.start() + len(cell[0]) - len(cell[0].lstrip(_EDGE))
            right = cell.end() - (len(cell[0]) - len(cell[0].rstrip(_EDGE)))
            marked = text[row.start() : row.end()].lstrip(" |")[:1] in ("*", "#", "_")
            found.append(Line(words, left, right, _column(row, left), apart, ruled, marked))
            apart = ruled = False
        apart = apart or not row[0].strip()
    return found


def _column(row: re.Match[str], start: int) -> int:
    before = row[0][: start - row.start()]
    if "|" in row[0]:
        return before.count("|") - row[0].lstrip().startswith("|")
    return int(len(before.expandtabs()) >= _FAR_RIGHT)

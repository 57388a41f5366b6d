"""Sentences: where in a unit of text they begin and end, and how they are quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.quote import line_of, shortened
from ingest.records import Layout, Unit

LONGEST = 2_000
"""How far a sentence is followed to either side, in code points. What goes on longer is a table or a list without
stops, and following it from each of its citations would take time quadratic in their number."""
_BREAK = re.compile(
    r"[.!?…](?:(?<=[^\W\d_][^\W\d_].)|(?<=[\d)\"”%].))[.!?…]*[\"”')*_]*\s+(?=[\"“(*_]*[A-ZĐÀ-ỸƯƠ])"
)


@dataclass(slots=True)
class Sentences:
    """The sentence that a citation stands in; it is remembered, since the next citation often stands in it too."""

    layout: Layout
    unit: Unit | None = None
    start: int = 0
    end: int = 0
    line: str = ""

    def find(self, unit: Unit, start: int, end: int) -> None:
        """Makes this the sentence of `unit` that holds `start`..`end`: its clean offsets, and its words on one line."""
        if unit is self.unit and self.start <= start and end < self.end:
            return
        self.unit = unit
        self.start = _start(self.layout, max(unit.start, start - LONGEST), start, end)
        self.end = _end(self.layout, unit, end)
        self.line = line_of(self.layout, self.start, self.end)

    def quote(self, mention: int) -> str:
        """The words of the sentence; of a long one the beginning and what is around the clean offset `mention`."""
        return shortened(self.layout, self.line, self.start, mention)


def sentence_end(layout: Layout, start: int, limit: int) -> int:
    """Where the first sentence from `start` on ends, before its stop; `limit` where it goes on to there."""
    found = _BREAK.search(layout.clean, start, limit)
    return found.start() if found else limit


def last_sentence(layout: Layout, unit: Unit) -> int:
    """Where the last sentence of `unit` begins."""
    return _start(layout, max(unit.start, unit.end - LONGEST), unit.end, unit.end)


def _start(layout: Layout, left: int, start: int, end: int) -> int:
    for found in _BREAK.finditer(layout.clean, left, end):
        if found.end() > start:
            break
        left = found.end()
    return left


def _end(layout: Layout, unit: Unit, end: int) -> int:
    found = _BREAK.search(layout.clean, end, min(unit.end, end + LONGEST))
    return found.start() + 1 if found else max(min(unit.end, end + LONGEST), end)

"""The records that pass between the verbs of ingest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from graph.frozen import quick
from graph.model import Claim, Part, Place, Zone
from graph.signs import Sign
from graph.text import one_line

_MOST_INTERRUPTIONS = 12
"""Lines of page numbers, running headers and footnotes between two pieces of one unit."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text. `raw` is as read and what offsets index; `clean` is its NFC form that the verbs search.

    `starts[i]` is the offset in `raw` of character i of `clean`, with one entry more for the end; None where
    offsets in the two are the same.
    """

    name: str
    raw: str
    clean: str
    starts: Sequence[int] | None = None

    def offset(self, position: int) -> int:
        """The offset in `raw` of a position in `clean`."""
        return position if self.starts is None else self.starts[position]


@quick
@dataclass(frozen=True, slots=True)
class Unit:
    """A run of text that one statement can fill: a paragraph or a list item, over the lines and pages that break it.

    `spans` are its pieces in clean text, in order, without the footnotes and page furniture between them; `start` is
    where the first begins, `end` where the last ends.
    """

    zone: Zone
    spans: tuple[tuple[int, int], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A text divided into units. `flat` is the clean text in ASCII lower case, character for character.

    `pieces` are the spans of all units in order of position, each with the index of its unit; `starts` is where each
    of them begins. `further` are the documents after the first, in offsets of the clean text.
    """

    clean: str
    flat: str
    units: tuple[Unit, ...]
    pieces: Sequence[tuple[int, int, int]]
    starts: Sequence[int]
    further: tuple[Part, ...] = ()

    def part_at(self, position: int) -> Part | None:
        """The further document that holds a position of the clean text, None in the first."""
        if not self.further:
            return None
        return next((part for part in reversed(self.further) if part.start <= position), None)

    def piece_at(self, position: int) -> int:
        """The index of the last piece that begins at or before a position of the clean text, -1 where none does."""
        return bisect_right(self.starts, position) - 1

    def unbroken(self, start: int, end: int) -> bool:
        """Whether one piece of a unit holds the clean offsets `start`..`end`."""
        index = bisect_right(self.starts, start)
        return index > 0 and end <= self.pieces[index - 1][1]

    def unit_at(self, position: int) -> Unit | None:
        """The unit that holds a position of the clean text, None between units."""
        index = bisect_right(self.starts, position)
        if not index:
            return None
        _, end, unit = self.pieces[index - 1]
        return self.units[unit] if position < end else None

    def resumed(self, position: int) -> int:
        """Where the unit that holds `position` goes on after it: at its next piece, past what interrupts it, where only
        blanks follow `position` in its own; else `position`."""
        index = self.piece_at(max(position - 1, 0))
        if index < 0 or self.clean[position : self.pieces[index][1]].strip():
            return position
        unit = self.pieces[index][2]
        later = range(index + 1, min(index + 1 + _MOST_INTERRUPTIONS, len(self.pieces)))
        return next((self.pieces[at][0] for at in later if self.pieces[at][2] == unit), position)

    def paused(self, position: int) -> int:
        """Where the unit that holds `position` stands before it: at the end of its last piece, before what interrupts
        it, where only blanks lead up to `position` in its own; else `position`."""
        index = self.piece_at(position)
        if index < 0 or self.clean[self.pieces[index][0] : position].strip():
            return position
        unit = self.pieces[index][2]
        earlier = range(index - 1, max(-1, index - 1 - _MOST_INTERRUPTIONS), -1)
        return next((self.pieces[at][1] for at in earlier if self.pieces[at][2] == unit), position)

    def parts(self, start: int, end: int, at: int) -> list[tuple[int, int]]:
        """The spans of `start`..`end` without what interrupts the unit that holds position `at`.

        The whole where no unit does.
        """
        index = self.piece_at(at)
        if index < 0:
            return [(start, end)]
        left, right, unit = self.pieces[index]
        if right <= at or (left <= start and end <= right):
            return [(start, end)]
        return [
            (left if left > start else start, right if right < end else end)
            for left, right, owner in self.pieces[max(self.piece_at(start), 0) : bisect_left(self.starts, end)]
            if owner == unit and right > start
        ]

    def words(self, start: int, end: int) -> str:
        """The text of `start`..`end` on one line, without what stands between the pieces of the unit at `start`."""
        if self.unbroken(start, end):
            return one_line(self.clean[start:end])
        return one_line(" ".join([self.clean[left:right] for left, right in self.parts(start, end, start)]))


@quick
@dataclass(frozen=True, slots=True)
class Anchor:
    """The span of a citation and what the span alone says: by sign, or by name where `sign` is None.

    `congress` is the clean offset of the Party organisation whose congress issued a resolution cited by name.
    """

    start: int
    end: int
    type: str | None
    number: str | None = None
    sign: Sign | None = None
    name: str | None = None
    issuer: str | None = None
    place: Place | None = None
    term: str | None = None
    congress: int | None = None
    optional: bool = False

    @property
    def joint(self) -> bool:
        """Whether the type or the sign tells of several issuers ("43/2008/TTLT-BTC-BTTTT")."""
        return "liên tịch" in (self.type or "") or (self.sign is not None and self.sign.body.count("-B") > 0)


@quick
@dataclass(frozen=True, slots=True)
class Citation:
    """A mention as found: its claim, and where its date, issuer and term end (`tail`, a clean offset).

    `title_end` is where the title that follows them ends, equal to `tail` where there is none.
    """

    claim: Claim
    tail: int
    title_end: int

"""A text as its page shows it: pages of paragraphs, with every citation a link to the document that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from api.labels import RELATIONS, ZONES
from api.pages.addresses import document_address
from graph.model import BasisKind, Claim, Reading, RelationClaim

PAGE = 40_000
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation: its anchor, the address of the document it names and what it is for. No address: the own header."""

    anchor: str
    address: str | None
    said: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one paragraph, marked or plain. `first` tells that its citation begins with it, `anchor` names
    the place asked for, where no citation begins."""

    text: str
    mark: Mark | None = None
    first: bool = False
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class TextPage:
    """One page of a text: `number` of `count`, from 1; `starts` are the offsets at which the pages begin."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    number: int
    starts: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.starts)


def text_page(reading: Reading, assigned: Sequence[str], *, at: int = 0) -> TextPage:
    """The page of the text that holds code point `at`, or the last where the text is shorter.

    `assigned` holds for each claim the id of the document that it names.
    """
    starts = _starts(reading.source.text)
    number = max((index for index, start in enumerate(starts) if start <= at), default=0)
    end = starts[number + 1] if number + 1 < len(starts) else len(reading.source.text)
    pieces = _pieces(reading, assigned, (starts[number], end), at)
    return TextPage(tuple(_paragraphs(pieces)), number + 1, starts)


def _starts(text: str) -> tuple[int, ...]:
    """Where pages begin: after the last line end within PAGE code points, or there where a line is longer."""
    starts = [0]
    while starts[-1] + PAGE < len(text):
        limit = starts[-1] + PAGE
        starts.append(text.rfind("\n", starts[-1], limit) + 1 or limit)
    return tuple(starts)


def _pieces(reading: Reading, assigned: Sequence[str], page: tuple[int, int], place: int) -> Iterator[Piece]:
    """The text of a page, cut at its citations and at `place`; where citations overlap the first is marked."""
    text, (at, end) = reading.source.text, page
    cited_for = _uses(reading.relations)
    order = sorted(range(len(reading.claims)), key=lambda index: (reading.claims[index].start, -index))
    for index in order:
        claim = reading.claims[index]
        if not at <= claim.start < end or claim.end <= claim.start:
            continue
        id = assigned[index] if index < len(assigned) else None
        yield from _plain(text, at, claim.start, place)
        yield Piece(text[claim.start : min(claim.end, end)], _mark(claim, id, cited_for.get(index, [])), first=True)
        at = min(claim.end, end)
    yield from _plain(text, at, end, place)


def _plain(text: str, start: int, end: int, place: int) -> Iterator[Piece]:
    """The text from `start` to `end`; what follows `place` on its line has an anchor."""
    if not start < place < end:
        yield Piece(text[start:end])
        return
    stop = text.find("\n", place, end)
    stop = end if stop < 0 else stop
    yield from (Piece(text[start:place]), Piece(text[place:stop], anchor=f"c{place}"), Piece(text[stop:end]))


def _uses(relations: Sequence[RelationClaim]) -> dict[int, list[RelationClaim]]:
    """By claim, the relations that have it as their object."""
    uses: dict[int, list[RelationClaim]] = {}
    for one in relations:
        uses.setdefault(one.object, []).append(one)
    return uses


def _mark(claim: Claim, id: str | None, uses: Sequence[RelationClaim]) -> Mark:
    said = [ZONES[claim.zone], *dict.fromkeys(map(_use, uses))]
    own = "số, ký hiệu của chính văn bản này"
    address = document_address(id) if id and not claim.own else None
    return Mark(f"c{claim.start}", address, own if claim.own else " · ".join(said))


def _use(relation: RelationClaim) -> str:
    competence = relation.basis is BasisKind.COMPETENCE
    said = f"{RELATIONS[relation.relation]} thẩm quyền" if competence else RELATIONS[relation.relation]
    return said if relation.subject == 0 else f"văn bản được dẫn {said} văn bản này"


def _paragraphs(pieces: Iterator[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Pieces by paragraphs, which blank lines part; line ends within a paragraph are kept."""
    paragraph: list[Piece] = []
    for piece in pieces:
        head, *rest = _BLANK_LINES.split(piece.text)
        paragraph.append(replace(piece, text=head))
        for text in rest:
            yield from _kept(paragraph)
            paragraph = [Piece(text, piece.mark)]
    yield from _kept(paragraph)


def _kept(paragraph: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    pieces = tuple(piece for piece in paragraph if piece.text)
    if any(piece.text.strip() for piece in pieces):
        yield pieces

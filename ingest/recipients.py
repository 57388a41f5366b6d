"""Those whom a document goes to: Kính gửi, who is made responsible for it, and Nơi nhận."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from graph.model import Branch, Level, Place, Recipient, RecipientRole
from graph.registry.cues import cue_groups
from graph.text import flatten, one_line
from ingest.header import HeaderFound
from ingest.issuers import Issuer, parse_issuer
from ingest.lines import Line, lines_of
from ingest.patterns import any_of, spaced, type_pattern
from ingest.records import Layout
from ingest.sentence import Sentences
from ingest.signature import RECIPIENTS

_HEAD = 6_000
_BLOCK = 2_400
_LAST_ARTICLES = 4_000
_MOST_LINES = 60
_LEVELS = tuple(Level)
_WORDS = {name: any_of(group.words) for name, group in cue_groups("recipients.yaml").items()}
_ADDRESSED = re.compile(r"kinh\s+gui\s*:?")
_WIRES = re.compile(r"dien\s*:")
_WIRED = re.compile(r"^[ \t*_|]*(?P<by>[^\n]{3,90}?)\s+dien\s*:[ \t*_]*$", re.M)
"""A công điện names those whom it goes to after its issuer: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:"."""
_BULLET = re.compile(r"[-–+•·*_|:\s]+")
_ENDED = (";", ".")
_STOPS = " ;.,:*_"
_PURPOSE = re.compile(rf"\s*\(\s*(?:(?P<informed>{_WORDS['informed']})|{_WORDS['acting']})\s*\)\s*$")
_ELSEWHERE = re.compile(rf"(?:{_WORDS['elsewhere']})(?!\w)")
_KEPT = re.compile(rf"[\n|][-–+•·*|\s]*+(?:{_WORDS['kept']})(?!\w)")
_RESPONSIBLE = spaced(rf"(?:{_WORDS['responsible']})[^.;]{{0,40}}?(?:{type_pattern()}) nay(?!\w)")
_NEXT_NAME = re.compile(
    rf"(?:[,;]\s*(?:va\s+)?|\s+va\s+)(?=(?:(?P<body>{_WORDS['bodies']})|{_WORDS['heads']})(?!\w))"
)
_PIECE = re.compile(r"[^;]+")
_ARTICLE = spaced(r"[\s*_#-]*(?:dieu \d+\s*[.:]|\d+\s*[.)])?[\s*_]*")


def find_recipients(layout: Layout, header: HeaderFound) -> tuple[Recipient, ...]:
    """Those whom the document goes to, in order of appearance, with offsets in the clean text.

    Looks at the head, at the last articles before the signature, and at the list of recipients, not at the whole text.
    """
    reader = _Reader(layout, header)
    return (*reader.addressees(), *reader.responsible(), *reader.recipients())


class _Reader:
    """Reads the three places of one document."""

    def __init__(self, layout: Layout, header: HeaderFound) -> None:
        self._layout, self._header = layout, header
        further = layout.further[0].start if layout.further else len(layout.clean)
        self._end = header.signature_start if header.signature_start is not None else further

    def addressees(self) -> Iterator[Recipient]:
        """Those after "Kính gửi", or after whose telegram it is."""
        clean, start = self._layout.clean, self._addressed()
        if start is None:
            return
        lines = lines_of(clean, start, min(len(clean), start + _BLOCK))
        for item in _items(lines, bulleted=True):
            yield from self._named(item, RecipientRole.ADDRESSEE)

    def _addressed(self) -> int | None:
        """Where the words end that come before the addressees."""
        clean, flat, end = self._layout.clean, self._layout.flat, min(self._end, _HEAD)
        found = _ADDRESSED.search(flat, 0, end)
        if found and _first_on_line(clean, found.start()):
            return found.end()
        if found or not _WIRES.search(flat, 0, end):
            return None
        wired = (match.end() for match in _WIRED.finditer(flat, 0, end) if clean[slice(*match.span("by"))].isupper())
        return next(wired, None)

    def responsible(self) -> Iterator[Recipient]:
        """Those who "chịu trách nhiệm thi hành" the document."""
        flat, sentence = self._layout.flat, Sentences(self._layout)
        begin = max(self._header.body_start, self._end - _LAST_ARTICLES)
        for match in _RESPONSIBLE.finditer(flat, begin, max(self._end, begin)):
            unit = self._layout.unit_at(match.start())
            if unit is None:
                continue
            sentence.find(unit, *match.span())
            lead = _ARTICLE.match(flat, sentence.start, match.start())
            start = lead.end() if lead else sentence.start
            for name in self._side_by_side(start, match.start()):
                yield from self._one(*name, RecipientRole.RESPONSIBLE)

    def _side_by_side(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans of the names in a sentence."""
        for found in _NEXT_NAME.finditer(self._layout.flat, start, end):
            if not found["body"] or self._layout.clean[found.end()].isupper():
                yield start, found.start()
                start = found.end()
        yield start, end

    def recipients(self) -> Iterator[Recipient]:
        """Those of the list "Nơi nhận"."""
        clean = self._layout.clean
        found = RECIPIENTS.search(clean, self._end, min(len(clean), self._end + _BLOCK))
        if found is None:
            return
        end = min(len(clean), found.start() + _BLOCK)
        kept = _KEPT.search(self._layout.flat, found.end(), end)
        lines = lines_of(clean, found.start(), kept.start() if kept else end)
        column = [line for line in lines[1:] if line.column == lines[0].column]
        for item in _items(column, bulleted=False):
            yield from self._named(item, RecipientRole.RECIPIENT)

    def _named(self, item: Sequence[Line], role: RecipientRole) -> Iterator[Recipient]:
        """Those of one item, its lines joined: one after the other where semicolons or bodies tell them apart."""
        start, end = item[0].start, item[-1].end
        for piece in _PIECE.finditer(self._layout.clean, start, end):
            yield from self._one(*piece.span(), role)

    def _one(self, start: int, end: int, role: RecipientRole) -> Iterator[Recipient]:
        """One name, without what a bracket says that it gets the document for; several where a comma parts bodies."""
        start, end = self._trimmed(start, end)
        flat = self._layout.flat[start:end]
        purpose = _PURPOSE.search(flat)
        name = self._trimmed(start, start + purpose.start()) if purpose else (start, end)
        if name[0] >= name[1] or _ELSEWHERE.match(flat):
            return
        told = one_line(self._layout.clean[start + purpose.start() : end]).strip("() ") if purpose else None
        informed = purpose is not None and purpose["informed"] is not None
        for left, right in self._bodies(*name):
            words = one_line(self._layout.clean[left:right].replace("|", " "))
            issuer = whole_issuer(words, self._header.place)
            bound = not informed and self._binds(issuer)
            yield Recipient(left, right, words, role, bound, issuer.name if issuer else None, told)

    def _bodies(self, start: int, end: int) -> list[tuple[int, int]]:
        """The span as it is, or its pieces between commas where each is the name of a body."""
        cuts = [at.start() for at in re.finditer(",", self._layout.clean[start:end])]
        if not cuts:
            return [(start, end)]
        bounds = zip([start, *(start + cut + 1 for cut in cuts)], [*(start + cut for cut in cuts), end], strict=True)
        pieces = [self._trimmed(left, right) for left, right in bounds]
        whole = all(whole_issuer(self._layout.clean[slice(*piece)], self._header.place) for piece in pieces)
        return pieces if whole else [(start, end)]

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        clean = self._layout.clean
        bullet = _BULLET.match(clean, start, end)
        start = bullet.end() if bullet else start
        while end > start and (clean[end - 1].isspace() or clean[end - 1] in f"{_STOPS}|"):
            end -= 1
        return start, end

    def _binds(self, body: Issuer | None) -> bool:
        """Whether the document can bind a body: not one above its own, and a State document none of the Party line."""
        mine = self._header.claim.header
        if body is None or mine is None:
            return True
        if mine.branch is Branch.STATE and body.branch is Branch.PARTY:
            return False
        known = mine.level is not None and body.level is not None
        return not known or _LEVELS.index(body.level or _LEVELS[-1]) >= _LEVELS.index(mine.level or _LEVELS[0])


@lru_cache(maxsize=8192)
def whole_issuer(words: str, context: Place | None) -> Issuer | None:
    """The body that `words` name from the first to the last, None where they name none or more than that."""
    parsed = parse_issuer(words, 0, context)
    return parsed[0] if parsed and parsed[1] == len(words) and parsed[0].name else None


def _first_on_line(clean: str, at: int) -> bool:
    return not clean[clean.rfind("\n", 0, at) + 1 : at].strip(" \t*_#|-")


def _items(lines: Iterable[Line], *, bulleted: bool) -> Iterator[list[Line]]:
    """The items of a list as lines: each from its bullet on.

    Where all must be `bulleted`, any other line that does not go on with the one before ends the list, unless it is the
    first; else it is left out, as signatures beside the list are.
    """
    item: list[Line] = []
    for number, line in enumerate(lines):
        bullet = line.text.startswith(("-", "–", "+", "•", "·"))
        if number > _MOST_LINES:
            break
        if item and not bullet and _goes_on(line, item[-1]):
            item.append(line)
            continue
        listed = bullet or (number == 0 if bulleted else line.text.endswith(";") or _PURPOSE.search(flatten(line.text)))
        if listed and (bullet or not line.shouted):
            if item:
                yield item
            item = [line]
        elif bulleted:
            break
    if item:
        yield item


def _goes_on(line: Line, before: Line) -> bool:
    return not before.text.endswith(_ENDED) and not line.apart and (line.text[:1].islower() or line.text[:1] == "(")

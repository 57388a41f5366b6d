"""Raw text to the form that the verbs search, with a map back to the offsets of the raw text."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator

from graph.errors import ReadError
from ingest.records import Text

# Characters that show nothing and that editors and web pages leave inside words: soft hyphen, zero-width spaces and
# joiners, marks of writing direction, variation selectors, byte order mark; and the first half of a CRLF.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_REMOVED = re.compile(f"[{_UNSEEN}]|\r(?=\n)")
_SPACES = {ord(space): " " for space in "\u00a0\u1680\u202f\u205f\u3000"} | dict.fromkeys(range(0x2000, 0x200B), " ")
_BREAKS = {ord(end): "\n" for end in "\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"}
_ONE_TO_ONE = _SPACES | _BREAKS
_CHANGED = re.compile("[" + _UNSEEN + "".join(map(chr, _ONE_TO_ONE)) + "]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_NO_LETTERS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_MOST_MARKS = 30
_FIRST_JAMO, _LAST_JAMO = "\u1160", "\u11ff"


def clean(name: str, raw: str) -> Text:
    """`raw` as a Text: NFC, without unseen characters, every space U+0020 or tab and every line break U+000A.

    Nothing else is changed, so that markup stays. Where no character moves, `starts` is None and costs nothing. Raises
    ReadError as `refuse_piles` does.
    """
    refuse_piles(raw)
    composed = unicodedata.is_normalized("NFC", raw)
    if composed and not _CHANGED.search(raw):
        return Text(name, raw, raw)
    if composed and not _REMOVED.search(raw):
        return Text(name, raw, raw.translate(_ONE_TO_ONE))
    kept, starts = _without_unseen(raw)
    refuse_piles(kept)
    kept = kept.translate(_ONE_TO_ONE)
    if not unicodedata.is_normalized("NFC", kept):
        kept, starts = _composed(kept, starts)
    return Text(name, raw, kept, starts)


def refuse_piles(text: str) -> None:
    """Raises ReadError, with the reason alone, where more than 30 marks stand on one letter.

    Unicode Standard Annex 15 (Stream-Safe Text Format) sets this limit; no language comes near it, and normalising
    takes time quadratic in the number of marks.
    """
    for run in _NO_LETTERS.finditer(text):
        marks = 0
        for character in run[0]:
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > _MOST_MARKS:
                raise ReadError("piles of marks on one letter", remedy="give a text in a language that people write")


def raw_span(text: Text, start: int, end: int) -> tuple[int, int]:
    """The span of `text.raw` for a span of `text.clean`, without unseen characters at its end.

    A span that cuts a letter from its combining marks is widened to hold both.
    """
    if text.starts is None:
        return start, end
    first = last = text.starts[start]
    if end > start:
        while end < len(text.clean) and text.starts[end] == text.starts[end - 1]:
            end += 1
        last = text.starts[end]
        while last > first and _REMOVED.match(text.raw, last - 1):
            last -= 1
    return first, last


def _without_unseen(raw: str) -> tuple[str, array[int]]:
    pieces: list[str] = []
    starts, done = array("I"), 0
    for match in _REMOVED.finditer(raw):
        pieces.append(raw[done : match.start()])
        starts.extend(range(done, match.start()))
        done = match.end()
    pieces.append(raw[done:])
    starts.extend(range(done, len(raw) + 1))
    return "".join(pieces), starts


def _composed(text: str, starts: array[int]) -> tuple[str, array[int]]:
    """NFC of `text`; every character of a cluster that changes gets the offset of the cluster's start."""
    pieces: list[str] = []
    offsets, done = array("I"), 0
    for start, end in _clusters(text):
        cluster = text[start:end]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            pieces += text[done:start], composed
            offsets.extend(starts[done:start])
            offsets.extend([starts[start]] * len(composed))
            done = end
    pieces.append(text[done:])
    offsets.extend(starts[done:])
    return "".join(pieces), offsets


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans of characters that may change together in NFC: one character and the marks or jamo that follow it."""
    for run in _NOT_ASCII.finditer(text):
        start = max(run.start() - 1, 0)
        for position in range(run.start(), run.end()):
            if position > start and not _joins(text[position]):
                yield start, position
                start = position
        yield start, run.end()


def _joins(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or _FIRST_JAMO <= character <= _LAST_JAMO

"""The parts of a document's frame, each read for itself: letterhead, heading, number, date, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import ReadError
from graph.model import Place
from graph.text import flatten
from ingest.heading import Heading, find_heading
from ingest.issuers import Issuer, parse_issuer
from ingest.letterhead import Dated, Numbered, bears_copy, read_date, read_letterhead, read_number, secrecy
from ingest.lines import Line, lines_of
from ingest.records import Text
from ingest.signature import Signature, find_signature, read_signatures

HEAD = 6_000
_USUAL_HEAD = 2_400
PREAMBLE = 4_000
_ISSUES = re.compile(
    r"(?:ban hành|xây dựng|hướng dẫn|quyết định|yêu cầu|đề ra|triển khai|thông báo|báo cáo|lập)\b|điện\s*:"
)
_BEFORE_ISSUES = re.compile(r"\s(?<=\S\s)\s{0,8}(?:(?:đã|vừa)\s{1,9})?$")
_LONGEST_BEFORE = 21
"""So much can stand between a body and what it does."""
_EARLIER = re.compile(r"(?:\s+[^\W\d_]+){1,6}\s+số:?\s*\d")
"""What was issued before has a number: "Chính phủ đã ban hành Nghị quyết số …"."""
_CLAUSE = re.compile(r"(?:[,;.:”\")]\s+|\n\s*\n[\W\d_]*|^[\W\d_]*)(?=[^\W\d_])", re.M)
_ACT = re.compile(
    r"(?:ban hành|xây dựng)\s+(?P<type>[^\W\d_]+(?: [^\W\d_]+){1,3}?)\s*"
    r"(?:\(|(?=số\s*\d))(?:số\s*)?(?P<sign>\d{1,6}\s?[-/][^\s,;)]+),?\s*"
    r"(?:ngày\s*(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}))?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the parts of the frame say before they are weighed against each other."""

    clean: str
    flat: str
    head: list[Line]
    heading: Heading | None
    number: Numbered | None
    dated: Dated | None
    letterhead: Issuer | None
    letterhead_span: tuple[int, int] | None
    signature_start: int | None
    signatures: tuple[Signature, ...]
    act: re.Match[str] | None

    @property
    def body_start(self) -> int:
        """Where the preamble begins; 0 where there is no type line."""
        return self.heading.end if self.heading else 0


def read_frame(text: Text, flat: str) -> Frame:
    """The frame of `text`, from its head and its signature block; `flat` is its clean form flattened.

    Raises ReadError where a mark of secrecy stands.
    """
    clean = text.clean
    head = lines_of(clean, 0, min(len(clean), _USUAL_HEAD))
    heading = find_heading(head, None)
    if heading is None or heading.end > _USUAL_HEAD // 2:
        head = lines_of(clean, 0, min(len(clean), HEAD))
        heading = find_heading(head, None)
    above = head[: heading.lines_before] if heading else _above_text(head)
    if mark := secrecy(above, head[len(above) + 1 :] if heading else ()):
        raise ReadError(f"{text.name} is classified ({mark})", remedy="remove it: classified documents are never kept")
    end = heading.span[0] if heading else above[-1].end if above else 0
    start = _letterhead_start(above)
    letterhead, named = read_letterhead(above) or (None, None)
    signature = find_signature(clean, heading.end if heading else end)
    return Frame(
        clean,
        flat,
        head,
        heading,
        read_number(clean, start, end),
        read_date(clean, start, end, last=bears_copy(clean, start, end)),
        letterhead,
        named,
        signature,
        read_signatures(clean, signature) if signature is not None else (),
        None if heading else _ACT.search(clean, 0, min(len(clean), HEAD)),
    )


def _letterhead_start(above: Sequence[Line]) -> int:
    """Where the letterhead begins: at its first line in capitals, past what a web page puts before it."""
    return next((line.start for line in above if line.shouted or is_number_line(line)), above[0].start if above else 0)


def is_number_line(line: Line) -> bool:
    """Whether a line begins as a number line does."""
    return bool(re.match(r"s[o0]\s*[:.]|s[o0]\s+\d", flatten(line.text)))


def _above_text(head: Sequence[Line]) -> list[Line]:
    """The lines of a document without type line that stand before its text."""
    found: list[Line] = []
    for line in head[:40]:
        if re.match(r"kinh gui|can cu|thuc hien|theo de nghi", flatten(line.text)) or len(line.text) > 160:
            break
        found.append(line)
    return found


def acting(frame: Frame, place: Place | None) -> tuple[Issuer, tuple[int, int]] | None:
    """The body that the preamble says issues the document, "Ủy ban nhân dân tỉnh ban hành Kế hoạch", and its span."""
    start = frame.body_start
    window = frame.clean[start : start + PREAMBLE]
    for verb in _ISSUES.finditer(window):
        named = _BEFORE_ISSUES.search(window, max(0, verb.start() - _LONGEST_BEFORE), verb.start())
        if named is None or (frame.heading and named[0].strip() and _EARLIER.match(window, verb.end())):
            continue
        begin = max(0, named.start() - 180)
        for clause in _CLAUSE.finditer(window, begin, named.start()):
            parsed = parse_issuer(frame.clean, start + clause.end(), place)
            if parsed and parsed[1] == start + named.start() and parsed[0].level is not None:
                return parsed[0], (start + clause.end(), parsed[1])
    return None

"""The heading of a document: its type, its title, and the authority line below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.model import Place
from graph.registry import document_types
from graph.text import flatten, one_line
from ingest.issuers import Issuer, parse_issuer
from ingest.letterhead import DRAFT_BESIDE, MOTTO
from ingest.lines import Line

_NOT_HEADINGS = frozenset({"Văn bản", "Công văn", "Hợp đồng", "Hiến pháp"})
_BODY = re.compile(
    r"(?:[-–+]\s*)?"
    r"(?:can cu|theo de nghi|theo quy dinh|xet|kinh gui|dieu 1\b|chuong i\b|phan (?:thu|i)\b|(?:i|1|a)\s*[.)/-])"
)
_OPENING = re.compile(
    r"(?:thuc hien|trien khai)\b(?=.*\bso\b)|(?:de|nham) |tren co so|trong nhung nam|nhung nam|thoi gian qua|sau khi"
)
_STOP = re.compile(r".*\bnhu sau\b|(?:[-–]\s*)?can cu\b|dieu 1\b|(?:i|1)\s*[.)/-]\s|noi nhan")
_SUBJECT = re.compile(r"(?:thuc hien|trien khai|ve|v/v|nham|thi hanh|to chuc|ung pho|ve viec)\b")
_NUMBERED = re.compile(
    r"s[ốo]:? \d+\S+,?(?: ngày (?:\d{1,2} tháng \d{1,2} năm \d{4}|\d\S+),?)?(?:\s+|$)", re.I
)
_OF = re.compile(r"cua\s+")
_ISSUED = re.compile(r"[ *_]*\n[ *_]*cua\s")
_CONCERNS = re.compile(r"v/v|ve viec|trich yeu")
_NOT_SUBJECT = re.compile(rf"{MOTTO.pattern}|^[^,]{{2,40}}, ngay\s[^a-z]*thang\b")
_AUTHORITY_TAIL = re.compile(r"khoa\b|ky hop\b|nhiem ky\b")
_SPECKS = re.compile(r"[\W\d]{0,6}[.…—_|]{2}[\W\d]{0,6}\s(?=[^\W\d])")
"""What a scanner reads out of dirt or a stamp beside the type line."""
_WIRES = re.compile(r"\s+điện\s*:\s*$")
_MAX_TITLE_LINES = 14
_FIRST = 2
"""So many letters has the shortest type at least."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The type line with the title below it. `lines_before` is the number of lines above it.

    `span` is that of the type words, `subject_span` that of the title alone, `title_span` from the one to the end of
    the other; `issuer` is the body of the authority line ("THỦ TƯỚNG CHÍNH PHỦ", "CỦA BỘ CHÍNH TRỊ"), which stands
    at `issuer_span`; `end` is where the preamble begins.
    """

    type: str
    span: tuple[int, int]
    title: str | None
    title_span: tuple[int, int]
    subject_span: tuple[int, int] | None
    issuer: Issuer | None
    issuer_span: tuple[int, int] | None
    end: int
    lines_before: int


@lru_cache(maxsize=1)
def _type_words() -> dict[str, list[tuple[str, str, int]]]:
    """Flat words, type, and the length of the type's own name in them, longest first, by their first letters."""
    words = {
        flatten(written): (kind.name, len(kind.name))
        for kind in document_types()
        if kind.name not in _NOT_HEADINGS
        for written in (*kind.aliases, kind.name)
    }
    found: dict[str, list[tuple[str, str, int]]] = {}
    for written, told in sorted(words.items(), key=lambda entry: -len(entry[0])):
        found.setdefault(written[:_FIRST], []).append((written, *told))
    return found


def type_of(words: str) -> tuple[str, int] | None:
    """The document type that `words` begin with and the length of its words, where a subject may follow.

    "Kế hoạch hành động thực hiện …" is a Kế hoạch, its subject "thực hiện …"; but of "Chương trình công tác dân vận"
    the subject is "công tác dân vận". A narrow column cuts the type itself ("QUYẾT" over "ĐỊNH").
    """
    flat = flatten(words)
    on_one_line = flat.replace("\n", " ")
    for written, name, length in _type_words().get(on_one_line[:_FIRST], ()):
        if on_one_line.startswith(written) and not flat[len(written) : len(written) + 1].isalnum():
            longer = len(written) > length and flat.startswith(flatten(name))
            after = flat[len(written) :]
            told = _SUBJECT.match(after.lstrip(" \n*_")) or _ISSUED.match(after)
            if longer and not told and not _alone(words, len(written)):
                continue
            return name, len(written)
    return None


def _alone(words: str, length: int) -> bool:
    """Whether type words in capitals fill their line, over a subject in small letters: "CHƯƠNG TRÌNH PHỐI HỢP"."""
    line, _, under = words.partition("\n")
    return len(line.rstrip(" *_")) == length and line.isupper() and under != "" and not under.isupper()


def find_heading(lines: Sequence[Line], context: Place | None) -> Heading | None:
    """The heading: the first line above the text that begins with a type in capitals; None if there is none."""
    for index, line in enumerate(lines):
        if _STOP.match(flatten(line.text)) and not line.shouted:
            return None
        joined = _joined(line, lines[index + 1 :])
        beside = _SPECKS.match(joined) or DRAFT_BESIDE.match(flatten(line.text))
        skipped = beside.end() if beside else 0
        found = type_of(joined[skipped:]) if line.text[skipped : skipped + _FIRST].isupper() else None
        if found and line.text[skipped : min(skipped + found[1], len(line.text))].isupper():
            return _heading(lines, index, found[0], skipped + found[1], context)
    return None


@dataclass(frozen=True, slots=True)
class Titled:
    """Type and title of a document without a type line, and where they stand."""

    type: str
    span: tuple[int, int]
    title: str
    title_span: tuple[int, int]


def headline(lines: Sequence[Line]) -> Titled | None:
    """Type and title of the headline of a web page: a line that begins with a type and ends without a stop."""
    for line in lines:
        found = type_of(line.text)
        if found is None or not line.text[:1].isupper() or line.text.rstrip().endswith((":", ";", ".")):
            continue
        rest = _without_sign(one_line(line.text[found[1] :].strip(" :*_#-–")))
        if _OF.match(flatten(rest)) and (issuer := parse_issuer(rest, 4, None)):
            rest = rest[issuer[1] :].strip(" ,")
        if len(rest.split()) > 3 and flatten(rest.split()[0]) not in ("so", "nay", "cua"):
            return Titled(found[0], line.span(0, found[1]), rest, line.span(found[1], len(line.text)))
    return None


def concern(lines: Sequence[Line]) -> Titled | None:
    """The subject of a công văn, "V/v …" up to "Kính gửi"; its first words tell the type."""
    for index, line in enumerate(lines):
        opening = flatten(line.text)
        if _STOP.match(opening):
            return None
        opened = _CONCERNS.match(opening)
        if opened is None:
            continue
        taken = [line]
        for after in lines[index + 1 : index + 10]:
            flat = flatten(after.text)
            if after.column != line.column or after.shouted or _BODY.match(flat) or _NOT_SUBJECT.search(flat):
                break
            if after.apart and not after.text[:1].islower():
                break
            taken.append(after)
        title = one_line(" ".join(part.text for part in taken))
        return Titled("Công văn", line.span(0, opened.end()), title, (line.start, taken[-1].end))
    return None


def _joined(line: Line, following: Sequence[Line]) -> str:
    """The line with the next one, which may end the type words ("CHƯƠNG TRÌNH HÀNH ĐỘNG" on two lines)."""
    return f"{line.text}\n{following[0].text}" if following else line.text


def _heading(lines: Sequence[Line], index: int, kind: str, length: int, context: Place | None) -> Heading:
    line, under = lines[index], lines[index + 1 : index + 3]
    draft = DRAFT_BESIDE.search(flatten(line.text), length)
    rest = line.text[length : draft.start() if draft else None].strip(" :-–")
    following = list(lines[index + 1 :])
    if length > len(line.text) and following:
        over = following[0].text[length - len(line.text) - 1 :].strip(" :-–")
        rest, following = over, following[1:]
    above, rest, following = _authority_above(rest, following, context)
    taken = _title_lines(rest, following)
    title = one_line(" ".join([rest, *(part.text.strip("_ -–") for part in taken)]))
    first = _beside(rest, line, length, under) if rest else (taken[0].start, taken[0].end) if taken else None
    last = taken[-1].end if taken else first[1] if first else line.end
    below, end = _authority_below(following[len(taken) :], last, context)
    issuer, named = (above[0], _beside(above[1], line, length, under)) if above else below or (None, None)
    return Heading(
        type=kind,
        span=line.span(0, min(length, len(line.text))),
        title=title or None,
        title_span=(line.start, last),
        subject_span=(first[0], last) if first and title else None,
        issuer=issuer,
        issuer_span=named,
        end=end,
        lines_before=index,
    )


def _beside(words: str, line: Line, length: int, under: Sequence[Line]) -> tuple[int, int]:
    """Where words stand: after the type, which takes `length` characters of its line, else on a line under it."""
    if (at := line.text.find(words, length)) >= 0:
        return line.span(at, at + len(words))
    below = next(each for each in under if words in each.text)
    at = below.text.index(words)
    return below.span(at, at + len(words))


def _authority_above(
    rest: str, following: list[Line], context: Place | None
) -> tuple[tuple[Issuer, str] | None, str, list[Line]]:
    """The body that stands between type and title and its words, with what is left of the type line and those below.

    It follows "CỦA", or it is a conference of a body over a title in small letters ("HỘI NGHỊ LẦN THỨ BẢY …").
    """
    if not rest and len(following) > 1 and following[0].shouted and flatten(following[1].text).startswith("ve "):
        words = following[0].text
        starts = (match.start() for match in re.finditer(r"\bBAN\b|\bĐẠI\b|^", words))
        bodies = ((start, parse_issuer(words, start, context)) for start in starts)
        if found := next(((parsed[0], words[start : parsed[1]]) for start, parsed in bodies if parsed), None):
            return found, rest, following[1:]
    words = rest or (following[0].text if following else "")
    flat = flatten(words)
    match = _OF.match(flat)
    parsed = parse_issuer(words, match.end(), context) if match else None
    if match is None or parsed is None:
        return None, rest, following
    left = _without_sign(words[parsed[1] :].strip(" :-–,"))
    return (parsed[0], words[match.end() : parsed[1]]), left, following if rest else following[1:]


def _without_sign(words: str) -> str:
    """Words after a document's type without its number and date, which older headings repeat: "SỐ 68-TT/TCDN NGÀY 25
    THÁNG 9 NĂM 1997 HƯỚNG DẪN …"."""
    numbered = _NUMBERED.match(words)
    return words[numbered.end() :] if numbered else words


def _title_lines(rest: str, following: Sequence[Line]) -> list[Line]:
    """The lines below the type line that are its title."""
    taken: list[Line] = []
    shouted = rest.isupper() if rest else None
    for line in following[:_MAX_TITLE_LINES]:
        first = not taken and not rest
        flat = flatten(line.text)
        if line.ruled and not first:
            break
        before = taken[-1].text if taken else rest
        if _BODY.match(flat) or (not first and line.text[:1].isupper() and not line.shouted and _OPENING.match(flat)):
            break
        under = following[len(taken) + 1 : len(taken) + 2]
        if line.shouted and _opens_body(line, under) and not _unfinished(before):
            break
        marked = taken[-1].marked if taken else line.marked
        if not (first or _goes_on(line, before, shouted, marked) or _leads_to_text(following[len(taken) :])):
            break
        if first:
            shouted = line.shouted
        taken.append(line)
    return taken


def _is_body(words: str) -> bool:
    """Whether `words` name a body and no more, but for "điện:", with which a telegram addresses those it goes to."""
    named = _WIRES.sub("", words)
    parsed = parse_issuer(named, 0, None)
    return parsed is not None and parsed[1] >= len(named.rstrip())


def _opens_body(line: Line, under: Sequence[Line]) -> bool:
    """Whether a line names a body, alone or with the one under it ("CHỦ TỊCH" over "NƯỚC CỘNG HÒA …")."""
    capitals = (each.text for each in under if _WIRES.sub("", each.text).isupper())
    return _is_body(line.text) or any(_is_body(f"{line.text}\n{words}") for words in capitals)


def _unfinished(words: str) -> bool:
    return bool(re.search(r"(?:[,;-]|\b(?:cua|ve|va|voi|theo|tai|trong|cho|cac|boi))$", flatten(words.strip())))


def _goes_on(line: Line, before: str, shouted: bool | None, marked: bool) -> bool:
    """Whether a line continues a title: in the same letters, without a gap, or in small letters after one."""
    if re.search(r"[.:!]\s*$", before):
        return False
    if line.apart:
        return line.text[:1].islower() or (bool(shouted) and line.shouted) or _unfinished(before)
    if shouted and not line.shouted:
        return line.text[:1].islower() or _unfinished(before) or bool(re.match(r"[\d(“\"]", line.text))
    return not marked or line.marked or line.text[:1].islower()


def _leads_to_text(lines: Sequence[Line]) -> bool:
    """Whether short lines without a stop lead up to the preamble: a title that blank lines divide."""
    for line in lines[:6]:
        if line.ruled or _BODY.match(flatten(line.text)):
            return line is not lines[0]
        if len(line.text) > 110 or line.text.endswith((".", ":", ";")) or line.shouted:
            return False
    return False


def _authority_below(
    lines: Sequence[Line], end: int, context: Place | None
) -> tuple[tuple[Issuer, tuple[int, int]] | None, int]:
    """The authority between title and preamble, in capitals on one or more lines, with its span, and where the preamble
    begins."""
    run: list[Line] = []
    for line in lines[:5]:
        if not line.shouted:
            break
        run.append(line)
    text = "\n".join(line.text for line in run)
    parsed = parse_issuer(text, 0, context)
    rest = flatten(text[parsed[1] :].strip(" \n,")) if parsed else ""
    if parsed is None or (rest and not _AUTHORITY_TAIL.match(rest)):
        return None, end
    return (parsed[0], (run[0].start, run[text.count("\n", 0, parsed[1])].end)), run[-1].end

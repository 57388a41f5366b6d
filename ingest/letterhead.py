"""The letterhead: issuing body under its parent bodies, number, place and date, marks of secrecy and of drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import SignError
from graph.model import Level, Place
from graph.signs import Sign
from graph.text import flatten, one_line
from ingest import units
from ingest.issuers import Issuer, parse_issuer
from ingest.lines import Line

MOTTO = re.compile(
    r"cong hoa xa hoi|xa hoi chu nghia|chu nghia viet nam|doc lap\s{0,3}[-–]?\s{0,3}tu do|hanh phuc$|"
    r"dang cong san viet nam$|cong bao\b|^cong$|cong hoa(?: xa)?$|^hoa xa hoi|^hoi chu nghia"
)
"""The motto and what stands in its place, whole or a piece of it that a narrow column leaves on a line."""
_SIGN_LINE = re.compile(
    r"\bs[o06]\s{0,3}[:.]?\s{0,20}(?P<number>\d{1,6}(?:\.\d{1,3})?[a-z]?)?(?P<blank>[\s.…_]{0,40})"
    r"(?P<rest>[-/]\s?(?:\d{4}\s?[-/]\s?)?[a-z][\w.]*(?:\s?[-/&,+]\s?(?=[a-z])[\w.]+){0,6})"
)
_LINE_LEAD = re.compile(r"[\W_]*(?:(?:luat|phap lenh|nghi quyet)\s{1,3})?")
_MARGIN = 80
_DATE = re.compile(
    r"\bngay(?P<day>[\s\d.…_/]{0,30}|\s{1,3}[^\s\d,;]{1,4}\s{1,3})thang(?P<month>[\s\d.…_/]{0,30})nam\s{0,9}(?P<year>(?:19|20)\d\d)"
)
_SLASHED = re.compile(r"(?<=[,\s])ngay\s{0,9}(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)")
_PLACE = re.compile(r"(?P<name>[^\W\d_][^,;:\n|]*)")
_BEFORE_DATE = 60
_COPY = frozenset({"SY", "TRS", "SL", "BS"})
_URGENT = r"(?:hoa toc(?: hen gio)?|thuong khan|khan)"
_SECRET = re.compile(
    rf"\W*(?:do mat\s*:\s*)?(?:{_URGENT}\W+)?(?P<mark>(?:(?:toi|tuyet)\s+)?mat)(?:\W+{_URGENT})?\W*"
)
_SECRET_BESIDE = re.compile(r"\b(?:TUYỆT|TỐI)\s+MẬT\b")
_LONGEST_MARK = 40
_DEPARTMENT = re.compile(r"(?P<kind>TỔNG CỤC|CỤC|VỤ|KHO BẠC|HỌC VIỆN|VIỆN) (?P<rest>[^\W\d_]+(?:,? [^\W\d_]+){0,9})")
"""A department of a ministry: "CỤC LÂM NGHIỆP" is written "Cục Lâm nghiệp"."""
_SPACED_OUT = re.compile(r"(?<=\b\w) (?=\w\b)")
_DRAFT = re.compile(r"\W*(?P<mark>du thao)\b(?!\s+(?:quyet dinh|nghi|luat|thong tu|van ban)).{0,40}")
_LONGEST_DRAFT = 60
DRAFT_BESIDE = re.compile(r"^\W*(?P<mark>du thao)\W+|\W+(?P<after>du thao)\W*$")
"""The mark before or after the words of the type line: "DỰ THẢO KẾ HOẠCH", "KẾ HOẠCH (DỰ THẢO)"."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number line: its span, and the sign as written without spaces, None where the number is blank."""

    start: int
    end: int
    number: str | None
    letters: str


@dataclass(frozen=True, slots=True)
class Dated:
    """The line of place and date: the name before the comma, the date as far as it is filled in, ISO, and its span."""

    place: str | None
    date: str | None
    span: tuple[int, int]


def read_number(clean: str, start: int, end: int) -> Numbered | None:
    """The first number line in `clean[start:end]` that is not that of a copy (SY, TrS, SL); None if there is none."""
    for match, rest in _number_lines(clean, start, end):
        if _code(rest) in _COPY:
            continue
        span = start + match.start(), start + match.end()
        if match["number"] is None or match["blank"].strip():
            return Numbered(*span, None, rest)
        written = clean[start + match.start("number") : start + match.end("number")] + rest
        try:
            Sign.parse(written)
        except SignError:
            return Numbered(*span, None, rest)
        return Numbered(*span, written, rest)
    return None


def bears_copy(clean: str, start: int, end: int) -> bool:
    """Whether the number line of a copy stands in `clean[start:end]`: another body's, over the document's own."""
    return any(_code(rest) in _COPY for _, rest in _number_lines(clean, start, end))


def _number_lines(clean: str, start: int, end: int) -> Iterator[tuple[re.Match[str], str]]:
    """The number lines, in offsets from `start`, each with the letters in it."""
    for match in _SIGN_LINE.finditer(flat := flatten(clean[start:end])):
        before = re.split(r"[\n|]| {3}", flat[max(0, match.start() - _MARGIN) : match.start()])[-1]
        if _LINE_LEAD.fullmatch(before):
            yield match, re.sub(r"\s+", "", clean[start + match.start("rest") : start + match.end("rest")])


def _code(letters: str) -> str:
    return re.split(r"[-/]", letters.lstrip("-/"))[0].upper()


def read_date(clean: str, start: int, end: int, *, last: bool = False) -> Dated | None:
    """The first line of place and date in `clean[start:end]`, or the `last`; the date is cut where day or month is
    blank."""
    flat = flatten(clean[start:end])
    found = list(_DATE.finditer(flat)) or list(_SLASHED.finditer(flat))
    if not found:
        return None
    match = found[-1 if last else 0]
    line = clean[max(start, start + match.start() - _BEFORE_DATE) : start + match.start()]
    places = list(_PLACE.finditer(re.split(r"[\n|]| {3}", line.rstrip())[-1]))
    place = one_line(places[-1]["name"]).strip(" .*_") if places else None
    date = iso(match["year"], _digits(match["month"]), _digits(match["day"]))
    return Dated(place or None, date, (start + match.start(), start + match.end()))


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written)


def iso(year: str, month: str, day: str) -> str | None:
    """An ISO date of what is filled in: blank day "2024-02", blank month "2024"; None for impossible numbers."""
    if not month.strip().isdigit():
        return year
    if not 1 <= int(month) <= 12:
        return None
    if not day.strip().isdigit():
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}" if 1 <= int(day) <= 31 else None


def secrecy(above: Sequence[Line], below: Sequence[Line]) -> str | None:
    """The mark of secrecy, in capitals, on a line above the type line or the first `below` it; None if there is none.

    It stands alone or with a mark of urgency; above it may also be run together with what stands beside it. The marks
    are those of Luật Bảo vệ bí mật nhà nước 29/2018/QH14, Điều 8.
    """
    for line in (*above, *below[:1]):
        words = _SPACED_OUT.sub("", line.text)
        if len(words) < _LONGEST_MARK and (alone := _SECRET.fullmatch(flatten(words))):
            return one_line(words[slice(*alone.span("mark"))]).upper()
    beside = (_SECRET_BESIDE.search(line.text) for line in above)
    return next((one_line(match[0]) for match in beside if match), None)


def draft_mark(above: Sequence[Line], heading: Line | None = None) -> tuple[int, int] | None:
    """Where a line above the text, or the type line, marks the document as a draft ("DỰ THẢO", "Dự thảo lần 2"); None
    where none does."""
    for line in above:
        if len(line.text) < _LONGEST_DRAFT and (match := _DRAFT.fullmatch(flatten(line.text))):
            return line.span(*match.span("mark"))
    beside = DRAFT_BESIDE.search(flatten(heading.text)) if heading else None
    return heading.span(*beside.span(beside.lastgroup or 0)) if heading and beside else None


def read_letterhead(lines: Sequence[Line]) -> tuple[Issuer, tuple[int, int]] | None:
    """The lowest body that lines in capitals name, its place completed by the bodies above; None if none is named.

    With it the span of the lines from the first body to that one.
    """
    shouted = ((one_line(_without_motto(line.text)), line) for line in lines if not draft_mark([line]))
    left = [(words, line) for words, line in shouted if words.isupper()]
    text = "\n".join(words for words, _ in left)
    found: Issuer | None = None
    at = last = first = 0
    while at < len(text):
        parsed = parse_issuer(text, at, found.place if found else None)
        if parsed is not None:
            parsed = _with_subject(text, at, found.place if found else None) or parsed
            first = at if found is None else first
            found, at = parsed[0] if found is None else _below(parsed[0], found), parsed[1]
            last = at
        at = text.find("\n", at) + 1 or len(text)
    lowest = _unlisted(text[last:], found)
    if lowest is None:
        return None
    end = last if lowest is found else len(text)
    return lowest, (left[text.count("\n", 0, first)][1].start, left[text.count("\n", 0, end)][1].end)


def _without_motto(words: str) -> str:
    """What stands left of the motto, where a scan has run both columns into one line."""
    motto = MOTTO.search(flatten(words))
    return words[: motto.start()] if motto else words


def _with_subject(text: str, at: int, place: Place | None) -> tuple[Issuer, int] | None:
    """A steering committee whose lines end in its subject, its place standing above: "BAN CHỈ ĐẠO CÔNG TÁC DÂN VẬN"."""
    unit = units.unit_of(place, 0)
    end = text.find("\n", text.find("\n", at) + 1) if "\n" in text[at:] else len(text)
    for stop in (len(text) if end < 0 else end, text.find("\n", at)):
        if unit is None or stop <= at:
            continue
        words = f"{text[at:stop]} {unit.written}"
        parsed = parse_issuer(words, 0, place)
        if parsed and parsed[1] == len(words) and len(parsed[0].name) > len(words) - 4:
            return parsed[0], stop
    return None


def _below(issuer: Issuer, parent: Issuer) -> Issuer:
    """A body under its parent body in the letterhead, its place completed by the parent's."""
    place, above = issuer.place, parent.place
    if place is None or above is None:
        return issuer
    merged = Place(place.province or above.province, place.district or above.district, place.commune, place.kind)
    if place.province not in (None, above.province) or issuer.level is not units.level_of(merged):
        return issuer
    return Issuer(issuer.name, issuer.branch, issuer.level, merged)


def _unlisted(rest: str, parent: Issuer | None) -> Issuer | None:
    """A body that the registry does not list, written under its parent: "TRUNG TÂM Y TẾ" under UBND HUYỆN X."""
    words = one_line(re.sub(r"\bV/v\b.*", "", rest, flags=re.S))
    if parent is not None and parent.level is Level.CENTRAL and (kind := _DEPARTMENT.fullmatch(words)):
        name = f"{kind['kind'].capitalize()} {kind['rest'].capitalize()}"
        return Issuer(name, parent.branch, parent.level, parent.place)
    if parent is None or parent.place is None or len(words.split()) < 2 or not words.isupper():
        return parent
    name, own = _sentence_case(words, parent.place)
    unit = units.unit_of(parent.place, 0)
    if unit is None:
        return parent
    return Issuer(name if own else f"{name} {unit.written}", parent.branch, parent.level, parent.place)


def _sentence_case(words: str, place: Place) -> tuple[str, bool]:
    """Words in capitals as a name: small letters but for the first and for units; and whether they name a unit."""
    phrase = units.cut(words, 0, len(words))
    parts: list[str] = []
    at, own = 0, False
    while phrase.key(at):
        unit = units.unit_at(phrase, at, place)
        own = own or unit is not None
        parts.append(unit.written if unit else phrase.words(at, at + 1).lower())
        at = unit.end if unit else at + 1
    name = re.sub(r" (?=[,.;)])|(?<=\() ", "", " ".join(parts))
    return name[:1].upper() + name[1:], own

"""The header of a document: what it says of itself in letterhead, heading, preamble and signature (own claim).

The order in which the issuer is sought: the authority line above the text, the signature, the body that the text says
issues it, the letterhead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import ReadError, SignError
from graph.model import COUNTRY, Claim, Header, Level, Place, Status, Zone
from graph.registry import document_types
from graph.registry.places import find_units, provinces
from graph.signs import Sign
from graph.text import flatten
from ingest import units
from ingest.heading import Heading, concern, find_heading, headline
from ingest.issuers import Issuer, issuer_of_sign, joint, parse_issuer
from ingest.letterhead import (
    Dated,
    Numbered,
    is_draft,
    iso,
    read_date,
    read_letterhead,
    read_number,
    secrecy,
)
from ingest.lines import Line, lines_of
from ingest.records import Text
from ingest.signature import Signature, find_signature, office_named, read_signatures

HEAD = 6_000
_PREAMBLE = 4_000
_ISSUES = re.compile(
    r"\s+(?=(?:ban hành|xây dựng|hướng dẫn|quyết định|yêu cầu|đề ra|triển khai|thông báo|báo cáo|lập|phối hợp|thống nhất|kính)\b)"
)
_CLAUSE = re.compile(r"(?:[,;.:”\")]\s+|\n\s*\n[\W\d_]*|^[\W\d_]*)(?=[^\W\d_])", re.M)
_ACT = re.compile(
    r"(?:ban hành|xây dựng)\s+(?P<type>[^\W\d_]+(?: [^\W\d_]+){1,3}?)\s*\((?:số\s*)?(?P<sign>\d{1,6}\s?[-/][^\s,;)]+),?\s*"
    r"(?:ngày\s*(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}))?",
    re.I,
)
_DISTRICT = r"(?:[Hh]uyện|[Qq]uận|[Tt]hị\sxã|[Tt]hành\sphố|TP\.?|[Tt]hị\s(?=[uủ]))\s(?:(?:ủy|uỷ)\s)?"
_COLLECTIVE = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Hiến pháp", "Nghị quyết liên tịch"})
_STAMP = re.compile(r"(?:thoi gian ky|ngay ky)\s*:\s*(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class HeaderFound:
    """A document's own claim and where the parts of its frame lie, in positions of clean text.

    `place` is the territory that bare names in the text refer to ("UBND tỉnh"). The preamble begins at `body_start`;
    recipients and signature at `signature_start`. `title_span` runs from the type words to the end of the title.
    """

    claim: Claim
    place: Place
    body_start: int
    title_span: tuple[int, int] | None
    signature_start: int | None
    noise: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the parts of the frame say before they are weighed against each other."""

    clean: str
    head: list[Line]
    heading: Heading | None
    number: Numbered | None
    dated: Dated | None
    letterhead: Issuer | None
    signature_start: int | None
    signatures: tuple[Signature, ...]
    act: re.Match[str] | None

    @property
    def body_start(self) -> int:
        return self.heading.end if self.heading else 0


def read_header(text: Text) -> HeaderFound:
    """The header of `text`; looks at its head, its signature block and, for the province, once at the whole.

    What the text does not give is None. Raises ReadError where a mark of secrecy stands in the header.
    """
    frame = _frame(text)
    issuer, place = _issuer_and_place(frame)
    kind, title, title_span = _type_and_title(frame)
    number, date, span = _number_and_date(frame)
    claim = Claim(
        *span,
        text.clean[slice(*span)],
        type=kind or _type_of_sign(number),
        number=number,
        issuer=issuer.name if issuer and issuer.name else None,
        place=place,
        date=date,
        title=title,
        zone=Zone.TITLE,
        own=True,
        header=Header(
            branch=issuer.branch if issuer else None,
            level=issuer.level if issuer else None,
            status=_status(frame, number),
            signer=_joined(signature.signer for signature in frame.signatures),
            signer_position=_joined(signature.position for signature in frame.signatures),
        ),
    )
    context = place if place is not None else COUNTRY
    return HeaderFound(claim, context, _preamble_start(frame, title_span), title_span, frame.signature_start)


def _frame(text: Text) -> _Frame:
    clean = text.clean
    head = lines_of(clean, 0, min(len(clean), HEAD))
    heading = find_heading(head, None)
    above = head[: heading.lines_before] if heading else _above_text(head)
    if mark := secrecy(above):
        raise ReadError(f"{text.name} is classified ({mark})", remedy="remove it: classified documents are not read or kept")
    end = heading.span[0] if heading else above[-1].end if above else 0
    start = _letterhead_start(above)
    letterhead = read_letterhead(above)
    signature = find_signature(clean, heading.end if heading else end)
    return _Frame(
        clean,
        head,
        heading,
        read_number(clean, start, end),
        read_date(clean, start, end),
        letterhead,
        signature,
        read_signatures(clean, signature) if signature is not None else (),
        None if heading else _ACT.search(clean, 0, min(len(clean), HEAD)),
    )


def _letterhead_start(above: Sequence[Line]) -> int:
    """Where the letterhead begins: at its first line in capitals, past what a web page puts before it."""
    return next((line.start for line in above if line.shouted or read_number_at(line)), above[0].start if above else 0)


def read_number_at(line: Line) -> bool:
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


def _preamble_start(frame: _Frame, title_span: tuple[int, int] | None) -> int:
    if frame.heading:
        return frame.heading.end
    ends = [frame.number.end] if frame.number else []
    return max([*ends, title_span[1] if title_span else 0])


def _type_and_title(frame: _Frame) -> tuple[str | None, str | None, tuple[int, int] | None]:
    if frame.heading:
        return frame.heading.type, frame.heading.title, frame.heading.title_span
    if found := concern(frame.head):
        return "Công văn", found[0], found[1]
    if found := headline(frame.head):
        return found[0], found[1], None
    return None, None, None


def _number_and_date(frame: _Frame) -> tuple[str | None, str | None, tuple[int, int]]:
    """Number and date, from the text where the letterhead lacks them, and the span of the number or the type line."""
    span = frame.heading.span if frame.heading else (0, 0)
    if frame.number is None and frame.act is not None:
        act = frame.act
        date = iso(act["year"], act["month"], act["day"]) if act["year"] else None
        return re.sub(r"\s+", "", act["sign"]), date, act.span("sign")
    date = frame.dated.date if frame.dated else None
    if (date is None or len(date) < 10) and (stamped := _stamped(frame)):
        date = stamped if date is None or stamped.startswith(date) else date
    if frame.number is None:
        return None, date, span
    return frame.number.number, date, (frame.number.start, frame.number.end)


def _stamped(frame: _Frame) -> str | None:
    """The day that a digital signature names, in the head or the signature block."""
    begin = frame.signature_start if frame.signature_start is not None else len(frame.clean)
    for start, end in ((0, HEAD), (begin, begin + HEAD)):
        if match := _STAMP.search(flatten(frame.clean[start:end])):
            return iso(match["year"], match["month"], match["day"])
    return None


@lru_cache(maxsize=256)
def _type_of_sign(number: str | None) -> str | None:
    """The type that the code of a sign stands for, where it stands for one alone."""
    if number is None:
        return None
    code = Sign.parse(number).code
    kinds = [kind.name for kind in document_types() if code and code in kind.codes]
    return kinds[0] if len(kinds) == 1 else None


def _status(frame: _Frame, number: str | None) -> Status:
    before = frame.heading.lines_before if frame.heading else 12
    if is_draft(frame.head[: before + 1]):
        return Status.DRAFT
    return Status.ISSUED if number else Status.UNNUMBERED


def _joined(values: object) -> str | None:
    known = [value for value in values if value]  # type: ignore[attr-defined]
    return " và ".join(dict.fromkeys(known)) or None


def _issuer_and_place(frame: _Frame) -> tuple[Issuer | None, Place | None]:
    """The issuer by the order of the module's head, its place completed from all that the text says of places."""
    place = _place(frame)
    issuer = (
        (_again(frame.heading.issuer, place) if frame.heading and frame.heading.issuer else None)
        or _signing(frame, place)
        or _acting(frame, place)
        or frame.letterhead
        or _of_number(frame, place)
    )
    if issuer is not None and issuer.level is Level.CENTRAL:
        return issuer, COUNTRY
    return issuer, _completed(issuer.place if issuer else None, place)


def _completed(place: Place | None, known: Place | None) -> Place | None:
    """The issuer's place with what else is known of the units above it."""
    if place is None or known is None or units.lowest(place) != units.lowest(known):
        return place or known
    return Place(place.province or known.province, place.district or known.district, place.commune, place.kind)


def _again(issuer: Issuer, place: Place | None) -> Issuer:
    """The issuer with its place supplied, where its phrase left it open."""
    if issuer.level is Level.CENTRAL or issuer.place is None or issuer.place.province:
        parsed = parse_issuer(issuer.name, 0, place)
        return parsed[0] if parsed and issuer.place is None else issuer
    parsed = parse_issuer(issuer.name, 0, place)
    return parsed[0] if parsed else issuer


def _of_number(frame: _Frame, place: Place | None) -> Issuer | None:
    if frame.number is None or frame.number.number is None:
        return None
    try:
        found = issuer_of_sign(Sign.parse(frame.number.number), place)
    except SignError:
        return None
    return found if found and found.name else None


def _signing(frame: _Frame, place: Place | None) -> Issuer | None:
    """The issuers that the signatures name."""
    found = [issuer for signature in frame.signatures if (issuer := _of_signature(frame, signature, place))]
    distinct = list(dict.fromkeys(found))
    return joint(distinct) if len(distinct) > 1 else distinct[0] if distinct else None


def _of_signature(frame: _Frame, signature: Signature, place: Place | None) -> Issuer | None:
    """The body after TM., or the office that signs in its own name; None for an office that names no body."""
    head = frame.letterhead
    if signature.body:
        parsed = parse_issuer(signature.body, 0, place)
        if parsed is None:
            return None
        if "Ban Chỉ đạo" in parsed[0].name and parsed[1] >= len(signature.body.rstrip()):
            return _steering(frame, parsed[0], place)
        return head if head and _is_organ(parsed[0], head) else parsed[0]
    kind = frame.heading.type if frame.heading else None
    if not signature.office or kind in _COLLECTIVE:
        return None
    office = office_named(signature.office)
    if office is None:
        parsed = parse_issuer(signature.office, 0, place)
        return parsed[0] if parsed and parsed[1] >= len(signature.office.rstrip()) else None
    if not office.issues:
        return None
    for name in (f"{office.name} {head.name if head else ''}", office.name):
        parsed = parse_issuer(name.strip(), 0, place)
        if parsed and parsed[1] == len(name.strip()):
            return parsed[0]
    return None


def _is_organ(body: Issuer, head: Issuer) -> bool:
    """Whether the letterhead names the same organ more exactly: "Ban Thường trực" of the Front's committee."""
    return flatten(head.name).startswith(flatten(body.name)) and len(head.name) > len(body.name)


def _steering(frame: _Frame, committee: Issuer, place: Place | None) -> Issuer:
    """A steering committee with its subject, from the letterhead or where the text names it by words of the title."""
    if frame.letterhead and frame.letterhead.name.startswith("Ban Chỉ đạo "):
        return frame.letterhead
    title = flatten(frame.heading.title or "") if frame.heading else ""
    best = ""
    for match in re.finditer(r"Ban\s+[Cc]hỉ\s+đạo\s+(?P<subject>[^\n.,;:()]{4,120})", frame.clean):
        words = match["subject"].split()
        size = next((size for size in range(len(words), 1, -1) if flatten(" ".join(words[:size])) in title), 0)
        best = max(best, " ".join(words[:size]), key=len)
    unit = units.unit_of(place, 0)
    if not best or unit is None:
        return committee
    return Issuer(f"Ban Chỉ đạo {best} {unit.written}", committee.branch, committee.level, committee.place)


def _acting(frame: _Frame, place: Place | None) -> Issuer | None:
    """The body that the preamble says issues the document: "Ủy ban nhân dân tỉnh ban hành Kế hoạch"."""
    start = frame.body_start
    window = frame.clean[start : start + _PREAMBLE]
    for verb in _ISSUES.finditer(window):
        begin = max(0, verb.start() - 180)
        for clause in _CLAUSE.finditer(window, begin, verb.start()):
            parsed = parse_issuer(frame.clean, start + clause.end(), place)
            if parsed and parsed[1] == start + verb.start() and parsed[0].level is not None:
                return parsed[0]
    return None


def _place(frame: _Frame) -> Place | None:
    """The territory of the document: the letterhead's, completed by the place line and by the names in the text."""
    head = frame.letterhead or (frame.heading.issuer if frame.heading else None)
    if head is not None and head.level is Level.CENTRAL:
        return COUNTRY
    acting = _acting(frame, None)
    place = head.place if head and head.place else acting.place if acting else None
    level = head.level if head and head.level else _level(frame)
    if level is Level.CENTRAL:
        return COUNTRY
    if place is None and level is not None:
        place = _named_by_date_line(frame, level)
    if place is not None and place.province:
        return Place(place.province, place.district or _district(frame, place, place.province), place.commune, place.kind)
    province = acting.place.province if acting and acting.place else None
    province = province or _province(frame)
    if province is None:
        return place
    if place is None:
        return Place(province, kind=units.province_kind(province))
    return Place(province, place.district or _district(frame, place, province), place.commune, place.kind)


def _level(frame: _Frame) -> Level | None:
    """The level that signature, acting body or sign tell where the letterhead is missing."""
    for signature in frame.signatures:
        for words in (signature.body, *(signature.position or "").split(", "), signature.office):
            parsed = parse_issuer(words or "", 0, None)
            if parsed and parsed[0].level:
                return parsed[0].level
    acting = _acting(frame, None)
    if acting:
        return acting.level
    number = frame.number or frame.act
    letters = frame.number.letters if frame.number else frame.act["sign"] if frame.act else ""
    found = re.search(r"/(?:\w*?)(TW|TU|HU)\b", letters) if number else None
    return {"TW": Level.CENTRAL, "TU": Level.PROVINCE, "HU": Level.DISTRICT}[found[1]] if found else None


def _named_by_date_line(frame: _Frame, level: Level) -> Place | None:
    """The unit of this level whose name stands before the date; its kind as the text writes it."""
    name = frame.dated.place if frame.dated else None
    if not name:
        return None
    name = re.sub(r"^(?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn)\s+", "", name, flags=re.I).strip()
    if level is Level.PROVINCE:
        found = [unit for unit in find_units(name, level=level)]
        return Place(found[0].name, kind=found[0].kind) if found else None
    kind = _kind(frame, level)
    return Place(None, name, kind=kind) if level is Level.DISTRICT else Place(None, None, name, kind)


def _kind(frame: _Frame, level: Level) -> str:
    """The kind of unit of this level that the preamble and signature speak of most; the usual one otherwise."""
    kinds = ("huyện", "thị xã", "quận", "thành phố") if level is Level.DISTRICT else ("xã", "phường", "thị trấn", "đặc khu")
    start = frame.signature_start if frame.signature_start is not None else len(frame.clean)
    words = (frame.clean[: HEAD] + frame.clean[start : start + _PREAMBLE]).casefold()
    counts = {kind: len(re.findall(rf"(?:ủy ban nhân dân|ubnd|ban chỉ đạo|đảng ủy)\s+{kind}\b", words)) for kind in kinds}
    return max(kinds, key=lambda kind: counts[kind])


@lru_cache(maxsize=1)
def _province_names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Provinces after their kind or committee, and anywhere."""
    names = sorted({unit.name for unit in provinces()}, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in names)
    kinds = r"(?:[Tt]ỉnh|TỈNH|[Tt]hành\sphố|TP\.?)(?:\s(?:ủy|uỷ))?|[Tt]hành\s(?:ủy|uỷ)"
    return re.compile(rf"\b(?:{kinds})\s(?P<name>{either})\b"), re.compile(rf"\b(?P<name>{either})\b")


def _province(frame: _Frame) -> str | None:
    """The province that the text names most often, first after "tỉnh" or "Tỉnh ủy", then at all.

    A province that had ceased by the document's date counts only where no other is named.
    """
    date = frame.dated.date if frame.dated else None
    standing = {unit.name for unit in provinces(date if date and len(date) == 10 else None)}
    for pattern in _province_names():
        counts = Counter(" ".join(match["name"].split()) for match in pattern.finditer(frame.clean))
        if counts:
            return min(counts, key=lambda name: (name not in standing, -counts[name], name))
    return None


def _district(frame: _Frame, place: Place, province: str) -> str | None:
    """The district of a commune that the text names most often and that holds such a commune, None where none does."""
    if place.commune is None:
        return None
    within = {unit.district for unit in find_units(place.commune, level=Level.COMMUNE, province=province) if unit.district}
    counts = {name: len(re.findall(rf"{_DISTRICT}{re.escape(name)}\b", frame.clean)) for name in sorted(within)}
    best = max(counts, key=counts.__getitem__, default=None)
    return best if best and counts[best] else None

"""The header of a document: what it says of itself in letterhead, heading, preamble and signature (own claim).

The order in which the issuer is sought: the authority line above the text, the signature, the body that the text says
issues it, the letterhead, the sign, a digital signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import SignError
from graph.model import COUNTRY, Branch, Claim, Header, Level, Place, Status, Zone
from graph.registry import document_types
from graph.signs import Sign
from graph.text import flatten
from graph.where import HeaderField
from ingest import units
from ingest.evidence import Named, Read, Span, draft_span, header_evidence, over
from ingest.frame import HEAD, Frame, acting, read_frame
from ingest.heading import concern, headline
from ingest.issuers import Issuer, issuer_of_sign, joint, parse_issuer
from ingest.letterhead import iso
from ingest.locate import completed, locate
from ingest.records import Text
from ingest.signature import Signature, full_words, office_and_body

_COLLECTIVE = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Hiến pháp", "Nghị quyết liên tịch"})
_STAMPED_BY = re.compile(r"^[^\w\n]*(?:nguoi ky|ky boi|co quan(?: ky)?|don vi(?: ky)?)\s*:\s*", re.M)
_LINE_END = re.compile(r"[^\S\n]*(?:\n|\Z)")
_STAMP_WORDS = ("thoi gian ky", "ngay ky")
_STAMP = re.compile(
    rf"(?:{'|'.join(_STAMP_WORDS)})"
    r"\s*:\s*(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"
)


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


def read_header(text: Text, flat: str) -> HeaderFound:
    """The header of `text`; looks at its head, its signature block and, for the province, once at the whole.

    `flat` is `text.clean` as `graph.text.flatten` gives it. What the text does not give is None. Raises ReadError where
    a mark of secrecy stands in the header.
    """
    frame = read_frame(text, flat)
    issuer, named, place = _issuer_and_place(frame)
    kind, title, title_span = _type_and_title(frame)
    number, date = _number_and_date(frame)
    if kind is None and number and (told := _type_of_sign(number[0])):
        kind = told, number[1]
    span = number[1] if number else _unnumbered_span(frame)
    status = Status.DRAFT if draft_span(frame) else Status.ISSUED if number else Status.UNNUMBERED
    read = {HeaderField.TYPE: kind, HeaderField.NUMBER: number, HeaderField.DATE: date, HeaderField.TITLE: title}
    claim = Claim(
        *span,
        text.clean[slice(*span)],
        type=_value(kind),
        number=_value(number),
        issuer=issuer.name if issuer and issuer.name else None,
        place=place,
        date=_value(date),
        title=_value(title),
        zone=Zone.TITLE,
        own=True,
        header=Header(
            branch=issuer.branch if issuer else None,
            level=issuer.level if issuer else None,
            status=status,
            signer=_joined(signature.signer for signature in frame.signatures),
            signer_position=_joined(signature.position for signature in frame.signatures),
            evidence=header_evidence(frame, read, (issuer, named) if issuer else None, place, status),
        ),
    )
    context = place if place is not None else COUNTRY
    return HeaderFound(claim, context, _preamble_start(frame, title_span), title_span, frame.signature_start)


def _value(read: Read | None) -> str | None:
    return read[0] if read else None


def _preamble_start(frame: Frame, title_span: tuple[int, int] | None) -> int:
    if frame.heading:
        return frame.heading.end
    ends = [frame.number.end] if frame.number else []
    return max([*ends, title_span[1] if title_span else 0])


def _type_and_title(frame: Frame) -> tuple[Read | None, Read | None, Span | None]:
    """Type and title, and the span of both, None for a headline, which is no part of the document."""
    if heading := frame.heading:
        title = (heading.title, heading.subject_span) if heading.title and heading.subject_span else None
        return (heading.type, heading.span), title, heading.title_span
    if found := concern(frame.head):
        return (found.type, found.span), (found.title, found.title_span), found.title_span
    if above := headline(frame.head):
        return (above.type, above.span), (above.title, above.title_span), None
    return None, None, None


def _number_and_date(frame: Frame) -> tuple[Read | None, Read | None]:
    """Number and date, from the text where the letterhead lacks them."""
    if frame.number is None and frame.heading is None:
        return _announced(frame)
    date = (frame.dated.date, frame.dated.span) if frame.dated and frame.dated.date else None
    if (date is None or len(date[0]) < 10) and (stamped := _stamped(frame)):
        date = stamped if date is None or stamped[0].startswith(date[0]) else date
    number = frame.number
    return (number.number, (number.start, number.end)) if number and number.number else None, date


def _unnumbered_span(frame: Frame) -> Span:
    """The number line where its number is blank, else the type words."""
    if frame.number:
        return frame.number.start, frame.number.end
    return frame.heading.span if frame.heading else (0, 0)


def _announced(frame: Frame) -> tuple[Read | None, Read | None]:
    """Number and date that a web page tells of the document that it reprints; the page's own date is not one."""
    act = frame.act
    if act is None:
        return None, None
    date = iso(act["year"], act["month"], act["day"]) if act["year"] else None
    number = re.sub(r"\s+", "", act["sign"]), act.span("sign")
    return number, (date, (act.start("day"), act.end("year"))) if date else None


def _stamped(frame: Frame) -> Read | None:
    """The day that a digital signature names."""
    for span in _stamp_places(frame):
        told = any(frame.flat.find(words, *span) >= 0 for words in _STAMP_WORDS)
        if told and (match := _STAMP.search(frame.flat, *span)):
            date = iso(match["year"], match["month"], match["day"])
            return (date, match.span()) if date else None
    return None


def _stamping(frame: Frame, place: Place | None) -> Named | None:
    """The body that a digital signature names."""
    for span in _stamp_places(frame):
        for match in _STAMPED_BY.finditer(frame.flat, *span):
            parsed = parse_issuer(frame.clean, match.end(), place)
            if parsed and _LINE_END.match(frame.clean, parsed[1]):
                return parsed[0], (match.end(), parsed[1])
    return None


def _stamp_places(frame: Frame) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a digital signature can stand: in the head or the signature block."""
    begin = frame.signature_start if frame.signature_start is not None else max(HEAD, len(frame.clean) - HEAD)
    return (0, HEAD), (begin, begin + HEAD)


@lru_cache(maxsize=256)
def _type_of_sign(number: str | None) -> str | None:
    """The type that the code of a sign stands for, where it stands for one alone."""
    if number is None:
        return None
    code = Sign.parse(number).code
    kinds = [kind.name for kind in document_types() if code and code in kind.codes]
    return kinds[0] if len(kinds) == 1 else None


def _joined(values: Iterable[str | None]) -> str | None:
    known = [value for value in values if value]
    return " và ".join(dict.fromkeys(known)) or None


def _issuer_and_place(frame: Frame) -> tuple[Issuer | None, Span | None, Place | None]:
    """The issuer by the order of the module's head and where it is named, its place completed from all that the text
    says of places."""
    place = locate(frame)
    issuer, span = (
        _above_text(frame, place)
        or _signing(frame, place)
        or acting(frame, place)
        or ((frame.letterhead, frame.letterhead_span) if frame.letterhead else None)
        or _of_number(frame, place)
        or _stamping(frame, place)
        or (None, None)
    )
    if issuer is not None and issuer.level is Level.CENTRAL:
        return issuer, span, COUNTRY
    return issuer, span, completed(issuer.place if issuer else None, place)


def _above_text(frame: Frame, place: Place | None) -> Named | None:
    heading = frame.heading
    return (_again(heading.issuer, place), heading.issuer_span) if heading and heading.issuer else None


def _again(issuer: Issuer, place: Place | None) -> Issuer:
    """The issuer with its place supplied, where its phrase left it open."""
    if issuer.level is Level.CENTRAL or issuer.place is None or issuer.place.province:
        parsed = parse_issuer(issuer.name, 0, place)
        return parsed[0] if parsed and issuer.place is None else issuer
    parsed = parse_issuer(issuer.name, 0, place)
    return parsed[0] if parsed else issuer


def _of_number(frame: Frame, place: Place | None) -> Named | None:
    if frame.number is None or frame.number.number is None:
        return None
    try:
        found = issuer_of_sign(Sign.parse(frame.number.number), place)
    except SignError:
        return None
    return (found, (frame.number.start, frame.number.end)) if found and found.name else None


def _signing(frame: Frame, place: Place | None) -> Named | None:
    """The issuers that the signatures name."""
    found = [named for signature in frame.signatures if (named := _of_signature(frame, signature, place))]
    if not found:
        return None
    distinct = list(dict.fromkeys(issuer for issuer, _ in found))
    return joint(distinct) if len(distinct) > 1 else distinct[0], over(span for _, span in found)


def _of_signature(frame: Frame, signature: Signature, place: Place | None) -> Named | None:
    """The body after TM., or the office that signs in its own name; None for an office that names no body."""
    head = frame.letterhead
    if signature.body:
        parsed, span = parse_issuer(signature.body, 0, place), signature.spans["body"]
        if parsed is None:
            return None
        if "Ban Chỉ đạo" in parsed[0].name and parsed[1] >= len(signature.body.rstrip()):
            return _steering(frame, (parsed[0], span), place)
        if head and head.branch is Branch.FRONT and parsed[0].branch is Branch.PARTY:
            return Issuer(f"{full_words(signature.body)} {head.name}", head.branch, head.level, head.place), span
        return (head, frame.letterhead_span) if head and _is_organ(parsed[0], head) else (parsed[0], span)
    kind = frame.heading.type if frame.heading else None
    if not signature.office or kind in _COLLECTIVE:
        return None
    office, body = office_and_body(signature.office)
    if office is None or not office.issues:
        names = [signature.office, body]
    else:
        names = [signature.office] if body else [f"{office.name} {head.name}" if head else "", office.name]
    parsed_names = ((name, parse_issuer(name, 0, place)) for name in names)
    issuer = next((parsed[0] for name, parsed in parsed_names if parsed and parsed[1] == len(name)), None)
    return (issuer, signature.spans["office"]) if issuer else None


def _is_organ(body: Issuer, head: Issuer) -> bool:
    """Whether the letterhead names the same organ more exactly: "Ban Thường trực" of the Front's committee."""
    return flatten(head.name).startswith(flatten(body.name)) and len(head.name) > len(body.name)


def _steering(frame: Frame, named: Named, place: Place | None) -> Named:
    """A steering committee with its subject, from the letterhead or where the text names it by words of the title."""
    if frame.letterhead and frame.letterhead.name.startswith("Ban Chỉ đạo "):
        return frame.letterhead, frame.letterhead_span
    committee, span = named
    title = flatten(frame.heading.title or "") if frame.heading else ""
    best = ""
    for match in re.finditer(r"Ban\s+[Cc]hỉ\s+đạo\s+(?P<subject>[^\n.,;:()]{4,120})", frame.clean):
        subject, end = _longest_in(title, match["subject"])
        if len(subject) > len(best):
            best, span = subject, (match.start(), match.start("subject") + end)
    unit = units.unit_of(place, 0)
    if not best or unit is None:
        return named
    return Issuer(f"Ban Chỉ đạo {best} {unit.written}", committee.branch, committee.level, committee.place), span


def _longest_in(title: str, words: str) -> tuple[str, int]:
    """The most of the first words, two at least, that stand in a flat title, on one line, and where they end."""
    found, end = "", 0
    for count, word in enumerate(re.finditer(r"\S+", words)):
        longer = f"{found} {word[0]}" if count else word[0]
        if flatten(longer) not in title:
            break
        found, end = longer, word.end()
    return (found, end) if " " in found else ("", 0)

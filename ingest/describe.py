"""Describe a citation: its date, issuer, term and title from the words around its span."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graph.model import Claim, Place, Zone
from graph.registry.places import KINDS
from graph.registry.scores import mention_scores
from graph.resolve.places import fits
from graph.text import flatten
from ingest.issuers import WINDOW, Issuer, central_issuer, issuer_of_sign, parse_issuer, sign_territory
from ingest.patterns import (
    DATED,
    FOOTNOTE_MARK,
    ISSUED_ON_BEFORE,
    LAWS,
    MONTH,
    PASSED,
    SAME_DAY,
    TERM,
    YEAR,
    iso_date,
    spaced,
)
from ingest.records import Anchor, Citation, Layout
from ingest.title import title_after
from ingest.units import cut, lowest, unit_at

_JOINT = spaced(r"\s*, | (?:va|voi|[-–]) ")
_ISSUING = spaced(
    r"(?<!\w)(?:ubnd|uy ban|hdnd|hoi dong|tinh uy|huyen uy|thanh uy|thanh tra|ban|chu tich|chinh phu|thu tuong|bo|so"
    r"|tinh|thanh pho|huyen|quan|thi xa|phuong|thi tran|xa)\s"
    r"(?=[^.;:,]{0,80}(?<!\w)(?:(?:ban hanh|phe duyet|co) (?:cac |mot so )?|tai )$)"
)
_PLENUM = r"hoi nghi (?:lan thu )?\w+,? (?:cua )?(?=ban chap hanh )"
_BEFORE_ISSUED = ("hanh", "duyet", "co", "cac", "so", "tai")
_ISSUED = ("hanh", "duyet", "ky", "ra", "co")
"""The last words of what is sought before a citation, which cost little to see."""
_WITHIN = spaced(r"cua(?<!\wcua) ")
_OF = spaced(
    rf"[\s,]*+(?:<sup>\d+</sup>\s*+)?(?:\(\s*+)?(?:(?:cua|giua|do) (?:{_PLENUM})?|(?:tai )?{_PLENUM})"
)
"""What stands before an issuer; a plenum's need no "của": "Nghị quyết số 25-NQ/TW, Hội nghị lần thứ bảy Ban …"."""
_MORE = re.compile(r"[\s,;]*+(?:\(\s*+)?[<\[(¹²³⁰-⁹.bkrntcghd]")
"""How whatever can be an attribute begins: most words after a citation do not."""
_UNKNOWN_BODY = spaced(
    r"[^\W\d_][^\W\d_]+(?: (?:[^\W\d_]+|-)){0,9}?"
    r"(?=\s*[,;.:()“\"<]| (?:ve|v/v|quy dinh|ban hanh|huong dan|thuc hien|trien khai|phe duyet|ngay|khoa|va)\b)"
)
"""A body that the registry does not know, or that a scanner has garbled: words up to what can follow an issuer."""
_NEXT = spaced(r" tai (?!dieu|khoan|muc|phan)")
"""After a body that a comma parts from the citation: "ngày 21/11/2025, của Ban Bí thư tại Kết luận số …"."""
_CLAUSE_END = re.compile(r"[.;]\s|\n\s*\n|\n(?=\d+\.|-)")
_LAWMAKERS = ("Quốc hội", "Ủy ban Thường vụ Quốc hội")
_MOST_ATTRIBUTES = 6
_CLOSING_QUOTES = "”\"»’'"


@dataclass(slots=True)
class _Tail:
    """What follows a citation's span: date, issuer and term, and where they end. It grows with each that is found."""

    end: int
    date: str | None = None
    issuer: Issuer | None = None
    named: str | None = None
    term: str | None = None


def describe(layout: Layout, context: Place | None, anchor: Anchor, limit: int) -> Citation:
    """The citation at `anchor` with what the words up to `limit` say of it.

    `context` is the place of the citing document, from which "UBND tỉnh" takes its name.
    """
    tail = _read_tail(layout, context, anchor, limit)
    title_end, title = title_after(layout, tail.end, limit)
    if title and title_end <= limit and layout.clean[title_end - 1] in _CLOSING_QUOTES:
        title_end = _go_on(layout, context, anchor, tail, title_end, limit)
    tail.issuer = tail.issuer or _congress(layout, context, anchor) or _issuer_before(layout, context, anchor)
    place = sign_territory(anchor.sign, context, tail.issuer) if anchor.sign else _named_place(anchor, tail)
    return Citation(
        Claim(
            start=anchor.start,
            end=anchor.end,
            text=layout.clean[anchor.start : anchor.end],
            type=anchor.type,
            number=anchor.number,
            name=anchor.name,
            issuer=(tail.named or tail.issuer.name) if tail.issuer else anchor.issuer,
            place=place,
            date=tail.date or _date_before(layout, anchor.start),
            term=tail.term or anchor.term,
            title=None if anchor.name else title,
            zone=_zone_at(layout, anchor.start),
            optional=anchor.optional,
            score=mention_scores()["sign" if anchor.sign else "name"],
        ),
        tail.end,
        title_end,
    )


def _congress(layout: Layout, context: Place | None, anchor: Anchor) -> Issuer | None:
    """The congress of a province's or lower Party organisation, from "Đảng bộ tỉnh lần thứ XVII"."""
    party = parse_issuer(layout.clean, anchor.congress, context) if anchor.congress is not None else None
    return replace(party[0], name=f"Đại hội đại biểu {party[0].name} lần thứ {anchor.term}") if party else None


def _issuer_before(layout: Layout, context: Place | None, anchor: Anchor) -> Issuer | None:
    """The body in "Quyết định của UBND tỉnh số …", "UBND tỉnh đã ban hành Kế hoạch số …", "theo đề nghị của Sở Nội vụ
    tại Tờ trình số …"."""
    if anchor.sign is None or central_issuer(anchor.sign, context):
        return None
    start = anchor.start
    for match in _WITHIN.finditer(layout.flat, start, anchor.end):
        if (found := parse_issuer(layout.clean, match.end(), context)) and found[1] < anchor.end:
            return found[0]
    if not layout.flat[max(0, start - 120) : start].rstrip().endswith(_BEFORE_ISSUED):
        return None
    for match in _ISSUING.finditer(layout.flat, max(0, start - 120), start):
        found = parse_issuer(layout.clean, match.start(), context) or _territory(layout, context, anchor, match.start())
        if found and found[1] < start:
            return found[0]
    return None


def _date_before(layout: Layout, start: int) -> str | None:
    if not layout.flat[max(0, start - 180) : start].rstrip().endswith(_ISSUED):
        return None
    match = ISSUED_ON_BEFORE.search(layout.flat, max(0, start - 180), start)
    return iso_date(match) if match else None


def _named_place(anchor: Anchor, tail: _Tail) -> Place | None:
    return tail.issuer.place if anchor.congress is not None and tail.issuer else anchor.place


def _read_tail(layout: Layout, context: Place | None, anchor: Anchor, limit: int) -> _Tail:
    tail = _Tail(anchor.end)
    _grow(layout, context, anchor, tail, limit)
    return tail


def _grow(layout: Layout, context: Place | None, anchor: Anchor, tail: _Tail, limit: int) -> None:
    for _ in range(_MOST_ATTRIBUTES):
        if not _one_more(layout, context, anchor, tail, limit):
            break


def _go_on(layout: Layout, context: Place | None, anchor: Anchor, tail: _Tail, title_end: int, limit: int) -> int:
    """Where the attributes end that follow a quoted title, "25-NQ/TW “Về …” ngày 03/6/2013 của …"; `title_end` where
    none do. They are added to the tail, which then ends there."""
    before, tail.end = tail.end, title_end
    _grow(layout, context, anchor, tail, limit)
    if tail.end == title_end:
        tail.end = before
    return max(tail.end, title_end)


def _one_more(layout: Layout, context: Place | None, anchor: Anchor, tail: _Tail, limit: int) -> bool:
    """Whether one more attribute follows; it is added to the tail."""
    flat, at = layout.flat, tail.end
    if layout.clean[at : at + 1] == "\n":
        at = layout.resumed(at)
    if _MORE.match(flat, at, limit) is None:
        return False
    if (match := FOOTNOTE_MARK.match(flat, at, limit) or SAME_DAY.match(flat, at, limit)) is not None:
        pass
    elif tail.date is None and (match := DATED.match(flat, at, limit)):
        tail.date = iso_date(match)
    elif tail.date is None and (match := MONTH.match(flat, at, limit)):
        tail.date = f"{match['year']}-{int(match['month']):02}"
    elif tail.date is None and anchor.number and (match := YEAR.match(flat, at, limit)):
        tail.date = match["year"] or match["year2"]
    elif tail.date is None and tail.issuer is None and (match := PASSED.match(flat, at, limit)):
        passed = parse_issuer(layout.clean, match.start("body"), context)
        tail.date, tail.issuer = iso_date(match), passed[0] if passed else None
    elif tail.term is None and (match := TERM.match(flat, at, limit)):
        tail.term = (match["term"] or f"{match['first']}-{match['last']}").upper()
    elif tail.issuer is None and (match := _OF.match(flat, at, limit)):
        return _issued_by(layout, context, anchor, tail, match.end(), limit)
    if match is None:
        return False
    tail.end = match.end()
    return True


def _issued_by(layout: Layout, context: Place | None, anchor: Anchor, tail: _Tail, start: int, limit: int) -> bool:
    """Whether an issuer follows; it is added to the tail. Joint issuers are joined by " và " in the text's order; an
    unknown body is passed."""
    first = parse_issuer(layout.clean, start, context)
    if anchor.type in LAWS and (first is None or first[0].name not in _LAWMAKERS):
        return False
    first = first or _territory(layout, context, anchor, start)
    if first is None:
        unknown = _UNKNOWN_BODY.match(layout.flat, start)
        if unknown is None or unknown.end() > limit:
            return False
        tail.end = unknown.end()
        return True
    issuer, end = _last_named(layout, context, first[0], anchor.start), first[1]
    names = [issuer.name]
    joint = anchor.joint or layout.flat[max(0, start - 6) : start].rstrip().endswith("giua")
    while joint and (link := _JOINT.match(layout.flat, end)):
        following = parse_issuer(layout.clean, link.end(), context)
        if following is None:
            break
        names.append(following[0].name)
        end = following[1]
    if end > limit or (_NEXT.match(layout.flat, end) and "," in layout.flat[tail.end : start]):
        return False
    tail.end, tail.issuer, tail.named = end, issuer, " và ".join(names)
    return True


def _territory(layout: Layout, context: Place | None, anchor: Anchor, start: int) -> tuple[Issuer, int] | None:
    """The body that the sign's letters mean of a territory named for it, and where the name ends: "Kế hoạch số
    21/KH-UBND của tỉnh Hà Giang"."""
    phrase = cut(layout.clean, start, WINDOW)
    unit = unit_at(phrase, 0, context)
    if unit is None or anchor.sign is None:
        return None
    written = parse_issuer(f"{anchor.sign.body} {unit.written}", 0, unit.place)
    issuer = written[0] if written else issuer_of_sign(anchor.sign, unit.place)
    if issuer is None or not issuer.name:
        return None
    if unit.place is None:
        return (issuer, phrase.end(unit.end)) if issuer.level is unit.level else None
    if issuer.place is None or not fits(issuer.place, unit.place):
        return None
    return replace(issuer, place=unit.place), phrase.end(unit.end)


def _last_named(layout: Layout, context: Place | None, issuer: Issuer, start: int) -> Issuer:
    """A body of a bare kind of territory, of the one that its clause named last: "thị xã Trảng Bàng … UBND thị xã"."""
    kind = next((kind for kind in KINDS if issuer.name.casefold().endswith(f" {kind}")), None)
    if issuer.place is not None or kind is None:
        return issuer
    near = layout.flat[max(0, start - WINDOW) : start]
    first = start - len(_CLAUSE_END.split(near)[-1])
    for match in reversed([*re.finditer(rf"(?<!\w){flatten(kind)}\s", layout.flat[first:start])]):
        unit = unit_at(cut(layout.clean, first + match.start(), WINDOW), 0, context)
        if unit and unit.place:
            return replace(issuer, name=f"{issuer.name} {lowest(unit.place)}", place=unit.place, level=unit.level)
    return issuer


def _zone_at(layout: Layout, position: int) -> Zone:
    unit = layout.unit_at(position)
    return unit.zone if unit else Zone.BODY

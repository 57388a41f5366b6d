"""Find documents cited by name: laws, the Constitution, charters, congress and plenum resolutions, short forms."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from graph.model import COUNTRY
from graph.registry.laws import longest_law_name
from graph.text import one_line
from ingest.amending import names_itself
from ingest.patterns import opening, scan, spaced, type_words
from ingest.records import Anchor, Layout

_LAWS = (rf"{opening('bo')} luat", rf"{opening('luat')}(?<!phap\sluat)", rf"{opening('phap')} lenh")
_LAW = spaced(rf"(?:{'|'.join(_LAWS)})(?= \w)")
_EACH_LAW = tuple(spaced(rf"{law}(?= \w)") for law in _LAWS)
_AMENDING = spaced(r" sua doi(?:,| va)?\s*(?:\w{1,3} sung )?(?:mot so )?(?:dieu|noi dung)?\s*(?:cua )?(?:cac )?")
"""Scanners read the first letters of "bổ sung" as others."""
_STOP = (
    "nam|ngay|so|va|hoac|quy dinh|duoc|da|co|cho|theo|trong|tai|de|la|thi hanh|ve|cua|do|khi|nay|hien hanh|con|nham|"
    "sua|gan|den|tu|voi|bao gom|cung|phai|khong|se|bang|tren|doi voi|neu|cac|nhung|thong qua|hay|nhu|tiep tuc|"
    "tiep theo|can cu|ke tu|ke hoach|ban hanh|dong thoi|hoi dong|uy ban|chinh phu|noi nhan"
)
_PLAIN_NAME = spaced(rf" (?P<first>\w+)(?:, chong)?(?: (?!(?:{_STOP})\b)[^\W\d_]+(?:, chong\b)?){{0,9}}")
_VERSION = spaced(
    r"\s*\(\s*sua doi(?:,?\s*bo sung)?(?: nam \d{4})?\s*\)"
    r"| (?:nam )?(?:19|20)\d\d(?!\d|[/.-]\w)|\s*\(\s*nam \d{4}\s*\)"
)
_WORD = re.compile(r"\w+")
_DRAFTS = ("du thao", "du an")
_LONGEST_DRAFT = 10
_MOST_NESTED = 4
"""A law may amend a law that amends a law; what nests deeper is no name."""
_CONSTITUTION = spaced(
    rf"{opening('hien')} phap(?: nuoc cong hoa xa hoi chu nghia viet nam)?"
    r"(?:\s*\(?(?:nam\s*)?(?:19|20)\d\d\)?)?(?!\w)"
)
_CHARTER = spaced(
    rf"{opening('dieu')} le (?:dang(?: cong san viet nam)?|mat tran to quoc viet nam|cong doan viet nam|"
    r"doan tncs ho chi minh|hoi (?:lien hiep phu nu|nong dan|cuu chien binh) viet nam)(?!\w)"
)
_ORDINAL = r"(?:lan\s+thu\s+)?(?P<ordinal>[ivx]{1,6}|\d{1,2})(?![\w/-])"
_CONGRESS = spaced(
    rf"{opening('nghi')} quyet (?:cua )?dai hoi (?:dang (?=toan quoc|lan ))?(?:"
    rf"(?:dai bieu )?{_ORDINAL} (?:cua )?(?P<after>dang bo (?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong))"
    rf"|(?:dai bieu )?(?:toan quoc )?{_ORDINAL.replace('ordinal', 'national')}"
    r"(?: cua dang(?! bo)| dang cong san viet nam)?"
    r"|(?:dai bieu )?(?P<party>dang bo (?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong)(?: [^\W\d_]+){0,4}?)\s*,? "
    r"(?:khoa|lan thu) (?P<nth>[ivx]{1,6}|\d{1,2})(?![\w/-]))"
)
_PROPER_NAME = spaced(r"(?: [A-ZĐÀ-Ỹ][^\W\d_]+){1,4}")
_NTH = r"(?:\d{1,2}|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi|muoi\s+\w+)"
_EACH_PLENUM = tuple(
    spaced(
        rf"(?P<head>(?P<type>{opening(first)} {second}) "
        rf"(?:(?:hoi nghi )?(?:trung uong|tw) {_NTH}|hoi nghi (?:lan thu )?{_NTH}[\s,]+"
        r"(?:cua )?ban chap hanh trung uong(?: dang)?))[\s,]*\(?\s*khoa (?P<term>[ivx]{1,6})\b"
        r"(?P<more>(?:(?:,| va) (?:khoa )?[ivx]{1,6}(?!\w)){0,5}+)(?:\s*\))?"
    )
    for first, second in (("nghi", "quyet"), ("ket", "luan"))
)
_TERM = re.compile(r"(?<!\w)[ivx]{1,6}(?!\w)")
_EACH_SHORT = tuple(
    spaced(
        rf"(?P<type>{opening(first)}{rest}) (?:so )?"
        r"(?P<number>\d{1,4})(?![\w%])(?!\s?[/-]\s?\w)(?![.,]\d)"
        r"(?! (?:nam(?! (?:19|20)\d\d\b)|thang|ngay|quy|tuan|dieu|khoan|muc|noi dung|nhiem vu|nhom|dong|trieu|ty|"
        r"nguoi|van ban)\b)"
    )
    for first, rest in (
        ("nghi", " (?:quyet|dinh)"), ("chi", " thi"), ("ket", " luan"), ("quy", "(?:et)? dinh"), ("thong", " tu"),
    )
)


def find_names(layout: Layout, taken: Sequence[Anchor]) -> list[Anchor]:
    """Anchors of documents cited by name, in order, none of which overlaps one of `taken` (in order) or another."""
    spans = [(anchor.start, anchor.end) for anchor in taken]
    found: list[Anchor] = []
    for finder in _FINDERS:
        for anchor in finder(layout):
            if not _overlaps(spans, anchor):
                spans.insert(bisect_right(spans, (anchor.start, anchor.end)), (anchor.start, anchor.end))
                found.append(anchor)
    return sorted(found, key=lambda anchor: anchor.start)


def _overlaps(spans: Sequence[tuple[int, int]], anchor: Anchor) -> bool:
    index = bisect_right(spans, (anchor.start, anchor.end))
    before = index > 0 and spans[index - 1][1] > anchor.start
    return before or (index < len(spans) and spans[index][0] < anchor.end)


def _laws(layout: Layout) -> Iterator[Anchor]:
    floor = 0
    for match in scan(_EACH_LAW, layout.flat):
        start = match.start()
        if start < floor or not _names_law(layout, start, match.end()):
            continue
        if _AMENDING.match(layout.flat, match.end()) and names_itself(layout, start):
            continue
        end = _law_end(layout, start, match.end())
        unit = layout.unit_at(start)
        if end is None or (unit and end > unit.end):
            continue
        while version := _VERSION.match(layout.flat, end):
            end = version.end()
        floor = end
        kind = type_words()[re.sub(r"\s+", " ", match[0])]
        yield Anchor(start, end, kind, name=one_line(layout.clean[start:end]), place=COUNTRY)


def _names_law(layout: Layout, start: int, after: int) -> bool:
    """Whether the word for a law at `start` can open the name of one: as a proper name, of what is no draft."""
    if layout.flat[max(0, start - _LONGEST_DRAFT) : start].rstrip().endswith(_DRAFTS):
        return False
    if layout.clean[start].isupper():
        return True
    first = _WORD.search(layout.clean, after)
    return first is not None and first[0][0].isupper() and longest_law_name(layout.clean, start) is not None


def _law_end(layout: Layout, start: int, after: int) -> int | None:
    """Where a law's name ends: by the registry, as an amending law with the law it amends, or by its plain words."""
    for _ in range(_MOST_NESTED):
        if (known := longest_law_name(layout.clean, start)) is not None:
            return known
        if (amending := _AMENDING.match(layout.flat, after)) is None:
            break
        if (inner := _LAW.match(layout.flat, amending.end())) is None:
            return None
        start, after = inner.span()
    unit = layout.unit_at(start)
    plain = _PLAIN_NAME.match(layout.flat, after, unit.end if unit else after)
    return plain.end() if plain and _capitalised(layout.clean, plain.start("first")) else None


def _capitalised(clean: str, start: int) -> bool:
    return clean[start].isupper() and clean[start + 1 : start + 2].islower()


def _constitutions(layout: Layout) -> Iterator[Anchor]:
    for match in _CONSTITUTION.finditer(layout.flat):
        vague = not layout.clean[match.start()].isupper()
        yield _named(layout, match, "Hiến pháp", optional=vague)


def _charters(layout: Layout) -> Iterator[Anchor]:
    for match in _CHARTER.finditer(layout.flat):
        if layout.clean[match.start()].isupper():
            yield _named(layout, match, "Điều lệ")


def _congresses(layout: Layout) -> Iterator[Anchor]:
    for match in _CONGRESS.finditer(layout.flat):
        if match["party"] or match["after"]:
            place, term = ("party", match["nth"]) if match["party"] else ("after", match["ordinal"])
            proper = _PROPER_NAME.match(layout.clean, match.end()) if place == "after" else None
            end = proper.end() if proper else None
            yield _named(layout, match, "Nghị quyết", term=term.upper(), congress=match.start(place), end=end)
        else:
            ordinal = match["national"].upper()
            yield _named(
                layout, match, "Nghị quyết", term=ordinal,
                issuer=f"Đại hội đại biểu toàn quốc lần thứ {ordinal} của Đảng",
            )


def _plenums(layout: Layout) -> Iterator[Anchor]:
    """Each plenum's own where one name has several terms: "Nghị quyết Trung ương 4 khóa XI, XII"."""
    for match in scan(_EACH_PLENUM, layout.flat):
        kind, issuer = type_words()[re.sub(r"\s+", " ", match["type"])], "Ban Chấp hành Trung ương Đảng"
        if not match["more"]:
            yield _named(layout, match, kind, term=match["term"].upper(), issuer=issuer)
            continue
        head, first = one_line(layout.clean[slice(*match.span("head"))]), match.start("term")
        for term in _TERM.finditer(layout.flat, first, match.end("more")):
            start, numeral = match.start() if term.start() == first else term.start(), term[0].upper()
            name = f"{head} khóa {numeral}"
            yield Anchor(start, term.end(), kind, name=name, issuer=issuer, place=COUNTRY, term=numeral)


def _shorts(layout: Layout) -> Iterator[Anchor]:
    for match in scan(_EACH_SHORT, layout.flat):
        if layout.clean[match.start()].isupper() and not _opens_item(layout.clean, match):
            kind = type_words()[re.sub(r"\s+", " ", match["type"])]
            yield Anchor(match.start(), match.end(), kind, number=match["number"])


def _opens_item(clean: str, match: re.Match[str]) -> bool:
    """Whether the number is that of a list's item on the line below the type: "Bãi bỏ các Quyết định" over "1. …"."""
    return clean[match.end() : match.end() + 1] in (".", ")") and "\n" in clean[match.end("type") : match.end()]


def _named(
    layout: Layout, match: re.Match[str], kind: str, *,
    term: str | None = None, issuer: str | None = None, optional: bool = False, congress: int | None = None,
    end: int | None = None,
) -> Anchor:
    start, end = match.start(), end or match.end()
    return Anchor(
        start, end, kind, name=one_line(layout.clean[start:end]), issuer=issuer,
        place=COUNTRY if congress is None else None, term=term, congress=congress, optional=optional,
    )


_FINDERS: tuple[Callable[[Layout], Iterator[Anchor]], ...] = (
    _laws, _constitutions, _charters, _congresses, _plenums, _shorts,
)

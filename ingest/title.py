"""Read the title that follows a citation: "về việc …", a quotation, or a verb phrase, up to where its clause ends."""

from __future__ import annotations

import re

from ingest.patterns import LISTED_INSIDE, spaced
from ingest.records import Layout

_INTRODUCED = spaced(
    r"[\s,(:]*(?P<about>(?:ve viec|ve|v/v|ve \w+ viec)\b[\s:]*)?"
    r"(?:(?P<quote>[“\"‘'«])|"
    r"(?P<verb>(?:quy dinh|ban hanh|phe duyet|huong dan|sua doi|bo sung|(?P<act>bai bo|thay the)|"
    r"trien khai|thuc hien|to chuc|tiep tuc(?! duoc)|tang cuong|mot so|"
    r"doi moi|day manh|nang cao|cu the hoa|dieu chinh)\b))?"
)
_END = spaced(
    r"[;.”»n/|,\s](?:(?<=\s)(?=[vdcl])(?:(?=(?:da duoc|dang luc|cap nhat luc|luot xem)\b)"
    r"|(?=va (?:cac (?:van ban|chuong trinh|ke hoach|nghi quyet|chi thi|quyet dinh|thong tu|nghi dinh|muc tieu|"
    r"nhiem vu|noi dung|quy dinh)|to chuc trien khai|"
    r"(?:to chuc |tiep tuc )?(?:trien khai|thuc hien) (?:tot|hieu|co|nghiem))))"
    r"|(?<![\sn])(?:(?<=[;”»|])|(?<=[.])(?=\s|[\"”»)]|$)|(?<=/)\."
    r"|(?<=,)\s*(?=(?:ubnd|uy ban|ban thuong vu|ban chap hanh|ban chi dao|tinh uy|thanh uy|huyen uy|dang uy|"
    r"hoi dong|thu tuong|chinh phu|chu tich|bo truong|gan voi|dong thoi|trong tam|dac biet|"
    r"so \w+ \w+ ban hanh)\b))"
    r"|(?<=n)(?<!\wn)hu sau\b)"
)
"""Its marks and first letters come before what is told of each, so that the engine leaps from one to the next; what is
told of white space, which is most of them, comes first."""
_WHEN = spaced(
    r"(?<!\w)(?:\w+ (?:thang|quy|nam|tuan) (?:mot|1) lan(?!\w)|truoc (?:ngay )?\d{1,2}\s?[/.-]\s?\d|dang luc \d)"
)
"""When or how often something is to be done ("sáu tháng một lần", "trước ngày 30/4"), or a page was put up ("Đăng lúc
08:15"): words of who cites the title."""
_WHEN_WORDS = ("lan", "truoc", "luc")
"""One of them is in whatever `_WHEN` finds."""
_BRACKET = re.compile(r"[()]")
_CLOSING = {"“": "”", "«": "»", "‘": "’", '"': '"', "'": "'"}
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MAX_TITLE = 500


def title_after(layout: Layout, start: int, following: int) -> tuple[int, str | None]:
    """Where the title after a citation's attributes ends, and the title on one line; `(start, None)` without one.

    `following` is where the next citation begins: as the next of a list it ends the title, inside it it does not. What
    the document does to another ("thay thế Quyết định số …") stands in a title's place and is none.
    """
    unit = layout.unit_at(max(0, start - 1))
    limit = min(unit.end if unit else len(layout.clean), start + _MAX_TITLE)
    match = _INTRODUCED.match(layout.flat, start, limit)
    if not match or match.lastindex is None or _anew(layout.clean, start, match):
        return start, None
    if match["quote"]:
        opening = layout.clean[match.start("quote")]
        close = layout.clean.find(_CLOSING.get(opening, opening), match.end(), limit)
        if close > 0:
            return close + 1, layout.words(match.end(), close) or None
    begin = match.start("verb") if match["verb"] else match.end()
    end = _end(layout, begin, limit)
    if following < end and (listed := LISTED_INSIDE.search(layout.flat, begin, following)):
        end = listed.start()
    if match["act"] and not match["about"]:
        return end, None
    return end, layout.words(begin, end).strip(" ,“”\"") or None


def _anew(clean: str, start: int, match: re.Match[str]) -> bool:
    """Whether a paragraph of its own begins with the words that could introduce a title."""
    first = match.start("about" if match["about"] else "quote" if match["quote"] else "verb")
    return clean[first].isupper() and _BLANK_LINE.search(clean, start, first) is not None


def _end(layout: Layout, begin: int, limit: int) -> int:
    """The end of an unquoted title: a closing bracket opened before it, or the first mark that ends its clause."""
    depth = 0
    stop = _END.search(layout.flat, begin, limit)
    while stop and stop[0] in "”»" and _opened(layout.clean, begin, stop.start()):
        stop = _END.search(layout.flat, stop.end(), limit)
    end = stop.start() if stop else limit
    found = any(layout.flat.find(word, begin, end) >= 0 for word in _WHEN_WORDS)
    if found and (when := _WHEN.search(layout.flat, begin, end)):
        end = when.start()
    if layout.flat.find(")", begin, end) < 0:
        return end
    for bracket in _BRACKET.finditer(layout.flat, begin, end):
        depth += 1 if bracket[0] == "(" else -1
        if depth < 0:
            return bracket.start()
    return end


def _opened(clean: str, begin: int, end: int) -> bool:
    return clean.count("“", begin, end) + clean.count("«", begin, end) > clean.count("”", begin, end)

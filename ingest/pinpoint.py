"""The provisions of a document that a citation points to, right before it: "khoản 2 Điều 3 Nghị định số …"."""

from __future__ import annotations

from graph.text import one_line
from ingest.patterns import spaced
from ingest.records import Layout

_PART = (
    r"(?:diem|khoan|dieu|muc|chuong|phan|phu luc) (?:\d++\w?|[a-zđ]|[ivx]{2,}+)(?![\w/])"
    r"(?:(?:,| va) (?:\d++\w?|[a-zđ])(?!\w))*[\s,]*"
)
_PINPOINT = spaced(rf"(?P<parts>{_PART}(?:(?:va )?{_PART})*)(?:cua )?$")
_FARTHEST = 100


def pinpoint_before(layout: Layout, start: int, end: int) -> str | None:
    """The provisions named right before `end`, on one line as written, looked for from `start` on; None if none are."""
    begin = max(start, end - _FARTHEST)
    match = _PINPOINT.search(layout.flat, begin, end) if _may_end(layout.flat[begin:end]) else None
    return one_line(layout.clean[slice(*match.span("parts"))]).rstrip(" ,") if match else None


def without_pinpoint(before: str) -> str:
    """`before`, flat text that ends right before a citation, without the provisions named at its end."""
    return _PINPOINT.sub("", before) if _may_end(before[-_FARTHEST:]) else before


def _may_end(words: str) -> bool:
    """Whether the last of `words` can be a provision's number or letter, or the "của" after it: most are neither."""
    *_, last = words.replace(",", " ").rsplit(None, 1) or [""]
    return len(last) == 1 or last[:1].isdigit() or last == "cua" or (last != "" and last[0] in "ivx")

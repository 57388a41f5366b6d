"""What brackets after a citation tell of it."""

from __future__ import annotations

from ingest.patterns import spaced
from ingest.records import Layout

_CHANGED_ASIDE = spaced(r"\(\s*(?:da )?duoc (?:sua doi|bo sung)[^()]{0,80}\)")
_TITLE_GOES_ON = spaced(r"\s*\)\s*(?:cua [^,;.()]{1,60}? )?(?:quy dinh|huong dan|sua doi|ve|ban hanh|phe duyet)\b")


def in_brackets(layout: Layout, start: int, end: int) -> bool:
    """Whether a bracket opens in `start`..`end` and is not closed there."""
    return layout.flat.rfind("(", start, end) > layout.flat.rfind(")", start, end)


def without_change(between: str) -> str:
    """`between` without brackets that tell that a document was changed, and not by what ("(được sửa đổi năm 2025)")."""
    return _CHANGED_ASIDE.sub("", between) if "(" in between else between


def title_goes_on(between: str) -> bool:
    """Whether `between`, after the citation in a bracket that tells who changed a document, goes on with its title:
    "Nghị định X (được sửa đổi bởi Y) quy định chi tiết …"."""
    return _TITLE_GOES_ON.match(between) is not None

"""Which documents a filter lets pass."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import SignError
from graph.model import Document
from graph.signs import Sign
from graph.store.base import Filter
from graph.text import fold


def passes(document: Document, wanted: Filter) -> bool:
    """Whether the document is one of those wanted; names of provinces and types whatever their case and diacritics."""
    return (
        (wanted.level is None or document.level is wanted.level)
        and (wanted.provinces is None or _lies_in(document, wanted.provinces))
        and (wanted.year is None or year_of(document) == wanted.year)
        and (wanted.type is None or fold(document.type or "") == fold(wanted.type))
        and (wanted.status is None or document.status is wanted.status)
        and (wanted.held is None or document.held is wanted.held)
    )


def _lies_in(document: Document, provinces: Iterable[str]) -> bool:
    return document.place is not None and fold(document.place.province or "") in map(fold, provinces)


def year_of(document: Document) -> int | None:
    """The year of a document's date, or else the one in its sign ("59/2023/NĐ-CP"); None where neither tells."""
    if document.date:
        return int(document.date[:4])
    try:
        return Sign.parse(document.sign).year if document.sign else None
    except SignError:
        return None

"""Whether a document only checks on others: who reports or inspects is not who implements."""

from __future__ import annotations

from graph.model import Document
from graph.registry.inspections import inspecting_word, inspection_words
from graph.text import fold

REPORT = "Báo cáo"
_REPORTS = 1 << 15
"""The bit of a report, above those of all words: no title takes it back."""


def only_checks(source: Document, target: Document) -> bool:
    """Whether `source` is a report, or by its title an inspection.

    An inspection implements none of the documents that it rests on, save those that are on checking themselves: a plan
    of supervision carries out the Party's rules on supervision.
    """
    return bool(checking(source) & ~spoken(target))


def checking(document: Document) -> int:
    """What a document by its type or title does no more than: one bit, or 0. It is that for each document whose title
    is not `spoken` of by the same bit. Below 2**16."""
    if document.type == REPORT:
        return _REPORTS
    word = inspecting_word(document.title or "")
    return 0 if word is None else 1 << inspection_words().index(word)


def spoken(document: Document) -> int:
    """The bits of all words for checking that a document's title holds. Below 2**15."""
    title = fold(document.title or "")
    return sum(1 << position for position, word in enumerate(inspection_words()) if word in title)

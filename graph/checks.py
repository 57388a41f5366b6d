"""Whether a document only checks on others: who reports or inspects is not who implements."""

from __future__ import annotations

from graph.model import Document
from graph.registry.inspections import inspecting_word
from graph.text import fold

REPORT = "Báo cáo"


def only_checks(source: Document, target: Document) -> bool:
    """Whether `source` is a report, or by its title an inspection.

    An inspection implements none of the documents that it rests on, save those that are on checking themselves: a plan
    of supervision carries out the Party's rules on supervision.
    """
    if source.type == REPORT:
        return True
    word = inspecting_word(source.title or "")
    return word is not None and word not in fold(target.title or "")

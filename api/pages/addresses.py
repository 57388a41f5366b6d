"""The addresses of pages. Identifiers and digests are quoted, whatever they hold."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from graph.model import Document, Evidence

_DIGEST_SHOWN = 12


def document_address(id: str) -> str:
    """The page of a document."""
    return f"/documents/{quote(id, safe='~')}"


def graph_address(id: str) -> str:
    """The picture of what is around a document."""
    return f"{document_address(id)}/graph"


def text_address(id: str, *, at: int | None = None, source: str | None = None) -> str:
    """The text of a document, open at code point `at`; `source` names one of several texts by its digest."""
    asked = {"source": source[:_DIGEST_SHOWN] if source else None, "at": at}
    fragment = f"#c{at}" if at is not None else ""
    return f"{with_query(f'{document_address(id)}/text', asked)}{fragment}"


def place_address(holder: Document, evidence: Evidence) -> str:
    """The place of a sentence's citation in the text that holds it."""
    several = len(holder.sources) > 1
    return text_address(holder.id, at=evidence.mention_start, source=evidence.digest if several else None)


def with_query(path: str, asked: Mapping[str, object]) -> str:
    """`path` with those of `asked` that are given."""
    given = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path

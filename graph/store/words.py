"""The words by which documents are found, the same for every store: folded runs of letters and digits."""

from __future__ import annotations

import re

from graph.model import Document
from graph.text import fold

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"[^\W_]+")
_MOST_WORDS = 32
_BETWEEN_FIELDS = " | "


def tokens(text: str) -> list[str]:
    """The runs of letters and digits of a text, folded: "Chỉ thị 33/CT-TTg" → chi, thi, 33, ct, ttg."""
    return _TOKEN.findall(fold(text))


def word_fields(document: Document) -> tuple[str, str, str]:
    """What a document is found by: type with sign, since people say both in one breath ("chỉ thị 33"); its title with
    type and title of what it is issued with; its issuer."""
    titles = [document.title or "", *(f"{part.type} {part.title or ''}" for part in document.parts)]
    return f"{document.type or ''} {document.sign or ''}", " ".join(titles), document.issuer or ""


def searched_words(document: Document) -> str:
    """The tokens of its `word_fields`, single spaces between and around them, bars between the three."""
    return f" {_BETWEEN_FIELDS.join(' '.join(tokens(field)) for field in word_fields(document))} "


def query_words(asked: str) -> list[list[str]]:
    """The words of a search, at most the first 32, each as its tokens, which are to stand side by side."""
    return [found for word in _WORD.findall(fold(asked))[:_MOST_WORDS] if (found := tokens(word))]

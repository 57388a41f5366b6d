"""The one document that a user means by an identifier or a sign."""

from __future__ import annotations

import re
import unicodedata

from graph.errors import AmbiguousSignError, IdentifierError, MovedDocumentError, SignError, UnknownDocumentError
from graph.identifiers import Identifier
from graph.model import Document
from graph.signs import Sign
from graph.store.base import View
from graph.store.filters import year_of
from graph.store.traversal import Traversal
from graph.text import fold, one_line

_LONGEST = 300
_ASKED = re.compile(
    r"(?P<words>\D{0,60}?)(?P<sign>\d.*?)"
    r"(?:(?:\s*[@,(]\s*|\s+)(?:n[aă]m\s+)?(?P<time>(?:19|20)\d\d(?:-\d\d){0,2})\)?)?",
    re.I,
)
_SEARCH = "look for words of its title with `cancu search`"


def find_document(view: View, what: str) -> Document:
    """The document that `what` names: an identifier, or a sign in any spelling ("33/ct-ttg", "chỉ thị 33/CT-TTg").

    A sign may be followed by the year or the ISO date of the document ("33/CT-TTg 2021", "33/CT-TTg@2021",
    "33/CT-TTg năm 2021"). An identifier that was given up for another is followed. Raises AmbiguousSignError, its
    candidates sorted, where several documents have the sign, and UnknownDocumentError where none has.
    """
    asked = one_line(unicodedata.normalize("NFC", what))
    if len(asked) > _LONGEST:
        raise UnknownDocumentError(f"{asked[:40]!r}... is too long for a sign", remedy="give a sign such as 33/CT-TTg")
    if is_identifier(asked):
        return _followed(view, asked.lower())
    match = _ASKED.fullmatch(asked)
    try:
        sign = Sign.parse(match["sign"] if match else asked)
    except SignError as error:
        remedy = f"give an identifier or a whole sign such as 33/CT-TTg, or {_SEARCH}"
        raise UnknownDocumentError(f"{asked!r} is neither an identifier nor a sign", remedy=remedy) from error
    found = view.by_sign(sign.key)
    words, time = (match["words"], match["time"]) if match else ("", None)
    return _with_facts(view, _only(_of_type(found, words), sign, time).id)


def current(view: View, id: str) -> str:
    """`id`, which a document of the store has.

    Raises MovedDocumentError where it was given up for one document, AmbiguousSignError where for several, and
    UnknownDocumentError where it was never issued.
    """
    if view.documents([id]):
        return id
    moved = view.moved(id)
    if len(moved) > 1:
        remedy = f"ask by one of the identifiers: {', '.join(moved)}"
        raise AmbiguousSignError(f"{id!r} was given up for {len(moved)} documents", moved, remedy=remedy)
    if moved:
        raise MovedDocumentError(f"{id!r} was given up", moved[0], remedy=f"use {moved[0]}")
    raise UnknownDocumentError(f"the store holds no document {id!r}", remedy=f"ask by its sign, or {_SEARCH}")


def number_of(traversal: Traversal, id: str) -> int:
    """The number by which a traversal knows document `id`. Raises UnknownDocumentError where the store has none."""
    number = traversal.number(id)
    if number is None:
        raise UnknownDocumentError(f"the store holds no document {id!r}", remedy=f"ask by its sign, or {_SEARCH}")
    return number


def is_identifier(what: str) -> bool:
    """Whether a text has the form of an identifier, in any case."""
    try:
        Identifier.parse(what.strip().lower())
    except IdentifierError:
        return False
    return True


def _followed(view: View, id: str) -> Document:
    try:
        return _with_facts(view, current(view, id))
    except MovedDocumentError as error:
        return _with_facts(view, error.target)


def _with_facts(view: View, id: str) -> Document:
    document = view.document(id)
    if document is None:  # a writer has renamed it since it was found
        raise UnknownDocumentError(f"the store holds no document {id!r}", remedy="ask again")
    return document


def _of_type(found: tuple[Document, ...], words: str) -> tuple[Document, ...]:
    """Those of `found` whose type the user's words name, or all where they name none of theirs."""
    asked = fold(words)
    return tuple(one for one in found if one.type and fold(one.type) in asked) or found


def _only(found: tuple[Document, ...], sign: Sign, time: str | None) -> Document:
    if not found:
        raise UnknownDocumentError(f"the store holds no document with sign {sign}", remedy=f"check it, or {_SEARCH}")
    chosen = tuple(one for one in found if _is_of(one, time)) if time else found
    if not chosen:
        dates = ", ".join(sorted({one.date or "no known date" for one in found}))
        raise UnknownDocumentError(f"the store holds {sign}, but none of {time}", remedy=f"those held are of: {dates}")
    if len(chosen) > 1:
        candidates = tuple(sorted(one.id for one in chosen))
        remedy = "add its year, as in 33/CT-TTg@2021, or ask by one of the identifiers: " + ", ".join(candidates)
        raise AmbiguousSignError(f"{len(chosen)} documents have the sign {sign}", candidates, remedy=remedy)
    return chosen[0]


def _is_of(document: Document, time: str) -> bool:
    if document.date:
        return document.date.startswith(time) or time.startswith(document.date)
    return str(year_of(document)) == time[:4]

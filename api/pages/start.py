"""What the start page shows: what a search finds, or the documents of the store, narrowed."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from api.pages.addresses import with_query
from api.pages.filters import filter_of
from graph.errors import AmbiguousSignError, UnknownDocumentError
from graph.model import Document
from graph.store.base import Counts, Filter, Page, View
from queries.find import find_document
from queries.search import search

ROWS = 30
_HELD = {"any": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Sought:
    """What the forms of the start page ask for, each field as they send it: "" where it is left open.

    `held` is "true", "false" or "any". Words are looked for in the whole store, without regard to the other fields.
    """

    q: str = ""
    level: str = ""
    province: str = ""
    predecessors: str = ""
    year: str = ""
    held: str = "true"
    offset: int = 0

    @property
    def wanted(self) -> Filter:
        """The filter that the form describes."""
        return filter_of(self.level, self.province, self.year, self.predecessors, held=_HELD[self.held])

    def address(self, offset: int) -> str:
        """The start page with the same question, from another offset."""
        asked = {"q": self.q} if self.q else asdict(self)
        return with_query("/", {**asked, "offset": offset or None})


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of the start page: `exact` holds those that the words name by sign or identifier.

    `counts` is the size of the store, told where no words are looked for.
    """

    page: Page
    exact: tuple[Document, ...]
    counts: Counts | None
    previous: str | None
    following: str | None


def found(view: View, sought: Sought) -> Found:
    """Answer what the start page is asked."""
    words = sought.q.strip()
    if words:
        page = search(view, words, limit=ROWS, offset=sought.offset)
    else:
        page = view.listing(sought.wanted, limit=ROWS, offset=sought.offset)
    return Found(
        page,
        exact=_named(view, words) if words and not sought.offset else (),
        counts=None if words else view.counts(),
        previous=sought.address(max(sought.offset - ROWS, 0)) if sought.offset else None,
        following=sought.address(sought.offset + ROWS) if sought.offset + ROWS < page.total else None,
    )


def _named(view: View, words: str) -> tuple[Document, ...]:
    try:
        return (find_document(view, words),)
    except AmbiguousSignError as error:
        documents = view.documents(error.candidates)
        return tuple(documents[id] for id in error.candidates if id in documents)
    except UnknownDocumentError:
        return ()

"""Where texts disagree about a document: every value that they give, and why one was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from graph.model import Document, Fact, Field
from graph.resolve.conflicts import Reason, disputed_fields, reason_of
from graph.store.base import Filter, View

MOST = 500


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field for which texts give several values: its facts, the chosen one first, and why that was chosen."""

    field: Field
    facts: tuple[Fact, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Disputed:
    """A document with the fields that texts disagree about."""

    document: Document
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """A slice of the disputed documents, and the number of them all."""

    items: tuple[Disputed, ...]
    total: int


def conflicts(
    view: View, wanted: Filter | None = None, *, field: Field | None = None, limit: int = 50, offset: int = 0
) -> Conflicts:
    """The documents that pass `wanted` about which texts disagree, by date with unknown ones last, then id.

    With `field` those that they give several values for in that field, and no other conflicts of them. `limit` is held
    within 0..MOST.
    """
    page = view.disputed(wanted or Filter(), field=field, limit=min(max(limit, 0), MOST), offset=max(offset, 0))
    items = tuple(Disputed(one, conflicts_of(one, field=field)) for one in page.documents)
    return Conflicts(items, page.total)


def conflicts_of(document: Document, *, field: Field | None = None) -> tuple[Conflict, ...]:
    """The conflicts of a document whose facts are known, in the order of its facts; those of one field if given."""
    disputed = disputed_fields(document.facts)
    by_field = ((name, tuple(facts)) for name, facts in groupby(document.facts, attrgetter("field")))
    return tuple(
        Conflict(Field(name), facts, reason_of(facts))
        for name, facts in by_field
        if name in disputed and field in (None, name)
    )

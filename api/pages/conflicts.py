"""What the page of conflicts shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from api.pages.addresses import with_query
from api.pages.filters import filter_of
from graph.model import Field
from graph.store.base import Filter, View
from queries.conflicts import Disputed, conflicts

ROWS = 30


@dataclass(frozen=True, slots=True)
class Sifted:
    """What the form of the page asks for, each field as it sends it: "" where it is left open."""

    field: str = ""
    level: str = ""
    province: str = ""
    predecessors: str = ""
    year: str = ""
    offset: int = 0

    @property
    def wanted(self) -> Filter:
        """The filter that the form describes."""
        return filter_of(self.level, self.province, self.year, self.predecessors)

    def address(self, offset: int) -> str:
        """The page with the same question, from another offset."""
        return with_query("/conflicts", {**asdict(self), "offset": offset or None})


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of the page."""

    disputed: tuple[Disputed, ...]
    total: int
    previous: str | None
    following: str | None


def sifted(view: View, sought: Sifted) -> Found:
    """Answer what the page is asked."""
    field = Field(sought.field) if sought.field else None
    found = conflicts(view, sought.wanted, field=field, limit=ROWS, offset=sought.offset)
    return Found(
        found.items,
        found.total,
        previous=sought.address(max(sought.offset - ROWS, 0)) if sought.offset else None,
        following=sought.address(sought.offset + ROWS) if sought.offset + ROWS < found.total else None,
    )

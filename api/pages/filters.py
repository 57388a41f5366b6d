"""The filter that forms of pages describe."""

from __future__ import annotations

from api import filters
from graph.model import Level
from graph.store.base import Filter


def filter_of(level: str, province: str, year: str, predecessors: str = "", *, held: bool | None = None) -> Filter:
    """The filter of a form's fields as it sends them, each "" where it is left open.

    `level` is a value of Level and `year` a number: the router has checked them.
    """
    return filters.filter_of(
        Level(level) if level else None,
        province or None,
        int(year) if year else None,
        with_predecessors=bool(predecessors),
        held=held,
    )

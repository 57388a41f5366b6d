"""The filter that forms of pages describe."""

from __future__ import annotations

from graph.model import Level
from graph.registry.places import official_province
from graph.store.base import Filter


def filter_of(level: str, province: str, year: str, *, held: bool | None = None) -> Filter:
    """The filter of a form's fields as it sends them, each "" where it is left open.

    `level` is a value of Level and `year` a number: the router has checked them.
    """
    return Filter(
        level=Level(level) if level else None,
        province=official_province(province or None),
        year=int(year) if year else None,
        held=held,
    )

"""Which documents a question narrows its answer to: made in one place for commands, REST and pages."""

from __future__ import annotations

from graph.model import Level, Status
from graph.registry.places import official_province, province_predecessors
from graph.store.base import Filter


def filter_of(
    level: Level | None = None,
    province: str | None = None,
    year: int | None = None,
    *,
    with_predecessors: bool = False,
    type: str | None = None,
    status: Status | None = None,
    held: bool | None = None,
) -> Filter:
    """The filter of what a user asks for, the name of the province in any case and diacritics.

    `with_predecessors` adds the provinces that have become it.
    """
    return Filter(
        level=level,
        province=official_province(province),
        year=year,
        type=type,
        status=status,
        held=held,
        predecessors=province_predecessors(province) if province and with_predecessors else (),
    )

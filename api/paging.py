"""Slices of long answers, and the links between them."""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import URL


def link_header(url: URL, *, total: int, limit: int, offset: int, more: bool = False) -> str:
    """The value of a Link header (RFC 8288) to the other slices of an answer, addresses relative to the host.

    Where there are `more` items than `total`, the last slice is not known.
    """
    last = (max(total - 1, 0) // limit) * limit
    places = {"first": 0} if more else {"first": 0, "last": last}
    if offset > 0:
        places["prev"] = max(min(offset - limit, last), 0)
    if offset + limit < total:
        places["next"] = offset + limit
    return ", ".join(f'<{_relative(url, limit, place)}>; rel="{name}"' for name, place in places.items())


def _relative(url: URL, limit: int, offset: int) -> str:
    to = url.include_query_params(limit=limit, offset=offset)
    return f"{quote(to.path, safe='/~')}?{to.query}"

"""The pages: templates rendered on the server, escaped and without a line of script or style of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from api import labels
from api.pages import addresses
from graph.text import without_controls

_PART = 2_000


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of all templates.

    Every value is escaped; characters that control a terminal or turn the direction of writing are taken out of it.
    """
    made = Environment(
        loader=PackageLoader("api.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "label": labels.document_label,
        "level": labels.level_label,
        "place": labels.place_label,
        "status": labels.status_label,
        "date": labels.date_label,
        "address": addresses.document_address,
        "graph_address": addresses.graph_address,
        "text_address": addresses.text_address,
    }
    made.globals |= {"labels": labels}
    return made


def render(template: str, **values: Any) -> str:
    """The page that `template` makes of `values`."""
    return environment().get_template(template).render(**values)


def stream(template: str, **values: Any) -> Iterator[str]:
    """The page that `template` makes of `values`, in parts: the first is handed over before the rest is made."""
    made: list[str] = []
    size = 0
    for piece in environment().get_template(template).generate(**values):
        made.append(piece)
        size += len(piece)
        if size >= _PART:
            yield "".join(made)
            made, size = [], 0
    yield "".join(made)


def _clean(value: Any) -> Any:
    if value is None:
        return ""
    return without_controls(value) if isinstance(value, str) and not isinstance(value, Markup) else value

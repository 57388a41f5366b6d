"""The pages: templates rendered on the server, escaped and without a line of script or style of their own."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from graph.text import without_controls


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of all templates.

    Every value is escaped; characters that control a terminal or turn the direction of writing are taken out of it.
    """
    return Environment(
        loader=PackageLoader("api.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: Any) -> str:
    """The page that `template` makes of `values`."""
    return environment().get_template(template).render(**values)


def _clean(value: Any) -> Any:
    if value is None:
        return ""
    return without_controls(value) if isinstance(value, str) and not isinstance(value, Markup) else value

"""Answers on a terminal, in a pipe, as JSON and as CSV. Every value of a document is taken as hostile."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from graph.text import one_line, without_controls
from queries.implementers import Hop

PIPE_WIDTH = 100
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@")


def console(*, stderr: bool = False) -> Console:
    """A console that shows values as they are, without markup or emoji codes; PIPE_WIDTH or COLUMNS wide in a pipe."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS", "").isdigit() else PIPE_WIDTH
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


def progress() -> Progress:
    """A bar on standard error, shown on a terminal alone."""
    errors = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True)


def clean(value: object) -> str:
    """A value on one line that cannot steer a terminal; None is empty."""
    return "" if value is None else one_line(without_controls(str(value)))


def json_text(value: Any) -> str:
    """`value` as JSON with Vietnamese letters as they are, and characters that could steer a terminal escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def csv_text(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV with a heading; cells that a spreadsheet would run as a formula begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    writer.writerows([_cell(row.get(field)) for field in fields] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def chain_text(chain: Sequence[Hop]) -> str:
    """A chain of ids on one line: "a -[implements]-> b -[based_on]-> c"."""
    return chain[0].source + "".join(f" -[{hop.relation}]-> {hop.target}" for hop in chain)


def page_note(shown: int, total: int, offset: int, *, more: bool = False) -> str:
    """Which part of an answer a page shows; `more` tells that there are more than `total`."""
    return f"{offset + 1}–{offset + shown} trong {'hơn ' if more else ''}{total} văn bản"

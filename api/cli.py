"""The command `cancu`."""

from __future__ import annotations

import io
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from api.commands import annotate, ask, conflicts, copy, curate, give, ingest, serve, store
from api.render import clean, console
from graph.errors import CancuError

FAILED = 1


class _Commands(TyperGroup):
    """Says deliberate errors in two lines, what is wrong and what to do, instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except CancuError as error:
            errors = console(stderr=True)
            errors.print(f"error: {clean(error)}", soft_wrap=True)
            if error.remedy:
                errors.print(f"what to do: {clean(error.remedy)}", soft_wrap=True)
            raise typer.Exit(FAILED) from error


app = typer.Typer(
    cls=_Commands,
    name="cancu",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Which local plans carry out a directive, through which chain, and which sentence proves it.",
)
for _command in (
    ingest.ingest,
    ingest.extract,
    annotate.annotate,
    ask.implementers,
    ask.lineage,
    ask.path,
    ask.show,
    ask.search,
    conflicts.conflicts,
    copy.copy,
    give.dump,
    give.export,
    serve.serve,
):
    app.command()(_command)
app.add_typer(store.app, name="store")
app.add_typer(curate.app, name="curate")


def main() -> None:
    """Run the command; output is UTF-8 whatever the locale, so that a pipe never stops at a Vietnamese letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()

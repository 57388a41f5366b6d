"""`cancu store check`, `backup` and `stats`: the commands that take care of the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DEFAULT_STORE, StoreOption
from api.render import clean, console
from graph.store import care

WRONG = 1

app = typer.Typer(no_args_is_help=True, help="Check, repair, copy and measure the store.")


@app.command()
def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Work all but the ledger out anew, in one transaction; not in Neo4j.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Whether the store is whole and holds what follows from its ledger; status 1 where something is wrong."""
    if repair:
        care.repair(store)
    out, findings = console(), 0
    for finding in care.check(store):
        findings += 1
        out.print(clean(finding), soft_wrap=True)
    if findings:
        raise typer.Exit(WRONG)
    out.print("The store is whole.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, which is not there yet.")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Copy the store as it is at this moment; it can be read and written meanwhile.

    A store in Neo4j is copied into an embedded one, where its texts are resolved again; nobody may write meanwhile.
    """
    care.backup(store, file)
    console().print(f"Copied to {clean(file)}", soft_wrap=True)


@app.command()
def stats(store: StoreOption = DEFAULT_STORE) -> None:
    """How much the store holds, by its tables, and how large it is on disk."""
    found = care.stats(store)
    size = {} if found.size is None else {"bytes": found.size}
    for name, number in {**found.rows, **size, "schema": found.schema}.items():
        console().print(f"{name:<10}{number:>16,}")

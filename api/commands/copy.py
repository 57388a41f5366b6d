"""`cancu copy`: one store into another."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import reading, writing
from api.render import console, progress
from graph.store import copy as stores


def copy(
    source: Annotated[str, typer.Argument(metavar="SRC", help="Address of the store to copy.")],
    target: Annotated[str, typer.Argument(metavar="DST", help="Address of the store to copy into.")],
) -> None:
    """Copy a store into another of any kind, and compare the two; a copy that was interrupted goes on."""
    with reading(source) as view, writing(target) as store:
        copied, total = 0, view.counts().sources
        with progress() as bar:
            task = bar.add_task("Copying", total=total, completed=store.counts().sources)
            for number in stores.copy(view, store):
                copied += number
                bar.advance(task, number)
        checksum = stores.same(view, store)
    console().print(f"{copied} texts copied, {total - copied} were there already.", soft_wrap=True)
    console().print(f"Both stores hold the same graph: sha256 {checksum}", soft_wrap=True)

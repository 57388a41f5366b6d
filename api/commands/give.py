"""`cancu dump` and `cancu export`: the commands that hand the graph on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DEEPEST, DEFAULT_STORE, StoreOption, What, asked, reading
from api.render import console
from api.settings import BASE_VARIABLE
from graph.errors import CancuError
from graph.model import Document, Edge
from graph.rdf import BASE, to_graph
from queries.lineage import LIMIT
from viz.export import gexf, graphml, neighbourhood, node_link, to_network, united


class FileForm(StrEnum):
    """The forms of `cancu export`."""

    TURTLE = "turtle"
    GRAPHML = "graphml"
    GEXF = "gexf"
    JSON = "json"


_NETWORKS = {FileForm.GRAPHML: graphml, FileForm.GEXF: gexf, FileForm.JSON: node_link}


def dump(store: StoreOption = DEFAULT_STORE) -> None:
    """Write the whole graph as sorted JSON lines: equal graphs give equal dumps."""
    with reading(store) as view:
        for line in view.dump():
            typer.echo(line)


def export(
    what: What,
    form: Annotated[FileForm, typer.Option("--format", help="The form of the file.")] = FileForm.TURTLE,
    output: Annotated[Path | None, typer.Option("--output", help="The file to write; standard output if none.")] = None,
    depth: Annotated[int, typer.Option("--depth", min=0, max=DEEPEST, help="How many hops up and down.")] = 2,
    base: Annotated[
        str, typer.Option("--base-iri", envvar=BASE_VARIABLE, help="What the IRIs of documents begin with in Turtle.")
    ] = BASE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write a document with what it rests on and what rests on it, for other programs."""
    with reading(store) as view:
        parts = neighbourhood(view, asked(view, what).id, depth=depth)
    if any(part.cut for part in parts):
        console(stderr=True).print(f"note: cut at {LIMIT} documents a direction; ask for less depth", soft_wrap=True)
    text = _written(form, *united(parts), base=base)
    if output is None:
        typer.echo(text, nl=not text.endswith("\n"))
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{output}: cannot be written ({error.strerror})"
        raise CancuError(message, remedy="give a file in a folder that you may write to") from error


def _written(form: FileForm, documents: list[Document], edges: list[Edge], *, base: str) -> str:
    if form is FileForm.TURTLE:
        return to_graph(documents, edges, base=base).serialize(format="turtle")
    return _NETWORKS[form](to_network(documents, edges))

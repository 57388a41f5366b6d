"""`cancu dump` and `cancu export`: the commands that hand the graph on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DEEPEST, DEFAULT_STORE, StoreOption, asked, reading
from api.render import clean, console
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


Wanted = Annotated[
    str | None, typer.Argument(help="An identifier, a sign such as 33/CT-TTg, or a sign with its year.")
]
_NETWORKS = {FileForm.GRAPHML: graphml, FileForm.GEXF: gexf, FileForm.JSON: node_link}


def dump(store: StoreOption = DEFAULT_STORE) -> None:
    """Write the whole graph as sorted JSON lines: equal graphs give equal dumps."""
    with reading(store) as view:
        for line in view.dump():
            typer.echo(line)


def export(
    what: Wanted = None,
    form: Annotated[FileForm, typer.Option("--format", help="The form of the file.")] = FileForm.TURTLE,
    output: Annotated[Path | None, typer.Option("--output", help="The file to write; standard output if none.")] = None,
    depth: Annotated[int, typer.Option("--depth", min=0, max=DEEPEST, help="How many hops up and down.")] = 2,
    base: Annotated[
        str, typer.Option("--base-iri", envvar=BASE_VARIABLE, help="What the IRIs of documents begin with in Turtle.")
    ] = BASE,
    neo4j_admin: Annotated[
        Path | None,
        typer.Option(
            "--neo4j-admin",
            metavar="DIR",
            help="Write the whole store, in place of a document, into a new folder for `neo4j-admin database import`.",
        ),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write a document with what it rests on and what rests on it, for other programs; or the whole store for Neo4j."""
    if (what is None) == (neo4j_admin is None):
        raise typer.BadParameter("give a document, or --neo4j-admin DIR for the whole store")
    if neo4j_admin:
        _for_import(store, neo4j_admin)
    if what is None:
        return
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


def _for_import(store: str, folder: Path) -> None:
    from graph.store.neo4j.admin.export import export  # the driver is loaded where it is used

    with reading(store) as view:
        script = export(view, folder)
    typer.echo(script.read_text("utf-8"))
    note = "note: stop the server, run this script, start the server again and compare: cancu copy SRC DST"
    console(stderr=True).print(f"{note}\n{clean(script)}", soft_wrap=True)


def _written(form: FileForm, documents: list[Document], edges: list[Edge], *, base: str) -> str:
    if form is FileForm.TURTLE:
        return to_graph(documents, edges, base=base).serialize(format="turtle")
    return _NETWORKS[form](to_network(documents, edges))

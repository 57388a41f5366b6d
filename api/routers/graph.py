"""The picture of what is around a document: its data, its page, and the library that draws it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, HTMLResponse

from api.dependencies import LONGEST, DocumentId, Named, OpenView
from api.drawn import Graph, graph
from api.openapi import problems
from api.pages import render
from queries.find import current
from viz.picture import MOST, STEP, WARN

MOST_EXPANSIONS = 100
DRAWER = "/static/vis-network.min.js"
_DRAWER_FILE = Path("templates/lib/vis-9.1.2/vis-network.min.js")

router = APIRouter()
Expansions = Annotated[
    list[Annotated[str, Query(max_length=LONGEST)]],
    Query(
        alias="expand",
        max_length=MOST_EXPANSIONS,
        description=f"Shown documents whose neighbours to add, in the order in which they were asked for: {STEP} each, "
        f"and {MOST} in all. The answer is what the last of them brings; nothing that stands moves. A picture of more "
        f"than {WARN} is hard to read, and the answer says so.",
    ),
]


@router.get(
    "/api/v1/graph/{id}",
    operation_id="getGraph",
    response_model=Graph,
    responses=problems(300, 308, 404, 422, 503),
    tags=["documents"],
)
def get_graph(view: OpenView, id: DocumentId, expand: Expansions = []) -> Graph:  # noqa: B006
    """What is around a document, the strongest first, with positions: lanes by level, x by date."""
    return graph(view, current(view, id), expand)


@router.get("/documents/{id}/graph", response_class=HTMLResponse, include_in_schema=False)
def graph_page(view: OpenView, document: Named) -> str:
    """The picture beside a table of what it shows."""
    return render("graph.html", document=document, graph=graph(view, document.id), drawer=DRAWER)


@router.get(DRAWER, response_class=FileResponse, include_in_schema=False)
def drawer() -> FileResponse:
    """vis-network from the files of the pyvis package, found without importing it."""
    package = find_spec("pyvis")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pyvis is not installed")
    file = Path(package.origin).parent / _DRAWER_FILE
    return FileResponse(file, media_type="text/javascript", headers={"Cache-Control": "public, max-age=86400"})

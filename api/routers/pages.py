"""The pages for people."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, StreamingResponse

from api.dependencies import Named, Offset, OpenView
from api.pages import render, stream
from api.pages.document import SECTIONS, Asked, changes_to, foundations, implementation
from api.pages.fields import LevelField, PredecessorsField, ProvinceField, YearField
from api.pages.filters import filter_of
from api.pages.start import Sought, found
from api.pages.text import text_page
from graph.errors import UnknownDocumentError
from graph.registry.places import provinces
from graph.resolve.conflicts import disputed_fields
from queries.search import LONGEST as LONGEST_WORDS
from queries.texts import texts_of

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
Position = Annotated[int, Query(ge=0, le=2**31)]


@router.get("/")
def start(
    view: OpenView,
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    level: LevelField = "",
    province: ProvinceField = "",
    predecessors: PredecessorsField = "",
    year: YearField = "",
    held: Literal["true", "false", "any"] = "true",
    offset: Offset = 0,
) -> str:
    """The start page: a search, or the documents held, narrowed."""
    sought = Sought(q, level, province, predecessors, year, held, offset)
    return render("start.html", sought=sought, query=q, found=found(view, sought), provinces=provinces())


@router.get("/documents/{id}")
def document(
    view: OpenView,
    shown: Named,
    section: Annotated[str | None, Query(pattern=f"^(?:{'|'.join(SECTIONS)})$")] = None,
    level: LevelField = "",
    province: ProvinceField = "",
    predecessors: PredecessorsField = "",
    year: YearField = "",
    offset: Offset = 0,
) -> StreamingResponse:
    """What a document is, what it rests on and what implements it.

    The first two are sent before the third is worked out, which for a directive that thousands implement takes longer.
    """
    asked = Asked(filter_of(level, province, year, predecessors), section, offset)
    page = stream(
        "document.html",
        document=shown,
        asked=asked,
        conflicting=disputed_fields(shown.facts),
        changes=changes_to(view, shown),
        foundations=foundations(view, shown, asked),
        texts=texts_of(view, shown) if asked.section is None else (),
        implementation=lambda: implementation(view, shown, asked),
        provinces=provinces(),
    )
    return StreamingResponse(page, media_type="text/html")


@router.get("/documents/{id}/text")
def text(
    view: OpenView,
    shown: Named,
    source: Annotated[str, Query(max_length=64)] = "",
    at: Position = 0,
) -> str:
    """The text of a document as it was read, its citations marked, on the page that holds code point `at`."""
    digest = next((one for one in shown.sources if one.startswith(source)), None)
    reading = view.reading(digest) if digest else None
    if digest is None or reading is None:
        raise UnknownDocumentError(f"the store holds no text of {shown.id!r}", remedy="it is known only from citations")
    page = text_page(reading, view.assigned(digest), at=at)
    return render("text.html", document=shown, digest=digest, name=reading.source.name, page=page)


@router.get("/docs")
def docs() -> str:
    """The description of the REST interface, shown by Swagger UI."""
    return render("docs.html")

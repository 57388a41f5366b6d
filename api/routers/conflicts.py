"""Where texts disagree about documents: over REST, and as a page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.dependencies import LevelFilter, Limit, Offset, OpenView, PredecessorsFilter, ProvinceFilter, YearFilter
from api.filters import filter_of
from api.openapi import problems
from api.pages import render
from api.pages.conflicts import Sifted, sifted
from api.pages.fields import LevelField, PredecessorsField, ProvinceField, YearField
from api.paging import link_header
from api.responses import Conflicts
from graph.model import Field
from graph.registry.places import provinces
from queries.conflicts import conflicts
from queries.records import Record, disputed_record

router = APIRouter()


@router.get(
    "/api/v1/conflicts",
    operation_id="listConflicts",
    response_model=Conflicts,
    responses=problems(422, 503),
    tags=["documents"],
)
def list_conflicts(
    request: Request,
    response: Response,
    view: OpenView,
    field: Annotated[Field | None, Query(description="Conflicts about this field alone.")] = None,
    level: LevelFilter = None,
    province: ProvinceFilter = None,
    with_predecessors: PredecessorsFilter = False,
    year: YearFilter = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Record:
    """Documents about which texts disagree: every value with its count and a quote, which was chosen, and why."""
    wanted = filter_of(level, province, year, with_predecessors=with_predecessors)
    found = conflicts(view, wanted, field=field, limit=limit, offset=offset)
    response.headers["Link"] = link_header(request.url, total=found.total, limit=limit, offset=offset)
    items = [disputed_record(one) for one in found.items]
    return {"items": items, "total": found.total, "limit": limit, "offset": offset}


@router.get("/conflicts", response_class=HTMLResponse, include_in_schema=False)
def conflicts_page(
    view: OpenView,
    field: Annotated[str, Query(pattern=f"^(?:{'|'.join(Field)})?$")] = "",
    level: LevelField = "",
    province: ProvinceField = "",
    predecessors: PredecessorsField = "",
    year: YearField = "",
    offset: Offset = 0,
) -> str:
    """The disputed documents, narrowed."""
    sought = Sifted(field, level, province, predecessors, year, offset)
    return render("conflicts.html", sought=sought, found=sifted(view, sought), provinces=provinces(), fields=Field)

"""Documents and the answers about them, the same as those of the command line."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import (
    DEEPEST,
    LONGEST,
    DocumentId,
    LevelFilter,
    Limit,
    Named,
    Offset,
    OpenView,
    PredecessorsFilter,
    ProvinceFilter,
    Relations,
    YearFilter,
)
from api.filters import filter_of
from api.openapi import problems
from api.paging import link_header
from api.responses import DocumentDetails, Documents, Implementers, Lineage, Path
from graph.model import Status
from graph.store.base import Page
from queries.find import current, find_document
from queries.implementers import DEPTH, answer
from queries.lineage import DEPTH as LINEAGE_DEPTH
from queries.lineage import LIMIT, Direction, lineage
from queries.path import path
from queries.records import (
    Record,
    details_record,
    document_record,
    implementer_record,
    lineage_record,
    path_record,
)
from queries.search import LONGEST as LONGEST_WORDS
from queries.search import search
from queries.texts import texts_of

router = APIRouter(prefix="/api/v1", tags=["documents"], responses=problems(422, 503))
MOVED = problems(300, 308, 404)
Depth = Annotated[int, Query(ge=1, le=DEEPEST, description="How many hops to follow at most.")]


@router.get("/documents", operation_id="listDocuments", response_model=Documents, responses=problems(300, 404))
def list_documents(
    request: Request,
    response: Response,
    view: OpenView,
    sign: Annotated[
        str | None,
        Query(
            max_length=LONGEST,
            description="Look up a sign in any spelling, with or without its year, or an identifier. The other filters "
            "are then not looked at.",
        ),
    ] = None,
    level: LevelFilter = None,
    province: ProvinceFilter = None,
    with_predecessors: PredecessorsFilter = False,
    year: YearFilter = None,
    type: Annotated[str | None, Query(max_length=60, description="Documents of this type alone: Kế hoạch.")] = None,
    status: Annotated[Status | None, Query(description="Documents of this status alone.")] = None,
    held: Annotated[bool | None, Query(description="Those whose text was read, or those that were not.")] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Record:
    """Documents by date, unknown ones last. With `sign`: the one that it names, or 300 with the candidates."""
    if sign is not None:
        found = find_document(view, sign)
        return _listed(request, response, Page((found,)[offset:], 1), limit, offset)
    wanted = filter_of(
        level, province, year, with_predecessors=with_predecessors, type=type, status=status, held=held
    )
    return _listed(request, response, view.listing(wanted, limit=limit, offset=offset), limit, offset)


@router.get("/search", operation_id="searchDocuments", response_model=Documents)
def search_documents(
    request: Request,
    response: Response,
    view: OpenView,
    q: Annotated[str, Query(max_length=LONGEST_WORDS, description="Words, with or without diacritics.")],
    limit: Limit = 20,
    offset: Offset = 0,
) -> Record:
    """Documents whose type, sign, title or issuer hold all words, newest first."""
    return _listed(request, response, search(view, q, limit=limit, offset=offset), limit, offset)


@router.get("/documents/{id}", operation_id="getDocument", response_model=DocumentDetails, responses=MOVED)
def get_document(view: OpenView, document: Named) -> Record:
    """All that is known of one document, with every value that texts give for it and where they conflict."""
    return details_record(document, texts_of(view, document))


@router.get("/documents/{id}/lineage", operation_id="getLineage", response_model=Lineage, responses=MOVED)
def get_lineage(
    view: OpenView,
    id: DocumentId,
    direction: Annotated[Direction, Query(description="What it rests on, or what rests on it.")] = Direction.UP,
    depth: Depth = LINEAGE_DEPTH,
    relations: Relations = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT, description="How many documents to give at most.")] = LIMIT,
) -> Record:
    """What a document rests on or what rests on it, level by level, with the sentences that say so."""
    found = lineage(view, current(view, id), direction=direction, depth=depth, relations=relations, limit=limit)
    return lineage_record(found)


@router.get("/documents/{id}/path", operation_id="getPath", response_model=Path, responses=MOVED)
def get_path(
    view: OpenView,
    id: DocumentId,
    to: Annotated[str, Query(description="Identifier of a document that it may go back to.", max_length=LONGEST)],
    relations: Relations = None,
) -> Record:
    """The shortest chain of relations from a document to another that it goes back to, with the sentences."""
    return path_record(path(view, current(view, id), current(view, to), relations=relations))


@router.get(
    "/documents/{id}/implementers",
    operation_id="listImplementers",
    response_model=Implementers,
    responses=MOVED,
)
def list_implementers(
    request: Request,
    response: Response,
    view: OpenView,
    id: DocumentId,
    level: LevelFilter = None,
    province: ProvinceFilter = None,
    with_predecessors: PredecessorsFilter = False,
    year: YearFilter = None,
    relations: Relations = None,
    related: Annotated[bool, Query(description="Give what is only related too.")] = True,
    competence: Annotated[bool, Query(description="Count legal bases that only give competence too.")] = False,
    depth: Depth = DEPTH,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Record:
    """Which documents implement it, in which tier, through which chain, and which sentence proves each hop."""
    wanted = filter_of(level, province, year, with_predecessors=with_predecessors)
    found = answer(
        view,
        current(view, id),
        relations=relations,
        wanted=wanted,
        related=related,
        competence=competence,
        depth=depth,
    )
    response.headers["Link"] = link_header(request.url, total=found.total, limit=limit, offset=offset)
    return {
        "items": [implementer_record(one) for one in found.slice(limit, offset)],
        "total": found.total,
        "tiers": found.tiers,
        "limit": limit,
        "offset": offset,
    }


def _listed(request: Request, response: Response, page: Page, limit: int, offset: int) -> Record:
    response.headers["Link"] = link_header(request.url, total=page.total, more=page.more, limit=limit, offset=offset)
    items = [document_record(one) for one in page.documents]
    return {"items": items, "total": page.total, "more": page.more, "limit": limit, "offset": offset}

"""What people decided, and the way to decide over HTTP, which is closed unless a token is set."""

from __future__ import annotations

import secrets
from contextlib import closing
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Header, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.deciding import Claims, Decided, Decisions, Kept
from api.dependencies import LONGEST, Limit, Named, Offset, OpenView, settings_of
from api.errors import CuratingOffError, NotACuratorError
from api.openapi import problems
from api.pages import render
from api.paging import link_header
from api.settings import TOKEN_VARIABLE, Settings
from graph.resolve.decide import Decision
from graph.store import open_store
from graph.store.base import curated
from graph.store.decisions import now
from queries.curate import claims_of, decided
from queries.find import current
from queries.records import Record, claim_record, decided_record

router = APIRouter(tags=["decisions"])
MOST_AT_ONCE = 1_000
_SHOWN = 200


def allowed(
    settings: Annotated[Settings, Depends(settings_of)],
    authorization: Annotated[str, Header(max_length=1000, description="Bearer, and the token of curators.")] = "",
) -> Settings:
    """The settings, for who shows the token. Raises CuratingOffError and NotACuratorError."""
    if not settings.token:
        raise CuratingOffError("this service takes no decisions", remedy=f"start it with {TOKEN_VARIABLE} set")
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secrets.compare_digest(token.encode("latin-1"), settings.token.encode()):
        raise NotACuratorError("this needs the token of curators", remedy="send it as Authorization: Bearer TOKEN")
    return settings


@router.get(
    "/api/v1/documents/{id}/claims",
    operation_id="listClaims",
    response_model=Claims,
    responses=problems(300, 308, 404, 422, 503),
)
def list_claims(view: OpenView, document: Named) -> Record:
    """Claims that speak of a document, with the names by which decisions speak of them."""
    return {"items": [claim_record(one) for one in claims_of(view, document)]}


@router.get(
    "/api/v1/decisions",
    operation_id="listDecisions",
    response_model=Decisions,
    responses=problems(300, 308, 404, 422, 503),
)
def list_decisions(
    request: Request,
    response: Response,
    view: OpenView,
    of: Annotated[str | None, Query(max_length=LONGEST, description="Those about this document alone.")] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Record:
    """What people decided, by time: what holds, what was undone, and what names claims that are gone."""
    found = decided(curated(view), of=current(view, of) if of else None)
    response.headers["Link"] = link_header(request.url, total=len(found), limit=limit, offset=offset)
    items = [decided_record(one) for one in found[offset : offset + limit]]
    return {"items": items, "total": len(found), "limit": limit, "offset": offset}


@router.post(
    "/api/v1/decisions", operation_id="decide", response_model=Kept, responses=problems(401, 403, 422, 503)
)
def decide(
    settings: Annotated[Settings, Depends(allowed)],
    given: Annotated[list[Decided], Body(max_length=MOST_AT_ONCE)],
) -> Record:
    """Keep decisions, all or none; those that the store has already change nothing. Needs the token of curators."""
    decisions = [Decision(**{**one.model_dump(), "time": one.time or now()}) for one in given]
    with closing(open_store(settings.store, readonly=False)) as store:
        return {"added": list(curated(store).decide(decisions))}


@router.get("/decisions", response_class=HTMLResponse, include_in_schema=False)
def decisions_page(view: OpenView) -> str:
    """The latest decisions."""
    found = decided(curated(view))
    return render("decisions.html", total=len(found), decisions=found[::-1][:_SHOWN])

"""The web app: REST under /api/v1, and the pages."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from starlette.requests import Request
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from api import errors
from api.openapi import describe
from api.routers import conflicts, decisions, documents, graph, pages, probes
from api.security import SecurityHeaders, TrustedHosts
from api.settings import Settings

SUMMARY = "Which local plans carry out a directive, through which chain, and which sentence proves it."
ROUTERS = (probes.router, documents.router, conflicts.router, decisions.router, graph.router, pages.router)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app over the store that `settings` name. The store is opened anew for each request that reads it."""
    settings = settings or Settings()
    app = FastAPI(title="cancu", summary=SUMMARY, version=version("cancu"), docs_url=None, redoc_url=None)
    app.state.settings = settings
    errors.add_handlers(app)
    for router in ROUTERS:
        app.include_router(router)
    describe(app)
    app.mount("/static/docs", StaticFiles(packages=[("fastapi_offline", "static")]), name="docs")
    app.mount("/static", StaticFiles(packages=[("api.pages", "static")]), name="static")
    app.add_middleware(TrustedHosts, hosts=settings.hosts, refusal=_refuse)
    app.add_middleware(SecurityHeaders)
    return app


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    error = errors.UntrustedHostError(
        "this host name is not trusted", remedy="start `cancu serve` with --allow-host and the name"
    )
    await errors.answer(Request(scope), error)(scope, receive, send)

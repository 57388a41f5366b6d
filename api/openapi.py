"""The description of the REST interface: problems are problem documents."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.responses import Invalid, Problem

PROBLEM_TYPE = "application/problem+json"
_REFERENCE = "#/components/schemas/"


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route declares for the statuses with which it may answer a problem document."""
    schema = {"$ref": f"{_REFERENCE}{Problem.__name__}"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {PROBLEM_TYPE: {"schema": schema}}}
        for status in statuses
    }


def describe(app: FastAPI) -> None:
    """Make `app.openapi` define what `problems` refers to."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    described = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    schemas = described["components"]["schemas"]
    for model in (Problem, Invalid):
        schema = model.model_json_schema(ref_template=_REFERENCE + "{model}")
        schema.pop("$defs", None)
        schemas[model.__name__] = schema
    return described

"""Errors as answers: one table from exceptions to problem documents (RFC 9457) and, for browsers, pages."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from api.pages import render
from api.security import HEADERS
from graph.errors import (
    AmbiguousSignError,
    CancuError,
    DecisionError,
    MovedDocumentError,
    StoreError,
    UnknownDocumentError,
)
from graph.text import without_controls

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:cancu:problem:"
_API = ("/api/", "/livez", "/readyz")
_log = logging.getLogger("cancu")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its stable name, status, title, and what a page says of it in Vietnamese."""

    name: str
    status: int
    title: str
    said: str


class UntrustedHostError(CancuError):
    """A request is addressed to a host name that the app was not told to answer for."""


class CuratingOffError(CancuError):
    """A decision is sent to an app that takes none."""


class NotACuratorError(CancuError):
    """A decision is sent without the token of those who may decide."""

    headers: ClassVar = {"WWW-Authenticate": "Bearer"}


KINDS: dict[type[Exception], Kind] = {
    UnknownDocumentError: Kind("unknown-document", 404, "No such document", "Không có văn bản này trong kho"),
    MovedDocumentError: Kind("moved", 308, "The identifier was given up", "Văn bản này đã có định danh khác"),
    AmbiguousSignError: Kind(
        "ambiguous-sign", 300, "Several documents have this sign", "Nhiều văn bản có cùng số, ký hiệu này"
    ),
    StoreError: Kind("store-unavailable", 503, "The store cannot be read", "Chưa đọc được kho văn bản"),
    DecisionError: Kind("invalid-decision", 422, "Not a decision of its kind", "Quyết định không hợp lệ"),
    CuratingOffError: Kind("curating-off", 403, "No decisions are taken here", "Không nhận quyết định qua mạng"),
    NotACuratorError: Kind("not-a-curator", 401, "The token of curators is needed", "Cần mã của người quyết định"),
    UntrustedHostError: Kind("untrusted-host", 400, "Not a host of this service", "Tên máy chủ không được chấp nhận"),
    RequestValidationError: Kind("invalid-parameters", 422, "Parameters out of their limits", "Yêu cầu không hợp lệ"),
    CancuError: Kind("failed", 500, "The request could not be answered", "Không trả lời được yêu cầu này"),
    Exception: Kind("internal", 500, "Internal error", "Có lỗi trong hệ thống"),
}


def add_handlers(app: FastAPI) -> None:
    """Make `app` answer every exception by the table."""
    for kind in (*KINDS, HTTPException):
        app.add_exception_handler(kind, answer)


def answer(request: Request, error: Exception) -> Response:
    """The problem document of `error`, or a page that says the same where a browser asks for one."""
    kind = _kind(error)
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s: %s", kind.title, without_controls(str(error)))
    problem = _problem(kind, error)
    headers = {**HEADERS, **(getattr(error, "headers", None) or {})}
    if isinstance(error, MovedDocumentError):
        headers |= {"Location": _at(request, error.target), "Cache-Control": "no-cache"}
    if _wants_page(request):
        page = render("error.html", kind=kind, problem=problem)
        return Response(page, kind.status, headers, "text/html; charset=utf-8")
    return JSONResponse(problem, kind.status, headers, MEDIA_TYPE)


def _kind(error: Exception) -> Kind:
    if isinstance(error, HTTPException):
        phrase = HTTPStatus(error.status_code).phrase
        said = "Không có trang này" if error.status_code == HTTPStatus.NOT_FOUND else phrase
        return Kind(phrase.lower().replace(" ", "-"), error.status_code, phrase, said)
    return next(KINDS[base] for base in type(error).__mro__ if base in KINDS)


def _problem(kind: Kind, error: Exception) -> dict[str, Any]:
    problem: dict[str, Any] = {"type": TYPE + kind.name, "title": kind.title, "status": kind.status}
    if isinstance(error, CancuError):
        problem["detail"] = without_controls(str(error))
        if error.remedy:
            problem["remedy"] = without_controls(error.remedy)
    if isinstance(error, AmbiguousSignError):
        problem["candidates"] = list(error.candidates)
    if isinstance(error, MovedDocumentError):
        problem["candidates"] = [error.target]
    if isinstance(error, RequestValidationError):
        problem["errors"] = [_invalid(each) for each in error.errors()]
    return problem


def _at(request: Request, id: str) -> str:
    """The address asked for, of the document `id` instead, relative to the host."""
    path = str(request.scope["route"].path).replace("{id}", quote(id, safe="~"))
    return f"{path}?{request.url.query}" if request.url.query else path


def _invalid(error: Mapping[str, Any]) -> dict[str, str]:
    """Which parameter is wrong, and why; never the value, which may be of any length."""
    return {"parameter": ".".join(str(part) for part in error["loc"][1:]), "reason": str(error["msg"])}


def _wants_page(request: Request) -> bool:
    return not request.url.path.startswith(_API) and "text/html" in request.headers.get("accept", "")

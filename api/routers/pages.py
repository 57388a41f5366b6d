"""The pages for people."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/")
def start() -> str:
    """The start page."""
    return render("start.html")

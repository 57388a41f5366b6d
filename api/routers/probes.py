"""Whether the service lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import OpenView
from api.responses import Alive, Ready

router = APIRouter(tags=["service"])


@router.get("/livez", operation_id="live")
async def livez() -> Alive:
    """The process answers."""
    return Alive()


@router.get("/readyz", operation_id="ready")
def readyz(view: OpenView) -> Ready:
    """The store can be read."""
    counts = view.counts()
    return Ready(held=counts.held, cited=counts.cited)

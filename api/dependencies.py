"""What routes ask for by type: the store to read, and parameters within their limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from api.settings import Settings
from graph.errors import UnknownDocumentError
from graph.model import Document, Level, Relation
from graph.store import open_store
from graph.store.base import View
from queries.find import current

LONGEST = 300
DEEPEST = 20
MOST = 500
FARTHEST = 10_000_000


def settings_of(request: Request) -> Settings:
    """The settings that the app was made with."""
    settings: Settings = request.app.state.settings
    return settings


def opened_view(settings: Annotated[Settings, Depends(settings_of)]) -> Iterator[View]:
    """The store opened for reading for the length of one request. Raises StoreError."""
    with closing(open_store(settings.store, readonly=True)) as view:
        yield view


OpenView = Annotated[View, Depends(opened_view)]
DocumentId = Annotated[str, Path(alias="id", max_length=LONGEST, description="Identifier, such as 33.ct-ttg~2021.")]


def required(view: OpenView, id: DocumentId) -> Document:
    """The document that the address names, with its facts. Raises as `queries.find.current` does."""
    document = view.document(current(view, id))
    if document is None:  # a writer has renamed it since
        raise UnknownDocumentError(f"the store holds no document {id!r}", remedy="look it up by its sign, or search")
    return document


Named = Annotated[Document, Depends(required)]
LevelFilter = Annotated[Level | None, Query(description="Documents of this level alone.")]
ProvinceFilter = Annotated[
    str | None, Query(max_length=60, description="Documents of this province alone, with or without diacritics.")
]
PredecessorsFilter = Annotated[
    bool, Query(description="Documents of the provinces too that have become `province` (Bắc Kạn for Thái Nguyên).")
]
YearFilter = Annotated[int | None, Query(ge=1900, le=2200, description="Documents of this year alone.")]
Relations = Annotated[
    list[Relation] | None, Query(max_length=len(Relation), description="Follow these relations alone.")
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many items to give.")]
Offset = Annotated[int, Query(ge=0, le=FARTHEST, description="How many items to leave out first.")]

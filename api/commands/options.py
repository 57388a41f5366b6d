"""What several commands take, and how they open the store and find the document asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from typing import Annotated

import typer

from api.blocks import listing_lines, print_lines
from api.render import clean, console
from api.settings import STORE, STORE_VARIABLE
from graph.errors import AmbiguousSignError
from graph.model import Document, Level, Relation
from graph.store import open_store
from graph.store.base import Store, View
from queries.find import find_document, is_identifier

DEEPEST = 20


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class TreeForm(StrEnum):
    """How an answer that is no list is written."""

    TABLE = "table"
    JSON = "json"


StoreOption = Annotated[
    str, typer.Option("--store", envvar=STORE_VARIABLE, help="Address of the store, as sqlite:///path or neo4j://host/database.")
]
What = Annotated[str, typer.Argument(help="An identifier, a sign such as 33/CT-TTg, or a sign with its year.")]
Relations = Annotated[
    str | None,
    typer.Option(
        "--relations",
        metavar="NAME,...",
        help=f"Follow these relations alone, separated by commas: {', '.join(Relation)}.",
    ),
]
LevelOption = Annotated[Level | None, typer.Option("--level", help="Documents of this level alone.")]
ProvinceOption = Annotated[str | None, typer.Option("--province", help="Documents of this province alone.")]
PredecessorsOption = Annotated[
    bool,
    typer.Option("--with-predecessors", help="With --province: documents of the provinces that have become it too."),
]
YearOption = Annotated[int | None, typer.Option("--year", help="Documents of this year alone.")]
OffsetOption = Annotated[int, typer.Option("--offset", min=0, help="How many documents to leave out first.")]
FormOption = Annotated[Form, typer.Option("--format", help="How to write the answer.")]
DEFAULT_STORE = STORE


def chosen(relations: str | None) -> list[Relation] | None:
    """The relations that `--relations` names; None where it is not given."""
    if relations is None:
        return None
    try:
        return [Relation(word.strip()) for word in relations.split(",")]
    except ValueError as error:
        raise typer.BadParameter(f"{error}; the relations are {', '.join(Relation)}") from error


@contextmanager
def reading(address: str) -> Iterator[View]:
    """The store at `address` for reading. Raises StoreError."""
    with closing(open_store(address, readonly=True)) as store:
        yield store


@contextmanager
def writing(address: str) -> Iterator[Store]:
    """The store at `address`, made if it is not there. Raises StoreError."""
    with closing(open_store(address, readonly=False)) as store:
        yield store


def asked(view: View, what: str) -> Document:
    """The document that `what` names; several candidates are listed before AmbiguousSignError goes on.

    Tells on standard error where `what` is an identifier that was given up.
    """
    try:
        document = find_document(view, what)
    except AmbiguousSignError as error:
        documents = view.documents(error.candidates)
        print_lines(console(stderr=True), listing_lines(documents[id] for id in error.candidates if id in documents))
        raise
    if is_identifier(what) and document.id != what.strip().lower():
        console(stderr=True).print(f"note: {clean(what)} was given up; shown is {document.id}", soft_wrap=True)
    return document

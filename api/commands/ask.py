"""`cancu implementers`, `lineage`, `path`, `show` and `search`: the commands that answer questions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Annotated

import typer

from api.blocks import (
    details_lines,
    implementer_lines,
    lineage_lines,
    listing_lines,
    path_lines,
    print_lines,
    text_lines,
)
from api.commands.options import (
    DEEPEST,
    DEFAULT_STORE,
    Form,
    FormOption,
    LevelOption,
    OffsetOption,
    PredecessorsOption,
    ProvinceOption,
    Relations,
    StoreOption,
    TreeForm,
    What,
    YearOption,
    asked,
    chosen,
    reading,
)
from api.filters import filter_of
from api.render import chain_text, clean, console, csv_text, json_text, page_note
from graph.model import Document
from graph.store.base import View
from queries.implementers import DEPTH, Implementer
from queries.implementers import answer as find_implementers
from queries.lineage import DEPTH as LINEAGE_DEPTH
from queries.lineage import LIMIT, Direction
from queries.lineage import lineage as find_lineage
from queries.path import path as find_path
from queries.records import (
    Record,
    details_record,
    document_record,
    implementer_record,
    lineage_record,
    path_record,
)
from queries.search import MOST
from queries.search import search as find_words
from queries.texts import texts_of

FIELDS = (
    "id", "sign", "type", "title", "issuer", "level", "province", "district", "commune", "date", "status", "held",
)  # fmt: skip
SHOWN = 100
"""Documents that a table of implementers shows if not told how many."""
Depth = Annotated[int, typer.Option("--depth", min=1, max=DEEPEST, help="How many hops to follow at most.")]


def implementers(
    what: What,
    level: LevelOption = None,
    province: ProvinceOption = None,
    with_predecessors: PredecessorsOption = False,
    year: YearOption = None,
    relations: Relations = None,
    related: Annotated[
        bool, typer.Option("--related/--no-related", help="Show what is only related to the document too.")
    ] = True,
    competence: Annotated[
        bool, typer.Option("--competence", help="Count legal bases that only give competence too.")
    ] = False,
    depth: Depth = DEPTH,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help=f"How many documents to show; if not said, {SHOWN} in a table.")
    ] = None,
    offset: OffsetOption = 0,
    form: FormOption = Form.TABLE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Which documents implement WHAT, in which tier, through which chain, and which sentence proves each hop."""
    wanted = filter_of(level, province, year, with_predecessors=with_predecessors)
    followed = chosen(relations)
    with reading(store) as view:
        goal = asked(view, what)
        found = find_implementers(
            view, goal.id, relations=followed, wanted=wanted, related=related, competence=competence, depth=depth
        )
        shown = found.slice(SHOWN if limit is None and form is Form.TABLE else limit, offset)
        table = form is Form.TABLE
        lines = list(implementer_lines(goal, found, shown, _passed(view, shown))) if table else []
    if form is Form.JSON:
        typer.echo(json_text([implementer_record(one) for one in shown]))
    elif form is Form.CSV:
        typer.echo(csv_text((*FIELDS, "tier", "chain", "quotes"), map(_flat, shown)), nl=False)
    else:
        print_lines(console(), lines)
        if len(shown) < found.total:
            console().print(page_note(len(shown), found.total, offset), soft_wrap=True)


def lineage(
    what: What,
    up: Annotated[bool, typer.Option("--up/--down", help="What it rests on, or what rests on it.")] = True,
    depth: Depth = LINEAGE_DEPTH,
    relations: Relations = None,
    form: Annotated[TreeForm, typer.Option("--format", help="How to write the answer.")] = TreeForm.TABLE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """What a document rests on (--up) or what rests on it (--down), level by level, with the sentences that say so."""
    direction, followed = Direction.UP if up else Direction.DOWN, chosen(relations)
    with reading(store) as view:
        root = asked(view, what)
        found = find_lineage(view, root.id, direction=direction, depth=depth, relations=followed)
    if form is TreeForm.JSON:
        typer.echo(json_text(lineage_record(found)))
        return
    print_lines(console(), lineage_lines(found, direction))
    if found.cut:
        console(stderr=True).print(f"note: cut at {LIMIT} documents; ask for less depth", soft_wrap=True)


def path(
    what: What,
    to: Annotated[str, typer.Argument(metavar="TO", help="What it may go back to, named as WHAT is.")],
    relations: Relations = None,
    form: Annotated[TreeForm, typer.Option("--format", help="How to write the answer.")] = TreeForm.TABLE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """The shortest chain of relations from WHAT to TO, which it goes back to, with the sentences that prove it."""
    with reading(store) as view:
        source, target = asked(view, what), asked(view, to)
        found = find_path(view, source.id, target.id, relations=chosen(relations))
    if form is TreeForm.JSON:
        typer.echo(json_text(path_record(found)))
    else:
        print_lines(console(), path_lines(found))


def show(
    what: What,
    form: Annotated[TreeForm, typer.Option("--format", help="How to write the answer.")] = TreeForm.TABLE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """All that is known of one document, with every value that texts give for it and where they conflict."""
    with reading(store) as view:
        document = asked(view, what)
        texts = texts_of(view, document)
    if form is TreeForm.JSON:
        typer.echo(json_text(details_record(document, texts)))
        return
    print_lines(console(), itertools.chain(details_lines(document), text_lines(texts)))


def search(
    words: Annotated[list[str], typer.Argument(help="Words of the type, sign, title or issuer, in any case.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST, help="How many documents to show.")] = 20,
    offset: OffsetOption = 0,
    form: FormOption = Form.TABLE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Documents that hold all WORDS in type, sign, title or issuer, with or without diacritics, newest first."""
    with reading(store) as view:
        page = find_words(view, " ".join(words), limit=limit, offset=offset)
    if form is Form.JSON:
        typer.echo(json_text([document_record(one) for one in page.documents]))
    elif form is Form.CSV:
        typer.echo(csv_text(FIELDS, map(document_record, page.documents)), nl=False)
    elif page.documents:
        print_lines(console(), listing_lines(page.documents))
        console().print(page_note(len(page.documents), page.total, offset, more=page.more), soft_wrap=True)
    else:
        console().print("Không tìm thấy văn bản nào.")


def _passed(view: View, answers: Sequence[Implementer]) -> dict[str, Document]:
    """The documents at both ends of every hop."""
    return view.documents({id for one in answers for hop in one.chain for id in (hop.source, hop.target)})


def _flat(one: Implementer) -> Record:
    quotes = " | ".join(clean(hop.quote) for hop in one.chain)
    return {**implementer_record(one), "chain": chain_text(one.chain), "quotes": quotes}

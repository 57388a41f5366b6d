"""`cancu conflicts`: where texts disagree about documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from api.blocks import conflict_lines, print_lines
from api.commands.options import (
    DEFAULT_STORE,
    Form,
    FormOption,
    LevelOption,
    OffsetOption,
    PredecessorsOption,
    ProvinceOption,
    StoreOption,
    YearOption,
    reading,
)
from api.filters import filter_of
from api.render import console, csv_text, json_text, page_note
from graph.model import Field
from queries.conflicts import MOST, Disputed
from queries.conflicts import conflicts as find_conflicts
from queries.records import Record, disputed_record, document_record, value_record

COLUMNS = ("id", "sign", "date", "level", "province", "field", "value", "count", "own", "chosen", "reason", "quote")


def conflicts(
    field: Annotated[Field | None, typer.Option("--field", help="Conflicts about this field alone.")] = None,
    level: LevelOption = None,
    province: ProvinceOption = None,
    with_predecessors: PredecessorsOption = False,
    year: YearOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST, help="How many documents to show.")] = 20,
    offset: OffsetOption = 0,
    form: FormOption = Form.TABLE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Documents about which texts disagree: every value with its count and a quote, which was chosen, and why."""
    wanted = filter_of(level, province, year, with_predecessors=with_predecessors)
    with reading(store) as view:
        found = find_conflicts(view, wanted, field=field, limit=limit, offset=offset)
    if form is Form.JSON:
        typer.echo(json_text([disputed_record(one) for one in found.items]))
    elif form is Form.CSV:
        typer.echo(csv_text(COLUMNS, _rows(found.items)), nl=False)
    elif found.items:
        print_lines(console(), conflict_lines(found.items))
        console().print(page_note(len(found.items), found.total, offset), soft_wrap=True)
    else:
        console().print("Không có mâu thuẫn nào như vậy trong kho.")


def _rows(items: Iterable[Disputed]) -> Iterator[Record]:
    """One row for each value."""
    for one in items:
        for conflict in one.conflicts:
            for fact in conflict.facts:
                told = {"field": conflict.field, "chosen": fact.chosen}
                reason = {"reason": conflict.reason} if fact.chosen else {}
                yield {**document_record(one.document), **value_record(fact), **told, **reason}

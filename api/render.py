"""Answers on a terminal, in a pipe, as JSON and as CSV. Every value of a document is taken as hostile."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.labels import (
    FIELDS,
    MATCHINGS,
    PLACES,
    RELATIONS,
    TIERS,
    document_label,
    level_label,
    place_label,
    status_label,
)
from graph.model import Document, Edge, Origin
from graph.store.base import Page
from graph.text import one_line, without_controls
from queries.implementers import Hop, Implementer, Tier
from queries.lineage import Direction, Lineage
from queries.records import conflicting_fields

PIPE_WIDTH = 160
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@")


def console(*, stderr: bool = False) -> Console:
    """A console that shows values as they are, without markup or emoji codes; PIPE_WIDTH or COLUMNS wide in a pipe."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS", "").isdigit() else PIPE_WIDTH
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


def clean(value: object) -> str:
    """A value on one line that cannot steer a terminal; None is empty."""
    return "" if value is None else one_line(without_controls(str(value)))


def json_text(value: Any) -> str:
    """`value` as JSON with Vietnamese letters as they are, and characters that could steer a terminal escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def csv_text(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV with a heading; cells that a spreadsheet would run as a formula begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    writer.writerows([_cell(row.get(field)) for field in fields] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def chain_text(chain: Sequence[Hop]) -> str:
    """A chain of ids on one line: "a -[implements]-> b -[based_on]-> c"."""
    return chain[0].source + "".join(f" -[{hop.relation}]-> {hop.target}" for hop in chain)


def table(*headings: str, title: str = "") -> Table:
    """An empty table in the style of all of them."""
    made = Table(box=box.SIMPLE_HEAD, title=Text(title) if title else None, title_justify="left", pad_edge=False)
    for heading in headings:
        date = heading == "Ngày"
        made.add_column(Text(heading), overflow="fold", no_wrap=date, min_width=10 if date else None)
    return made


def add_row(to: Table, *cells: object) -> None:
    """A row of values, each cleaned; several lines of a cell are given as a list."""
    to.add_row(*(Text("\n".join(map(clean, cell)) if isinstance(cell, list) else clean(cell)) for cell in cells))


def implementer_tables(answers: Sequence[Implementer], names: Mapping[str, Document]) -> list[Table]:
    """One table for each tier that has documents; `names` holds the documents that chains pass."""
    made = []
    for tier in Tier:
        rows = [one for one in answers if one.tier is tier]
        if rows:
            one_tier = table(
                "Văn bản", "Cấp", "Địa bàn", "Ngày", "Trạng thái", "Câu chứng minh",
                title=f"{tier.rank}. {TIERS[tier]}: {len(rows)} văn bản",
            )  # fmt: skip
            for one in rows:
                _implementer_row(one_tier, one, names)
            made.append(one_tier)
    return made


def _implementer_row(to: Table, one: Implementer, names: Mapping[str, Document]) -> None:
    document = one.document
    add_row(
        to,
        [document_label(document), document.issuer, document.id],
        level_label(document),
        place_label(document),
        document.date,
        status_label(document),
        [line for hop in one.chain for line in _hop_lines(hop, names)],
    )


def _hop_lines(hop: Hop, names: Mapping[str, Document]) -> list[str]:
    score = f", điểm {hop.score:.2f}" if hop.origin is Origin.INFERRED else ""
    relation = f"{RELATIONS[hop.relation]} ({PLACES[hop.stated_in]}{score})"
    source, target = (document_label(names[id]) if id in names else id for id in (hop.source, hop.target))
    return [f"{source} → {relation} → {target}", f"“{clean(hop.quote)}”"]


def document_table(documents: Sequence[Document]) -> Table:
    """Documents in a list, each with what it takes to tell it from others."""
    made = table("Định danh", "Văn bản", "Trích yếu", "Cơ quan ban hành", "Ngày", "Trạng thái")
    for one in documents:
        add_row(made, one.id, document_label(one), one.title, one.issuer, one.date, status_label(one))
    return made


def page_note(page: Page, offset: int) -> str:
    """Which part of an answer a page shows."""
    return f"{offset + 1}–{offset + len(page.documents)} trong {page.total} văn bản"


def lineage_table(found: Lineage, direction: Direction) -> Table:
    """One row for each relation on the way, by the distance of its far end from the document asked for."""
    distance = {one.id: number for number, level in enumerate(found.levels) for one in level}
    documents = {one.id: one for one in found.documents}

    def far(edge: Edge) -> str:
        return edge.target if direction is Direction.UP else edge.source

    made = table("Bước", "Quan hệ", "Ngày", "Câu chứng minh")
    for edge in sorted(found.edges, key=lambda edge: (distance[far(edge)], edge.source, edge.relation, edge.target)):
        source, target = documents[edge.source], documents[edge.target]
        relation = f"→ {RELATIONS[edge.relation]} ({PLACES[edge.stated_in]}) →"
        ends = [document_label(source), relation, document_label(target), far(edge)]
        add_row(made, distance[far(edge)], ends, documents[far(edge)].date, f"“{clean(edge.quote)}”")
    return made


def details_tables(document: Document) -> list[Table]:
    """What is known of one document, and every value that texts give for it with conflicts marked."""
    known = table("Trường", "Giá trị", title=document_label(document))
    for heading, value in (
        ("Định danh", document.id),
        ("Số, ký hiệu", document.sign),
        ("Loại văn bản", document.type),
        ("Trích yếu", document.title),
        ("Cơ quan ban hành", document.issuer),
        ("Cấp", level_label(document)),
        ("Địa bàn", place_label(document)),
        ("Ngày", document.date),
        ("Trạng thái", status_label(document)),
        ("Người ký", document.signer),
        ("Chức vụ người ký", document.signer_position),
        ("Nhận diện", MATCHINGS[document.matching]),
        ("Số lần được nhắc", document.mentions),
    ):
        add_row(known, heading, value)
    facts = table("Trường", "Giá trị", "Số lần", "Nguồn", "Được chọn", "Mâu thuẫn", "Như đã viết", title="Dữ kiện")
    conflicting = conflicting_fields(document)
    for fact in document.facts:
        add_row(
            facts,
            FIELDS.get(fact.field, fact.field),
            fact.value,
            fact.count,
            "chính văn bản" if fact.own else "văn bản khác",
            "có" if fact.chosen else "không",
            "mâu thuẫn" if fact.field in conflicting else "",
            fact.quote,
        )
    return [known, facts] if document.facts else [known]

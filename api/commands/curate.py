"""`cancu curate`: people decide what is one document, what its fields are and which edges there are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DEFAULT_STORE, Form, FormOption, StoreOption, asked, reading
from api.labels import DECISIONS, STANDINGS
from api.render import clean, console, csv_text, json_text
from api.settings import CURATOR_VARIABLE
from graph.errors import CancuError, UnknownDocumentError
from graph.model import Relation, StatedIn
from graph.resolve.decide import Decision
from graph.ruling import Correctable, DecisionKind
from graph.store import open_store
from graph.store.base import Curated, View, curated
from graph.store.decisions import from_lines, now, to_lines
from queries.curate import claims_of, decided
from queries.records import claim_record, decided_record

app = typer.Typer(no_args_is_help=True, help="Decide what texts leave open or say wrongly, and share decisions.")
What = Annotated[str, typer.Argument(help="A document: an identifier, or a sign with its year.")]
Other = Annotated[str, typer.Argument(help="The other document.")]
Author = Annotated[str, typer.Option("--author", envvar=CURATOR_VARIABLE, help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
Time = Annotated[str, typer.Option("--time", help="When it was decided, in ISO 8601; now if not said.")]
_CLAIM_FIELDS = ("name", "text", "type", "number", "date", "issuer", "title", "file")
_DECISION_FIELDS = ("id", "kind", "standing", "author", "time", "reason", "field", "value", "relation", "documents")


@app.command()
def claims(what: What, form: FormOption = Form.TABLE, store: StoreOption = DEFAULT_STORE) -> None:
    """The claims that speak of a document, with the names by which `split` takes them."""
    with reading(store) as view:
        records = [claim_record(one) for one in claims_of(view, asked(view, what))]
    if form is Form.JSON:
        typer.echo(json_text(records))
    elif form is Form.CSV:
        typer.echo(csv_text(_CLAIM_FIELDS, records), nl=False)
    else:
        for record in records:
            told = " · ".join(clean(record[name]) for name in _CLAIM_FIELDS[1:] if record[name])
            console().print(f"{record['name']}\n    {told}", soft_wrap=True)


@app.command()
def merge(
    what: What, other: Other, author: Author, reason: Reason, time: Time = "", store: StoreOption = DEFAULT_STORE
) -> None:
    """WHAT and OTHER are one document, under the sign of WHAT."""
    _decide_pair(what, other, Decision(DecisionKind.MERGE, author, time, reason), store)


@app.command()
def apart(
    what: What, other: Other, author: Author, reason: Reason, time: Time = "", store: StoreOption = DEFAULT_STORE
) -> None:
    """WHAT and OTHER are not the same document, whatever evidence comes."""
    _decide_pair(what, other, Decision(DecisionKind.APART, author, time, reason), store)


@app.command()
def split(
    claims: Annotated[list[str], typer.Argument(help="Names of claims, as `cancu curate claims` gives them.")],
    author: Author,
    reason: Reason,
    time: Time = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """CLAIMS speak of a document of their own."""
    _keep(store, [Decision(DecisionKind.SPLIT, author, time or now(), reason, tuple(claims))])


@app.command()
def correct(
    what: What,
    field: Annotated[Correctable, typer.Argument(help="The field.")],
    value: Annotated[str, typer.Argument(help="Its right value.")],
    author: Author,
    reason: Reason,
    time: Time = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """FIELD of WHAT has this VALUE, whatever texts say."""
    with reading(store) as view:
        names = _names(view, what)
    _keep(store, [Decision(DecisionKind.CORRECT, author, time or now(), reason, names, field=field, value=value)])


@app.command()
def reject(
    what: What,
    relation: Annotated[Relation, typer.Argument(help="The relation.")],
    other: Other,
    author: Author,
    reason: Reason,
    time: Time = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """WHAT has no such RELATION to OTHER, whatever texts seem to say."""
    decision = Decision(DecisionKind.REJECT, author, time, reason, relation=relation)
    _decide_pair(what, other, decision, store)


@app.command()
def add(
    what: What,
    relation: Annotated[Relation, typer.Argument(help="The relation.")],
    other: Other,
    author: Author,
    reason: Reason,
    source: Annotated[str, typer.Option("--source", help="Where it is known from: an address, or what was seen.")],
    quote: Annotated[str, typer.Option("--quote", help="What the source says.")] = "",
    stated_in: Annotated[
        StatedIn, typer.Option("--stated-in", help="Where in WHAT it is stated; the tier of answers follows.")
    ] = StatedIn.BODY,
    time: Time = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """WHAT has this RELATION to OTHER, though no text that was read says so."""
    decision = Decision(DecisionKind.ADD, author, time, reason, relation=relation, stated_in=stated_in)
    decision = replace(decision, source=source, quote=quote)
    _decide_pair(what, other, decision, store)


@app.command()
def undo(
    id: Annotated[str, typer.Argument(help="The decision, as `cancu curate list` names it.")],
    author: Author,
    reason: Reason,
    time: Time = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """A decision no longer holds; it is kept, and this can be undone too."""
    with _curated(store, readonly=True) as held:
        if id not in {each.id for each in held.decisions()}:
            raise UnknownDocumentError(f"no decision {id[:40]!r}", remedy="see `cancu curate list`")
    _keep(store, [Decision(DecisionKind.UNDO, author, time or now(), reason, undoes=id)])


@app.command(name="list")
def list_decisions(
    of: Annotated[str | None, typer.Option("--of", help="Decisions that name claims of this document alone.")] = None,
    form: FormOption = Form.TABLE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """All decisions by time: those that hold, those undone, and those whose claims are gone (orphaned)."""
    with _curated(store, readonly=True) as held:
        records = [decided_record(one) for one in decided(held, of=asked(held, of).id if of else None)]
    if form is Form.JSON:
        typer.echo(json_text(records))
    elif form is Form.CSV:
        rows = ({**record, "documents": " ".join(record["documents"])} for record in records)
        typer.echo(csv_text(_DECISION_FIELDS, rows), nl=False)
    else:
        for record in records:
            head = f"{DECISIONS[record['kind']]} ({STANDINGS[record['standing']]})"
            told = (record["author"], record["time"], record["reason"], record["field"], record["value"])
            lines = (head, " · ".join(clean(one) for one in told if one), " ".join(record["documents"]))
            console().print("\n    ".join((record["id"], *filter(None, lines))), soft_wrap=True)


@app.command(name="export")
def export_decisions(store: StoreOption = DEFAULT_STORE) -> None:
    """Write all decisions as JSON lines, by time."""
    with _curated(store, readonly=True) as held:
        for line in to_lines(held.decisions()):
            typer.echo(line)


@app.command(name="import")
def import_decisions(
    file: Annotated[Path, typer.Argument(help="A file that `cancu curate export` wrote; - reads standard input.")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take over decisions; those that the store has already change nothing."""
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CancuError(f"{file}: cannot be read: {error}", remedy="give a file of JSON lines") from error
    _keep(store, from_lines(text.splitlines()))


@contextmanager
def _curated(address: str, *, readonly: bool) -> Iterator[Curated]:
    with closing(open_store(address, readonly=readonly)) as opened:
        yield curated(opened)


def _names(view: View, what: str) -> tuple[str, ...]:
    """The claims by which decisions name a document. Raises UnknownDocumentError."""
    return tuple(one.name for one in claims_of(view, asked(view, what)))


def _decide_pair(what: str, other: str, decision: Decision, store: str) -> None:
    with reading(store) as view:
        claims, others = _names(view, what), _names(view, other)
    _keep(store, [replace(decision, time=decision.time or now(), claims=claims, others=others)])


def _keep(store: str, decisions: Iterable[Decision]) -> None:
    given = list(decisions)
    with _curated(store, readonly=False) as held:
        new = held.decide(given)
    for id in new:
        console().print(id, soft_wrap=True)
    if len(new) < len(given):
        console().print(f"{len(given) - len(new)} đã có từ trước.", soft_wrap=True)

"""`cancu annotate`: one document as a page on which every citation is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import reading as reading_store
from api.pages.annotated import Spoken, Stretch, annotated_page
from graph.errors import CancuError, SignError
from graph.model import Document, Matching, Reading
from graph.resolve import resolve
from graph.signs import Sign
from graph.store.base import View
from graph.text import flatten
from ingest.clean import raw_span
from ingest.header import read_header
from ingest.pipeline import read_text
from ingest.read import read_file
from ingest.records import Text
from ingest.zone import lay_out


def annotate(
    file: Annotated[Path, typer.Argument(help="The document to read.")],
    output: Annotated[Path | None, typer.Option("--output", help="The page to write; standard output if none.")] = None,
    store: Annotated[
        str | None, typer.Option("--store", help="Find what it cites in this store; if none, it is read by itself.")
    ] = None,
) -> None:
    """Write a document as one HTML page with its citations marked, what each names, and what it is cited for."""
    text = read_file(file)
    reading = read_text(text)
    if output is not None and output.resolve() == file.resolve():
        raise CancuError(f"{output}: is the document itself", remedy="give another file to --output")
    if store is None:
        spoken = _by_itself(reading)
    else:
        with reading_store(store) as view:
            spoken = _in_store(view, reading)
    page = annotated_page(reading, list(_stretches(text)), spoken) + "\n"
    if output is None:
        typer.echo(page, nl=False)
        return
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as error:
        message = f"{output}: cannot be written ({error.strerror})"
        raise CancuError(message, remedy="give a file in a folder that you may write to") from error


def _stretches(text: Text) -> Iterator[Stretch]:
    """The text in pieces of one paragraph and zone each, in order, with offsets into the raw text."""
    flat = flatten(text.clean)
    layout = lay_out(text, flat, read_header(text, flat))
    run: tuple[int, int, int] | None = None
    for start, end, index in layout.pieces:
        if run is not None and run[2] != index:
            yield Stretch(*raw_span(text, run[0], run[1]), layout.units[run[2]].zone)
            run = None
        run = (run[0] if run else start, end, index)
    if run is not None:
        yield Stretch(*raw_span(text, run[0], run[1]), layout.units[run[2]].zone)


def _by_itself(reading: Reading) -> Spoken:
    resolution = resolve([reading])
    digest = reading.source.digest
    documents = {document.id: document for document in resolution.documents}
    return Spoken(resolution.assigned[digest], resolution.matching[digest], documents, {})


def _in_store(view: View, reading: Reading) -> Spoken:
    """What the store says of the text, where it holds it; else what it knows of the documents that the text cites."""
    assigned = view.assigned(reading.source.digest)
    if assigned:
        documents = view.documents(set(assigned))
        return Spoken(assigned, [documents[id].matching for id in assigned], documents, {})
    alone = _by_itself(reading)
    found = {id: _known(view, document) for id, document in alone.documents.items()}
    known = {id: several[0] for id, several in found.items() if len(several) == 1}
    several = {id: tuple(some) for id, some in found.items() if len(some) > 1}
    shown = {id: known.get(id, document) for id, document in alone.documents.items()}
    how = zip(alone.assigned, alone.matching, strict=True)
    return Spoken(
        [shown[id].id for id in alone.assigned],
        [Matching.AMBIGUOUS if id in several else matching for id, matching in how],
        {document.id: document for document in shown.values()},
        several,
    )


def _known(view: View, document: Document) -> Sequence[Document]:
    """The store's documents that one known from a single text may be: that of its id, else those of sign and place."""
    if (same := view.document(document.id)) is not None:
        return (same,)
    try:
        key = Sign.parse(document.sign or "").key
    except SignError:
        return ()
    return tuple(one for one in view.by_sign(key) if _agree(one, document))


def _agree(known: Document, document: Document) -> bool:
    """Whether nothing that both say of year and territory is against their being one document."""
    years = known.date is None or document.date is None or known.date[:4] == document.date[:4]
    places = known.place is None or document.place is None or known.place == document.place
    return years and places

"""From paths to readings: list the files, read each, and let every verb of ingest add what it finds."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from graph.errors import CancuError, ReadError, UnreachedError
from graph.model import Claim, Deadline, Header, Part, Period, Reading, Recipient, Relation, RelationClaim, Source
from graph.store.entry import Entry
from graph.text import flatten
from graph.where import Where
from ingest.address import Found, Location
from ingest.clean import raw_span
from ingest.deadlines import find_deadlines
from ingest.find import find_citations
from ingest.header import HeaderFound, read_header
from ingest.listing import list_files
from ingest.period import find_period
from ingest.read import file_error, printable, read_file
from ingest.recipients import find_recipients
from ingest.records import Layout, Text
from ingest.relate import relate
from ingest.specks import without_specks
from ingest.zone import lay_out

__all__ = ["Outcome", "list_files", "read_found", "read_paths", "read_text"]

_LOG = logging.getLogger(__name__)
_Spanned = TypeVar("_Spanned", Deadline, Part, Period, Recipient, RelationClaim, Where)
_SPANS = ("", "title_", "sentence_")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its reading, or the entry of that where this was asked for, or the error that says why
    there is none.

    `passing` tells that on another machine, or later, the file might be read: it could not be reached, or the program
    failed.
    """

    path: Location
    reading: Reading | None
    error: CancuError | None
    passing: bool = False
    entry: Entry | None = None


def read_paths(paths: Sequence[Location]) -> Iterator[Outcome]:
    """The outcome of every file that `list_files` finds at `paths`, in its order, without those passed over."""
    return read_found(list_files(paths))


def read_found(found: Iterable[Found], *, packed: bool = False) -> Iterator[Outcome]:
    """The outcome of every listed file that is not passed over. An error ends the reading of its own file alone.

    So does a fault of the program: it is logged with its traceback, and the file is refused. With `packed` outcomes
    hold what a store takes (`graph.store.entry`), so that this work is done where the file is read.
    """
    for item in found:
        if item.passed_over:
            continue
        if item.error:
            yield Outcome(item.path, None, item.error)
            continue
        yield _outcome(item, packed=packed)


def _outcome(item: Found, *, packed: bool) -> Outcome:
    try:
        reading = _read_named(item, _text(item))
        if packed:
            return Outcome(item.path, None, None, entry=Entry.of(reading))
        return Outcome(item.path, reading, None)
    except CancuError as error:
        return Outcome(item.path, None, error, passing=isinstance(error, UnreachedError))
    except Exception as fault:
        _LOG.exception("%s: a fault of the program while reading it", printable(item.path))
        reason = f"a fault of the program ({type(fault).__name__})"
        return Outcome(item.path, None, file_error(item.path, reason, "report it, with the log"), passing=True)


def _text(item: Found) -> Text:
    if isinstance(item.path, Path):
        return read_file(item.path, item.root)
    from ingest.remote import read_address

    return read_address(item.path)


def _read_named(item: Found, text: Text) -> Reading:
    """As `read_text`, with errors that name the file by its path: many folders hold a README.md."""
    try:
        return read_text(text)
    except ReadError as error:
        message = f"{printable(item.path)}{str(error).removeprefix(text.name)}"
        raise ReadError(message, remedy=error.remedy) from error


def read_text(text: Text) -> Reading:
    """All that `text` says, with offsets into its raw form; `claims[0]` is its own header.

    Raises ReadError, whose message begins with the text's name, where it bears a mark of secrecy or is no document: a
    text about documents (a list, a note to readers) is none by naming them.
    """
    text = replace(text, clean=without_specks(text.clean))
    flat = flatten(text.clean)
    header = read_header(text, flat)
    layout = lay_out(text, flat, header)
    citations = find_citations(layout, header)
    relations = relate(layout, header, citations)
    if not _is_document(header, relations):
        remedy = "give a plan, directive or other document with its header"
        raise ReadError(f"{text.name}: no document found in it", remedy=remedy)
    period = find_period(layout, header.title_span, citations)
    return Reading(
        Source(hashlib.sha256(text.raw.encode("utf-8")).hexdigest(), text.name, text.raw),
        (_own(text, layout, header, period), *(_raw_claim(text, citation.claim) for citation in citations)),
        tuple(_raw(text, relation) for relation in relations),
        tuple(_raw(text, recipient) for recipient in find_recipients(layout, header)),
        tuple(_raw(text, deadline) for deadline in find_deadlines(layout, period)),
    )


def _is_document(header: HeaderFound, relations: Iterable[RelationClaim]) -> bool:
    """Whether a text says what it is, who issues or signs it, or else carries out, rests on or changes a document."""
    own = header.claim
    if own.type or own.number or own.issuer or header.signature_start is not None:
        return True
    return any(relation.subject == 0 and relation.relation is not Relation.CITES for relation in relations)


def _own(text: Text, layout: Layout, header: HeaderFound, period: Period | None) -> Claim:
    """The document's own claim with what the whole text adds to its header."""
    said = header.claim.header or Header()
    parts = tuple(_raw(text, replace(part, evidence=_all_raw(text, part.evidence))) for part in layout.further)
    period = period and _raw(text, period)
    told = replace(said, period=period, parts=parts, evidence=_all_raw(text, said.evidence))
    return _raw_claim(text, replace(header.claim, header=told))


def _raw_claim(text: Text, claim: Claim) -> Claim:
    if text.raw is text.clean:
        return claim
    start, end = raw_span(text, claim.start, claim.end)
    written = text.raw[start:end]
    if (start, end, written) == (claim.start, claim.end, claim.text):
        return claim
    return replace(claim, start=start, end=end, text=written)


def _all_raw(text: Text, found: tuple[Where, ...]) -> tuple[Where, ...]:
    return found if text.starts is None else tuple(_raw(text, one) for one in found)


def _raw(text: Text, record: _Spanned) -> _Spanned:
    """A record with its spans in raw text in place of those in clean text."""
    if text.starts is None:
        return record
    spans: dict[str, Any] = {}
    for name in _SPANS:
        if hasattr(record, f"{name}start"):
            start, end = raw_span(text, getattr(record, f"{name}start"), getattr(record, f"{name}end"))
            spans |= {f"{name}start": start, f"{name}end": end}
    return replace(record, **spans)

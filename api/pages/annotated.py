"""A text with its citations marked, and the list of the documents that it cites, on one page that stands alone."""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

from markupsafe import Markup

from api.labels import PLACES, RELATIONS, ZONES, document_label
from api.pages import render
from api.pages.told import Cover, Told, by_kind, covers, told_of
from graph.model import BasisKind, Document, Matching, Reading, Relation, StatedIn, Zone
from graph.resolve import statements, weave

_LETTERHEAD = "phần đầu văn bản"

@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text within one paragraph, in one zone. `start`..`end` are offsets into the reading's text."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the claims of one reading speak of: for each the document's id and how surely it was matched.

    `documents` holds the documents by id, `candidates` by id those that a document matched ambiguously may be.
    """

    assigned: Sequence[str]
    matching: Sequence[Matching]
    documents: Mapping[str, Document]
    candidates: Mapping[str, tuple[Document, ...]]


@dataclass(frozen=True, slots=True)
class Use:
    """One relation that the text states of a cited document. `by` names what has it, None where the text's own has."""

    relation: Relation
    words: str
    place: str
    score: float
    by: str | None = None
    pinpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A cited document in the list: `key` counts from 1, `mentions` are the numbers of its citations, in order."""

    key: int
    document: Document
    matching: Matching
    uses: tuple[Use, ...]
    mentions: tuple[int, ...]
    candidates: tuple[Document, ...]

    @property
    def relation(self) -> Relation | None:
        """The relation that colours it: the first of the text's own, or else none."""
        return next((use.relation for use in self.uses if use.by is None), None)


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation in the text: its number in order of appearance, the document it names, and what it is for there."""

    number: int
    entry: Entry
    uses: tuple[Use, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: a citation, the document's own sign, or plain. `first` tells that the citation begins with it.

    `told` is what plain words say of the document itself, `opens` what of that begins with the piece.
    """

    text: str
    cited: Cited | None = None
    own: bool = False
    first: bool = False
    told: tuple[Told, ...] = ()
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs in one zone. `label` names it where it differs from that before, page furniture passed over."""

    zone: Zone
    label: str | None
    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a claim stands: as a citation, or as the own sign where `cited` is None."""

    start: int
    end: int
    zone: Zone
    cited: Cited | None


def annotated_page(reading: Reading, stretches: Sequence[Stretch], spoken: Spoken) -> str:
    """The page as HTML: nothing is loaded from elsewhere, no script runs, and every value is escaped."""
    shown = _shown(reading)
    entries = _entries(reading, spoken, shown)
    spans = _spans(reading, spoken, entries, shown)
    style = files("api.pages").joinpath("templates/annotated.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    cited = sorted(entries.values(), key=lambda entry: entry.key)
    told = told_of(reading)
    return render(
        "annotated.html",
        style=Markup(style),  # noqa: S704 - our own file
        style_digest=digest,
        name=reading.source.name,
        own=reading.claims[0],
        document=spoken.documents[spoken.assigned[0]],
        entries=cited,
        citations=sum(len(entry.mentions) for entry in cited),
        legend=_legend(cited),
        told=by_kind(told),
        blocks=tuple(_blocks(reading.source.text, stretches, spans, covers(told))),
    )


def _legend(entries: Sequence[Entry]) -> list[tuple[Relation | None, str, int]]:
    """The relations met, in the model's order, with how many documents have each."""
    met = Counter(entry.relation for entry in entries)
    known = [(relation, RELATIONS[relation], met[relation]) for relation in Relation if relation in met]
    return [*known, *([(None, "không nêu quan hệ", met[None])] if None in met else [])]


def _shown(reading: Reading) -> list[int]:
    """The claims by position, in order of appearance; where two overlap the first alone."""
    shown, end = list[int](), 0
    for index in sorted(range(len(reading.claims)), key=lambda index: (reading.claims[index].start, -index)):
        claim = reading.claims[index]
        if claim.start >= end and claim.end > claim.start:
            shown.append(index)
            end = claim.end
    return shown


def _entries(reading: Reading, spoken: Spoken, shown: Sequence[int]) -> dict[str, Entry]:
    """The documents that the text cites, by id, counted in order of appearance; not the text's own."""
    own, cited = spoken.assigned[0], dict[str, list[int]]()
    numbered = [index for index in shown if spoken.assigned[index] != own]
    for number, index in enumerate(numbered, 1):
        cited.setdefault(spoken.assigned[index], []).append(number)
    least = dict[str, Matching]()
    for index in numbered:
        id = spoken.assigned[index]
        least[id] = max(least.get(id, Matching.RESOLVED), spoken.matching[index], key=list(Matching).index)
    uses = _stated(reading, spoken)
    return {
        id: Entry(
            key, spoken.documents[id], least[id], tuple(uses.get(id, ())), tuple(numbers), spoken.candidates.get(id, ())
        )
        for key, (id, numbers) in enumerate(cited.items(), 1)
    }


def _stated(reading: Reading, spoken: Spoken) -> dict[str, list[Use]]:
    """By cited document the relations that the text states of it, the strongest for each pair, its own first."""
    own, uses = spoken.assigned[0], dict[str, list[Use]]()
    edges = weave(statements(reading, spoken.assigned))
    for edge in sorted(edges, key=lambda edge: edge.source != own):
        by = None if edge.source == own else document_label(spoken.documents[edge.source])
        words = _words(edge.relation, edge.basis)
        uses.setdefault(edge.target, []).append(Use(edge.relation, words, _place(edge.stated_in), edge.score, by))
    return uses


def _uses_here(reading: Reading, spoken: Spoken) -> dict[int, list[Use]]:
    """By claim the relations that are stated at its place."""
    own, uses = spoken.assigned[0], dict[int, list[Use]]()
    for stated in reading.relations:
        source = spoken.assigned[stated.subject]
        by = None if source == own else document_label(spoken.documents[source])
        words, place = _words(stated.relation, stated.basis), _place(stated.stated_in)
        use = Use(stated.relation, words, place, stated.score, by, stated.pinpoint)
        uses.setdefault(stated.object, []).append(use)
    return uses


def _words(relation: Relation, basis: BasisKind | None) -> str:
    return f"{RELATIONS[relation]} thẩm quyền" if basis is BasisKind.COMPETENCE else RELATIONS[relation]


def _place(stated_in: StatedIn) -> str:
    return PLACES[stated_in]


def _spans(reading: Reading, spoken: Spoken, entries: Mapping[str, Entry], shown: Sequence[int]) -> list[Span]:
    """Where claims stand; citations of the text's own document are marked as its sign is."""
    here, spans, number = _uses_here(reading, spoken), list[Span](), 0
    for index in shown:
        claim, entry = reading.claims[index], entries.get(spoken.assigned[index])
        cited = None
        if entry is not None:
            number += 1
            cited = Cited(number, entry, tuple(here.get(index, ())), claim.score)
        spans.append(Span(claim.start, claim.end, claim.zone, cited))
    return spans


def _blocks(
    text: str, stretches: Sequence[Stretch], spans: Sequence[Span], told: Sequence[Cover]
) -> Iterator[Block]:
    """The text by zones. A zone that goes on after page furniture has no label again."""
    ends = [span.end for span in spans]
    titled = max((stretch.start for stretch in stretches if stretch.zone is Zone.TITLE), default=0)
    shown: str | None = None
    for zone, run in groupby(stretches, key=lambda stretch: stretch.zone):
        some = list(run)
        label = _LETTERHEAD if zone is Zone.PREAMBLE and some[-1].start < titled else ZONES[zone]
        paragraphs = tuple(tuple(_pieces(text, stretch, spans, ends, told)) for stretch in some)
        yield Block(zone, None if zone is Zone.NOISE or label == shown else label, paragraphs)
        shown = shown if zone is Zone.NOISE else label


def _pieces(
    text: str, stretch: Stretch, spans: Sequence[Span], ends: Sequence[int], told: Sequence[Cover]
) -> Iterator[Piece]:
    """The text of a stretch, cut at the claims in it; page furniture inside a broken citation stays plain."""
    at = stretch.start
    for index in range(bisect_right(ends, stretch.start), len(spans)):
        span = spans[index]
        if span.start >= stretch.end:
            break
        if stretch.zone is Zone.NOISE and span.zone is not Zone.NOISE:
            continue
        start, end = max(span.start, at), min(span.end, stretch.end)
        yield from _plain(text, at, start, told)
        opens = tuple(key for cover in _within(told, start, end) if cover.start >= start for key in cover.opens)
        yield Piece(text[start:end], span.cited, own=span.cited is None, first=start == span.start, opens=opens)
        at = end
    yield from _plain(text, at, stretch.end, told)


def _plain(text: str, start: int, end: int, told: Sequence[Cover]) -> Iterator[Piece]:
    """The text of `start`..`end`, cut where what it tells changes."""
    at = start
    for cover in _within(told, start, end):
        yield Piece(text[at : max(cover.start, at)])
        at, begin = min(cover.end, end), max(cover.start, at)
        yield Piece(text[begin:at], told=cover.told, opens=cover.opens if cover.start >= start else ())
    yield Piece(text[at:end])


def _within(told: Sequence[Cover], start: int, end: int) -> Iterator[Cover]:
    """What covers any of `start`..`end`, in order."""
    for index in range(bisect_right(told, start, key=lambda cover: cover.end), len(told)):
        if told[index].start >= end:
            break
        yield told[index]

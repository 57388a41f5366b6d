"""Answers as people read them on a terminal: a block a document, with what proves it on lines of full width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from api.labels import (
    DEADLINES,
    FIELDS,
    LEVELS,
    MATCHINGS,
    PLACES,
    REASONS,
    RELATIONS,
    ROLES,
    STATUSES,
    TIERS,
    date_label,
    document_label,
    place_label,
    status_label,
)
from api.render import clean
from graph.excerpt import excerpt
from graph.model import Deadline, Document, Edge, Fact, Header, Level, Origin, Part, Reading, Recipient, Status
from graph.resolve.conflicts import disputed_fields
from graph.store.base import Filter
from graph.text import flatten
from queries.conflicts import Disputed
from queries.implementers import Answer, Hop, Implementer
from queries.lineage import Direction, Lineage
from queries.path import Path
from queries.tiers import Tier

QUOTE = 300
_NAME = 90
_LEAST_WIDTH = 20
_BESIDE = 24
_MARKS = {Status.ISSUED: "●", Status.UNNUMBERED: "◐", Status.DRAFT: "◌", Status.CITED: "○"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer, as long as it is. Where it is wrapped, what follows stands below it, right of its `lead`.

    `whole` tells that it is not wrapped: an identifier is copied, and a terminal that wraps it still copies it whole.
    """

    text: Text
    indent: int = 0
    lead: str = ""
    whole: bool = False


EMPTY = Line(Text())
Lines = Iterator[Line]


def print_lines(out: Console, lines: Iterable[Line]) -> None:
    """Print lines wrapped between words to the width of the console, without spaces at their ends."""
    for line in lines:
        lead = " " * line.indent + line.lead
        width = max(out.width - len(lead), _LEAST_WIDTH)
        for piece in [line.text] if line.whole else line.text.wrap(out, width):
            piece.rstrip()
            out.print(Text(lead).append_text(piece) if piece else "", soft_wrap=True)
            lead = " " * len(lead)


def implementer_lines(
    goal: Document, found: Answer, shown: Sequence[Implementer], names: Mapping[str, Document]
) -> Lines:
    """The answer to who implements `goal`: counts of all, then the documents `shown` tier by tier, with their chains.

    `names` holds the documents that chains pass.
    """
    yield from _subject(goal)
    yield from _counts(found)
    for tier in Tier:
        of_tier = [one for one in shown if one.tier is tier]
        if of_tier:
            yield EMPTY
            yield _bold(f"{tier.rank}. {TIERS[tier]}: {found.tiers[tier]} văn bản")
        for one in of_tier:
            yield EMPTY
            yield from document_lines(one.document)
            for number, hop in enumerate(one.chain, 1):
                step = f"{number}. " if len(one.chain) > 1 else ""
                yield from _relation(hop, names, step, issuer=True)


def _counts(found: Answer) -> Lines:
    if not found.total:
        yield Line(Text("Trong kho chưa có văn bản nào thực hiện hay nhắc đến văn bản này."))
        return
    listed = ", ".join(f"{number} {TIERS[tier].lower()}" for tier, number in found.tiers.items() if number)
    yield Line(Text(f"{found.total} văn bản: {listed}."))
    loose = sum(found.count(Filter(status=status)) for status in (Status.UNNUMBERED, Status.DRAFT))
    cited = found.count(Filter(held=False))
    yield Line(
        Text(
            f"Trong {found.count(Filter())} văn bản thực hiện có {loose} bản không số hoặc dự thảo, "
            f"{cited} văn bản chỉ biết qua trích dẫn."
        )
    )


def lineage_lines(found: Lineage, direction: Direction) -> Lines:
    """What was found, step by step from the document asked for, each document with the relations that lead to it."""
    root, number = found.documents[0], len(found.documents) - 1
    yield from _subject(root)
    steps = f", trong {len(found.levels) - 1} bước" if number else ""
    if direction is Direction.UP:
        yield Line(Text(f"Văn bản này dựa vào hoặc nhắc đến {number} văn bản{steps}."))
    else:
        yield Line(Text(f"{number} văn bản dựa vào hoặc nhắc đến văn bản này{steps}."))
    names = {one.id: one for one in found.documents}
    leading: dict[str, list[Edge]] = {}
    for edge in found.edges:
        leading.setdefault(edge.target if direction is Direction.UP else edge.source, []).append(edge)
    for step, level in enumerate(found.levels):
        if step:
            yield EMPTY
            yield _bold(f"Bước {step}: {len(level)} văn bản")
        for document in level if step else ():
            yield EMPTY
            yield from document_lines(document)
            for edge in leading[document.id]:
                yield from _relation(edge, names, f"{_name(names, edge.source)} ")


def path_lines(found: Path) -> Lines:
    """The documents of a chain, each after the first with the relations that lead to it."""
    if not found.documents:
        yield Line(Text("Không có chuỗi quan hệ nào dẫn từ văn bản này đến văn bản kia."))
        return
    names = {one.id: one for one in found.documents}
    leading: dict[str, list[Edge]] = {}
    for edge in found.edges:
        leading.setdefault(edge.target, []).append(edge)
    yield Line(Text(f"Chuỗi ngắn nhất có {len(found.documents) - 1} bước."))
    for document in found.documents:
        yield EMPTY
        yield from document_lines(document)
        for edge in leading.get(document.id, ()):
            yield from _relation(edge, names, f"{_name(names, edge.source)} ")


def listing_lines(documents: Iterable[Document]) -> Lines:
    """Documents in a list, each with what it takes to tell it from others."""
    for document in documents:
        yield from document_lines(document)
        yield EMPTY


def document_lines(document: Document) -> Lines:
    """A document: its mark, name, level, place, date and status; its title; its issuer and identifier."""
    told = (
        f"cấp {LEVELS[document.level].lower()}" if document.level not in (None, Level.CENTRAL) else _level(document),
        place_label(document),
        _date(document),
        _status(document),
    )
    head = Text(clean(document_label(document)), "bold")
    yield Line(head.append("".join(f" · {clean(one)}" for one in told if one), "not bold"), 2, f"{_mark(document)} ")
    if document.sign and document.title:
        yield Line(Text(_title(document)), 4)
    if document.issuer:
        yield Line(Text(clean(document.issuer)), 4)
    yield Line(Text(clean(document.id), "dim"), 4, whole=True)


def details_lines(document: Document) -> Lines:
    """What is known of one document, and every value that texts give for it with conflicts marked."""
    yield _bold(clean(document_label(document)))
    for heading, value in (
        ("Định danh", document.id),
        ("Số, ký hiệu", document.sign),
        ("Loại văn bản", document.type),
        ("Trích yếu", document.title),
        ("Cơ quan ban hành", document.issuer),
        ("Cấp", _level(document)),
        ("Địa bàn", place_label(document)),
        ("Ngày", _date(document)),
        ("Trạng thái", _status(document)),
        ("Người ký", document.signer),
        ("Chức vụ người ký", document.signer_position),
        ("Nhận diện", MATCHINGS[document.matching]),
        ("Số lần được nhắc", document.mentions),
    ):
        if value is not None and value != "":
            yield Line(Text(clean(value)), 2, f"{heading:<{_BESIDE}}")
    fields = dict.fromkeys(fact.field for fact in document.facts)
    conflicting = disputed_fields(document.facts)
    if fields:
        yield EMPTY
        yield _bold("Dữ kiện theo các nguồn (✓ được chọn)")
    for field in fields:
        facts = [fact for fact in document.facts if fact.field == field]
        conflict = f": {len(facts)} giá trị mâu thuẫn" if field in conflicting else ""
        yield Line(Text(f"{clean(FIELDS.get(field, field))}{conflict}"), 2)
        yield from map(_fact, facts)


def conflict_lines(items: Iterable[Disputed]) -> Lines:
    """Documents about which texts disagree, each with every value, and why the chosen one was chosen."""
    for one in items:
        yield from document_lines(one.document)
        for conflict in one.conflicts:
            words = f"{FIELDS[conflict.field]}: {len(conflict.facts)} giá trị; chọn vì {REASONS[conflict.reason]}"
            yield Line(Text(words), 4)
            yield from map(_fact, conflict.facts)
        yield EMPTY


def text_lines(texts: Sequence[Reading]) -> Lines:
    """What the first of a document's texts says of the time it covers, its parts, recipients and deadlines."""
    for reading in texts[:1]:
        header = reading.claims[0].header or Header()
        if header.period:
            yield EMPTY
            yield Line(Text(f"Thời gian thực hiện: {clean(header.period.text)}"))
        yield from _listed("Ban hành kèm theo", map(_part, header.parts))
        yield from _listed("Gửi đến (✓ phải thực hiện)", map(_recipient, reading.recipients))
        yield from _listed("Thời hạn", map(_deadline, reading.deadlines))


def _listed(heading: str, lines: Iterable[Line]) -> Lines:
    listed = list(lines)
    if listed:
        yield EMPTY
        yield _bold(heading)
        yield from listed


def _part(part: Part) -> Line:
    told = " ".join(word for word in (part.type, part.number) if word)
    return Line(Text(clean(told), "bold").append(f": {clean(part.title)}" if part.title else "", "not bold"), 2)


def _recipient(one: Recipient) -> Line:
    told = (ROLES[one.role], one.purpose, one.issuer)
    named = Text(clean(one.name), "bold")
    lead = "✓ " if one.bound else "  "
    return Line(named.append("".join(f" · {clean(word)}" for word in told if word), "not bold"), 2, lead)


def _deadline(one: Deadline) -> Line:
    told = (one.rule, date_label(one.date), one.who, f"“{excerpt(clean(one.quote), 0, QUOTE)}”")
    kind = Text(DEADLINES[one.kind], "bold")
    return Line(kind.append("".join(f" · {clean(word)}" for word in told if word), "not bold"), 2)


def _fact(fact: Fact) -> Line:
    value = date_label(fact.value) if fact.field == "date" else fact.value
    source = "chính văn bản" if fact.own else "văn bản khác"
    if fact.ruling:
        source = f"người quyết định: {clean(fact.ruling.author)}, {clean(fact.ruling.reason)}"
    told = f" · {fact.count} lần · {source} · “{excerpt(clean(fact.quote), 0, QUOTE)}”"
    return Line(Text(clean(value), "bold").append(told, "not bold"), 4, "✓ " if fact.chosen else "  ")


def _subject(document: Document) -> Lines:
    title = f": {_title(document)}" if document.sign and document.title else ""
    yield _bold(f"{clean(document_label(document))}, {_date(document)}{title}")


def _relation(stated: Hop | Edge, names: Mapping[str, Document], before: str, *, issuer: bool = False) -> Lines:
    """A relation with its quote: "thực hiện → Chỉ thị 33/CT-TTg (phần mở đầu)" after the words `before`."""
    guess = stated.origin is Origin.INFERRED
    where = f"suy đoán, điểm {stated.score:.2f}" if guess else PLACES[stated.stated_in]
    if stated.origin is Origin.DECIDED:
        where = "người quyết định"
    target = names.get(stated.target)
    by = f" của {clean(target.issuer)}" if issuer and target and target.issuer else ""
    arrow = Text("→ ").append(RELATIONS[stated.relation], "bold")
    yield Line(Text(before).append_text(arrow).append(f" → {_name(names, stated.target)}{by} ({where})"), 4)
    quote = clean(stated.quote)
    yield Line(Text(f"“{excerpt(quote, _named_at(quote, target), QUOTE)}”"), 6)


def _named_at(quote: str, target: Document | None) -> int:
    """Where a quote names a document: at its sign, at its number, or at its title; 0 where none is found."""
    if target is None:
        return 0
    sign, flat = flatten(target.sign or ""), flatten(quote)
    number = re.match(r"\d+[a-z]?", sign)
    wanted = [re.escape(sign)] if sign else []
    wanted += [rf"(?<!\d){number[0]}\s*[/-]", rf"(?<!\d){number[0]}(?!\d)"] if number else []
    wanted += [re.escape(flatten(target.title)[:_LEAST_WIDTH])] if target.title else []
    return next((match.start() for one in wanted if (match := re.search(one, flat))), 0)


def _name(names: Mapping[str, Document], id: str) -> str:
    return excerpt(clean(document_label(names[id])), 0, _NAME) if id in names else clean(id)


def _title(document: Document) -> str:
    title = clean(document.title)
    return title[:1].upper() + title[1:]


def _bold(words: str) -> Line:
    return Line(Text(words, "bold"))


def _mark(document: Document) -> str:
    return _MARKS[document.status] if document.held else _MARKS[Status.CITED]


def _level(document: Document) -> str:
    return LEVELS[document.level] if document.level else ""


def _date(document: Document) -> str:
    return clean(date_label(document.date)) or "chưa rõ ngày"


def _status(document: Document) -> str:
    return f"{STATUSES[document.status]}, có toàn văn" if document.held else status_label(document)

"""What the REST interface answers, apart from the records of the store: what is here is a promise to its users."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.model import (
    BasisKind,
    Branch,
    DeadlineKind,
    Level,
    Matching,
    Origin,
    RecipientRole,
    Relation,
    StatedIn,
    Status,
    Zone,
)
from graph.model import Field as DocumentField
from graph.resolve.conflicts import Reason
from graph.ruling import DecisionKind
from graph.where import HeaderField
from queries.tiers import Tier


class Answer(BaseModel):
    """Base of all answers: complete, and without fields that no promise names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(Answer):
    """The store can be read, and what it holds."""

    status: Literal["ready"] = "ready"
    held: int = Field(description="Documents whose text the store holds.")
    cited: int = Field(description="Documents known only from what others say of them.")


class Document(Answer):
    """A plan, directive, law or other issued document."""

    id: str = Field(description="Identifier: stable, readable, the last part of the document's address.")
    sign: str | None = Field(description="Số, ký hiệu in its official spelling; null for unnumbered copies and laws.")
    type: str | None = Field(description="Type in Vietnamese, as Kế hoạch or Chỉ thị.")
    title: str | None = Field(description="Trích yếu, on one line.")
    issuer: str | None = Field(description="Canonical full name of the issuing body.")
    level: Level | None = Field(description="Level of the issuing body.")
    province: str | None = Field(description="Bare name of the province; null for the Centre.")
    district: str | None = Field(description="Bare name of the district.")
    commune: str | None = Field(description="Bare name of the commune.")
    date: str | None = Field(description="ISO 8601 date, possibly reduced to YYYY-MM or YYYY.")
    status: Status = Field(description="What is known of its being issued.")
    held: bool = Field(description="Whether its text was read; else it is known only from citations.")


class Ruling(Answer):
    """What a person decided, as told by what it decided."""

    id: str = Field(description="The decision.")
    kind: DecisionKind = Field(description="What was decided.")
    author: str = Field(description="By whom.")
    time: str = Field(description="When, ISO 8601 in UTC.")
    reason: str = Field(description="Why.")
    field: str = Field(description="The field that was corrected; empty for other kinds.")
    value: str = Field(description="Its value.")
    source: str = Field(description="Where it is known from, for an edge that was added.")


class Fact(Answer):
    """One value that texts give for one field of a document."""

    field: str = Field(description="Name of the field.")
    value: str = Field(description="The value.")
    count: int = Field(description="How many places give it.")
    own: bool = Field(description="Whether the document's own header gives it.")
    chosen: bool = Field(description="Whether it was chosen.")
    quote: str = Field(description="One place that gives it, as written.")
    conflicts: bool = Field(description="Whether other places give other values for the field.")
    ruling: Ruling | None = Field(description="The decision that chose it.")


class Period(Answer):
    """The time that a title says a document covers."""

    start: int = Field(description="First code point of the words in the text.")
    end: int = Field(description="The code point after their last.")
    text: str = Field(description="The words on one line, as giai đoạn 2021-2025.")
    first: str | None = Field(description="ISO 8601 year or month it begins with; null for đến năm 2030.")
    last: str = Field(description="ISO 8601 year or month it ends with.")


class Span(Answer):
    """Where words stand in a text."""

    start: int = Field(description="Their first code point.")
    end: int = Field(description="The code point after their last.")


class Part(Answer):
    """A further document in the same file. What it does not say itself is null: there it is as the first."""

    start: int = Field(description="First code point of it in the text.")
    end: int = Field(description="The code point after its last.")
    title_start: int = Field(description="First code point of its type words and title.")
    title_end: int = Field(description="The code point after their last.")
    type: str = Field(description="Type in Vietnamese.")
    title: str | None = Field(description="Its title, on one line.")
    number: str | None = Field(description="Its own sign as written, without spaces.")
    issuer: str | None = Field(description="The body that its letterhead names.")
    date: str | None = Field(description="ISO 8601 date in its letterhead.")
    evidence: dict[HeaderField, Span] = Field(description="Where it says each of these.")


class Recipient(Answer):
    """One body or category of bodies that a document goes to."""

    start: int = Field(description="First code point of the name in the text.")
    end: int = Field(description="The code point after its last.")
    name: str = Field(description="The name as written, on one line.")
    role: RecipientRole = Field(description="Where the document names it: Kính gửi, as responsible, Nơi nhận.")
    bound: bool = Field(description="Whether the document binds it.")
    issuer: str | None = Field(description="Canonical full name, where the words name one body.")
    purpose: str | None = Field(description="What a bracket says it gets the document for, as b/c.")


class Deadline(Answer):
    """By when something is to be done."""

    start: int = Field(description="First code point of the rule in the text.")
    end: int = Field(description="The code point after its last.")
    kind: DeadlineKind = Field(description="To issue a plan, to report, or to finish.")
    rule: str = Field(description="The rule on one line, as trước ngày 15/12 hằng năm.")
    date: str | None = Field(description="ISO 8601 date or month; null where it recurs or its year is not known.")
    who: str | None = Field(description="Who is to do it, as written.")
    sentence_start: int = Field(description="First code point of the sentence.")
    sentence_end: int = Field(description="The code point after its last.")
    quote: str = Field(description="The sentence on one line.")


class Text(Answer):
    """What one text of a document says beyond its citations, with offsets into that text."""

    digest: str = Field(description="SHA-256 of the text, in hex.")
    evidence: dict[HeaderField, Span] = Field(description="Where it gives each value of the document's header.")
    period: Period | None = Field(description="The time that its title covers.")
    parts: list[Part] = Field(description="Further documents in its file, in order.")
    recipients: list[Recipient] = Field(description="Whom it goes to, in order.")
    deadlines: list[Deadline] = Field(description="By when what is to be done, in order.")


class DocumentDetails(Document):
    """A document with everything that texts say of it."""

    branch: Branch | None = Field(description="Party, State or Front.")
    matching: Matching = Field(description="How surely citations were matched to this one document.")
    signer: str | None = Field(description="Who signed it.")
    signer_position: str | None = Field(description="As what.")
    mentions: int = Field(description="How many places speak of it.")
    rulings: list[Ruling] = Field(description="The decisions of people that made it what it is.")
    facts: list[Fact] = Field(description="Every value given for its fields.")
    sources: list[str] = Field(description="SHA-256 of its texts that were read, in hex.")
    texts: list[Text] = Field(description="What each of these texts says of its scope, recipients and deadlines.")


class Proof(Answer):
    """Where a sentence stands."""

    digest: str = Field(description="SHA-256 of the text that holds it, in hex.")
    start: int = Field(description="First code point of the sentence in that text.")
    end: int = Field(description="The code point after its last.")
    zone: Zone = Field(description="Part of the document.")
    quote: str = Field(description="The sentence on one line.")


class Hop(Answer):
    """One step of a chain."""

    source: str = Field(description="Identifier of the document that relates itself to the target.")
    relation: Relation = Field(description="How.")
    target: str = Field(description="Identifier of the document related to.")
    stated_in: StatedIn = Field(description="Kind of place that states it.")
    quote: str = Field(description="The sentence that states it, or the title it is inferred from.")
    tier: Tier = Field(description="Tier that this hop alone gives.")
    origin: Origin = Field(description="Stated in a text, or inferred.")
    score: float = Field(description="Confidence, 0 to 1.")
    proof: Proof | None = Field(description="Where the quote stands; null for an inferred relation.")


class Implementer(Document):
    """A document that implements a directive or is related to it."""

    tier: Tier = Field(description="Tier of the whole chain.")
    chain: list[Hop] = Field(description="Hops from this document to the directive.")


class Edge(Answer):
    """A relation between two documents with all sentences that state it."""

    source: str = Field(description="Identifier of the document that states or has the relation.")
    relation: Relation = Field(description="The relation.")
    target: str = Field(description="Identifier of the document related to.")
    stated_in: StatedIn = Field(description="Strongest kind of place that states it.")
    quote: str = Field(description="The strongest sentence.")
    origin: Origin = Field(description="Stated in a text, or inferred.")
    score: float = Field(description="Confidence, 0 to 1.")
    basis: BasisKind | None = Field(description="For a legal basis: whether it gives competence or substance.")
    evidence: list[Proof] = Field(description="All sentences, strongest place first; empty if not stated.")
    ruling: Ruling | None = Field(description="The decision that an edge of origin decided rests on.")


class LineageDocument(Document):
    """A document around another."""

    distance: int = Field(description="Least number of hops from the document asked for, which has 0.")


class Lineage(Answer):
    """Documents around one, and the relations between them."""

    documents: list[LineageDocument] = Field(description="Nearest first.")
    edges: list[Edge] = Field(description="Relations met on the way.")
    cut: bool = Field(description="Whether there are more documents than asked for at most.")


class Path(Answer):
    """The shortest chain from one document to another that it goes back to; empty where there is none."""

    documents: list[Document] = Field(description="From the first to the last.")
    edges: list[Edge] = Field(description="The relations from each document to the next.")


class Documents(Answer):
    """A slice of a list of documents."""

    items: list[Document]
    total: int = Field(description="Number of items in the whole answer, as far as they were counted.")
    more: bool = Field(description="Whether there are more than `total`: a search counts so far only.")
    limit: int
    offset: int


class Value(Answer):
    """One value that texts give."""

    value: str = Field(description="The value.")
    count: int = Field(description="How many places give it.")
    own: bool = Field(description="Whether the document's own header gives it.")
    quote: str = Field(description="One place that gives it, as written.")


class Conflict(Answer):
    """A field for which texts give values that cannot all be right."""

    field: DocumentField = Field(description="Name of the field.")
    chosen: str = Field(description="The value that was chosen.")
    reason: Reason = Field(description="Why: the document's own header, most places, or first of equals as text.")
    values: list[Value] = Field(description="All values, the chosen one first.")


class Disputed(Document):
    """A document with the fields that texts disagree about."""

    conflicts: list[Conflict]


class Conflicts(Answer):
    """A slice of the documents that texts disagree about, by date."""

    items: list[Disputed]
    total: int = Field(description="Number of items in the whole answer.")
    limit: int
    offset: int


class Implementers(Answer):
    """A slice of an answer, sorted by tier, date with unknown ones last, and identifier."""

    items: list[Implementer]
    total: int = Field(description="Number of items in the whole answer.")
    tiers: dict[Tier, int] = Field(description="Number of items of each tier in the whole answer.")
    limit: int
    offset: int


class Invalid(BaseModel):
    """A parameter out of its limits."""

    parameter: str
    reason: str


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = Field(description="Stable name of the kind of problem, a URN.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="The HTTP status.")
    detail: str | None = Field(None, description="What is wrong this time.")
    remedy: str | None = Field(None, description="What can be done.")
    candidates: list[str] | None = Field(
        None, description="Where a sign is ambiguous or an identifier was given up: the documents that may be meant."
    )
    errors: list[Invalid] | None = Field(None, description="Where parameters are out of their limits: which.")

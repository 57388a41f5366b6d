"""The records that pass between the parts: claims in, documents and edges out.

Offsets are Unicode code points of the source text as read. Dates are ISO 8601 strings, possibly reduced to
`YYYY-MM` or `YYYY` where the source leaves the rest blank; they compare and sort as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from graph.frozen import quick
from graph.ruling import Ruling
from graph.where import Where


class Branch(StrEnum):
    PARTY = "party"
    STATE = "state"
    FRONT = "front"
    MIXED = "mixed"


class Level(StrEnum):
    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Zone(StrEnum):
    """Where in a document a mention stands; the order is from strongest to weakest."""

    TITLE = "title"
    PREAMBLE = "preamble"
    BODY = "body"
    FOOTNOTE = "footnote"
    NOISE = "noise"


class Relation(StrEnum):
    IMPLEMENTS = "implements"
    BASED_ON = "based_on"
    GUIDES = "guides"
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    MONITORS = "monitors"
    DISSEMINATES = "disseminates"
    CITES = "cites"


class StatedIn(StrEnum):
    """The kind of place that states a relation; it decides the tier of an answer."""

    OWN_TITLE = "own_title"
    CITED_TITLE = "cited_title"
    PREAMBLE = "preamble"
    BODY = "body"
    FOOTNOTE = "footnote"


class Origin(StrEnum):
    """What an edge rests on: a sentence of a text, the likeness of titles, or a person's decision."""

    STATED = "stated"
    INFERRED = "inferred"
    DECIDED = "decided"


class Status(StrEnum):
    """What is known of a document's being issued. CITED: known only from what others say of it."""

    ISSUED = "issued"
    UNNUMBERED = "unnumbered"
    DRAFT = "draft"
    CITED = "cited"


class Matching(StrEnum):
    """How surely a citation was matched to a document."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"


class Field(StrEnum):
    """What claims say of a document, in the order in which its facts are listed."""

    SIGN = "sign"
    TYPE = "type"
    NAME = "name"
    TITLE = "title"
    ISSUER = "issuer"
    DATE = "date"
    TERM = "term"


class RecipientRole(StrEnum):
    """Where a document names one of those whom it goes to."""

    ADDRESSEE = "addressee"
    RESPONSIBLE = "responsible"
    RECIPIENT = "recipient"


class DeadlineKind(StrEnum):
    """What is to be done by a deadline."""

    PLAN = "plan"
    REPORT = "report"
    FINISH = "finish"


class BasisKind(StrEnum):
    """The two things that a legal-basis recital cites (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    COMPETENCE = "competence"
    SUBSTANCE = "substance"


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """A territory by its bare names ("Bắc Kạn"); what lies below its level is None. All None: the whole country.

    `kind` is the kind of the lowest named unit in Vietnamese ("tỉnh", "huyện", "thành phố", "thị xã", "quận", "xã",
    "phường", "thị trấn"), None where unknown. Huyện, thành phố and phường Cao Lãnh are three places.
    """

    province: str | None = None
    district: str | None = None
    commune: str | None = None
    kind: str | None = None


COUNTRY = Place()


@dataclass(frozen=True, slots=True)
class Part:
    """A further document in the file of another: what that one issues with it, or an annex with a sign of its own.

    `start`..`end` is its whole text, `title_start`..`title_end` its type words and title in it. `number` is its own
    sign as written without spaces. What it does not say itself is None: there it is as the document it comes with.
    `evidence` tells where it says the others.
    """

    start: int
    end: int
    title_start: int
    title_end: int
    type: str
    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    evidence: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a document's title says it covers; `text` is `start`..`end` on one line.

    `first` and `last` are ISO dates, mostly reduced to the year: "giai đoạn 2021-2025" is 2021 to 2025, "đến năm 2030"
    has no first.
    """

    start: int
    end: int
    text: str
    first: str | None
    last: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a document's own header and signature say beyond the fields of its claim.

    `parts` are the further documents in its file, in order of appearance. `evidence` tells where the text gives the
    values of header and claim, one record for each that it gives.
    """

    branch: Branch | None = None
    level: Level | None = None
    status: Status = Status.ISSUED
    signer: str | None = None
    signer_position: str | None = None
    period: Period | None = None
    parts: tuple[Part, ...] = ()
    evidence: tuple[Where, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Claim:
    """What one place in one source says of one document. Never rewritten; `graph.resolve` reads it.

    `own` marks the claim that a source's header makes of the source itself: always the first of its source.
    `number` is the sign as written without spaces ("25/NQ-TW"), with the letters that a list shares, None when blank or
    absent. `name` is the name of a document without number as written on one line ("Luật Đất đai"). `issuer` is a
    canonical full name. `place` is the territory of the body that numbered it: COUNTRY for central bodies, None where
    nothing tells it. `term` is the Roman numeral of a khóa as written. `title` is the subject as cited, on one line,
    without quotation marks. `score` is in 0..1. `short_for` is the position of the claim whose short form this is.
    """

    start: int
    end: int
    text: str
    type: str | None = None
    number: str | None = None
    name: str | None = None
    issuer: str | None = None
    place: Place | None = None
    date: str | None = None
    term: str | None = None
    title: str | None = None
    zone: Zone = Zone.BODY
    own: bool = False
    optional: bool = False
    score: float = 1.0
    header: Header | None = None
    short_for: int | None = None


@quick
@dataclass(frozen=True, slots=True)
class RelationClaim:
    """One place in one source that relates two of its claims, by their positions in `Reading.claims`.

    `start`..`end` is the evidence: the sentence, which holds the object's span. `quote` is that sentence on one line.
    """

    subject: int
    relation: Relation
    object: int
    zone: Zone
    stated_in: StatedIn
    start: int
    end: int
    quote: str
    cue: str = ""
    basis: BasisKind | None = None
    pinpoint: str | None = None
    optional: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Source:
    """One text that was read. `digest` is the SHA-256 of `text` in UTF-8, in hex; `name` is the file's own name."""

    digest: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """One body or category of bodies that a document goes to; `name` is `start`..`end` on one line.

    `role` tells where the document says so, `issuer` is the canonical full name where the words name one body,
    `purpose` what a bracket says it is for ("để báo cáo", "b/c"). `bound` tells that the document binds it: it gets
    more than a report or a copy, and is neither above the issuer nor, for a State document, a body of the Party.
    """

    start: int
    end: int
    name: str
    role: RecipientRole
    bound: bool
    issuer: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something is to be done. `rule` is `start`..`end` on one line: "trước ngày 15/12 hằng năm".

    `date` is the ISO day or month where the rule and the document's date tell one, None where it recurs or depends.
    `who` is who is to do it, as the sentence says. `sentence_start`..`sentence_end` is that sentence, `quote` it on one
    line.
    """

    start: int
    end: int
    kind: DeadlineKind
    rule: str
    date: str | None
    who: str | None
    sentence_start: int
    sentence_end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one source says: `claims[0]` is its own header, the others stand in order of appearance."""

    source: Source
    claims: tuple[Claim, ...]
    relations: tuple[RelationClaim, ...]
    recipients: tuple[Recipient, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that claims give for one field of a document, how many give it, and whether it was chosen.

    `own` tells that the document's own header gives it. `quote` is the written form of one claim that does, "" where
    none does. `ruling` is the decision that chose it.
    """

    field: str
    value: str
    count: int
    own: bool
    chosen: bool
    quote: str
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A plan, directive, law or other issued document, as resolved from all claims of it.

    `held` tells that its text was read; `sources` are the digests of those texts, sorted. `rulings` are the decisions
    that made it what it is, by time and id.
    """

    id: str
    sign: str | None
    type: str | None
    title: str | None
    issuer: str | None
    branch: Branch | None
    level: Level | None
    place: Place | None
    date: str | None
    status: Status
    held: bool
    matching: Matching = Matching.RESOLVED
    signer: str | None = None
    signer_position: str | None = None
    mentions: int = 0
    facts: tuple[Fact, ...] = ()
    sources: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    rulings: tuple[Ruling, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence in one source that states an edge; `start`..`end` are offsets into that source's text."""

    digest: str
    start: int
    end: int
    mention_start: int
    mention_end: int
    quote: str
    zone: Zone
    stated_in: StatedIn
    cue: str = ""
    basis: BasisKind | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A typed relation between two documents. `evidence` is sorted, strongest place first, and empty if not stated.

    `ruling` is the decision that an edge with origin DECIDED rests on.
    """

    source: str
    relation: Relation
    target: str
    stated_in: StatedIn
    quote: str
    origin: Origin = Origin.STATED
    score: float = 1.0
    basis: BasisKind | None = None
    evidence: tuple[Evidence, ...] = ()
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The graph that follows from a set of readings.

    `assigned[digest][i]` is the id of the document that claim i of that source speaks of, `matching` how surely.
    """

    documents: tuple[Document, ...]
    edges: tuple[Edge, ...]
    assigned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    matching: dict[str, tuple[Matching, ...]] = field(default_factory=dict)

"""What the REST interface takes and answers of decisions: what is here is a promise to its users."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.responses import Answer
from graph.model import Relation, StatedIn
from graph.ruling import Correctable, DecisionKind
from queries.curate import Standing


class NamedClaim(Answer):
    """What one place says of a document, with the name by which decisions speak of it."""

    name: str = Field(description="The name: a digest of the text, and a hash of place and words.")
    text: str = Field(description="The citation as written.")
    type: str | None = Field(description="Type as read.")
    number: str | None = Field(description="Sign as written.")
    cited_name: str | None = Field(description="Name of a document without sign, as written.")
    date: str | None = Field(description="ISO 8601 date as read.")
    issuer: str | None = Field(description="Issuing body as read.")
    title: str | None = Field(description="Subject as cited.")
    own: bool = Field(description="Whether it is the document's own header.")
    file: str = Field(description="Name of the file that it is in.")


class Claims(Answer):
    """Claims that speak of a document, those of its own texts first."""

    items: list[NamedClaim]


class Decided(BaseModel):
    """What a decision says; docs/curate.md tells what each kind needs."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: DecisionKind = Field(description="What is decided.")
    author: str = Field(description="By whom.")
    reason: str = Field(description="Why.")
    time: str = Field("", description="When, ISO 8601; now if not given.")
    claims: tuple[str, ...] = Field((), max_length=1000, description="Names of claims; of an edge, of its source.")
    others: tuple[str, ...] = Field((), max_length=1000, description="Those on the other side; of an edge, its target.")
    field: Correctable | None = Field(None, description="The field to correct.")
    value: str = Field("", description="Its right value.")
    relation: Relation | None = Field(None, description="The relation to reject or to add.")
    stated_in: StatedIn = Field(StatedIn.BODY, description="Where an added relation is stated.")
    quote: str = Field("", description="What the source of an added relation says.")
    source: str = Field("", description="Where an added relation is known from.")
    undoes: str = Field("", description="The decision to undo.")


class Decision(Decided):
    """A decision that is kept, and what became of it."""

    id: str = Field(description="A hash of what it says.")
    standing: Standing = Field(description="In effect, undone, or orphaned: the store holds no claim of one side.")
    documents: list[str] = Field(description="The documents that its claims are of now, by identifier.")


class Decisions(Answer):
    """A slice of the decisions, by time."""

    items: list[Decision]
    total: int = Field(description="Number of items in the whole answer.")
    limit: int
    offset: int


class Kept(Answer):
    """What became of the decisions sent."""

    added: list[str] = Field(description="Identifiers of those that are new.")

"""Kinds of decisions of people, and what the documents and edges that they decided tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DecisionKind(StrEnum):
    """What a person can decide.

    MERGE: the claims on both sides speak of one document. SPLIT: the claims speak of a document of their own. APART:
    the claims on one side never speak of the document that those on the other do. CORRECT: a field of the document has
    a value. REJECT: an edge is none. ADD: an edge is there. UNDO: another decision no longer holds.
    """

    MERGE = "merge"
    SPLIT = "split"
    APART = "apart"
    CORRECT = "correct"
    REJECT = "reject"
    ADD = "add"
    UNDO = "undo"


class Correctable(StrEnum):
    """What a person can correct of a document: every `graph.model.Field`, and what is told by its header alone."""

    SIGN = "sign"
    TYPE = "type"
    NAME = "name"
    TITLE = "title"
    ISSUER = "issuer"
    DATE = "date"
    TERM = "term"
    PLACE = "place"
    LEVEL = "level"
    SIGNER = "signer"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as told by what it decided: `id` is that of the decision."""

    id: str
    kind: DecisionKind
    author: str
    time: str
    reason: str
    field: str = ""
    value: str = ""
    source: str = ""

"""Where a text gives the values of its header."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class HeaderField(StrEnum):
    """The values of a document's own header that stand somewhere in its text."""

    TYPE = "type"
    NUMBER = "number"
    ISSUER = "issuer"
    DATE = "date"
    TITLE = "title"
    BRANCH = "branch"
    LEVEL = "level"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    STATUS = "status"
    SIGNER = "signer"
    SIGNER_POSITION = "signer_position"


@dataclass(frozen=True, slots=True)
class Where:
    """Where one value of a header was read: `start`..`end`, from its first piece to its last where lines part it.

    They are the words that tell the value; a place or body that they leave open is told by the rest of the header.
    """

    field: HeaderField
    start: int
    end: int


def spans_by_field(found: Iterable[Where]) -> dict[str, dict[str, int]]:
    """`start` and `end` of each by the name of its field, as JSON gives them."""
    return {one.field.value: {"start": one.start, "end": one.end} for one in found}

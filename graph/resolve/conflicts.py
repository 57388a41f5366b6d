"""Where the claims of one document disagree, and why one of their values was chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from enum import StrEnum

from graph.model import Fact, Field
from graph.resolve.titles import same_title


class Reason(StrEnum):
    """Why a value stands for a field.

    DECIDED: a person decided so. OWN: the document's own header gives it. MAJORITY: more places give it than any other.
    ORDER: as many places give another, and it is the first of them as text.
    """

    DECIDED = "decided"
    OWN = "own"
    MAJORITY = "majority"
    ORDER = "order"


def disputed_fields(facts: Collection[Fact]) -> frozenset[str]:
    """The fields for which `facts` of one document give values that cannot all be right.

    A year agrees with a day in it, and a title with another that is told in part, in other letters or after other words
    of introduction.
    """
    by_field: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_field[fact.field].append(fact)
    return frozenset(field for field, given in by_field.items() if len(given) > 1 and _disagree(Field(field), given))


def reason_of(facts: Sequence[Fact]) -> Reason:
    """Why the first of the facts of one field, in the order in which a document lists them, is the chosen one."""
    first, *others = facts
    if first.ruling:
        return Reason.DECIDED
    if first.own:
        return Reason.OWN
    return Reason.ORDER if any(other.count == first.count for other in others) else Reason.MAJORITY


def _disagree(field: Field, facts: Collection[Fact]) -> bool:
    values = [fact.value for fact in facts]
    if field is Field.DATE:
        longest = max(values, key=len)
        return not all(longest.startswith(value) for value in values)
    if field is Field.TITLE:
        chosen = next((fact.value for fact in facts if fact.chosen), values[0])
        return not all(same_title(chosen, value) for value in values)
    return True

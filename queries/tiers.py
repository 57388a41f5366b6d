"""How a document answers to a directive, as an officer reads it."""

from __future__ import annotations

from enum import StrEnum

from graph.model import Edge, Origin, Relation, StatedIn
from graph.store.traversal import Trait

_MADE_FOR = frozenset({StatedIn.OWN_TITLE, StatedIn.CITED_TITLE, StatedIn.PREAMBLE})


class Tier(StrEnum):
    """How a document answers to a directive, from the strongest to the weakest."""

    MADE_FOR = "made_for"
    BASED_ON = "based_on"
    TASK = "task"
    INFERRED = "inferred"
    RELATED = "related"

    @property
    def rank(self) -> int:
        """1 for the strongest."""
        return _RANKS[self]


_RANKS = {tier: rank for rank, tier in enumerate(Tier, 1)}


def trait_tier(trait: Trait) -> Tier:
    """The tier that an edge gives its source for its target."""
    if trait.checks:
        return Tier.RELATED
    if trait.relation is Relation.BASED_ON:
        return Tier.BASED_ON
    if trait.relation is not Relation.IMPLEMENTS:
        return Tier.RELATED
    if trait.inferred:
        return Tier.INFERRED
    return Tier.MADE_FOR if trait.stated_in in _MADE_FOR else Tier.TASK


def hop_tier(edge: Edge, *, checks: bool) -> Tier:
    """The tier that `edge` gives its source for its target; `checks` tells that the source does no more than check."""
    return trait_tier(Trait(edge.relation, edge.stated_in, inferred=edge.origin is Origin.INFERRED, checks=checks))

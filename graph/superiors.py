"""Whether one document's issuer stands above another's."""

from __future__ import annotations

from graph.model import Branch, Document, Level, Place
from graph.registry.places import provinces_before
from graph.registry.standings import LOWEST, standing

_HEIGHT = {Level.CENTRAL: 0, Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3}


def is_superior(upper: Document, lower: Document) -> bool:
    """Whether the issuer of `upper` stands above that of `lower`.

    It does when its territory is of a higher level and holds the other's, and when both serve one territory and it has
    the higher standing there (`graph.registry.standings`). A province of before 2025-07-01 holds the communes of since
    then that were made of its own. False where level or place is not known.
    """
    if upper.level is None or lower.level is None:
        return False
    height, other = _HEIGHT[upper.level], _HEIGHT[lower.level]
    if height < other:
        return upper.level is Level.CENTRAL or _holds(upper.place, lower.place)
    if height > other:
        return False
    together = upper.level is Level.CENTRAL or (_holds(upper.place, lower.place) and _holds(lower.place, upper.place))
    return together and _standing(upper) < _standing(lower)


def _standing(document: Document) -> int:
    """Mass organisations name their committees as the Party does ("Ban Chấp hành"), and lead nobody."""
    if document.issuer is None or document.branch is Branch.FRONT:
        return LOWEST
    return standing(document.issuer)


def _holds(outer: Place | None, inner: Place | None) -> bool:
    if outer is None or inner is None or outer.province is None:
        return False
    if outer.province != inner.province:
        return outer.district is None and outer.commune is None and outer.province in provinces_before(inner)
    return outer.district in (None, inner.district) and outer.commune in (None, inner.commune)

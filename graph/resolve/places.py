"""Places as claims write them: with and without the kind, the district or the province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.model import COUNTRY, Level, Place
from graph.text import slug


def level_of(place: Place | None) -> Level | None:
    """The level of a territory, None where it is not known."""
    if place is None:
        return None
    if place.commune:
        return Level.COMMUNE
    if place.district:
        return Level.DISTRICT
    return Level.PROVINCE if place.province else Level.CENTRAL


def fits(one: Place, other: Place) -> bool:
    """Whether two places can be one: of one level, and equal in all that both tell."""
    if level_of(one) != level_of(other):
        return False
    pairs = ((one.province, other.province), (one.district, other.district), (one.commune, other.commune))
    kinds = (one.kind, other.kind)
    return all(not mine or not theirs or slug(mine) == slug(theirs) for mine, theirs in (*pairs, kinds))


def fullest(places: Iterable[Place | None]) -> dict[Place, Place]:
    """For each place the one that stands for it among `places`: the only fuller way of writing it, or itself.

    A place that could be any of several (Cao Lãnh, where huyện and thành phố Cao Lãnh occur) stays itself.
    """
    known = {place for place in places if place is not None}
    if len(known) == 1:
        return {place: place for place in known}
    by_name: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(known, key=_order):
        by_name[slug(place.commune or place.district or place.province or "")].append(place)
    return {place: _stands_for(place, alike) for alike in by_name.values() for place in alike}


def _stands_for(place: Place, alike: list[Place]) -> Place:
    if place == COUNTRY:
        return place
    possible = [other for other in alike if fits(place, other)]
    most = possible[0]
    return most if all(fits(most, other) for other in possible) else place


def _order(place: Place) -> tuple[int, str]:
    known = sum(1 for part in (place.province, place.district, place.commune, place.kind) if part)
    return -known, repr(place)

"""Implementation that no text states: a title that repeats that of a superior's directive without naming it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from graph.model import COUNTRY, Branch, Document, Edge, Level, Origin, Place, Relation, StatedIn
from graph.resolve.places import level_of
from graph.resolve.series import not_after
from graph.resolve.titles import core
from graph.text import slug

STEERING = frozenset(
    {"Chỉ thị", "Nghị quyết", "Kết luận", "Chương trình", "Quyết định", "Quy định", "Quy chế"}
    | {"Luật", "Bộ luật", "Pháp lệnh", "Nghị định"}
)
"""Types whose documents direct others, and so are implemented."""
ALIKE = 0.9
"""Ratio of equal characters of two titles from which one repeats the other."""
SHORTEST = 8
"""Words that a title must have to tell a subject from the usual formulas."""
_OPENING = 4
_HEIGHT = {level: height for height, level in enumerate((Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE))}


def opening(document: Document) -> str:
    """What documents with like titles share: the first words of the title, folded; "" where it is too short."""
    words = core(document.title or "").split()
    return " ".join(words[:_OPENING]) if len(words) >= SHORTEST else ""


def is_steering(document: Document) -> bool:
    """Whether others can implement the document: type, date, level and place are known and of the right kind."""
    known = document.date and document.level and document.place
    return document.type in STEERING and known is not None


def infer(
    sources: Iterable[Document],
    targets: Iterable[Document],
    related: Callable[[str, str], bool],
) -> list[Edge]:
    """At most one inferred edge for each of `sources`, to the newest of the directives whose title it repeats.

    `targets` hold at least the steering documents that share an `opening` with a source and have their place in one of
    its `areas_above`. `related` tells whether a text
    relates two documents, in this direction: a source that is related to one of the directives needs no inference.
    """
    index: Mapping[tuple[str, str], list[Document]] = _index(targets)
    found = (_inferred(source, index, related) for source in sources)
    return sorted((edge for edge in found if edge), key=lambda edge: (edge.source, edge.relation.value, edge.target))


@lru_cache(maxsize=16_384)
def area(place: Place) -> str:
    """A territory as a path of slugs ("/nghe-an//xuan-thanh/"), which begins with the path of each that holds it."""
    names = [slug(name) or "?" if name else "" for name in (place.province, place.district, place.commune)]
    while names and not names[-1]:
        names.pop()
    return "".join(f"/{name}" for name in names) + "/"


@lru_cache(maxsize=16_384)
def areas_above(place: Place) -> tuple[str, ...]:
    """The `area` of each territory that holds this one and is known by name, the country first."""
    above = [COUNTRY]
    if place.province:
        above += [Place(place.province), Place(place.province, place.district)]
    own = area(place)
    return tuple(upper for upper in dict.fromkeys(map(area, above)) if upper != own)


def _index(targets: Iterable[Document]) -> dict[tuple[str, str], list[Document]]:
    index: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in targets:
        if document.place is not None and is_steering(document) and (words := opening(document)):
            index[words, area(document.place)].append(document)
    return index


def _inferred(
    source: Document, index: Mapping[tuple[str, str], list[Document]], related: Callable[[str, str], bool]
) -> Edge | None:
    words = opening(source)
    if not words or source.place is None or source.level is None or not source.date:
        return None
    near = [target for upper in areas_above(source.place) for target in index.get((words, upper), ())]
    leading = ((_ratio(source, target), target) for target in near if _can_lead(target, source))
    alike = [(ratio, target) for ratio, target in leading if ratio >= ALIKE]
    if not alike or any(related(source.id, one.id) or related(one.id, source.id) for _, one in alike):
        return None
    ratio, target = max(alike, key=lambda pair: (pair[1].date or "", pair[0], pair[1].id))
    return Edge(
        source=source.id,
        relation=Relation.IMPLEMENTS,
        target=target.id,
        stated_in=StatedIn.OWN_TITLE if source.held else StatedIn.CITED_TITLE,
        quote=source.title or "",
        origin=Origin.INFERRED,
        score=round(ratio, 4),
    )


def _ratio(source: Document, target: Document) -> float:
    return fuzz.ratio(core(source.title or ""), core(target.title or "")) / 100


def _can_lead(target: Document, source: Document) -> bool:
    """Whether the target is of a higher level, not newer, and not a directive of the State to a Party body."""
    level, lower = target.level or level_of(target.place), source.level
    if level is None or lower is None or _HEIGHT[level] >= _HEIGHT[lower]:
        return False
    if target.branch is Branch.STATE and source.branch is Branch.PARTY:
        return False
    return not_after(target.date or "", source.date or "")

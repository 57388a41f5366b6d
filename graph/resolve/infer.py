"""Implementation that no text states: a title that repeats that of a superior's directive without naming it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from graph.model import Branch, Document, Edge, Level, Origin, Place, Relation, StatedIn
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
_LETTERS: dict[Branch | None, str] = {Branch.STATE: "s", Branch.PARTY: "p"}


@dataclass(frozen=True, slots=True)
class Titled:
    """What inference compares of a document. `subject` is the `core` of its title, `opening` the first words of that,
    which documents with like titles share, `area` as `area` gives it. `rank` is the height of its level, 0 for the
    Centre, and "s" for the State, "p" for the Party, "-" otherwise. `leads` tells whether others can implement it.
    """

    opening: str
    area: str
    subject: str
    rank: str
    date: str
    leads: bool

    def can_follow(self, rank: str, date: str) -> bool:
        """Whether a directive of this rank and date is of a higher level, not newer, and not one of the State to a
        Party body."""
        return rank[0] < self.rank[0] and (rank[1], self.rank[1]) != ("s", "p") and not_after(date, self.date)

    def likeness(self, subject: str) -> float:
        """How alike the two titles are, in 0..1; one repeats the other from ALIKE."""
        return fuzz.ratio(self.subject, subject) / 100


def titled(document: Document) -> Titled | None:
    """None where inference can say nothing of a document: its title is too short to tell a subject from the usual
    formulas, or date, level or place are not known."""
    one = document
    if not one.date or one.level is None or one.place is None:
        return None
    subject = core(one.title or "")
    words = subject.split()
    if len(words) < SHORTEST:
        return None
    rank = f"{_HEIGHT[one.level]}{_LETTERS.get(one.branch, '-')}"
    return Titled(" ".join(words[:_OPENING]), area(one.place), subject, rank, one.date, one.type in STEERING)


def infer(
    sources: Iterable[Document],
    targets: Iterable[Document],
    related: Callable[[str, str], bool],
) -> list[Edge]:
    """At most one inferred edge for each of `sources`, to the newest of the directives among `targets` whose title it
    repeats.

    `related` tells whether a text relates two documents, in this direction: a source that is related to one of the
    directives needs no inference.
    """
    index = _index(targets)
    found = (_inferred(source, index, related) for source in sources)
    return sorted((edge for edge in found if edge), key=lambda edge: (edge.source, edge.relation.value, edge.target))


def inferred_edge(source: Document, target: str, likeness: float) -> Edge:
    """The edge from a document to the directive with this identifier, whose title it repeats."""
    return Edge(
        source=source.id,
        relation=Relation.IMPLEMENTS,
        target=target,
        stated_in=StatedIn.OWN_TITLE if source.held else StatedIn.CITED_TITLE,
        quote=source.title or "",
        origin=Origin.INFERRED,
        score=round(likeness, 4),
    )


@lru_cache(maxsize=16_384)
def area(place: Place) -> str:
    """A territory as a path of slugs ("/nghe-an//xuan-thanh/"), which begins with the path of each that holds it."""
    names = [slug(name) or "?" if name else "" for name in (place.province, place.district, place.commune)]
    while names and not names[-1]:
        names.pop()
    return "".join(f"/{name}" for name in names) + "/"


@lru_cache(maxsize=16_384)
def areas_above(area: str) -> tuple[str, ...]:
    """The `area` of each territory that holds this one and is known by name, the country first."""
    province, district, *_ = [*area.split("/")[1:-1], "", ""]
    above = ["/", f"/{province}/", f"/{province}/{district}/" if district else "/"] if province else ["/"]
    return tuple(upper for upper in dict.fromkeys(above) if upper != area)


_Directives = Mapping[tuple[str, str], list[tuple[Titled, Document]]]


def _index(targets: Iterable[Document]) -> _Directives:
    index: dict[tuple[str, str], list[tuple[Titled, Document]]] = defaultdict(list)
    for document in targets:
        if (known := titled(document)) and known.leads:
            index[known.opening, known.area].append((known, document))
    return index


def _inferred(source: Document, index: _Directives, related: Callable[[str, str], bool]) -> Edge | None:
    if (mine := titled(source)) is None:
        return None
    near = [pair for upper in areas_above(mine.area) for pair in index.get((mine.opening, upper), ())]
    leading = ((mine.likeness(known.subject), one) for known, one in near if mine.can_follow(known.rank, known.date))
    alike = [(likeness, one) for likeness, one in leading if likeness >= ALIKE]
    if not alike or any(related(source.id, one.id) or related(one.id, source.id) for _, one in alike):
        return None
    likeness, target = max(alike, key=lambda pair: (pair[1].date or "", pair[0], pair[1].id))
    return inferred_edge(source, target.id, likeness)

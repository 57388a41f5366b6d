"""Second stage: which signatures of one block speak of one document. A pure function of the set of signatures.

Dated signatures of a known place are grouped first, by place, run of numbers and date, those of days near a change of
term after the others; then the undated of a place go to the only group there that what they say allows. Groups of two
territories have nothing to do with each other, so that a territory is settled on its own. Signatures without a place
come last: each goes to the only group of all territories that its date, title or issuer speak for; what is left forms
documents of its own, ambiguous where several fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from graph.model import Matching, Place
from graph.registry.bodies import body_of_letters
from graph.resolve.places import fits, fullest
from graph.resolve.records import Signature, Tally, place_order, sign_of
from graph.resolve.series import congress_year, not_after, plain_runs_of, runs_of
from graph.resolve.titles import likeness, other_title, same_title
from graph.ruling import Ruling
from graph.text import slug

PLACELESS = "?"
"""The territory of signatures that tell no place."""
_TITLES_COMPARED = 6
_TITLE_HINT = 24
DAY = len("2021-11-26")
_RULE, _DECISION = "Quy định", "Quyết định"
_RULE_CODES = frozenset({"QĐi", "QyĐ"})


@dataclass(frozen=True, slots=True)
class Cluster:
    """The signatures of one document, in no order that means anything, and how surely they are of one.

    `rulings` are the decisions that made it, by time and id. `block` is the one that its identifier is to be of, where
    a decision brought signatures of others to it, else "".
    """

    members: tuple[Tally, ...]
    place: Place | None
    matching: Matching = Matching.RESOLVED
    rulings: tuple[Ruling, ...] = ()
    block: str = ""


@dataclass(slots=True, eq=False)
class Group:
    """A cluster as it grows. `run` is "" where no member tells it; `firm` tells that dated signatures made it.

    Of its members, those up to `dated` are the dated ones that other signatures were compared with. `barred` are dates
    of documents that its members are told to be other than.
    """

    series: tuple[str, str]
    place: Place | None
    run: str
    firm: bool
    matching: Matching = Matching.RESOLVED
    members: list[Tally] = field(default_factory=list)
    dates: set[str] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)
    issuers: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    barred: set[str] = field(default_factory=set)
    dated: int = 0

    def add(self, tallies: Iterable[Tally]) -> None:
        for each in tallies:
            said = each.signature
            self.members.append(each)
            self.dates |= {said.date} - {""}
            self.issuers |= {said.issuer} - {""}
            self.terms |= {"" if congress_year(said.term) else said.term} - {""}
            self.kinds |= {kind_of(each)} - {""}
            self.barred |= {said.other_than} - {""}
            if said.title and said.title not in self.titles and len(self.titles) < _TITLES_COMPARED:
                self.titles.append(said.title)

    def hints(self) -> set[str]:
        """What a signature without place must share one of with this group (`hints`)."""
        return self.dates | self.issuers | {title[:_TITLE_HINT].casefold() for title in self.titles}

    def same_title(self, title: str) -> bool:
        return any(same_title(title, mine) for mine in self.titles)

    def other_title(self, title: str) -> bool:
        return bool(title and self.titles) and all(other_title(title, mine) for mine in self.titles)

    def cluster(self) -> Cluster:
        """What it has grown to."""
        matching = self.matching
        known = self.dates or self.titles or self.issuers or self.terms
        if any(each.signature.open for each in self.members):
            matching = Matching.AMBIGUOUS
        elif any(each.signature.own for each in self.members):
            matching = Matching.RESOLVED
        elif not known and not any(each.signature.name for each in self.members):
            matching = Matching.UNMATCHED
        return Cluster(tuple(self.members), self.place, matching)


def territory_of(signature: Signature) -> str:
    """What is equal for all places that can be one, PLACELESS where none is told, "" for the country."""
    return PLACELESS if signature.place is None else _lowest(signature.place)


@lru_cache(maxsize=16_384)
def _lowest(place: Place) -> str:
    return slug(place.commune or place.district or place.province or "")


def settle(tallies: Iterable[Tally]) -> list[Group]:
    """The groups of the signatures of one territory, which is not PLACELESS."""
    by_series: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for each in sorted(tallies, key=_title):
        by_series[series_of(each)].append(each)
    return [group for series in sorted(by_series) for group in _settle_series(series, by_series[series])]


def hints(signature: Signature) -> list[str]:
    """What a signature without place must share with a group that it belongs to: one of these at least."""
    return [hint for hint in (signature.date, signature.issuer, signature.title[:_TITLE_HINT].casefold()) if hint]


def fitting(tally: Tally, groups: Iterable[Group]) -> list[Group]:
    """Those of `groups`, of settled territories, that a signature without place can belong to by what it says."""
    wanted, series = set(hints(tally.signature)), series_of(tally)
    return [
        group
        for group in groups
        if group.firm
        and group.series == series
        and not wanted.isdisjoint(group.hints())
        and allowed(group, tally)
        and _supported(group, tally)
    ]


def narrowed(tally: Tally, possible: Sequence[Group]) -> list[Group]:
    """Those of the possible groups that title and issuer speak for, where they do for any."""
    said = tally.signature
    titled = [group for group in possible if group.same_title(said.title)]
    possible = titled or list(possible)
    issued = [group for group in possible if said.issuer in group.issuers]
    return issued if len(possible) > 1 and issued else possible


def choices(tally: Tally, near: Sequence[Group]) -> list[Group]:
    """Those of the groups of its place that an undated signature can go to, as `narrowed`.

    Where its title is other than that of one, a group of unknown title is no choice unless its issuer tells it from
    that one: that it is not the one does not tell that it is the other.
    """
    said = tally.signature
    possible = [group for group in near if allowed(group, tally)]
    others = [group for group in near if said.title and not runs_of(said) and group.other_title(said.title)]
    if others:
        told = bool(said.issuer) and all(group.issuers and said.issuer not in group.issuers for group in others)
        possible = [group for group in possible if group.titles or (told and said.issuer in group.issuers)]
    return narrowed(tally, possible)


def leftover(tallies: Iterable[Tally], matching: Matching) -> list[Group]:
    """New groups of signatures without place that fit no group (RESOLVED) or several (AMBIGUOUS)."""
    by_series: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for each in sorted(tallies, key=_title):
        by_series[series_of(each)].append(each)
    return [
        group
        for series in sorted(by_series)
        for group in _gathered(series, by_series[series], {}, matching, firm=False)
    ]


def clusters(tallies: Iterable[Tally]) -> list[Cluster]:
    """The documents of one block. `tallies` hold each signature once; neither order nor counts bear on the result."""
    territories: dict[str, list[Tally]] = defaultdict(list)
    for each in tallies:
        territories[territory_of(each.signature)].append(each)
    placeless = territories.pop(PLACELESS, [])
    groups = [group for name in sorted(territories) for group in settle(territories[name])]
    near: dict[str, list[Group]] = defaultdict(list)
    for group in groups if placeless else ():
        for hint in group.hints():
            near[hint].append(group)
    rest: dict[bool, list[Tally]] = {False: [], True: []}
    joined = []
    for each in placeless:
        known = {id(group): group for hint in hints(each.signature) for group in near[hint]}
        possible = fitting(each, known.values())
        chosen = narrowed(each, possible)
        if len(chosen) == 1:
            joined.append((chosen[0], each))
        else:
            rest[bool(possible)].append(each)
    for group, each in joined:
        group.add([each])
    groups += leftover(rest[False], Matching.RESOLVED) + leftover(rest[True], Matching.AMBIGUOUS)
    return [group.cluster() for group in groups]


def _settle_series(series: tuple[str, str], tallies: Sequence[Tally]) -> list[Group]:
    stands_for = fullest(each.signature.place for each in tallies)
    firm: list[Tally] = []
    turning: list[Tally] = []
    floating: list[Tally] = []
    for each in tallies:
        date, certain = each.signature.date, len(runs_of(each.signature)) == 1
        (firm if date and certain else turning if len(date) == DAY else floating).append(each)
    groups = _gathered(series, firm, stands_for, Matching.RESOLVED, firm=True)
    groups += _near_a_turn(series, turning, groups, stands_for)
    for group in groups:
        group.dated = len(group.members)
    by_place = _by_place(groups)
    chosen = []
    for each in floating:
        near = by_place[stands_for[each.signature.place]] if each.signature.place else []
        chosen.append((each, choices(each, near)))
    for each, candidates in chosen:
        if len(candidates) == 1:
            candidates[0].add([each])
    none = [each for each, candidates in chosen if not candidates]
    several = [each for each, candidates in chosen if len(candidates) > 1]
    groups += _gathered(series, none, stands_for, Matching.RESOLVED, firm=False)
    return groups + _gathered(series, several, stands_for, Matching.AMBIGUOUS, firm=False)


def _near_a_turn(
    series: tuple[str, str], tallies: Iterable[Tally], groups: Iterable[Group], stands_for: Mapping[Place, Place]
) -> list[Group]:
    """New groups of signatures dated near a change of term; those of one place and day go together, to one of `groups`
    where all of them can, into the other term by their title alone."""
    days: dict[tuple[Place | None, str], list[Tally]] = defaultdict(list)
    for each in tallies:
        said = each.signature
        days[said.place and stands_for[said.place], said.date].append(each)
    by_place = _by_place(groups)
    joined: list[tuple[Group, list[Tally]]] = []
    rest: dict[bool, list[Tally]] = {False: [], True: []}
    for (place, _), members in days.items():
        possible = [group for group in by_place[place] if all(_can_turn_to(group, each) for each in members)]
        for each in members:
            possible = narrowed(each, possible)
        if len(possible) == 1:
            joined.append((possible[0], members))
        else:
            rest[bool(possible)] += members
    for group, members in joined:
        group.add(members)
    new = _gathered(series, rest[False], stands_for, Matching.RESOLVED, firm=True)
    return new + _gathered(series, rest[True], stands_for, Matching.AMBIGUOUS, firm=False)


def _can_turn_to(group: Group, tally: Tally) -> bool:
    said = tally.signature
    return allowed(group, tally) and (group.run in plain_runs_of(said) or group.same_title(said.title))


def _by_place(groups: Iterable[Group]) -> dict[Place | None, list[Group]]:
    found: dict[Place | None, list[Group]] = defaultdict(list)
    for group in groups:
        found[group.place].append(group)
    return found


def _gathered(
    series: tuple[str, str],
    tallies: Iterable[Tally],
    stands_for: Mapping[Place, Place],
    matching: Matching,
    *,
    firm: bool,
) -> list[Group]:
    """New groups by place and run; the dates of one run are of one document unless titles tell them apart."""
    pots: dict[tuple[str, str], dict[tuple[str, str], list[Tally]]] = defaultdict(lambda: defaultdict(list))
    places: dict[str, Place | None] = {}
    for each in tallies:
        said = each.signature
        place = stands_for[said.place] if said.place else None
        name, run = place_order(place), run_of(said)
        places[name] = place
        pots[name, run][said.date, kind_of(each) + _lone_title(said.date, said.title)].append(each)
    groups: list[Group] = []
    for place_name, run in sorted(pots):
        grown: list[Group] = []
        parts = sorted(pots[place_name, run].items(), key=lambda item: (not _titled(item[1]), item[0]))
        for _, members in parts:
            home = _home(grown, members)
            if home is None:
                home = Group(series, places[place_name], run, firm, matching)
                grown.append(home)
            home.add(members)
        groups.extend(grown)
    return groups


def _title(tally: Tally) -> str:
    """What signatures are taken in the order of: which titles of a group are compared is all that hangs on it."""
    return tally.signature.title


def series_of(tally: Tally) -> tuple[str, str]:
    """The key, and the issuer where several bodies of one territory write the same letters (BCĐ), else ""."""
    said = tally.signature
    body = body_of_letters(sign_of(said.sign).body) if said.sign else None
    return said.key, slug(said.issuer) if body and body.shared else ""


def kind_of(tally: Tally) -> str:
    """Whether it is a Quy định or a Quyết định, which share the code QĐ; "" where neither word nor code tells."""
    said = tally.signature
    if not said.sign or said.type not in (_RULE, _DECISION, ""):
        return ""
    code = sign_of(said.sign).code
    return f"{_RULE} by code" if code in _RULE_CODES else said.type


def run_of(said: Signature) -> str:
    """The run of numbers that a dated signature is taken to be of, or the term that an undated one tells."""
    return next(iter(plain_runs_of(said)), "") or said.term


def _titled(members: list[Tally]) -> bool:
    return any(each.signature.title for each in members)


def _lone_title(date: str, title: str) -> str:
    """What keeps undated signatures with different titles in parts of their own until these are compared."""
    return "" if date else f"|{title}"


def _home(grown: list[Group], members: list[Tally]) -> Group | None:
    """The group that new members of one place and run join: the one of their date, else of the most similar title."""
    kinds = {kind_of(each) for each in members} - {""}
    dates = {each.signature.date for each in members} - {""}
    titles = list(dict.fromkeys(each.signature.title for each in members if each.signature.title))[:_TITLES_COMPARED]
    possible = []
    for group in grown:
        together = bool(dates & group.dates)
        if dates & group.barred or any(each.signature.other_than in group.dates for each in members):
            continue
        if _kinds_clash(kinds, group.kinds, together):
            continue
        if together or not titles or not group.titles or not all(map(group.other_title, titles)):
            best = max((likeness(mine, title) for mine in group.titles for title in titles), default=0.0)
            possible.append((together, best, group))
    if not possible or (not titles and len(possible) > 1 and not any(together for together, _, _ in possible)):
        return None
    return max(possible, key=lambda one: one[:2])[2]


def _kinds_clash(some: set[str], others: set[str], together: bool) -> bool:
    """Whether one side is a Quy định and the other a Quyết định. Of one date and spelled QĐ they are one, misnamed."""
    rules = {_RULE, f"{_RULE} by code"}
    if not (some & rules and _DECISION in others and not others & rules) and not (
        others & rules and _DECISION in some and not some & rules
    ):
        return False
    return not together or f"{_RULE} by code" in some | others


def allowed(group: Group, tally: Tally) -> bool:
    """Whether nothing that a floating signature says speaks against a group."""
    said = tally.signature
    runs = runs_of(said)
    if said.place is not None and group.place is not None and not fits(said.place, group.place):
        return False
    if runs and group.run not in runs:
        return False
    if said.term and not runs and group.terms and said.term not in group.terms:
        return False
    if said.other_than in group.dates or said.date in group.barred:
        return False
    if said.before and not (group.dates and not_after(min(group.dates), said.before)):
        return False
    if said.date in group.dates:
        return not _kinds_clash({kind_of(tally)} - {""}, group.kinds, together=True)
    return not group.other_title(said.title) and not _kinds_clash({kind_of(tally)} - {""}, group.kinds, together=False)


def _supported(group: Group, tally: Tally) -> bool:
    """Whether date, title or issuer speak for a group: what a signature without place needs."""
    said = tally.signature
    return bool(said.date in group.dates or group.same_title(said.title) or said.issuer in group.issuers)

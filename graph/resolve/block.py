"""Second stage: which signatures of one block speak of one document. A pure function of the set of signatures.

Dated signatures of a known place are grouped first, by place, run of numbers and date. The others then go to the only
group that what they say allows, and what is left forms documents of its own, marked as ambiguous where several fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from graph.model import Matching, Place
from graph.registry.bodies import body_of_letters
from graph.resolve.places import fits, fullest
from graph.resolve.records import Tally, sign_of
from graph.resolve.series import not_after, runs_of
from graph.resolve.titles import likeness, other_title, same_title

_TITLES_COMPARED = 6
_RULE, _DECISION = "Quy định", "Quyết định"
_RULE_CODES = frozenset({"QĐi", "QyĐ"})


@dataclass(frozen=True, slots=True)
class Cluster:
    """The signatures of one document, in the order of `Signature.packed`, and how surely they are of one."""

    members: tuple[Tally, ...]
    place: Place | None
    matching: Matching = Matching.RESOLVED


@dataclass(slots=True)
class _Group:
    """A cluster as it grows. `run` is "" where no member tells it."""

    place: Place | None
    run: str
    members: list[Tally] = field(default_factory=list)
    dates: set[str] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)
    issuers: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    matching: Matching = Matching.RESOLVED

    def add(self, tallies: Iterable[Tally]) -> None:
        for each in tallies:
            said = each.signature
            self.members.append(each)
            self.dates |= {said.date} - {""}
            self.issuers |= {said.issuer} - {""}
            self.terms |= {said.term} - {""}
            self.kinds |= {_kind(each)} - {""}
            if said.title and said.title not in self.titles and len(self.titles) < _TITLES_COMPARED:
                self.titles.append(said.title)

    def same_title(self, title: str) -> bool:
        return any(same_title(title, mine) for mine in self.titles)

    def other_title(self, title: str) -> bool:
        return bool(title and self.titles) and all(other_title(title, mine) for mine in self.titles)


def clusters(tallies: Sequence[Tally]) -> list[Cluster]:
    """The documents of one block. `tallies` hold each signature once; neither order nor counts bear on the result."""
    by_key: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for each in sorted(tallies, key=lambda one: one.signature.packed):
        by_key[each.signature.key, _own_series(each)].append(each)
    return [cluster for key in sorted(by_key) for cluster in _Block(by_key[key]).clusters()]


def _own_series(tally: Tally) -> str:
    """The issuer where several bodies of one territory write the same letters (BCĐ), else ""."""
    sign = tally.signature.sign
    body = body_of_letters(sign_of(sign).body) if sign else None
    return tally.signature.issuer if body and body.shared else ""


def _kind(tally: Tally) -> str:
    """Whether it is a Quy định or a Quyết định, which share the code QĐ; "" where neither word nor code tells."""
    said = tally.signature
    if not said.sign or said.type not in (_RULE, _DECISION, ""):
        return ""
    code = sign_of(said.sign).code
    return f"{_RULE} by code" if code in _RULE_CODES else said.type


class _Block:
    """Signatures of one key while they are grouped."""

    def __init__(self, tallies: Sequence[Tally]) -> None:
        stands_for = fullest(each.signature.place for each in tallies)
        self._tallies = [_placed(each, stands_for) for each in tallies]
        self._written = {id(placed): each for placed, each in zip(self._tallies, tallies, strict=True)}
        self._groups: list[_Group] = []
        self._by_place: dict[Place | None, list[_Group]] = defaultdict(list)
        self._by_evidence: dict[str, list[_Group]] = defaultdict(list)

    def clusters(self) -> list[Cluster]:
        firm: list[Tally] = []
        floating: list[Tally] = []
        for each in self._tallies:
            said = each.signature
            settled = said.place is not None and said.date and len(runs_of(said)) == 1
            (firm if settled else floating).append(each)
        self._gather(firm, Matching.RESOLVED)
        for group in self._groups:
            self._index(group)
        chosen = [(each, self._candidates(each)) for each in floating]
        for each, candidates in chosen:
            if len(candidates) == 1:
                candidates[0].add([each])
        self._gather([each for each, candidates in chosen if not candidates], Matching.RESOLVED)
        self._gather([each for each, candidates in chosen if len(candidates) > 1], Matching.AMBIGUOUS)
        return [self._finished(group) for group in self._groups]

    def _index(self, group: _Group) -> None:
        self._by_place[group.place].append(group)
        for evidence in sorted(group.dates | group.issuers | {title[:24].casefold() for title in group.titles}):
            self._by_evidence[evidence].append(group)

    def _candidates(self, tally: Tally) -> list[_Group]:
        """The groups of settled signatures that a floating one can belong to, narrowed by its title and issuer."""
        said = tally.signature
        if said.place is None:
            hints = (said.date, said.issuer, said.title[:24].casefold())
            near = {id(group): group for hint in hints if hint for group in self._by_evidence[hint]}
            possible = [group for group in near.values() if _allowed(group, tally) and _supported(group, tally)]
        else:
            possible = [group for group in self._by_place[said.place] if _allowed(group, tally)]
        titled = [group for group in possible if group.same_title(said.title)]
        possible = titled or possible
        issued = [group for group in possible if said.issuer in group.issuers]
        return issued if len(possible) > 1 and issued else possible

    def _gather(self, tallies: Iterable[Tally], matching: Matching) -> None:
        """New groups by place and run; the dates of one run are of one document unless titles tell them apart."""
        pots: dict[tuple[str, str], dict[tuple[str, str], list[Tally]]] = defaultdict(lambda: defaultdict(list))
        for each in tallies:
            said = each.signature
            run = next(iter(runs_of(said)), "") or said.term
            pots[repr(said.place), run][said.date, _kind(each) + _lone_title(said.date, said.title)].append(each)
        for place, run in sorted(pots):
            grown: list[_Group] = []
            parts = sorted(pots[place, run].items(), key=lambda item: (not _titled(item[1]), item[0]))
            for _, members in parts:
                home = _home(grown, members)
                if home is None:
                    home = _Group(members[0].signature.place, run, matching=matching)
                    grown.append(home)
                home.add(members)
            self._groups.extend(grown)

    def _finished(self, group: _Group) -> Cluster:
        members = [self._written[id(each)] for each in group.members]
        matching = group.matching
        known = group.dates or group.titles or group.issuers or group.terms
        if any(each.signature.open for each in members):
            matching = Matching.AMBIGUOUS
        elif any(each.signature.own for each in members):
            matching = Matching.RESOLVED
        elif not known and not members[0].signature.name:
            matching = Matching.UNMATCHED
        return Cluster(tuple(sorted(members, key=lambda one: one.signature.packed)), group.place, matching)


def _placed(tally: Tally, stands_for: dict[Place, Place]) -> Tally:
    place = tally.signature.place
    if place is None or stands_for[place] == place:
        return tally
    return replace(tally, signature=replace(tally.signature, place=stands_for[place]))


def _titled(members: list[Tally]) -> bool:
    return any(each.signature.title for each in members)


def _lone_title(date: str, title: str) -> str:
    """What keeps undated signatures with different titles in parts of their own until these are compared."""
    return "" if date else f"|{title}"


def _home(grown: list[_Group], members: list[Tally]) -> _Group | None:
    """The group that new members of one place and run join: the one of their date, else of the most similar title."""
    kinds = {_kind(each) for each in members} - {""}
    dates = {each.signature.date for each in members} - {""}
    titles = [each.signature.title for each in members if each.signature.title][:_TITLES_COMPARED]
    possible = []
    for group in grown:
        together = bool(dates & group.dates)
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


def _allowed(group: _Group, tally: Tally) -> bool:
    """Whether nothing that a floating signature says speaks against a group."""
    said = tally.signature
    runs = runs_of(said)
    if said.place is not None and group.place is not None and not fits(said.place, group.place):
        return False
    if runs and group.run not in runs:
        return False
    if said.term and not runs and group.terms and said.term not in group.terms:
        return False
    if said.before and not any(not_after(date, said.before) for date in group.dates):
        return False
    if said.date in group.dates:
        return not _kinds_clash({_kind(tally)} - {""}, group.kinds, together=True)
    return not group.other_title(said.title) and not _kinds_clash({_kind(tally)} - {""}, group.kinds, together=False)


def _supported(group: _Group, tally: Tally) -> bool:
    """Whether date, title or issuer speak for a group: what a signature without place needs."""
    said = tally.signature
    return bool(said.date in group.dates or group.same_title(said.title) or said.issuer in group.issuers)

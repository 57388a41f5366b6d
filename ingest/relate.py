"""Relate the citations of a document to it and to one another, by the words that govern them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.frozen import quick
from graph.model import BasisKind, Relation, RelationClaim, StatedIn, Zone
from graph.registry.scores import relation_scores
from graph.text import flatten, one_line
from ingest.amending import amended_by_name
from ingest.brackets import in_brackets, title_goes_on, without_change
from ingest.cues import BARE, CHANGES, Cue, Grip, ended, governing, is_document_noun, may_end, opening, passive
from ingest.header import HeaderFound
from ingest.lead import NORM, Lead, after_item, before_item, handed_on
from ingest.patterns import CONNECTOR, LAWS, spaced, type_pattern
from ingest.pinpoint import pinpoint_before, without_pinpoint
from ingest.records import Citation, Layout, Unit
from ingest.sentence import LONGEST, Sentences, sentence_end

_BULLET = re.compile(r"^[\s#*_•●▪+\-–|]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,5})[.)]\s*)?[\s*_]*")
_COMPETENCE = re.compile(r"luat to chuc|luat ban hanh van ban|chuc nang,? nhiem vu|quy che lam viec")
_ANAPHOR = spaced(
    rf"(?:thuc hien|trien khai|thi hanh) (?:cac )?(?P<type>{type_pattern()})\s*(?:nay|tren|noi tren)?\s*(?=[.,;)\"”]|$)"
)
_AND_CHANGES = spaced(r"\s*va (?:sua doi|bo sung|thay the|bai bo|huy bo)\b")
_THEN_CHANGES = spaced(r"(?<!\w)va (?:sua doi|bo sung|thay the|bai bo|huy bo)\b[^.;]{0,40}$")
_ASIDE = frozenset({Zone.NOISE, Zone.FOOTNOTE})
_STATED = {
    Zone.TITLE: StatedIn.OWN_TITLE,
    Zone.PREAMBLE: StatedIn.PREAMBLE,
    Zone.BODY: StatedIn.BODY,
    Zone.FOOTNOTE: StatedIn.FOOTNOTE,
}


@quick
@dataclass(frozen=True, slots=True)
class _Governed:
    """A citation with the cue over it and, where it stands inside another citation, that one's position.

    `turned` tells that the inner citation acts on the outer one ("X, được sửa đổi bởi Y"); `aside` that it stands in an
    unnumbered document's name or in brackets with words of their own, which govern nothing after it.
    """

    position: int
    cue: Cue
    outer: int | None = None
    turned: bool = False
    aside: bool = False


def relate(layout: Layout, header: HeaderFound, citations: Sequence[Citation]) -> tuple[RelationClaim, ...]:
    """Every relation stated, in order of appearance. Positions count the document itself as 0, citations from 1."""
    found: list[RelationClaim] = []
    lead: Lead | None = None
    held = _by_unit(layout, citations)
    sentences = Sentences(layout)
    for index, unit in enumerate(layout.units):
        positions = held.get(index, ())
        if not positions and unit.zone in _ASIDE:
            continue
        if lead and lead.until and lead.until.match(layout.flat, unit.start, unit.end):
            lead = None
        if not positions:
            lead = handed_on(layout, unit, lead)
            continue
        if unit.zone is Zone.NOISE:
            continue
        lead = before_item(layout, unit, citations[positions[0]].claim.start, lead)
        governed = _govern(layout, unit, citations, positions, lead)
        writer = _Writer(layout, header, unit, citations, lead, sentences)
        for item in governed:
            found += writer.claims(item)
        if unit.zone is not Zone.FOOTNOTE:
            own = next((item for item in reversed(governed) if item.outer is None and not item.aside), None)
            lead = after_item(layout, unit, own.cue if own else BARE, lead)
    return (*found, *amended_by_name(layout, citations))


def _by_unit(layout: Layout, citations: Sequence[Citation]) -> dict[int, list[int]]:
    """The positions of the citations that each unit holds, by the unit's index."""
    held: dict[int, list[int]] = {}
    for position, citation in enumerate(citations):
        index = layout.piece_at(citation.claim.start)
        if index >= 0:
            held.setdefault(layout.pieces[index][2], []).append(position)
    return held


def _govern(
    layout: Layout, unit: Unit, citations: Sequence[Citation], positions: Sequence[int], lead: Lead | None
) -> list[_Governed]:
    norm = unit.zone in NORM
    governed: list[_Governed] = []
    current = lead.cue if lead else BARE
    for position in positions:
        if not governed:
            before = _BULLET.sub("", _between(layout, unit.start, citations[position].claim.start))
            bare = lead is None or not lead.of_articles or not without_pinpoint(before).strip()
            item = _Governed(position, opening(before, norm=norm) or (current if bare else BARE))
        else:
            item = _follow(layout, citations, governed, position, current, norm)
        if item.outer is None and item.cue.relation in CHANGES and _in_quotation(layout, unit, citations, item):
            item = replace(item, cue=replace(item.cue, relation=Relation.CITES))
        if item.outer is None and not item.aside:
            current = item.cue
        governed.append(item)
    return _end_of_force(layout, unit, citations, governed)


def _follow(
    layout: Layout, citations: Sequence[Citation], governed: Sequence[_Governed], position: int,
    current: Cue, norm: bool,
) -> _Governed:
    """How a citation stands to the one before it: in its list, inside its title, or under words of its own."""
    if (again := _named_again(layout, citations, governed, position)) is not None:
        return replace(again, position=position)
    last = governed[-1]
    left, start = citations[last.position], citations[position].claim.start
    inner = without_change(_between(layout, left.tail, start))
    titled = left.title_end > start
    fresh = inner if titled else without_change(_between(layout, max(left.title_end, left.tail), start))
    if CONNECTOR.fullmatch(without_pinpoint(fresh)):
        if last.outer is not None and in_brackets(layout, citations[last.outer].tail, start):
            return replace(last, position=position)
        if ";" in fresh or (last.aside and ")" in fresh):
            return _Governed(position, current)
        closing = _closes_outer_list(layout, citations, governed, fresh)
        return _in_list(citations, governed, position, current, leaving=closing)
    if not fresh.strip(" .\n\t\"”*_"):
        return _Governed(position, current)
    if (relation := passive(inner, titled=titled)) is not None:
        changed = _changed(citations, governed, position)
        return _Governed(position, Cue(relation, inner.strip(), Grip.DIRECT), changed, turned=True)
    if titled or (last.turned and title_goes_on(inner)):
        around = last.position if titled and not _changes_next(last, inner) else last.outer
        return _Governed(position, governing(inner, norm=True) or BARE, around)
    if is_document_noun(fresh):
        return _Governed(position, BARE, aside=True)
    bracket = fresh.rfind("(") + 1
    if bracket > fresh.rfind(")") + 1 and (cue := governing(fresh[bracket:], norm=norm)):
        return _Governed(position, cue, aside=True)
    cited_in = last.outer is not None and not last.turned and _AND_CHANGES.match(fresh)
    if cited_in and governed[(last.outer or 0) - governed[0].position].cue.relation not in CHANGES:
        return _Governed(position, governing(fresh, norm=True) or BARE, last.outer)
    own_clause = fresh.lstrip().startswith((";", "."))
    cue = opening(fresh, norm=norm) if own_clause else governing(fresh, norm=norm)
    return _Governed(position, cue or current)


def _named_again(
    layout: Layout, citations: Sequence[Citation], governed: Sequence[_Governed], position: int
) -> _Governed | None:
    """The citation around that a bracket after its title names again: "Nghị quyết X thực hiện Y (Nghị quyết X)"."""
    claim, around = citations[position].claim, governed[-1]
    while around.outer is not None and claim.number is not None:
        around = governed[around.outer - governed[0].position]
        outer = citations[around.position]
        if outer.claim.number == claim.number and in_brackets(layout, outer.tail, claim.start):
            return around
    return None


def _in_quotation(layout: Layout, unit: Unit, citations: Sequence[Citation], item: _Governed) -> bool:
    """Whether the cue over a citation is quoted from another document, which then is what changes the cited one."""
    start = citations[item.position].claim.start
    before = _between(layout, max(unit.start, start - LONGEST), start)
    opened = before.rfind("“") if "“" in before else before.rfind('"') if before.count('"') % 2 else -1
    return opened > before.rfind("”") and before.find(item.cue.words, opened) >= 0


def _changes_next(last: _Governed, inner: str) -> bool:
    """Whether what changes the last citation changes the next one too: "X sửa đổi Y về A và bãi bỏ Z"."""
    changed = last.outer is not None and not last.turned and last.cue.relation in CHANGES
    return changed and _THEN_CHANGES.search(inner) is not None


def _changed(citations: Sequence[Citation], governed: Sequence[_Governed], position: int) -> int:
    """The position of what `position` changes: the last citation or, as a law is changed by a law and a decree by a
    decree, the one around it that is of the same rank ("Nghị định X chi tiết Luật Y, được sửa đổi bởi Nghị định Z")."""
    around = last = governed[-1]
    while around.outer is not None and _rank(citations[around.position]) != _rank(citations[position]):
        around = governed[around.outer - governed[0].position]
    same = _rank(citations[around.position]) == _rank(citations[position])
    return (around if same else last).position


def _in_list(
    citations: Sequence[Citation], governed: Sequence[_Governed], position: int, current: Cue, *, leaving: bool
) -> _Governed:
    """A list item in the innermost list that it can belong to. `leaving` tells that it is in none inside a citation."""
    last = governed[-1]
    if last.outer is None:
        return replace(last, position=position)
    while last.outer is not None and not leaving:
        if not _leaves(citations, last, position):
            return replace(last, position=position)
        last = governed[last.outer - governed[0].position]
    return _Governed(position, current)


def _closes_outer_list(
    layout: Layout, citations: Sequence[Citation], governed: Sequence[_Governed], fresh: str
) -> bool:
    """Whether "và" is that of an outer list: "A, B thực hiện X và C", where A and B are joined by a comma alone."""
    last = governed[-1]
    if last.outer is None or last.outer != last.position - 1 or last.cue.relation in (Relation.GUIDES, Relation.AMENDS):
        return False
    index = last.outer - governed[0].position
    if index == 0 or "va" not in fresh.split():
        return False
    before, outer = citations[governed[index - 1].position], citations[last.outer]
    joint = _between(layout, max(before.title_end, before.tail), outer.claim.start)
    return "," in joint and "va" not in joint.split() and CONNECTOR.fullmatch(joint) is not None


def _leaves(citations: Sequence[Citation], last: _Governed, position: int) -> bool:
    """Whether a list item cannot belong to the list inside a citation.

    What a decree guides or amends is of one type; a number does not go on from a name that stands after "theo"; and no
    document tells of a later one.
    """
    if last.outer is None:
        return False
    if not last.turned and _later(citations[position], citations[last.outer]):
        return True
    if last.cue.relation in (Relation.GUIDES, Relation.AMENDS):
        return _rank(citations[position]) != _rank(citations[last.position])
    named = citations[last.position].claim.number is None and citations[position].claim.number is not None
    return named and last.cue.grip is not Grip.DIRECT


def _later(citation: Citation, other: Citation) -> bool:
    date, before = citation.claim.date or "", other.claim.date or ""
    return len(date) == len(before) and date > before


def _rank(citation: Citation) -> str:
    kind = citation.claim.type or ""
    return "Luật" if kind in LAWS else kind


def _end_of_force(
    layout: Layout, unit: Unit, citations: Sequence[Citation], governed: list[_Governed]
) -> list[_Governed]:
    """Citations whose end of force is stated after them, with all of their list."""
    final = citations[governed[-1].position]
    if not may_end(layout.flat[final.tail : unit.end]):
        return governed
    relation = ended(_between(layout, final.tail, sentence_end(layout, final.tail, unit.end)))
    if relation is None:
        return governed
    outer = [item for item in governed if item.outer is None]
    listed = itertools.takewhile(lambda item: item.cue == outer[-1].cue, reversed(outer))
    tails = {item.position: citations[item.position].tail for item in listed}
    ending = {position for position, tail in tails.items() if sentence_end(layout, tail, unit.end) > final.tail}
    cue = Cue(relation, "", Grip.DIRECT)
    return [replace(item, cue=cue) if item.position in ending else item for item in governed]


def _between(layout: Layout, start: int, end: int) -> str:
    """The flat text of `start`..`end` without what interrupts its unit; line breaks stay."""
    if layout.unbroken(max(start - 1, 0), end):
        return layout.flat[start:end]
    inside = start if layout.unit_at(max(start - 1, 0)) is None else max(start - 1, 0)
    return "\n".join([layout.flat[left:right] for left, right in layout.parts(start, end, inside)])


@quick
@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the relation claims of one unit."""

    layout: Layout
    header: HeaderFound
    unit: Unit
    citations: Sequence[Citation]
    lead: Lead | None
    sentences: Sentences

    def claims(self, item: _Governed) -> list[RelationClaim]:
        """The document's own relation to a citation, and that of the citation it stands in."""
        zone, target = self.unit.zone, item.position + 1
        if item.outer is None:
            relation = self._own_relation(item)
            basis = self._basis(item) if relation is Relation.BASED_ON else None
            found = [self._claim(item, 0, relation, target, _STATED[zone], basis=basis)]
        else:
            found = [self._claim(item, 0, Relation.CITES, target, _STATED[zone], optional=True)]
            proposed = self.citations[item.outer].claim.type in _PROPOSING and item.cue.relation in CHANGES
            if item.cue.relation not in (Relation.CITES, Relation.BASED_ON) and not proposed:
                pair = (target, item.outer + 1) if item.turned else (item.outer + 1, target)
                relation = _titled(self.citations[item.outer].claim.type, item.cue.relation)
                found.append(self._claim(item, pair[0], relation, pair[1], StatedIn.CITED_TITLE))
        if (citation := self.citations[item.position]).title_end > citation.tail:
            found += self._anaphor(item, citation)
        return found

    def _own_relation(self, item: _Governed) -> Relation:
        relation, zone = item.cue.relation, self.unit.zone
        if relation is Relation.BASED_ON and zone is not Zone.PREAMBLE and not (self.lead and self.lead.basis):
            return Relation.CITES
        kind = (self.layout.part_at(self.unit.start) or self.header.claim).type or ""
        if zone is Zone.TITLE:
            return _titled(kind, relation)
        if kind in _PROPOSING and relation in CHANGES:
            return Relation.CITES
        return relation

    def _basis(self, item: _Governed) -> BasisKind:
        claim = self.citations[item.position].claim
        about = flatten(f"{claim.name or ''} {claim.title or ''}")
        return BasisKind.COMPETENCE if _COMPETENCE.search(about) else BasisKind.SUBSTANCE

    def _anaphor(self, item: _Governed, citation: Citation) -> Iterator[RelationClaim]:
        """"Kế hoạch X về triển khai thực hiện nghị quyết": the resolution is the last one named before X."""
        match = _ANAPHOR.search(self.layout.flat, citation.tail, citation.title_end)
        following = self.citations[item.position + 1 : item.position + 2]
        if not match or any(other.claim.start < citation.title_end for other in following):
            return
        kind = re.sub(r"\s+", " ", match["type"])
        for earlier in range(item.position - 1, max(-1, item.position - 6), -1):
            if flatten(self.citations[earlier].claim.type or "") == kind:
                yield self._claim(item, item.position + 1, Relation.IMPLEMENTS, earlier + 1, StatedIn.CITED_TITLE)
                return

    def _claim(
        self, item: _Governed, subject: int, relation: Relation, target: int, stated: StatedIn, *,
        basis: BasisKind | None = None, optional: bool = False,
    ) -> RelationClaim:
        shown = self.citations[target - 1].claim
        sentence = self.sentences
        sentence.find(self.layout.unit_at(shown.start) or self.unit, shown.start, shown.end)
        quote = sentence.quote(shown.start)
        words = item.cue.words
        return RelationClaim(
            subject=subject, relation=relation, object=target, zone=self.unit.zone, stated_in=stated,
            start=sentence.start, end=sentence.end, cue=one_line(words) if words else "", basis=basis,
            quote=f"{self.lead.words} … {quote}" if self.lead and self.lead.words else quote,
            pinpoint=pinpoint_before(self.layout, sentence.start, shown.start),
            optional=optional, score=relation_scores()[item.cue.grip],
        )


_PROPOSING = frozenset({"Tờ trình", "Báo cáo"})
"""Types that change nothing: they propose it, or tell of it."""
_TITLED = {"Báo cáo": Relation.MONITORS, "Hướng dẫn": Relation.GUIDES}


def _titled(kind: str | None, relation: Relation) -> Relation:
    """What a title "… thực hiện X" states of a document of this type: a report tells of it, a guidance guides."""
    return _TITLED.get(kind or "", relation) if relation is Relation.IMPLEMENTS else relation

"""Amending laws: where one names itself, and what one changes as its name alone tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model import Claim, Relation, RelationClaim, StatedIn, Zone
from graph.registry.scores import relation_scores
from graph.text import flatten, one_line
from ingest.cues import Grip
from ingest.patterns import LAWS
from ingest.quote import line_of
from ingest.records import Citation, Layout

_AMENDING_NAME = re.compile(r"^\w+ sua doi.* cua (?:cac )?((?:bo )?luat .+|phap lenh .+)")
_NUMBER_AFTER_NAME = re.compile(r" (?:so:? )?\d+/\S+$")
_YEAR_AFTER_NAME = re.compile(r" nam (?:19|20)\d\d$")
_BETWEEN_LAWS = re.compile(r"(?:, | va )(?=luat |bo luat |phap lenh )")
_OPENS_LAW = re.compile(r"[\s*_#]*(?:luat|bo luat|phap lenh)\b")
_ENACTS = "ban hanh"
_FRAME_UNITS = 60
"""How many units can stand up to the title: letterhead, and what a web page puts before it."""


def names_itself(layout: Layout, start: int) -> bool:
    """Whether the amending name at `start` is the document's own: in its title ("LUẬT SỬA ĐỔI … CỦA LUẬT X"), or in its
    enacting formula ("Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật X")."""
    unit = layout.unit_at(start)
    if unit is None or unit.zone is Zone.BODY:
        return False
    if unit.zone is Zone.TITLE:
        return not layout.flat[unit.start : start].strip(" \t\n*_#")
    before = layout.flat[max(unit.start, start - len(_ENACTS) - 1) : start].rstrip()
    return before.endswith(_ENACTS) and _is_law(layout)


def _is_law(layout: Layout) -> bool:
    title = next((unit for unit in layout.units[:_FRAME_UNITS] if unit.zone is Zone.TITLE), None)
    return title is not None and _OPENS_LAW.match(layout.flat, title.start) is not None


def _law_name(claim: Claim) -> str:
    """The flat name by which a law is cited, without the number after it; empty where it has none."""
    if claim.number is None:
        return flatten(claim.name or "")
    named = claim.type in LAWS and _NUMBER_AFTER_NAME.search(flatten(one_line(claim.text)))
    return named.string[: named.start()] if named else ""


def amended_by_name(layout: Layout, citations: Sequence[Citation]) -> Iterator[RelationClaim]:
    """"Luật sửa đổi, bổ sung một số điều của Luật X và Luật Y" amends those of them that the text names too."""
    names = [_law_name(citation.claim) for citation in citations]
    by_name = {name: position for position, name in enumerate(names) if name}
    for position, citation in enumerate(citations):
        match = _AMENDING_NAME.search(_YEAR_AFTER_NAME.sub("", names[position]))
        unit = layout.unit_at(citation.claim.start) if match else None
        for name in _BETWEEN_LAWS.split(match[1]) if match and unit else ():
            if (base := by_name.get(name)) is not None and unit is not None:
                pair = (citation.claim, citations[base].claim)
                yield RelationClaim(
                    position + 1, Relation.AMENDS, base + 1, unit.zone, StatedIn.CITED_TITLE,
                    min(claim.start for claim in pair), max(claim.end for claim in pair),
                    line_of(layout, pair[0].start, pair[0].end), cue="sua doi",
                    score=relation_scores()[Grip.DIRECT],
                )

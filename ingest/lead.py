"""Lists that an open statement leads: the cue that a heading, a colon or a semicolon hands on to the items after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model import Relation, Zone
from graph.text import flatten
from ingest.cues import Cue, Grip, governing
from ingest.patterns import spaced
from ingest.quote import unmarked
from ingest.records import Layout, Unit
from ingest.sentence import last_sentence

_NUMBERED = re.compile(r"[\s#*_]*(?:\d{1,2}|[ivx]{1,5}|phan\s+\w+)\s*[.):]")
_ARTICLE = spaced(r"[\s#*_]*(?:(?:dieu|chuong|phan|muc|phu luc) \w|[ivx]{1,5}[.)])")
_LIST_OPENS = spaced(r"(?:(?P<kept>[;,])|:| (?:sau(?: day)?|duoi day))\s*[*_]*\s*$")
_BASIS_WORDS = r"(?:(?:cac|nhung|co so) )?(?P<cue>can cu(?! vao)|co so phap ly)"
_BASIS_HEADING = spaced(rf"[\s#*_]*(?:[ivx\d]{{1,5}}[.):]\s*)?{_BASIS_WORDS}[^.;\d]{{0,60}}[:*_\s]*")
_BASIS_HEADED = spaced(
    rf"[\s#*_]*[ivx\d]{{1,5}}[.):]\s*{_BASIS_WORDS}[^.,:;\d]{{0,60}}?\s*(?::|\s[-–—+•])[\s*_\-–—+•]*"
)
"""A numbered heading on the line of the first item of its list: "1. Căn cứ pháp lý: Luật X; Nghị định Y"."""
_ITEM_END = re.compile(r"[;:,]\s*[*_]*\s*$")
_LIST_TAIL = 60
_LIST_OPENERS = (";", ",", ":", "sau", "day")
_MAY_OPEN = frozenset(";,:uy *_\t\n\x1f")
"""The last letters of these words, and what may stand after them."""
NORM = frozenset({Zone.TITLE, Zone.PREAMBLE})
"""The zones whose words state norms and recitals, not tasks."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What an open list hands on to its items: the cue and the words that hold it.

    `until` begins the unit that ends it: the lead of a heading ("I. Căn cứ lập kế hoạch") holds up to the next heading,
    that of "các văn bản sau đây" up to the next article; without it the list ends with its punctuation.
    """

    cue: Cue
    words: str
    until: re.Pattern[str] | None = None

    @property
    def basis(self) -> bool:
        """Whether the list is a legal basis outside the preamble."""
        return self.until is _NUMBERED

    @property
    def of_articles(self) -> bool:
        """Whether the list goes on up to the next article."""
        return self.until is _ARTICLE


def before_item(layout: Layout, unit: Unit, start: int, lead: Lead | None) -> Lead | None:
    """The lead of a unit whose first citation begins at `start`: that of a heading on the same line, else `lead`."""
    heading = _BASIS_HEADED.fullmatch(layout.flat, unit.start, start)
    return _basis(heading, layout.words(unit.start, start)) if heading else lead


def after_item(layout: Layout, unit: Unit, cue: Cue, lead: Lead | None) -> Lead | None:
    """The lead after a unit whose last citation is governed by `cue`."""
    if lead and lead.until:
        return lead
    open_list = _ITEM_END.search(layout.flat, max(unit.start, unit.end - _LIST_TAIL), unit.end)
    return Lead(cue, lead.words if lead else "") if open_list else None


def handed_on(layout: Layout, unit: Unit, lead: Lead | None) -> Lead | None:
    """The lead after a unit without citations: a colon opens a list, a semicolon keeps it open."""
    flat = layout.flat
    end = None
    if flat[unit.end - 1] in _MAY_OPEN:
        begin = max(unit.start, unit.end - _LIST_TAIL)
        opens = flat[begin : unit.end].rstrip(" *_\t\n\x1f").endswith(_LIST_OPENERS)
        end = _LIST_OPENS.search(flat, begin, unit.end) if opens else None
    headed = flat.find("can", unit.start, unit.end) >= 0 or flat.find("phap", unit.start, unit.end) >= 0
    if headed and (heading := _BASIS_HEADING.fullmatch(flat, unit.start, unit.end)):
        return _basis(heading, layout.words(unit.start, unit.end))
    if end is None:
        return lead if lead and lead.until else None
    if end["kept"]:
        return lead
    cue = governing(flatten(layout.words(unit.start, unit.end)).rstrip(" :*_"), norm=unit.zone in NORM)
    return lead if cue is None else Lead(cue, unmarked(layout.words(last_sentence(layout, unit), unit.end)), _ARTICLE)


def _basis(heading: re.Match[str], words: str) -> Lead:
    return Lead(Cue(Relation.BASED_ON, heading["cue"], Grip.DIRECT), unmarked(words), _NUMBERED)

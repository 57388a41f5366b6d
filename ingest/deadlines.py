"""Deadlines: by when a plan is to be issued, a report to be sent, or work to be done, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from graph.model import Deadline, DeadlineKind, Period, Zone
from graph.registry.cues import cue_groups
from graph.text import flatten
from ingest.letterhead import iso
from ingest.patterns import any_of, spaced, word_of
from ingest.records import Layout
from ingest.sentence import Sentences

_GROUPS = cue_groups("deadlines.yaml")
_OPENS = tuple(
    (first, re.compile(rf"{first}\s+(?:{any_of(rest for _, _, rest in phrases)})(?!\w)"))
    for first, phrases in groupby(
        sorted(flatten(words).partition(" ") for words in _GROUPS["opens"].words), key=itemgetter(0)
    )
)
"""Each first word with a pattern of its own: the engine leaps to the word, and no text has all of them."""
_HOUR = r"\d{1,2}\s?(?:gio|h)(?:\s?\d{2}(?!\d))?(?: phut)?"
_OPENS_AT_HOUR = ("truoc", spaced(rf"truoc {_HOUR}"))
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_EVERY = r"(?:,?\s*(?P<every>(?:hang|moi) (?:nam|quy|thang)|(?:cua )?thang (?:ke tiep|sau|tiep theo|cuoi quy)))?"
_DAY = (
    r"ngay (?P<day>\d{1,2})"
    rf"(?:\s?[/.-]\s?(?P<month>\d{{1,2}})(?:\s?[/.-]\s?{_YEAR})?"
    rf"| thang (?P<named>\d{{1,2}})(?!\d)(?:,? nam {_YEAR.replace('year', 'spelt')})?)?(?!\d)"
)
_MONTH = rf"thang (?P<within>\d{{1,2}})(?!\d)(?:(?:\s?/\s?|,? nam ){_YEAR.replace('year', 'of_month')})?"
_QUARTER = (
    r"quy (?P<quarter>iv|i{1,3}|[1-4])(?!\w)"
    rf"(?:(?:\s?/\s?|,? nam ){_YEAR.replace('year', 'of_quarter')})?"
)
_TIME = rf"(?:{_DAY}|{_MONTH}|{_QUARTER}){_EVERY}"
_LATE = _TIME.replace("?P<", "?P<late_")
_OFTEN = r"(?:(?:hang|moi) )?(?:\d{1,2} thang|quy|thang|nam|tuan)(?:(?: mot| 01| 1|/0?1) lan)?"
_RULE = spaced(
    rf"(?:(?:truoc|trong|het|han cuoi(?: la)?(?: vao)?|xong trong) (?:{_HOUR},? )?"
    rf"|thoi (?:gian|han) hoan thanh\s*:\s*){_TIME}"
    r"|(?P<since>trong (?:vong|thoi han) \d{1,3} (?:ngay|thang)(?: lam viec)?,? (?:ke )?tu (?:ngay|khi) [^.;,]{1,80})"
    rf"|cham nhat[^.;]{{0,80}}? {_LATE}"
    rf"|(?P<often>dinh ky {_OFTEN}(?:(?:,|/| va)\s*{_OFTEN})*)"
)
_KINDS = {kind: word_of(_GROUPS[kind].words) for kind in DeadlineKind}
_SENDS = word_of(_GROUPS["sends"].words)
_ASKS = re.compile(rf"\W*(?:\d+[.)]\s*|[a-z]\)\s*)?\W*(?:(?:{any_of(_GROUPS['asks'].words)})(?!\w)[\s:]*)?")
_NAMES = cue_groups("recipients.yaml")
_HEADS = re.compile(rf"(?:{any_of([*_NAMES['heads'].words, *_NAMES['bodies'].words])})(?!\w)")
_DOES = re.compile(rf"[;:]|\s[a-z]\)|(?<!\w)(?:{any_of(_GROUPS['does'].words)})(?!\w)")
_QUARTER_ENDS = {"i": "03", "ii": "06", "iii": "09", "iv": "12", "1": "03", "2": "06", "3": "09", "4": "12"}
_BEFORE, _AFTER, _LONGEST_NAME = 400, 200, 160
_TOLD = frozenset({Zone.PREAMBLE, Zone.BODY})


def find_deadlines(layout: Layout, period: Period | None) -> tuple[Deadline, ...]:
    """The deadlines in order of appearance, with offsets in the clean text.

    A day or month without year is of the year that the document covers, where `period` is one year. What the sentence
    does not tell to be a plan, a report or the end of work is no deadline.
    """
    year = period.last[:4] if period and period.first and period.first[:4] == period.last[:4] else None
    sentences = Sentences(layout)
    found: list[Deadline] = []
    for rule in _rules(layout.flat):
        if found and rule.start() < found[-1].end:
            continue
        unit = layout.unit_at(rule.start())
        if unit is None or unit.zone not in _TOLD:
            continue
        sentences.find(unit, *rule.span())
        kind = _kind(layout.flat, sentences, rule)
        if kind is None:
            continue
        found.append(
            Deadline(
                *rule.span(),
                kind=kind,
                rule=layout.words(*rule.span()),
                date=_date(rule, year),
                who=_who(layout, sentences, rule.start()),
                sentence_start=sentences.start,
                sentence_end=sentences.end,
                quote=sentences.quote(rule.start()),
            )
        )
    return tuple(found)


def _rules(flat: str) -> Iterator[re.Match[str]]:
    """Every rule in order; one pass over the text for each word that opens one."""
    opening = [opens for first, opens in (*_OPENS, _OPENS_AT_HOUR) if first in flat]
    starts = sorted([opened.start() for opens in opening for opened in opens.finditer(flat)])
    return (rule for start in starts if (rule := _RULE.match(flat, start)))


def _kind(flat: str, sentence: Sentences, rule: re.Match[str]) -> DeadlineKind | None:
    """The kind whose words stand nearest before the rule in its sentence, else nearest after it."""
    before = max(sentence.start, rule.start() - _BEFORE)
    kinds = {kind: words for kind, words in _KINDS.items() if kind is not DeadlineKind.FINISH or not rule["often"]}
    told = ((kind, words.finditer(flat, before, rule.start())) for kind, words in kinds.items())
    last = [(found.end(), kind) for kind, some in told for found in some]
    if last:
        return max(last)[1]
    after = min(sentence.end, rule.end() + _AFTER)
    following = ((kind, words.search(flat, rule.start(), after)) for kind, words in kinds.items())
    first = [(found.start(), kind) for kind, found in following if found]
    if first:
        return min(first)[1]
    return DeadlineKind.REPORT if _SENDS.search(flat, before, after) else None


def _date(rule: re.Match[str], year: str | None) -> str | None:
    """The ISO date of a rule, None where it recurs, counts from another day, or lacks the year and `year` is None."""
    said = {name.removeprefix("late_"): value for name, value in rule.groupdict().items() if value}
    year = said.get("year") or said.get("spelt") or said.get("of_month") or said.get("of_quarter") or year
    month = said.get("month") or said.get("named") or said.get("within")
    if year is None or {"often", "every", "since"} & said.keys():
        return None
    if "quarter" in said:
        return f"{year}-{_QUARTER_ENDS[said['quarter']]}"
    return iso(year, month, said.get("day", "")) if month else None


def _who(layout: Layout, sentence: Sentences, rule: int) -> str | None:
    """Who the sentence begins with, before what is to be done; None where it begins with something else."""
    asked = _ASKS.match(layout.flat, sentence.start, rule)
    start = asked.end() if asked else sentence.start
    if not _HEADS.match(layout.flat, start, rule):
        return None
    does = _DOES.search(layout.flat, start, min(rule, start + _LONGEST_NAME))
    end = does.start() if does else rule if rule - start <= _LONGEST_NAME else start
    return layout.words(start, end).strip(" ,:*_") or None

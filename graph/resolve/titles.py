"""Comparing titles as they are cited: in part, in other cases, with other words of introduction."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from graph.text import fold

SAME = 0.85
"""Share of the shorter title's words found in the longer, in order, from which two titles are taken to be one."""
OTHER = 0.5
"""Share up to which two titles are taken to be of two documents: half of "công tác dân vận" is "công tác tôn giáo"."""
_TELLING = 4
_NOT_WORD = re.compile(r"[\W_]+")
_INTRODUCTION = re.compile(
    r"^(?:(?:ve|viec|v v|ban hanh|tiep tuc thuc hien|to chuc thuc hien|trien khai thuc hien|trien khai|thuc hien)\s+)+"
)
_COUNTED = re.compile(
    r"\bdai hoi (?:dang |dai bieu |toan quoc |lan thu )*(?P<congress>[ivx]+)\b|\bnam (?P<year>(?:19|20)\d\d)\b"
)


@lru_cache(maxsize=65536)
def core(title: str) -> str:
    """Folded words of a title without marks and without "về việc", "ban hành", "thực hiện" in front."""
    return _INTRODUCTION.sub("", _NOT_WORD.sub(" ", fold(title)).strip())


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """The share of the shorter title's words that the longer has in the same order, in 0..1; 1 where one is empty."""
    first, second = core(one).split(), core(other).split()
    shorter = min(len(first), len(second))
    return LCSseq.similarity(first, second) / shorter if shorter else 1.0


def same_title(one: str, other: str) -> bool:
    """Whether two titles, both given, are one in substance."""
    return bool(one and other) and likeness(one, other) >= SAME and not _counts_apart(one, other)


@lru_cache(maxsize=65536)
def _counted(title: str) -> frozenset[str]:
    """What a title counts by: the ordinals of congresses and the years in it."""
    return frozenset(match["congress"] or match["year"] for match in _COUNTED.finditer(core(title)))


def _counts_apart(one: str, other: str) -> bool:
    """Whether two titles name congresses or years, and none in common: they say the same of different ones."""
    return bool(_counted(one) and _counted(other)) and _counted(one).isdisjoint(_counted(other))


@lru_cache(maxsize=65536)
def other_title(one: str, other: str) -> bool:
    """Whether two titles, both given and long enough to tell, are of different documents."""
    if min(len(core(one).split()), len(core(other).split())) < _TELLING:
        return False
    if _counts_apart(one, other):
        return True
    if likeness(one, other) > OTHER:
        return False
    return not any(_runs_on(*pair) or _goes_on(*pair) for pair in ((one, other), (other, one)))


def _runs_on(one: str, other: str) -> bool:
    """Whether `one` is a title like `other` up to its last "và", where the sentence that cites it can go on in its own
    words."""
    head = core(one).rpartition(" va ")[0]
    return len(head.split()) >= _TELLING and same_title(head, other)


def _goes_on(one: str, other: str) -> bool:
    """Whether `other`, cited from its middle on, begins with the words that end `one`, which is cut there."""
    first, second = core(one).split(), core(other).split()
    return any(first[-shared:] == second[:shared] for shared in range(_TELLING, min(len(first), len(second)) + 1))

"""Comparing titles as they are cited: in part, in other cases, with other words of introduction."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from graph.text import fold

SAME = 0.85
"""Share of the shorter title's words found in the longer, in order, from which two titles are taken to be one."""
OTHER = 0.5
"""Share below which two titles are taken to be of two documents."""
_TELLING = 4
_NOT_WORD = re.compile(r"[\W_]+")
_INTRODUCTION = re.compile(
    r"^(?:(?:ve|viec|v v|ban hanh|tiep tuc thuc hien|to chuc thuc hien|trien khai thuc hien|trien khai|thuc hien)\s+)+"
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
    return bool(one and other) and likeness(one, other) >= SAME


def other_title(one: str, other: str) -> bool:
    """Whether two titles, both given and long enough to tell, are of different documents."""
    if min(len(core(one).split()), len(core(other).split())) < _TELLING:
        return False
    return likeness(one, other) < OTHER and not _runs_on(one, other) and not _runs_on(other, one)


def _runs_on(one: str, other: str) -> bool:
    """Whether `one` is a title like `other` up to its last "và", where the sentence that cites it can go on in its own
    words."""
    head = core(one).rpartition(" va ")[0]
    return len(head.split()) >= _TELLING and same_title(head, other)

"""What a citation is made of: compiled patterns over flat text (`graph.text.flatten`), and look-ups of type words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from graph.model import Branch
from graph.registry import document_types
from graph.registry.bodies import body_of_letters
from graph.signs import Sign
from graph.text import flatten


def spaced(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled with every space in it standing for a run of white space, line breaks included."""
    return re.compile(pattern.replace(" ", r"\s+"))


def each_of(words: Iterable[str]) -> list[str]:
    """Patterns of words over flat text, longest first, white space flexible."""
    flat = sorted(map(flatten, words), key=lambda word: (-len(word), word))
    return [re.escape(word).replace(r"\ ", r"\s+").replace(",", r"\s*,") for word in flat]


def any_of(words: Iterable[str]) -> str:
    """An alternation of words over flat text, longest first, white space flexible."""
    return "|".join(each_of(words))


def opening(word: str) -> str:
    """The pattern of `word` where it begins a word.

    Its letters come before the look back, so that the engine leaps from one to the next instead of trying every place.
    """
    return rf"{word}(?<![^\W_]{word})"


def look_back(letter: str, not_after: Iterable[str] = ()) -> str:
    """The pattern of the first letter of words where it begins one, `not_after` flat words with a space behind them."""
    before = (r"\w", *(f"{flatten(word)} " for word in not_after))
    return letter + "".join(f"(?<!{one}{letter})" for one in before)


def by_first_letter(patterns: Iterable[str]) -> dict[str, list[str]]:
    """What follows the first letter of each of `each_of`, in their order, by that letter."""
    rests: dict[str, list[str]] = {}
    for pattern in patterns:
        rests.setdefault(pattern[0], []).append(pattern[1:])
    return rests


def word_of(words: Iterable[str], not_after: Iterable[str] = ()) -> re.Pattern[str]:
    """Whole words over flat text, the longest where several stand, not after a word of `not_after`.

    As in `opening`, letters come before the look back, and a letter once for all words that begin with it.
    """
    nouns, rests = list(not_after), by_first_letter(each_of(words))
    opened = (f"{look_back(letter, nouns)}(?:{'|'.join(some)})" for letter, some in rests.items())
    return re.compile(rf"(?:{'|'.join(opened)})(?!\w)")


def scan(patterns: Iterable[re.Pattern[str]], text: str, start: int = 0) -> list[re.Match[str]]:
    """What an alternation of `patterns` finds in `text` from `start` on, in order.

    Each pattern begins with letters of its own, from one of which to the next the engine leaps; an alternation is tried
    at every place where any of them begins.
    """
    found: list[re.Match[str]] = []
    for match in sorted([each for pattern in patterns for each in pattern.finditer(text, start)], key=re.Match.start):
        if not found or match.start() >= found[-1].end():
            found.append(match)
    return found


_RUN_ON = r"(?:ngày|của|về)(?![^\W_])"
"""Words that web pages run together with the sign before them, where a line broke."""
_SEGMENT = rf"[A-ZĐÐƯƠĂÂÊÔ][A-Za-zĐđƯưÐ]{{0,13}}\d{{0,2}}(?:(?![^\W_])|(?={_RUN_ON}))"
_DASH = r"[-‐‑–_]"
SIGN = re.compile(
    r"(?P<number>[\dSI](?:(?<=\d)(?:(?<![\w/.,-]\d)|(?<=[Ss]ố\d))|(?<=[Ss]ố\s[SI])(?=[\dO]))[\dO]{0,5}(?:\.\d{1,3})?[a-zA-ZđĐ]?)"
    rf"(?:\s{{0,2}}(?:/|{_DASH})\s{{0,2}}(?P<year>(?:19|20)\d\d))?"
    rf"\s{{0,2}}(?:/|{_DASH})\s{{0,2}}"
    rf"(?P<tail>{_SEGMENT}(?:\.[A-ZĐ]{{2,8}}(?![^\W_]))?(?:(?:\s{{0,2}}(?:{_DASH}|[/&+])|(?:{_DASH}|[/&+])\s{{0,2}}){_DASH}?{_SEGMENT}){{0,7}}(?:/nb\b)?)"
)
"""A sign as offices and scanners write it, over clean text: white space at one side of a separator is let through."""
FORM_BEFORE = spaced(r"(?<!\w)(?:(?:mau|bieu|bieu mau|phieu|bang|phu luc)(?: so)?|ma so)\s*[:.]?\s*$")
"""Words before the number of a form or table, which is no document."""

DATE = re.compile(
    r"(?P<day>\d{1,2})(?:\s?[/.\-]\s?(?P<month>\d{1,2})\s?[/.\-]\s?(?P<year>(?:19|20)\d\d)"
    r"|\s*thang\s*(?P<month2>\d{1,2})\s*,?\s*nam\s*(?P<year2>(?:19|20)\d\d))(?!\d)"
)
DATED = re.compile(
    rf"[\s,;]*+(?:\(\s*+)?(?:cung\s+)?(?:(?:ban hanh|ky|ra)\s+)?(?:cung\s+)?n?gay[\s:]*{DATE.pattern}(?:\s*\))?"
)
SAME_DAY = re.compile(r"[\s,]*+(?:\(\s*+)?cung\s+ngay(?!\s*\d)(?:\s*\))?")
YEAR = re.compile(
    r"[\s,]*+(?:(?:\(\s*+)?(?:ban hanh\s+)?nam\s+(?P<year>(?:19|20)\d\d)(?!\d|\s*[-–]\s*\d)(?:\s*\))?"
    r"|\(\s*+(?P<year2>(?:19|20)\d\d)\s*\))"
)
"""The year alone, right after a sign: "Nghị quyết số 01/NQ-CP năm 2023", "01/NQ-CP (2023)"."""
MONTH = spaced(
    r"[\s,]*+(?:\(\s*+)?(?:ngay )?(?:\.{2,}\s*)?thang (?P<month>\d{1,2})\s*(?:/|,?\s*nam )\s*(?P<year>(?:19|20)\d\d)\)?"
)
PASSED = spaced(
    r"[\s,]*+(?:da )?duoc (?P<body>quoc hoi|uy ban thuong vu quoc hoi)\b[^.;:()\"“”]{0,120}?"
    rf" thong qua ngay {DATE.pattern}"
)
"""How older texts date a law: "được Quốc hội … thông qua ngày 14 tháng 7 năm 1993"."""
TERM = spaced(
    r"[\s,]*+(?:\(\s*+)?(?:thuoc )?"
    r"(?:(?:khoa|nhiem ky khoa) (?P<term>[ivx]{1,6}|\d{1,2})\b(?:\s*,? nhiem ky \d{4}\s*[-–]\s*\d{4}\b)?"
    r"|nhiem ky (?P<first>(?:19|20)\d\d)\s*[-–]\s*(?P<last>(?:19|20)\d\d)\b)(?:\s*\))?"
)
"""A term as bodies count them, or by its first and last year: "khóa XVII, nhiệm kỳ 2015 - 2020"."""
FOOTNOTE_MARK = re.compile(r"\s*+(?:<sup>\s*\(?\d{1,3}\)?\s*</sup>|\[\^?\d{1,3}\]|[¹²³⁰-⁹]+|\(\d{1,2}\)(?=[,;.\s]))")
ISSUED_ON_BEFORE = spaced(
    rf"(?<!\w)ngay {DATE.pattern}\s*,[^.;]{{0,140}}?(?<!\w)(?:ban hanh|phe duyet|ky|ra|co)\s*$"
)
"""A date that stands before its citation: "Ngày 07/8/2007, UBND tỉnh đã ban hành Kế hoạch số …"."""
CONNECTOR = re.compile(
    r"[\s,;:\"“”'()*_]*"
    r"(?:(?:va|cung nhu|cung voi|cung|hoac|voi|cac|ca|dong thoi|so|theo thu tu|&)\b[\s,;:\"“”'()*_]*)*+"
    r"(?:<sup>\d+</sup>[\s,;]*)?"
)
LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh"})
LISTED_INSIDE = spaced(r"(?:,|\(|(?<!\w)(?:va|cung|voi))\s*(?:cac\s*)?$")
"""What ends a title before the next citation of a list."""


def iso_date(match: re.Match[str]) -> str | None:
    """The ISO date of a DATE match, None where the calendar has no such day."""
    year = match["year"] or match["year2"]
    month, day = int(match["month"] or match["month2"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year}-{month:02}-{day:02}"


@lru_cache(maxsize=1)
def type_words() -> dict[str, str]:
    """Type names by their flat words, one space between: "chi thi" → "Chỉ thị". Aliases map to their type."""
    words = {flatten(kind.name): kind.name for kind in document_types()}
    words |= {flatten(alias): kind.name for kind in document_types() for alias in kind.aliases}
    return words


@lru_cache(maxsize=1)
def type_codes() -> dict[str, str]:
    """Type names by their codes in flat letters; the first type that has a code takes it ("qd" → "Quyết định")."""
    codes: dict[str, str] = {}
    for kind in document_types():
        for code in kind.codes:
            codes.setdefault(flatten(code), kind.name)
    return codes | {"qdi": "Quy định", "qyd": "Quy định"}


def type_told_by(sign: Sign) -> str | None:
    """The type that the code of a sign stands for, None for no known code.

    Of several types the first with an example of the sign's kind: TT is Thông tri for Party and Front, Thông tư for the
    State.
    """
    code, body = flatten(sign.code), body_of_letters(sign.body)
    party = sign.party or (body is not None and body.branch is Branch.FRONT)
    sharing = [kind for kind in document_types() if code in map(flatten, kind.codes)] if code else []
    fitting = (kind.name for kind in sharing if any(Sign.parse(example).party is party for example in kind.examples))
    return next(fitting, type_codes().get(code))


@lru_cache(maxsize=1)
def type_pattern() -> str:
    """An alternation of all type words over flat text, longest first, white space flexible."""
    longest = sorted(type_words(), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)

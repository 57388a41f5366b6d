"""Signs: the số and ký hiệu of a document, in the two orders that Vietnamese offices use.

State bodies write number, year of a normative document, type code and body, "59/2023/NĐ-CP", "33/CT-TTg" (Nghị định
30/2020/NĐ-CP, Phụ lục I); Party bodies write "25-NQ/TW" (Hướng dẫn 36-HD/VPTW, 2018).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import SignError
from graph.registry import document_types
from graph.text import fold

_NUMBER = re.compile(r"(?P<number>\d{1,6}(?:\.\d{1,3})?[a-zđA-ZĐ]?)(?P<first>[/-])(?P<rest>.+)", re.S)
_MISREAD = re.compile(r"(?=[A-Za-z]?\d)[\dSOI]{2,6}(?=[/-])")
_FIGURES = str.maketrans("SOI", "501")
"""Figures as scanners misread them, before the letters of a sign: "S0/NQ-CP", "1O5/2O25/NĐ-CP"."""
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)[/-](?P<rest>.+)", re.S)
_DOT = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])")
_REST = re.compile(r"[^\W\d_][\w.]*(?:[-/&+,][^\W_][\w.]*)*")
_PARTY_BODY = re.compile(
    r"(?:VP|BTC|UBKT|BTG|BDV|BNC|BKT|BTGDV|BCSĐ|ĐĐ|BBVSK|CQUBKT|QU|BCĐ|HĐLL)?(?:TW|TU|HU|TXU|ThU|THU|QU|ĐU|ĐUX|ĐUP|ĐUTT)"
    r"|ĐU\w*|BCSĐ\w*|CB\w*|ĐB\w*|ĐH"
)
_STATE_BODY = re.compile(r"UBND|HĐND|CP|TTg|QH\d*|UBTVQH\d*|CTN|MTTQ|MTTW|B[A-ZĐ]{2,6}|S[A-ZĐ]{2,6}|VPCP|VPQH|TTCP")
_JOINT = frozenset({"NQLT", "TTLT"})
_BODY_CASE = {
    fold(body): body
    for body in ("TTg", "CP", "HĐND", "UBND", "TW", "TU", "QH", "UBTVQH", "CTN", "BCĐ", "MTTQ", "VPCP", "ĐU", "BCSĐCP")
}


@lru_cache(maxsize=1)
def _code_case() -> dict[str, str]:
    """Codes by their lower case, and by their folded form where no other code is written so: HĐ is not HD."""
    codes = [code for kind in document_types() for code in kind.codes]
    return {fold(code): code for code in reversed(codes)} | {code.casefold(): code for code in codes}


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign in its official spelling. `str(Sign.parse(x))` parses to the same sign again.

    `number` keeps leading zeros and a letter ("30c"); `code` is "" for công văn of the State and for laws ("QH15" is
    their body); `party` tells the order; `joint` the slash that a joint resolution sets between code and body.
    """

    number: str
    year: int | None
    code: str
    body: str
    party: bool = False
    joint: bool = False

    def __str__(self) -> str:
        if self.party:
            return f"{self.number}-{self.code}/{self.body}"
        head = self.number if self.year is None else f"{self.number}/{self.year}"
        tail = ("/" if self.joint else "-").join(part for part in (self.code, self.body) if part)
        return f"{head}/{tail}"

    @property
    def key(self) -> str:
        """What is equal for all spellings of the sign: the block in which citations of it are resolved."""
        code = {"qdi": "qd", "qyd": "qd"}.get(fold(self.code), fold(self.code))
        return "|".join((self.number.lstrip("0").casefold() or "0", str(self.year or ""), code, fold(self.body)))

    @classmethod
    def parse(cls, text: str) -> Sign:
        """The sign that `text` writes, spaces, case and order of Party and State put right.

        Raises SignError where `text` has no number or nothing but a number.
        """
        return _parsed(text)


@lru_cache(maxsize=8192)
def _parsed(text: str) -> Sign:
    squeezed = _DOT.sub("-", _figures("".join(text.split()).strip(".,;:")))
    match = _NUMBER.fullmatch(squeezed)
    if not match:
        raise SignError(f"{text!r} is not a sign", remedy="a sign looks like 33/CT-TTg or 25-NQ/TW")
    rest, year = match["rest"], None
    if dated := _YEAR.fullmatch(rest):
        rest, year = dated["rest"], int(dated["year"])
    if not _REST.fullmatch(rest):
        raise SignError(f"{text!r} has no type or body after its number", remedy="write it whole, as 33/CT-TTg")
    return _arranged(match["number"].replace("Đ", "đ"), match["first"], year, rest)


def _figures(written: str) -> str:
    """`written` with the figures of number and year put right where a scanner took them for letters."""
    number = _MISREAD.match(written)
    if number is None:
        return written
    year = _MISREAD.match(written, number.end() + 1)
    end = year.end() if year and _YEAR.match(written[number.end() + 1 :].translate(_FIGURES)) else number.end()
    return written[:end].translate(_FIGURES) + written[end:]


def _arranged(number: str, first: str, year: int | None, rest: str) -> Sign:
    parts = re.match(r"([^-/&]+)(?:([-/])(.+))?", rest)
    assert parts is not None  # noqa: S101  (_REST has matched)
    head, separator, tail = parts[1], parts[2] or "", parts[3] or ""
    code = _code_case().get(head.casefold()) or _code_case().get(fold(head))
    if code is None or (code == "L" and tail != "CTN"):
        return Sign(number, year, "", _body(rest))
    body = _body(tail)
    if code == "QĐ" and head.endswith("i"):
        code = "QĐi"
    lead = re.split(r"[-/]", body)[0]
    party = first == "-" and separator == "/" and year is None
    if body and _PARTY_BODY.fullmatch(lead) and year is None:
        party = True
    elif _STATE_BODY.fullmatch(lead):
        party = False
    return Sign(number, year, code, body, party, joint=not party and separator == "/" and code in _JOINT)


def _body(text: str) -> str:
    """Body letters in their official case and with their đ: "ttg" → "TTg", "HDND" → "HĐND", "VPTƯ" → "VPTW"."""
    def one(match: re.Match[str]) -> str:
        letters, term = re.fullmatch(r"(.*?)(\d*)", match[0], re.S).groups()  # type: ignore[union-attr]
        if letters.endswith("TƯ"):
            letters = f"{letters[:-1]}W"
        known = _BODY_CASE.get(fold(letters))
        return f"{known or letters}{term}"
    return re.sub(r"[^-/&+,]+", one, text)

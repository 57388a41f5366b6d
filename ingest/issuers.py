"""Issuers: the body that a phrase names ("UBND tỉnh", "Ban Thường vụ Tỉnh ủy") and the body that a sign tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from graph.frozen import quick
from graph.model import COUNTRY, Branch, Level, Place
from graph.registry.authorities import Authority, abbreviations, authorities, authorities_by_code
from graph.registry.bodies import body_of_letters
from graph.signs import Sign
from ingest import units
from ingest.units import Phrase, Territory

WINDOW = 180
_NEAR = 60
_WORD = re.compile(r"\w+")
_ROMAN = re.compile(r"[IVXL]{1,7}")
_LONGEST_SUBJECT = 24
_SLOT = re.compile(r"<\w+>")
_TEMPLATE = re.compile(r"<\w+>|\w+|[^\w\s]")
_NOT_IN_SUBJECT = frozenset(["", *map(units.key, ";:.()“”\"")])
_BEFORE_FIGURES = frozenset(map(units.key, ("ngày", "số", "tháng")))
_ISSUES = tuple(map(units.key, ("ban", "hành")))
_Slot = Callable[[Phrase, int, Place | None], Territory | None]
_Fills = tuple[tuple[str, Territory], ...]
_Named = tuple[int, Authority, _Fills, str | None]
"""A name: the token after it, the body, what fills its slots, and the slot that it lacks."""


@quick
@dataclass(frozen=True, slots=True)
class Issuer:
    """A body by its canonical full name ("Ủy ban nhân dân tỉnh Bắc Kạn"), as far as text and context tell.

    `name` is "" where a sign leaves open which body of its level issued it. `place` is COUNTRY for central bodies,
    None where nothing tells it.
    """

    name: str
    branch: Branch | None
    level: Level | None
    place: Place | None


@dataclass(slots=True)
class _Node:
    """A node of the tree of names: what may follow, and the body whose name is complete here.

    `open` is the body whose name lacks but its territory, which the context supplies.
    """

    words: dict[str, _Node] = field(default_factory=dict)
    slots: dict[str, _Node] = field(default_factory=dict)
    whole: Authority | None = None
    open: tuple[str, Authority] | None = None


def parse_issuer(text: str, start: int, context: Place | None) -> tuple[Issuer, int] | None:
    """The issuer of the longest phrase that begins at `start` in `text`, and the end of that phrase; None if none does.

    Line breaks may stand inside. A bare unit ("UBND tỉnh", "Tỉnh ủy") takes its name from `context`, the place of the
    citing document; where that lacks it the name stays without and the place None. Looks at WINDOW characters at most.
    """
    first = _WORD.match(text, start)
    if first is None or units.key(first[0]) not in _first_words():
        return None
    near = text[start : start + _NEAR]
    near = near if len(near) < _NEAR else near[: near.rfind(" ") + 1]
    parsed, past = _parse_near(near, context)
    if past and start + len(near) < len(text):
        parsed, start = _parse(units.cut(text, start, WINDOW), context), 0
    return (parsed[0], start + parsed[1]) if parsed else None


@lru_cache(maxsize=8192)
def _parse_near(words: str, context: Place | None) -> tuple[tuple[Issuer, int] | None, bool]:
    """As `_parse` of whole words, which texts repeat, and whether what stands after them could change it."""
    phrase = units.cut(words, 0, len(words))
    parsed = _parse(phrase, context)
    return parsed, phrase.past


def _parse(phrase: Phrase, context: Place | None) -> tuple[Issuer, int] | None:
    """The issuer of the longest name that `phrase` begins with, and the end of that name."""
    found: list[_Named] = []
    _walk(_tree(), phrase, 0, context, (), found)
    if not found:
        return None
    end, authority, fills, lacking = max(found, key=_rank)
    if lacking:
        fills = (*fills, (lacking, _bare(lacking, context, end)))
    return _issuer(authority, fills), phrase.end(end)


def _rank(named: _Named) -> tuple[int, int]:
    """The longest name is best; of two that are as long, the one with the shorter subject."""
    end, _, fills, _ = named
    return end, -sum(len(filled.written) for slot, filled in fills if slot == "subject")


def issuer_of_sign(sign: Sign, context: Place | None) -> Issuer | None:
    """The issuer that a sign alone tells: TTg → Thủ tướng Chính phủ, BDVTU in Bắc Kạn → Ban Dân vận Tỉnh ủy Bắc Kạn.

    `name` is "" where several bodies of that level share the letters (TW, TU, HU). Joint issuers stand joined by " và "
    in the sign's order. None where the letters are unknown.
    """
    return _of_body(sign.body, sign.party or sign.code in ("TTLT", "NQLT"), context)


@lru_cache(maxsize=4096)
def _of_body(body: str, several_issue: bool, context: Place | None) -> Issuer | None:
    """As `issuer_of_sign`, from the letters of the body and whether they can name several."""
    parts = re.split(r"[-,+]", body)
    found = [_of_letters(re.sub(r"\d+$", "", part), context) for part in parts]
    several = [issuer for issuer in found if issuer is not None and issuer.name]
    if len(parts) > 1 and len(several) == len(parts) and several_issue:
        return joint(several)
    return found[0]


def central_issuer(sign: Sign, context: Place | None) -> str | None:
    """The central body whose letters a sign has, where they leave no choice; None otherwise."""
    issuer = issuer_of_sign(sign, context)
    return issuer.name or None if issuer and issuer.level is Level.CENTRAL else None


def joint(several: list[Issuer]) -> Issuer:
    """Several issuers of one document as one: names joined by " và ", branch mixed where they differ."""
    branches = {issuer.branch for issuer in several}
    head = several[0]
    branch = head.branch if len(branches) == 1 else Branch.MIXED
    return Issuer(" và ".join(issuer.name for issuer in several), branch, head.level, head.place)


def sign_territory(sign: Sign, context: Place | None, issuer: Issuer | None) -> Place | None:
    """The territory in which the sign's series runs: COUNTRY for central bodies, None where nothing tells it.

    A known issuer decides, since texts misspell letters ("2543-QĐ/TW" of a Ban Thường vụ Tỉnh ủy); one of another level
    than the place that the letters tell is not of that place.
    """
    place = _own_place(issuer)
    if place is not None:
        return place
    guess = _own_place(issuer_of_sign(sign, context))
    apart = issuer and issuer.level and guess and units.level_of(guess) is not issuer.level
    return None if apart else guess


def _own_place(issuer: Issuer | None) -> Place | None:
    if issuer is None:
        return None
    return COUNTRY if issuer.level is Level.CENTRAL else issuer.place


@lru_cache(maxsize=1)
def _tree() -> _Node:
    root = _Node()
    for authority in authorities():
        for name in (authority.name, *authority.aliases):
            for written in _spellings(name):
                _plant(root, _TEMPLATE.findall(written), authority)
    return root


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The keys of words that can begin the name of a body."""
    return frozenset(_tree().words) | units.COMMITTEE_WORDS


def _spellings(name: str) -> list[str]:
    """`name` with every choice of full and shortened words."""
    found = [name]
    for full, shorts in abbreviations():
        pattern = re.compile(rf"(?<!\w){re.escape(full)}(?!\w)", re.I)
        for written in tuple(found):
            found += [new for short in shorts if (new := pattern.sub(short, written)) != written]
    return found


def _plant(root: _Node, tokens: list[str], authority: Authority) -> None:
    node = root
    for index, token in enumerate(tokens):
        if not (token.startswith("<") and token.endswith(">") and len(token) > 2):
            node = node.words.setdefault(units.key(token), _Node())
            continue
        if index == len(tokens) - 1 and index > 0 and tokens[index - 1] != "<subject>":
            node.open = node.open or (token[1:-1], authority)
        node = node.slots.setdefault(token[1:-1], _Node())
    node.whole = node.whole or authority


def _walk(
    node: _Node, phrase: Phrase, at: int, context: Place | None, fills: _Fills, found: list[_Named]
) -> None:
    """Adds to `found` every name of the tree that ends somewhere from token `at` on."""
    if node.whole is not None:
        found.append((at, node.whole, fills, None))
    if node.open is not None:
        slot, authority = node.open
        found.append((at, authority, fills, slot))
    word = phrase.key(at)
    if not word:
        return
    if (following := node.words.get(word)) is not None:
        _walk(following, phrase, at + 1, context, fills, found)
    elif fills == () and (after := _past_abbreviation(phrase, at)) is not None:
        beyond: list[_Named] = []
        _walk(node, phrase, after, context, fills, beyond)
        found += [named for named in beyond if named[0] > after]
    for slot, following in node.slots.items():
        for filled in _fillings(slot, phrase, at, context):
            _walk(following, phrase, filled.end, context, (*fills, (slot, filled)), found)


def _past_abbreviation(phrase: Phrase, at: int) -> int | None:
    """The token after a bracket that abbreviates the words before it: "Ủy ban nhân dân (UBND) tỉnh"."""
    if phrase.key(at) != "(" or phrase.key(at + 2) != ")":
        return None
    word = phrase.token(at + 1)
    return at + 3 if word.isupper() and not _ROMAN.fullmatch(word) else None


def _fillings(slot: str, phrase: Phrase, at: int, context: Place | None) -> Iterator[Territory]:
    if slot == "ordinal":
        word = phrase.token(at)
        if _ROMAN.fullmatch(word):
            yield Territory(word, None, None, False, at + 1)
    elif slot == "subject":
        yield from _subjects(phrase, at)
    else:
        yield from (filled for read in _READERS[slot] if (filled := read(phrase, at, context)) is not None)


def _subjects(phrase: Phrase, at: int) -> Iterator[Territory]:
    """The words up to each place where a unit or committee may begin."""
    for to in range(at, at + _LONGEST_SUBJECT):
        if _ends_subject(phrase, to):
            return
        if to > at and (units.kind_at(phrase, to) or units.committee_at(phrase, to, None)):
            words = phrase.words(at, to)
            yield Territory(words.lower() if words.isupper() else words, None, None, False, to)


def _ends_subject(phrase: Phrase, at: int) -> bool:
    """Whether no subject goes on over token `at`: "Chuyển đổi số" and "cải cách hành chính" are subjects, "số 12",
    "ban hành" and, after a comma, the name of another body stand after one."""
    word = phrase.key(at)
    if phrase.key(at - 1) == "," and word in _first_words() and phrase.token(at)[0].isupper():
        return True
    if word in _BEFORE_FIGURES:
        following = phrase.token(at + 1)
        return not following or following[0].isdigit()
    return word in _NOT_IN_SUBJECT or (word == _ISSUES[1] and phrase.key(at - 1) == _ISSUES[0])


_READERS: dict[str, tuple[_Slot, ...]] = {
    "unit": (units.unit_at,),
    "committee": (units.committee_at,),
    "seat": (units.unit_at, units.committee_at),
    "province": (units.province_at,),
    "district": (units.district_at,),
}
_OWN_LEVEL = {"province": Level.PROVINCE, "district": Level.DISTRICT}


def _bare(slot: str, context: Place | None, end: int) -> Territory:
    """What the context supplies for a slot that the text leaves empty."""
    level = _OWN_LEVEL.get(slot)
    found = units.committee_of(context, end) if slot == "committee" else units.unit_of(context, end, level)
    return found or Territory("", None, level, slot == "committee", end)


def _issuer(authority: Authority, fills: _Fills) -> Issuer:
    name = authority.name
    for slot, filled in fills:
        name = name.replace(f"<{slot}>", filled.written)
        if slot in _OWN_LEVEL:  # "Tỉnh đoàn" tells the kind of unit that the full name leaves open
            name = name.replace("<unit>", filled.written)
    if "<" in name:
        name = _SLOT.sub("", name)
    name = " ".join(name.split())
    if authority.level is Level.CENTRAL:
        return Issuer(name, authority.branch, Level.CENTRAL, COUNTRY)
    seat = next((filled for slot, filled in fills if slot not in ("ordinal", "subject")), None)
    branch = Branch.PARTY if seat is not None and seat.party else authority.branch
    return Issuer(name, branch, seat.level if seat else None, seat.place if seat else None)


def _of_letters(letters: str, context: Place | None) -> Issuer | None:
    authority, body = authorities_by_code().get(letters), body_of_letters(letters)
    if authority is not None and authority.level is Level.CENTRAL:
        return _issuer(authority, ())
    if body is not None and body.level is Level.CENTRAL:
        return Issuer("", body.branch, Level.CENTRAL, COUNTRY)
    branch = authority.branch if authority else body.branch if body else None
    level = body.level if body else None
    if authority is None and body is None:
        return None
    if level is None and context is not None and units.level_of(context) is Level.PROVINCE:
        level = Level.PROVINCE  # a provincial document that names no issuer cites its own province's series
    slot = authority.slots[-1] if authority and authority.slots else "unit"
    level = _OWN_LEVEL.get(slot, level)
    find = units.committee_of if slot == "committee" else units.unit_of
    seat = find(context, 0, level) if level else None
    place = seat.place if seat else None
    if authority is None or authority.name == "<committee>" or "subject" in authority.slots:
        return Issuer("", branch, level, place)
    return Issuer(_issuer(authority, ((slot, seat),) if seat else ()).name, branch, level, place)

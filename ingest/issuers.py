"""Issuers: the body that a phrase names ("UBND tỉnh", "Ban Thường vụ Tỉnh ủy") and the body that a sign tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from graph.model import COUNTRY, Branch, Level, Place
from graph.registry.authorities import Authority, abbreviations, authorities, authorities_by_code
from graph.registry.bodies import body_of_letters
from graph.signs import Sign
from ingest import units
from ingest.units import Phrase, Territory

WINDOW = 180
_WORD = re.compile(r"\w+")
_ROMAN = re.compile(r"[IVXL]{1,7}")
_LONGEST_SUBJECT = 24
_TEMPLATE = re.compile(r"<\w+>|\w+|[^\w\s]")
_NOT_IN_SUBJECT = frozenset(map(units.key, ";:.()“”\""))
_BEFORE_FIGURES = frozenset(map(units.key, ("ngày", "số", "tháng")))
_ISSUES = tuple(map(units.key, ("ban", "hành")))
_Slot = Callable[[Phrase, int, Place | None], Territory | None]
_Fills = tuple[tuple[str, Territory], ...]


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
    phrase = units.cut(text, start, WINDOW)
    best: tuple[tuple[int, int], Authority, _Fills] | None = None
    for end, authority, fills in _walk(_tree(), phrase, 0, context, ()):
        rank = end, -len(dict(fills)["subject"].written) if "subject" in dict(fills) else 0
        if best is None or rank > best[0]:
            best = rank, authority, fills
    if best is None:
        return None
    return _issuer(best[1], dict(best[2])), phrase.end(best[0][0])


def issuer_of_sign(sign: Sign, context: Place | None) -> Issuer | None:
    """The issuer that a sign alone tells: TTg → Thủ tướng Chính phủ, BDVTU in Bắc Kạn → Ban Dân vận Tỉnh ủy Bắc Kạn.

    `name` is "" where several bodies of that level share the letters (TW, TU, HU). Joint issuers stand joined by " và "
    in the sign's order. None where the letters are unknown.
    """
    parts = re.split(r"[-,+]", sign.body)
    found = [_of_letters(re.sub(r"\d+$", "", part), context) for part in parts]
    first = found[0]
    several = [issuer for issuer in found if issuer is not None and issuer.name]
    if len(parts) > 1 and len(several) == len(parts) and (sign.party or sign.code in ("TTLT", "NQLT")):
        return joint(several)
    return first


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

    A known issuer decides, since texts misspell letters ("2543-QĐ/TW" of a Ban Thường vụ Tỉnh ủy).
    """
    for known in (issuer, issuer_of_sign(sign, context)):
        if known is not None and known.level is Level.CENTRAL:
            return COUNTRY
        if known is not None and known.place is not None:
            return known.place
    return None


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
    node: _Node, phrase: Phrase, at: int, context: Place | None, fills: _Fills
) -> Iterator[tuple[int, Authority, _Fills]]:
    """Every name of the tree that ends somewhere from token `at` on: the token after it, the body and its slots."""
    if node.whole is not None:
        yield at, node.whole, fills
    if node.open is not None:
        slot, authority = node.open
        bare = _bare(slot, context, at)
        yield at, authority, (*fills, (slot, bare))
    if at >= len(phrase.keys):
        return
    if (following := node.words.get(phrase.keys[at])) is not None:
        yield from _walk(following, phrase, at + 1, context, fills)
    elif fills == () and (after := _past_abbreviation(phrase, at)) is not None:
        yield from (found for found in _walk(node, phrase, after, context, fills) if found[0] > after)
    for slot, following in node.slots.items():
        for filled in _fillings(slot, phrase, at, context):
            yield from _walk(following, phrase, filled.end, context, (*fills, (slot, filled)))


def _past_abbreviation(phrase: Phrase, at: int) -> int | None:
    """The token after a bracket that abbreviates the words before it: "Ủy ban nhân dân (UBND) tỉnh"."""
    if phrase.keys[at] != "(" or phrase.keys[at + 2 : at + 3] != (")",):
        return None
    word = phrase.tokens[at + 1]
    return at + 3 if word.isupper() and not _ROMAN.fullmatch(word) else None


def _fillings(slot: str, phrase: Phrase, at: int, context: Place | None) -> Iterator[Territory]:
    if slot == "ordinal":
        word = phrase.tokens[at]
        if _ROMAN.fullmatch(word):
            yield Territory(word, None, None, False, at + 1)
    elif slot == "subject":
        yield from _subjects(phrase, at)
    else:
        yield from (filled for read in _READERS[slot] if (filled := read(phrase, at, context)) is not None)


def _subjects(phrase: Phrase, at: int) -> Iterator[Territory]:
    """The words up to each place where a unit or committee may begin."""
    for to in range(at, min(at + _LONGEST_SUBJECT, len(phrase.keys))):
        if _ends_subject(phrase, to):
            return
        if to > at and (units.kind_at(phrase, to) or units.committee_at(phrase, to, None)):
            words = phrase.words(at, to)
            yield Territory(words.lower() if words.isupper() else words, None, None, False, to)


def _ends_subject(phrase: Phrase, at: int) -> bool:
    """Whether no subject goes on over token `at`: "Chuyển đổi số" and "cải cách hành chính" are subjects, "số 12" and
    "ban hành" stand after one."""
    if phrase.keys[at] in _BEFORE_FIGURES:
        return all(token[0].isdigit() for token in phrase.tokens[at + 1 : at + 2])
    return phrase.keys[at] in _NOT_IN_SUBJECT or phrase.keys[at - 1 : at + 1] == _ISSUES


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


def _issuer(authority: Authority, fills: dict[str, Territory]) -> Issuer:
    name = authority.name
    for slot, filled in fills.items():
        name = name.replace(f"<{slot}>", filled.written)
    name = " ".join(re.sub(r"<\w+>", "", name).split())
    if authority.level is Level.CENTRAL:
        return Issuer(name, authority.branch, Level.CENTRAL, COUNTRY)
    seat = next((filled for slot, filled in fills.items() if slot not in ("ordinal", "subject")), None)
    branch = Branch.PARTY if seat is not None and seat.party else authority.branch
    return Issuer(name, branch, seat.level if seat else None, seat.place if seat else None)


def _of_letters(letters: str, context: Place | None) -> Issuer | None:
    authority, body = authorities_by_code().get(letters), body_of_letters(letters)
    if authority is not None and authority.level is Level.CENTRAL:
        return _issuer(authority, {})
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
    return Issuer(_issuer(authority, {slot: seat} if seat else {}).name, branch, level, place)

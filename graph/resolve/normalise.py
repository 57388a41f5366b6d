"""First stage: what each claim of one source says, in canonical form. A pure function of the reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from graph.errors import SignError
from graph.identifiers import sign_stem
from graph.model import COUNTRY, Claim, Level, Place, Reading
from graph.registry.bodies import body_of_issuer, body_of_letters, party_body_of_issuer
from graph.registry.laws import TYPES, Law, law_at, laws, laws_named
from graph.registry.places import KINDS
from graph.resolve.draft import Draft
from graph.resolve.mentions import documents_told, tell_apart, titles_agree
from graph.resolve.names import name_key, name_stem, split_year
from graph.resolve.places import fits
from graph.resolve.records import Signature, sign_of
from graph.resolve.series import far_apart, runs_of
from graph.signs import Sign
from graph.text import fold, one_line

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_BARE_NUMBER = re.compile(r"\d{1,6}[a-zđ]?")
_CENTRAL_LETTERS = "TW"
_MONTH = len("2021-11")
_PLACE_WORDS = (
    (re.compile(r"\b(?:Tỉnh ủy|[Tt]ỉnh)\s+(?P<name>[^\W\d_a-zđ].*)"), Level.PROVINCE),
    (re.compile(r"\b(?:Huyện ủy|[Hh]uyện)\s+(?P<name>[^\W\d_a-zđ].*)"), Level.DISTRICT),
)
_SHARED_FIELDS = ("date", "issuer", "term", "title", "type")


def normalise(reading: Reading) -> tuple[Signature, ...]:
    """The signature of each claim of `reading`, in order.

    Signs are put right from the issuer (16/CT of the Prime Minister is 16/CT-TTg, 2543-QĐ/TW of a Tỉnh ủy is 2543-QĐ/TU
    of that province), names of laws become their signs, short forms what they stand for, bare numbers the only full
    sign of the source with them, and mentions of one document take from each other what they leave out. No claim of
    another source bears on the result.
    """
    if not reading.claims:
        return ()
    own = reading.claims[0]
    drafts = [_draft(claim, own, reading.source.digest) for claim in reading.claims]
    _stand_in(drafts, reading.claims)
    _expand(drafts, reading.claims)
    _complete(drafts)
    said = [each.signature() for each in drafts]
    return tuple(replace(each, other_than=said[0].date) if _is_another(each, said[0]) else each for each in said)


def _draft(claim: Claim, own: Claim, digest: str) -> Draft:
    issuer = one_line(claim.issuer or "")
    said = Draft(
        type=one_line(claim.type or ""),
        issuer=issuer,
        place=claim.place,
        date=_date(claim),
        term=(claim.term or "").strip().upper(),
        title=one_line(claim.title or ""),
        before="" if claim.own else _date(own),
        own=digest if claim.own else "",
    )
    try:
        sign = sign_of(claim.number) if claim.number else None
    except SignError:
        _number(said, claim.number or "")
        return said
    if sign is None:
        _name(said, one_line(claim.name or ""), own.place)
        return said
    sign, said.place = _repaired(sign, issuer, claim.place, own.place)
    _sign(said, sign)
    if law := _laws_by_key().get(said.key):
        _enact(said, law)
    return said


def _date(claim: Claim) -> str:
    """The claim's date, "" where it has none in the form of one."""
    return claim.date if claim.date and _DATE.fullmatch(claim.date) else ""


def _sign(said: Draft, sign: Sign) -> None:
    said.block, said.key, said.stem, said.sign = _names_of(sign)


@lru_cache(maxsize=65_536)
def _names_of(sign: Sign) -> tuple[str, str, str, str]:
    """Block, key, stem and official spelling of a sign."""
    stem = sign_stem(sign)
    return _sign_block(stem), sign.key, stem, str(sign)


def _sign_block(stem: str) -> str:
    """The block of a sign as a function of its stem, so that signs of two blocks never share an identifier."""
    parts = [part.lstrip("0") or "0" for part in re.split(r"[.-]", stem)]
    return "s:" + "-".join("qd" if part in ("qdi", "qyd") else part for part in parts)


def _repaired(sign: Sign, issuer: str, place: Place | None, home: Place | None) -> tuple[Sign, Place | None]:
    """The sign with the body that its issuer has, numbers below ten in two digits, and the place of that body.

    Nghị định 30/2020/NĐ-CP, Phụ lục I, and Hướng dẫn 36-HD/VPTW: numbers below ten take a leading zero.
    """
    if len(sign.number) == 1:
        sign = replace(sign, number=f"0{sign.number}")
    giver = body_of_issuer(issuer)
    if not sign.body and giver and giver.body:
        sign = sign_of(f"{sign}-{giver.body}")
    committee = party_body_of_issuer(issuer)
    lead, *rest = sign.body.split("-")
    if lead.endswith(_CENTRAL_LETTERS) and committee and committee.body and committee.level is not Level.CENTRAL:
        body = "-".join([lead.removesuffix(_CENTRAL_LETTERS) + committee.body, *rest])
        sign, place = replace(sign, body=body), None if place == COUNTRY else place
    known = body_of_letters(sign.body)
    if known and known.level is Level.CENTRAL:
        return sign, COUNTRY
    return sign, place or _place_of(issuer, home) or _place_at(known.level if known else None, home)


def _place_of(issuer: str, home: Place | None) -> Place | None:
    """The territory that an issuer's name tells: "Ban Thường vụ Tỉnh ủy Thanh Hóa" → Thanh Hóa.

    A district's province is that of `home`, the place of the document that cites it.
    """
    for words, level in _PLACE_WORDS:
        if match := words.search(issuer):
            name = re.split(r"\s+(?:lần thứ|khóa|khoá|nhiệm kỳ)\b", match["name"])[0]
            if level is Level.PROVINCE:
                return Place(province=name, kind="tỉnh")
            return Place(province=home.province if home else None, district=name, kind="huyện")
    body = body_of_issuer(issuer) or party_body_of_issuer(issuer)
    return COUNTRY if body and body.level is Level.CENTRAL else None


def _place_at(level: Level | None, home: Place | None) -> Place | None:
    """The province or district that `home` lies in: whose Tỉnh ủy or Huyện ủy a document means that names none."""
    if home is None or not home.province:
        return None
    if level is Level.PROVINCE:
        return Place(province=home.province, kind="tỉnh" if home.district or home.commune else home.kind)
    if level is Level.DISTRICT and home.district:
        return Place(home.province, home.district, kind=None if home.commune else home.kind)
    return None


def _number(said: Draft, number: str) -> None:
    """A number without code or body ("Nghị quyết 25"): on its own it names no document."""
    _key(said, name_key(f"{said.type} {number}", None))


def _name(said: Draft, name: str, home: Place | None) -> None:
    name, year = split_year(name)
    enacted = said.type in TYPES or name.startswith(TYPES)
    body = party_body_of_issuer(name)
    place = said.place or (COUNTRY if enacted else _place_of(said.issuer or name, home))
    said.place = place or _place_at(body.level if body else None, home)
    said.name = name
    versions = laws_named(name)
    law = next((law for law in versions if law.date == said.date), None) or law_at(
        name, year=int(year) if year else None, before=said.before or None
    )
    if law and law.sign:
        said.place = COUNTRY
        _sign(said, sign_of(law.sign))
        _enact(said, law)
        return
    if year and not said.date:
        said.date, said.filled = year, ("date",)
    said.open = len(versions) > 1
    if law:
        _enact(said, law)
        name, said.open = law.name, False
    untold = f"{said.type} {said.title}" if said.title else f"{said.type} {said.own[:12]}"
    _key(said, name_key(name or untold, said.place))


def _key(said: Draft, key: str) -> None:
    stem = name_stem(key)
    said.block, said.key, said.stem = f"n:{stem}", key, stem


def _enact(said: Draft, law: Law) -> None:
    """Give a draft the date on which the registry says that the law was passed, unless it states one in full."""
    if len(said.date) == len(law.date):
        return
    said.type, said.date = said.type or law.type, law.date
    if "date" not in said.filled:
        said.filled = (*said.filled, "date")


@lru_cache(maxsize=1)
def _laws_by_key() -> dict[str, Law]:
    return {sign_of(law.sign).key: law for law in laws() if law.sign}


def _stand_in(drafts: list[Draft], claims: Sequence[Claim]) -> None:
    """Short forms that the source defines as what they stand for, of which they say nothing themselves."""
    for index, claim in enumerate(claims):
        if claim.short_for is None or not 0 < claim.short_for < len(drafts):
            continue
        meant = drafts[claim.short_for]
        told = (field for field in _SHARED_FIELDS if getattr(meant, field))
        drafts[index] = replace(meant, filled=tuple(dict.fromkeys((*meant.filled, "sign", *told))))


def _expand(drafts: Sequence[Draft], claims: Sequence[Claim]) -> None:
    """Make bare numbers the only full sign of the source that has the number and the type."""
    pairs = [(each, claim.number or "") for each, claim in zip(drafts, claims, strict=True) if not each.sign]
    bare = [(each, number) for each, number in pairs if _BARE_NUMBER.fullmatch(number)]
    if not bare:
        return
    signs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in drafts:
        if each.sign and not each.own:
            signs[fold(each.type), sign_of(each.sign).number.lstrip("0")].add(each.sign)
    for each, number in bare:
        meant = signs.get((fold(each.type), number.lstrip("0")), set())
        if len(meant) == 1:
            sign, each.place = _repaired(sign_of(min(meant)), each.issuer, each.place, None)
            _sign(each, sign)
            each.name, each.filled = "", (*each.filled, "sign")


def _complete(drafts: Sequence[Draft]) -> None:
    """Give mentions of one document what the others of its source say, where those agree; dated ones drop `before`.

    The others keep its month: a sign does not come twice within one, and days would make a signature for each of them.
    """
    places: dict[str, set[Place]] = defaultdict(set)
    for each in drafts:
        if each.place is not None:
            places[each.key].add(each.place)
    groups: dict[tuple[str, Place | None], list[Draft]] = defaultdict(list)
    for each in drafts:
        only = {place for place in places[each.key] if _can_issue(each.issuer, place)} if each.place is None else ()
        groups[each.key, next(iter(only)) if len(only) == 1 else each.place].append(each)
    for (_, place), members in groups.items():
        told = documents_told(members)
        if len(told) > 1:
            tell_apart(told)
        for meant in told:
            shared = _shared(meant) if len(meant) > 1 else {}
            for each in meant:
                _fill(each, place, shared)


def _can_issue(issuer: str, place: Place) -> bool:
    """Whether a body, which may name its kind of territory alone ("Ủy ban nhân dân thành phố"), can be of a place."""
    kind = next((kind for kind in KINDS if issuer.casefold().endswith(f" {kind}")), None)
    return kind is None or place.kind is None or kind == place.kind


def _is_another(said: Signature, own: Signature) -> bool:
    """Whether a mention with sign and place of the document that it stands in means another of the same run of numbers,
    by its date: a document does not cite itself by a date that is farther off than an error."""
    if said.own or not own.sign or said.key != own.key:
        return False
    if not (said.place and own.place and fits(said.place, own.place)):
        return False
    return not set(runs_of(said)).isdisjoint(runs_of(own)) and far_apart(said.date, own.date)


def _shared(mentions: Sequence[Draft]) -> dict[str, str]:
    """The one value of each field that the mentions of one document agree on."""
    shared = {}
    for field in _SHARED_FIELDS:
        values = {getattr(each, field) for each in mentions} - {""}
        if values and _agree(field, values):
            shared[field] = min(values)
    return shared


def _fill(one: Draft, place: Place | None, shared: Mapping[str, str]) -> None:
    found = [field for field in shared if not getattr(one, field)]
    for field in found:
        setattr(one, field, shared[field])
    one.place, one.before = place, "" if one.date else one.before[:_MONTH]
    one.filled = (*one.filled, *found)


def _agree(field: str, values: set[str]) -> bool:
    return titles_agree(values) if field == "title" else len(values) == 1

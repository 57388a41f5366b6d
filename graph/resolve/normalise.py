"""First stage: what each claim of one source says, in canonical form. A pure function of the reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from graph.errors import SignError
from graph.identifiers import sign_stem
from graph.model import COUNTRY, Claim, Level, Place, Reading
from graph.registry.bodies import body_of_issuer, body_of_letters, party_body_of_issuer
from graph.registry.laws import TYPES, Law, law_at, laws, laws_named
from graph.registry.places import KINDS
from graph.resolve.names import name_key, name_stem, split_year
from graph.resolve.places import fits
from graph.resolve.records import Signature, sign_of
from graph.resolve.series import far_apart, runs_of
from graph.resolve.titles import other_title, same_title
from graph.signs import Sign
from graph.text import fold, one_line

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_BARE_NUMBER = re.compile(r"\d{1,6}[a-zđ]?")
_CENTRAL_LETTERS = "TW"
_MONTH = len("2021-11")
_TITLES_COMPARED = 6
_PLACE_WORDS = (
    (re.compile(r"\b(?:Tỉnh ủy|[Tt]ỉnh)\s+(?P<name>[^\W\d_a-zđ].*)"), Level.PROVINCE),
    (re.compile(r"\b(?:Huyện ủy|[Hh]uyện)\s+(?P<name>[^\W\d_a-zđ].*)"), Level.DISTRICT),
)
_SHARED_FIELDS = ("date", "issuer", "term", "title", "type")


def normalise(reading: Reading) -> tuple[Signature, ...]:
    """The signature of each claim of `reading`, in order.

    Signs are put right from the issuer (16/CT of the Prime Minister is 16/CT-TTg, 2543-QĐ/TW of a Tỉnh ủy is 2543-QĐ/TU
    of that province), names of laws become their signs, bare numbers the only full sign of the source with them, and
    mentions of one document take from each other what they leave out. No claim of another source bears on the result.
    """
    if not reading.claims:
        return ()
    own = reading.claims[0]
    full = [_signature(claim, own, reading.source.digest) for claim in reading.claims]
    return _completed(_expanded(full, reading.claims))


def _signature(claim: Claim, own: Claim, digest: str) -> Signature:
    issuer = one_line(claim.issuer or "")
    said = Signature(
        block="",
        key="",
        stem="",
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
        return _numbered_only(said, claim.number or "")
    if sign is None:
        return _named(said, one_line(claim.name or ""), own.place)
    sign, place = _repaired(sign, issuer, claim.place, own.place)
    said = _signed(replace(said, place=place), sign)
    law = _laws_by_key().get(said.key)
    return _enacted(said, law) if law else said


def _date(claim: Claim) -> str:
    """The claim's date, "" where it has none in the form of one."""
    return claim.date if claim.date and _DATE.fullmatch(claim.date) else ""


def _signed(said: Signature, sign: Sign) -> Signature:
    block, key, stem, written = _names_of(sign)
    return replace(said, block=block, key=key, stem=stem, sign=written)


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


def _numbered_only(said: Signature, number: str) -> Signature:
    """A number without code or body ("Nghị quyết 25"): on its own it names no document."""
    key = name_key(f"{said.type} {number}", None)
    return replace(said, block=f"n:{name_stem(key)}", key=key, stem=name_stem(key))


def _named(said: Signature, name: str, home: Place | None) -> Signature:
    name, year = split_year(name)
    enacted = said.type in TYPES or name.startswith(TYPES)
    body = party_body_of_issuer(name)
    place = said.place or (COUNTRY if enacted else _place_of(said.issuer or name, home))
    place = place or _place_at(body.level if body else None, home)
    versions = laws_named(name)
    law = next((law for law in versions if law.date == said.date), None) or law_at(
        name, year=int(year) if year else None, before=said.before or None
    )
    if law and law.sign:
        return _enacted(_signed(replace(said, name=name, place=COUNTRY), sign_of(law.sign)), law)
    filled = ("date",) if year and not said.date else ()
    said = replace(said, name=name, place=place, date=said.date or year, filled=filled, open=len(versions) > 1)
    if law:
        said, name = replace(_enacted(said, law), open=False), law.name
    untold = f"{said.type} {said.title}" if said.title else f"{said.type} {said.own[:12]}"
    key = name_key(name or untold, place)
    return replace(said, block=f"n:{name_stem(key)}", key=key, stem=name_stem(key))


def _enacted(said: Signature, law: Law) -> Signature:
    """The signature with the date on which the registry says that the law was passed, unless it states one in full."""
    if len(said.date) == len(law.date):
        return said
    filled = said.filled if "date" in said.filled else (*said.filled, "date")
    return replace(said, type=said.type or law.type, date=law.date, filled=filled)


@lru_cache(maxsize=1)
def _laws_by_key() -> dict[str, Law]:
    return {sign_of(law.sign).key: law for law in laws() if law.sign}


def _expanded(signatures: Sequence[Signature], claims: Sequence[Claim]) -> list[Signature]:
    """Bare numbers as the only full sign of the source that has the number and the type."""
    signs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in signatures:
        if each.sign and not each.own:
            signs[fold(each.type), sign_of(each.sign).number.lstrip("0")].add(each.sign)
    result = []
    for each, claim in zip(signatures, claims, strict=True):
        number = claim.number or ""
        meant = signs.get((fold(each.type), number.lstrip("0")), set()) if _BARE_NUMBER.fullmatch(number) else set()
        if not each.sign and len(meant) == 1:
            sign, place = _repaired(sign_of(min(meant)), each.issuer, each.place, None)
            each = replace(_signed(replace(each, place=place), sign), name="", filled=(*each.filled, "sign"))
        result.append(each)
    return result


def _completed(signatures: Sequence[Signature]) -> tuple[Signature, ...]:
    """Mentions of one document with what the others of its source say, where those agree; dated ones drop `before`.

    The others keep its month: a sign does not come twice within one, and days would make a signature for each of them.
    """
    places: dict[str, set[Place]] = defaultdict(set)
    for each in signatures:
        if each.place is not None:
            places[each.key].add(each.place)
    groups: dict[tuple[str, Place | None], list[int]] = defaultdict(list)
    for index, each in enumerate(signatures):
        only = {place for place in places[each.key] if _can_issue(each.issuer, place)} if each.place is None else ()
        groups[each.key, next(iter(only)) if len(only) == 1 else each.place].append(index)
    completed = list(signatures)
    for (_, place), members in groups.items():
        for meant in _documents([signatures[index] for index in members]):
            shared = _shared([signatures[members[position]] for position in meant])
            for position in meant:
                completed[members[position]] = _filled(signatures[members[position]], place, shared)
    own = completed[0]
    return tuple(replace(each, other_than=own.date) if _is_another(each, own) else each for each in completed)


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


def _documents(mentions: Sequence[Signature]) -> Iterable[list[int]]:
    """The positions of the mentions of one sign in a source, by the document that each speaks of.

    Where dates, terms or titles tell several documents apart, a mention that says none of it means the one named last
    before. A date outside the term that another mention states tells them apart as well.
    """
    dates = {each.date for each in mentions} - {""}
    terms = [told for told in map(_terms_told, mentions) if told]
    one_term = not terms or frozenset.intersection(*terms)
    if len(dates) < 2 and one_term and _agree("title", {each.title for each in mentions} - {""}):
        return [list(range(len(mentions)))]
    date_of = {each.term: each.date for each in mentions if each.term and each.date}
    labels = [_in_full(each.date, dates) or date_of.get(each.term, each.term) for each in mentions]
    titled = {each.title: label for each, label in zip(mentions, labels, strict=True) if label and each.title}
    last = next((label for label in labels if label), "")
    apart: dict[str, list[int]] = defaultdict(list)
    for position, (each, label) in enumerate(zip(mentions, labels, strict=True)):
        last = label or _label_by_title(each.title, titled) or last
        apart[last].append(position)
        if each.title and len(titled) < _TITLES_COMPARED:
            titled.setdefault(each.title, last)
    return apart.values()


def _in_full(date: str, dates: Iterable[str]) -> str:
    """The one of `dates` that a date without its day or month can be cut from, else the date itself."""
    longer = [other for other in dates if date and other != date and other.startswith(date)]
    return longer[0] if len(longer) == 1 else date


def _label_by_title(title: str, titled: Mapping[str, str]) -> str:
    """The label of the mention with the same title; the title itself where it is other than all; else ""."""
    compared = list(titled.items())[:_TITLES_COMPARED]
    same = next((label for known, label in compared if same_title(known, title)), "")
    return same or (title if compared and all(other_title(known, title) for known, _ in compared) else "")


def _terms_told(said: Signature) -> frozenset[str]:
    """The term that a mention states, else those that the date of a Party document of the Centre can be of."""
    if said.term:
        return frozenset({said.term})
    central = said.place == COUNTRY and said.sign and sign_of(said.sign).party
    return frozenset(runs_of(said)) - {""} if central else frozenset()


def _shared(mentions: Sequence[Signature]) -> dict[str, str]:
    """The one value of each field that the mentions of one document agree on."""
    shared = {}
    for field in _SHARED_FIELDS:
        values = {getattr(each, field) for each in mentions} - {""}
        if values and _agree(field, values):
            shared[field] = min(values)
    return shared


def _filled(one: Signature, place: Place | None, shared: Mapping[str, str]) -> Signature:
    found = {field: value for field, value in shared.items() if not getattr(one, field)}
    dated = one.date or found.get("date")
    before = "" if dated else one.before[:_MONTH]
    if not found and (place, before) == (one.place, one.before):
        return one
    return replace(one, place=place, before=before, filled=(*one.filled, *found), **found)  # type: ignore[arg-type]


def _agree(field: str, values: set[str]) -> bool:
    if field != "title":
        return len(values) == 1
    return not values or not any(other_title(min(values), value) for value in values)

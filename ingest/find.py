"""Find every citation of a document: anchors first, then the words around each, then what lists share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter

from graph.errors import SignError
from graph.model import COUNTRY, Claim, Place
from graph.registry.laws import laws_named
from graph.registry.terms import TermBody, term_of
from graph.resolve.names import split_year
from graph.signs import Sign
from graph.text import flatten
from ingest.anchor import anchor_signs
from ingest.cues import passive
from ingest.describe import describe
from ingest.header import HeaderFound
from ingest.issuers import central_issuer
from ingest.names import find_names
from ingest.patterns import CONNECTOR, LAWS
from ingest.records import Anchor, Citation, Layout
from ingest.shorts import with_short_forms

_SAME_DAY = re.compile(r"(?<!\w)cung\s+ngay(?!\w)")
_Issued = tuple[str, str | None, str | None]
"""What one mention tells of who issued a sign: issuer, date, term."""


def find_citations(layout: Layout, header: HeaderFound) -> tuple[Citation, ...]:
    """All citations in order of appearance, offsets in clean text; the document's own number and words are none."""
    found = [describe(layout, header.place, anchor, limit) for anchor, limit in _with_limits(layout)]
    others = list(_without_own([each for each in found if not _heads_part(layout, each)], header.claim))
    listed = _share_dates(layout, _share_types(layout, others))
    settled = list(_recall_issuers(list(_settle_issuers(layout, header.place, listed))))
    return tuple(with_short_forms(layout, settled))


def _with_limits(layout: Layout) -> Iterator[tuple[Anchor, int]]:
    """Anchors by sign, and by name where no sign overlaps, in order, each with where the next begins."""
    signed = list(anchor_signs(layout))
    anchors = sorted((*signed, *find_names(layout, signed)), key=attrgetter("start"))
    for index, anchor in enumerate(anchors):
        yield anchor, anchors[index + 1].start if index + 1 < len(anchors) else len(layout.clean)


def _without_own(found: Sequence[Citation], own: Claim) -> Iterator[Citation]:
    """The citations without the document's own number or name, in its header or where its text repeats it.

    A bare number means the document that the text named last by it, which can be another: last year's plan.
    """
    another = False
    for citation in found:
        claim = citation.claim
        if (claim.start < own.end and claim.end > own.start) or _has_name_of(claim, own):
            continue
        if _has_number_of(claim, own):
            bare = claim.date is None and claim.issuer is None
            another = another if bare else not _can_be(claim, own)
            if not another:
                continue
        yield citation


def _heads_part(layout: Layout, citation: Citation) -> bool:
    """Whether a citation is the number in the letterhead of a further document of the text."""
    part = layout.part_at(citation.claim.start)
    return part is not None and citation.claim.start < part.title_start


def _has_name_of(claim: Claim, own: Claim) -> bool:
    """Whether a law is cited by the name of the law that the document is, as in its heading and enacting words."""
    if own.type not in LAWS or own.title is None or claim.number is not None or claim.name is None:
        return False
    return flatten(claim.name) == flatten(f"{own.type} {own.title}")


def _has_number_of(claim: Claim, own: Claim) -> bool:
    if own.number is None or claim.number is None or len(own.number) != len(claim.number):
        return False
    return flatten(own.number) == flatten(claim.number)


def _can_be(claim: Claim, own: Claim) -> bool:
    """Whether neither date nor issuer of a citation with the document's own number speaks against that document."""
    same_date = claim.date is None or own.date is None or claim.date == own.date
    return same_date and (claim.issuer is None or own.issuer is None or claim.issuer == own.issuer)


def _chained(layout: Layout, left: Citation, right: Citation) -> bool:
    """Whether `right` follows `left` in one list with nothing but connectors between."""
    match = CONNECTOR.match(layout.flat, left.tail, right.claim.start)
    return match is not None and match.end() == right.claim.start


def _share_types(layout: Layout, found: Sequence[Citation]) -> list[Citation]:
    """A number in a list whose type word stands before its first item takes that type."""
    shared: list[Citation] = []
    for item in found:
        if item.claim.type is None and shared and _chained(layout, shared[-1], item):
            item = replace(item, claim=replace(item.claim, type=shared[-1].claim.type))
        shared.append(item)
    return shared


def _share_dates(layout: Layout, found: Sequence[Citation]) -> list[Citation]:
    """A date after "cùng" is that of the whole list before it; "cùng ngày" alone means the day of the item before."""
    shared = list(found)
    for at, item in enumerate(found):
        if not _SAME_DAY.search(layout.flat, item.claim.end, item.tail):
            continue
        if item.claim.date is None:
            shared[at] = _dated(item, shared[at - 1].claim.date if at else None)
            continue
        while at and shared[at - 1].claim.date is None and _chained(layout, shared[at - 1], shared[at]):
            at -= 1
            shared[at] = _dated(shared[at], item.claim.date)
    return shared


def _dated(item: Citation, date: str | None) -> Citation:
    return replace(item, claim=replace(item.claim, date=date))


def _settle_issuers(layout: Layout, context: Place | None, found: Sequence[Citation]) -> Iterator[Citation]:
    """Issuers for citations that name none: the one that closes their list, else what the sign alone tells."""
    following: Citation | None = None
    settled: list[Citation] = []
    for item in reversed(found):
        claim = item.claim
        if claim.issuer is None and following is not None and _same_series(claim, following.claim):
            amended = passive(layout.flat[item.tail : following.claim.start]) is not None
            if (amended or _chained(layout, item, following)) and following.claim.issuer:
                claim = replace(claim, issuer=following.claim.issuer, place=following.claim.place)
        if claim.issuer is None and claim.number and (issuer := _issuer_by_sign(claim.number, context)):
            claim = replace(claim, issuer=issuer)
        following = item if claim is item.claim else replace(item, claim=claim)
        settled.append(following)
    return reversed(settled)


def _recall_issuers(found: Sequence[Citation]) -> Iterator[Citation]:
    """Issuers for mentions that name none from other mentions of the same sign, and for laws from their signs.

    A sign recurs in another term or year: mentions with other dates or terms are of another document.
    """
    known: dict[str, set[_Issued]] = defaultdict(set)
    for item in found:
        claim = item.claim
        if claim.number and claim.issuer:
            issued = (claim.issuer, claim.date, _term(claim))
            known[_series_key(claim.number)].add(issued)
            known[_short_key(claim)].add(issued)
    for item in found:
        claim = item.claim
        if claim.issuer is None:
            mine = _term(claim)
            others = set[_Issued]().union(*(known.get(key, set()) for key in _keys(claim)))
            issuers = {
                issuer
                for issuer, date, term in others
                if _agree(date, claim.date) and (not term or mine in (None, term))
            }
            if len(issuers) == 1:
                item = replace(item, claim=replace(claim, issuer=min(issuers)))
        yield item


def _term(claim: Claim) -> str | None:
    """The term that a claim states, else that of its date where it is of the Party's Central Committee."""
    if claim.term or not claim.date or claim.place != COUNTRY or not _of_party(claim.number or ""):
        return claim.term
    return term_of(TermBody.CENTRAL_COMMITTEE, claim.date)


@lru_cache(maxsize=4096)
def _of_party(number: str) -> bool:
    try:
        return Sign.parse(number).party
    except SignError:
        return False


def _agree(left: str | None, right: str | None) -> bool:
    """Whether two values can be one: dates may be cut to the month or year."""
    return left is None or right is None or left.startswith(right) or right.startswith(left)


@lru_cache(maxsize=4096)
def _series_key(number: str) -> str:
    try:
        return Sign.parse(number).key
    except SignError:
        return number


def _short_key(claim: Claim) -> str:
    """What a sign shares with its short form: "Chỉ thị số 33/CT-TTg" and "Chỉ thị 33"."""
    digits = re.match(r"\d+", claim.number or "")
    return f"{claim.type} {digits[0].lstrip('0')}" if digits else ""


def _keys(claim: Claim) -> Sequence[str]:
    if claim.number is None:
        return _keys_of_law(claim.name or "")
    return [_short_key(claim) if claim.number.isdigit() else _series_key(claim.number)]


@lru_cache(maxsize=4096)
def _keys_of_law(name: str) -> tuple[str, ...]:
    """The keys of the signs of the laws that a name means, by its year where it tells one."""
    bare, year = split_year(re.sub(r"\s*\(.*\)$", "", name))
    return tuple(_series_key(law.sign) for law in laws_named(bare) if law.sign and law.date.startswith(year))


def _same_series(left: Claim, right: Claim) -> bool:
    """Whether two signs can be of one issuer: the same body letters after the type code."""
    if not (left.number and right.number):
        return False
    return flatten(re.split(r"[/-]", left.number)[-1]) == flatten(re.split(r"[/-]", right.number)[-1])


def _issuer_by_sign(number: str, context: Place | None) -> str | None:
    """The issuer where the sign alone leaves no choice: central bodies with letters of their own."""
    try:
        return central_issuer(Sign.parse(number), context)
    except SignError:
        return None

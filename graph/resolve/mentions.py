"""The mentions of one sign in one source, by the document that each speaks of: what a text tells apart stays apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from graph.model import COUNTRY
from graph.registry import document_types
from graph.registry.bodies import body_of_letters
from graph.resolve.draft import Draft
from graph.resolve.records import sign_of
from graph.resolve.series import congress_year, runs, unlike
from graph.resolve.titles import other_title, same_title

_TITLES_COMPARED = 6
_LOOSE = "Ban Chấp hành Trung ương Đảng"
"""What "Trung ương" is read as, which stands for each of its organs in loose speech."""
_Voice = tuple[str, str]
"""The issuer and the type of a mention as far as these tell documents under one sign apart, "" where they do not."""


def documents_told(mentions: list[Draft]) -> Sequence[list[Draft]]:
    """The mentions of one sign in a source, by the document that each speaks of.

    Where dates, terms, titles, organs or types tell several documents apart, a mention that says none of it means the
    one named last before. A date outside the term that another mention states tells them apart as well.
    """
    if len(mentions) == 1:
        return [mentions]
    dates = {each.date for each in mentions} - {""}
    terms = [told for told in map(_terms_told, mentions) if told]
    one_term = (not terms or frozenset.intersection(*terms)) and _one_run(mentions)
    titles = {each.title for each in mentions} - {""}
    if len(dates) < 2 and one_term and titles_agree(titles) and _in_unison(map(_voice, mentions)):
        return [mentions]
    date_of = {each.term: each.date for each in mentions if each.term and each.date}
    labels = [_in_full(each.date, dates) or date_of.get(each.term, each.term) for each in mentions]
    return _by_label(mentions, labels)


def tell_apart(documents: Sequence[list[Draft]]) -> None:
    """Give each mention of one of several documents of a source a date of another that it can else be taken for.

    Two full dates tell documents apart where they differ by more than a slip of the pen, and organs or types where one
    is not dated; titles are compared with those of all sources later on.
    """
    dated = [(max((each.date for each in meant), key=len), [*map(_voice, meant)]) for meant in documents]
    for place, meant in enumerate(documents):
        others = sorted(other for at, other in enumerate(dated) if other[0] and at != place)
        for each in meant:
            if not each.own:
                each.other_than = next((date for date, heard in others if _confusable(each, date, heard)), "")


def titles_agree(titles: Collection[str]) -> bool:
    """Whether titles that a source gives can be of one document."""
    return not titles or not any(other_title(min(titles), title) for title in titles)


def _confusable(said: Draft, other: str, heard: Iterable[_Voice]) -> bool:
    """Whether a mention would be taken for the document of another date and voices, which its source tells it from."""
    if not said.date:
        return not said.term and not _in_unison([_voice(said), *heard])
    mine, theirs = (runs(said.sign, said.place, date, "") for date in (said.date, other))
    return unlike(said.date, other) and not set(mine).isdisjoint(theirs)


def _by_label(mentions: Sequence[Draft], labels: Sequence[str]) -> list[list[Draft]]:
    """The mentions by label; those without one take that of their title, else of their voice, else the last before."""
    titled = {each.title: label for each, label in zip(mentions, labels, strict=True) if label and each.title}
    voices: dict[str, list[_Voice]] = defaultdict(list)
    for each, label in zip(mentions, labels, strict=True):
        if label:
            voices[label].append(_voice(each))
    last = next((label for label in labels if label), "")
    apart: dict[str, list[Draft]] = defaultdict(list)
    for each, label in zip(mentions, labels, strict=True):
        last = label or _label_by_title(each.title, titled) or _label_by_voice(_voice(each), voices, last)
        apart[last].append(each)
        voices[last].append(_voice(each))
        if each.title and len(titled) < _TITLES_COMPARED:
            titled.setdefault(each.title, last)
    return list(apart.values())


def _in_full(date: str, dates: Iterable[str]) -> str:
    """The one of `dates` that a date without its day or month can be cut from, else the date itself."""
    longer = [other for other in dates if date and other != date and other.startswith(date)]
    return longer[0] if len(longer) == 1 else date


def _label_by_title(title: str, titled: Mapping[str, str]) -> str:
    """The label of the mention with the same title; the title itself where it is other than all; else ""."""
    compared = list(titled.items())[:_TITLES_COMPARED]
    same = next((label for known, label in compared if same_title(known, title)), "")
    return same or (title if compared and all(other_title(known, title) for known, _ in compared) else "")


def _label_by_voice(voice: _Voice, voices: Mapping[str, list[_Voice]], last: str) -> str:
    """The label, `last` if it is one, of mentions that `voice` is in unison with; the voice itself where it is with
    none."""
    possible = [label for label, heard in voices.items() if _in_unison([voice, *heard])]
    if last in possible or not (possible or voices):
        return last
    return possible[-1] if possible else " ".join(voice)


def _in_unison(voices: Iterable[_Voice]) -> bool:
    """Whether no two voices name different issuers, or different types."""
    return all(len(set(said) - {""}) < 2 for said in zip(*voices, strict=True))


def _voice(said: Draft) -> _Voice:
    if not said.sign:
        return "", ""
    sign = sign_of(said.sign)
    body = body_of_letters(sign.body)
    central = said.place == COUNTRY and sign.party and said.issuer != _LOOSE
    issuer = said.issuer if central or (body and body.shared) else ""
    return issuer, said.type if said.type in _types_sharing(sign.code) else ""


@lru_cache(maxsize=256)
def _types_sharing(code: str) -> frozenset[str]:
    """The types that share a code, () for the code of one type."""
    names = frozenset(kind.name for kind in document_types() if code in kind.codes)
    return names if len(names) > 1 else frozenset()


def _one_run(mentions: Iterable[Draft]) -> bool:
    """Whether terms in years, where any mention states one, and dates can be of one run of numbers."""
    if not any(congress_year(each.term) for each in mentions):
        return True
    told = [set(found) for each in mentions if (found := runs(each.sign, each.place, each.date, each.term))]
    return not told or bool(set.intersection(*told))


def _terms_told(said: Draft) -> frozenset[str]:
    """The term that a mention states, else those that the date of a Party document of the Centre can be of."""
    if said.term:
        return frozenset() if congress_year(said.term) else frozenset({said.term})
    central = said.place == COUNTRY and said.sign and sign_of(said.sign).party
    return frozenset(runs(said.sign, said.place, said.date, said.term)) - {""} if central else frozenset()

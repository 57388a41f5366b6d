"""Short forms that a text defines of what it cites: "(sau đây gọi tắt là Luật THDCCS)", and where it then uses them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graph.model import Claim, Zone
from graph.registry.laws import laws_named
from graph.registry.scores import mention_scores
from graph.text import flatten, one_line
from ingest.heading import type_of
from ingest.patterns import spaced
from ingest.records import Citation, Layout

_DEFINES = spaced(
    r"(?:g(?<!\wg)oi|v(?<!\wv)iet) (?:(?:tat|chung|ngan gon) )?la:?\s*[“\"'‘]?"
    r"(?P<form>[^\W\d_](?:[^\n\r()“”\"'‘’;,.]|\n(?!\s*\n)){2,60})"
)
_MOST_DEFINED = 40
_Found = tuple[Citation, Citation | None]
"""A citation, and the one that it is a short form of."""


def with_short_forms(layout: Layout, found: Sequence[Citation]) -> list[Citation]:
    """`found`, in order, with the places of every short form that the text defines of one of them, in order.

    A form begins with type words and goes on after them ("Quy chế 217"): a bare "Luật" or "Nghị định này" names
    nothing. What is a citation of its own already ("Chỉ thị 33") stays as it is.
    """
    meant = dict(_defined(layout, found))
    if not meant:
        return list(found)
    listed: list[_Found] = [(each, _by_name(each, meant)) for each in found]
    starts = [each.claim.start for each in found]
    for match in re.finditer("|".join(map(re.escape, sorted(meant, key=len, reverse=True))), layout.clean):
        definer = meant[match[0]]
        before = bisect_right(starts, match.start()) - 1
        inside = before >= 0 and found[before].claim.end > match.start()
        follows = before + 1 < len(found) and found[before + 1].claim.start < match.end()
        if match.start() > definer.claim.start and not (inside or follows) and _whole(layout.clean, match):
            listed.append((_cited(layout, match, definer), definer))
    listed.sort(key=lambda each: each[0].claim.start)
    places = {id(citation): position for position, (citation, _) in enumerate(listed, 1)}
    return [
        replace(citation, claim=replace(citation.claim, short_for=places[id(definer)])) if definer else citation
        for citation, definer in listed
    ]


def _by_name(citation: Citation, meant: Mapping[str, Citation]) -> Citation | None:
    """What a citation by name stands for, where the name is a short form and that of no law."""
    claim = citation.claim
    if claim.name is None or laws_named(claim.name):
        return None
    definer = meant.get(claim.text)
    return definer if definer and definer is not citation and definer.claim.start < claim.start else None


def _defined(layout: Layout, found: Sequence[Citation]) -> Iterator[tuple[str, Citation]]:
    """The forms that the text defines, as written, each with the last citation before it in its paragraph, rather one
    of its type."""
    starts, defined = [each.claim.start for each in found], 0
    for match in _DEFINES.finditer(layout.flat):
        words = layout.clean[slice(*match.span("form"))].rstrip()
        kind = type_of(words)
        bare = kind is None or not words[0].isupper() or len(words) < kind[1] + 2
        unit = layout.unit_at(match.start())
        if bare or unit is None or flatten(words).endswith(" nay") or defined == _MOST_DEFINED:
            continue
        near = found[bisect_right(starts, unit.start - 1) : bisect_right(starts, match.start())]
        alike = [each for each in near if kind and each.claim.type == kind[0]]
        if near:
            defined += 1
            yield words, (alike or list(near))[-1]


def _whole(clean: str, match: re.Match[str]) -> bool:
    """Whether what was found is whole words."""
    following = clean[match.end() : match.end() + 1]
    return not following.isalnum() and not clean[max(0, match.start() - 1) : match.start()].isalnum()


def _cited(layout: Layout, match: re.Match[str], definer: Citation) -> Citation:
    """The citation of `definer` by its short form."""
    unit, kind = layout.unit_at(match.start()), type_of(match[0])
    claim = Claim(
        *match.span(),
        text=match[0],
        type=kind[0] if kind else definer.claim.type,
        name=one_line(match[0]),
        issuer=definer.claim.issuer,
        place=definer.claim.place,
        zone=unit.zone if unit else Zone.BODY,
        score=mention_scores()["name"],
    )
    return Citation(claim, match.end(), match.end())

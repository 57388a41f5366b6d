"""Builders of readings for tests: a source whose text is made of its claims, with relations between them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from graph.model import (
    COUNTRY,
    Claim,
    Header,
    Place,
    Reading,
    Relation,
    RelationClaim,
    Source,
    StatedIn,
    Status,
    Zone,
)

BAC_KAN = Place(province="Bắc Kạn", kind="tỉnh")
QUANG_BINH = Place(province="Quảng Bình", kind="tỉnh")
THANH_HOA = Place(province="Thanh Hóa", kind="tỉnh")
XUAN_THANH = Place(province="Nghệ An", commune="Xuân Thành", kind="xã")


def cited(number: str | None = None, **fields: Any) -> Claim:
    """A claim of a cited document: `cited("33/CT-TTg", date="2021-11-26")`. Its text is the number or the name."""
    text = number or fields.get("name") or ""
    return Claim(start=0, end=0, **{"text": text, "number": number, **fields})


def own(number: str | None = None, **fields: Any) -> Claim:
    """The claim that a source's header makes of itself; `status` goes into the header."""
    status = fields.pop("status", Status.ISSUED if number else Status.UNNUMBERED)
    return cited(number, **{"own": True, "text": "", "zone": Zone.TITLE, "header": Header(status=status), **fields})


def stated(subject: int, relation: Relation, object: int, **fields: Any) -> RelationClaim:
    """A relation claim by positions of claims; its sentence is made by `reading`."""
    usual = {"zone": Zone.BODY, "stated_in": StatedIn.BODY, "start": 0, "end": 0, "quote": ""}
    return RelationClaim(subject=subject, relation=relation, object=object, **{**usual, **fields})


def reading(
    *claims: Claim, relations: tuple[RelationClaim, ...] = (), name: str = "plan.txt", salt: str = ""
) -> Reading:
    """A reading with one line of text a claim. `salt` makes a different text of the same claims."""
    text, placed = f"{salt or name}\n", []
    for claim in claims:
        line = claim.text or claim.title or ""
        placed.append(replace(claim, start=len(text), end=len(text) + len(line)))
        text += f"{line}\n"
    spans = [(placed[each.object].start, placed[each.object].end) for each in relations]
    proven = tuple(
        replace(each, start=start, end=end, quote=each.quote or text[start:end])
        for each, (start, end) in zip(relations, spans, strict=True)
    )
    return Reading(Source(hashlib.sha256(text.encode()).hexdigest(), name, text), tuple(placed), proven)


def directive(number: str = "33/CT-TTg", date: str | None = "2021-11-26", **fields: Any) -> Claim:
    """A citation of a directive of the Prime Minister."""
    usual = {"type": "Chỉ thị", "issuer": "Thủ tướng Chính phủ", "place": COUNTRY}
    return cited(number, **{**usual, "date": date, **fields})

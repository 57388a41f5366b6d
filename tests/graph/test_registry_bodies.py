"""Letters of signs and names of issuers tell the body."""

from __future__ import annotations

import pytest

from graph.model import Branch, Level
from graph.registry.bodies import Body, bodies, body_of_issuer, body_of_letters, party_body_of_issuer
from graph.signs import Sign


@pytest.mark.parametrize(("entry", "example"), [(entry, text) for entry in bodies() for text in entry.examples])
def test_every_example_is_of_its_entry(entry: Body, example: str) -> None:
    assert body_of_letters(Sign.parse(example).body) is entry


@pytest.mark.parametrize(
    ("issuer", "letters"),
    [("Ban Bí thư Trung ương Đảng", "TW"), ("Ban Thường vụ Tỉnh ủy Thanh Hóa", "TU"), ("Sở Nội vụ", None)],
)
def test_the_issuer_tells_the_letters(issuer: str, letters: str | None) -> None:
    body = body_of_issuer(issuer)
    assert (body.body if body else None) == letters


def test_any_party_body_tells_its_level() -> None:
    body = party_body_of_issuer("Ban Dân vận Tỉnh ủy Bắc Kạn")
    assert body is not None
    assert (body.branch, body.level) == (Branch.PARTY, Level.PROVINCE)
    congress = party_body_of_issuer("Nghị quyết Đại hội XIII của Đảng")
    assert congress is not None
    assert congress.level is Level.CENTRAL
    assert party_body_of_issuer("Nghị quyết của Đảng bộ Quân đội") is None
    assert party_body_of_issuer("Ủy ban nhân dân tỉnh Bắc Kạn") is None

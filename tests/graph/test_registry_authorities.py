"""The registry of issuing bodies: what its file must hold, and what a broken file is told."""

from __future__ import annotations

import pytest

from graph.errors import RegistryError
from graph.model import Branch, Level
from graph.registry import load
from graph.registry.authorities import SLOTS, abbreviations, authorities, authorities_by_code


def test_every_body_has_a_level_or_a_slot_that_tells_it() -> None:
    for body in authorities():
        assert body.level is not None or set(body.slots) & SLOTS, body.name


def test_every_entry_has_an_example() -> None:
    heads = {body.name for body in authorities() if not body.examples}
    assert all(any(name.endswith(body.name) for body in authorities() if body.examples) for name in heads)


def test_the_office_at_the_head_is_a_body_of_its_own() -> None:
    names = {body.name: body for body in authorities()}
    assert names["Bộ trưởng Bộ Nội vụ"].branch is Branch.STATE
    assert names["Bộ trưởng Bộ Nội vụ"].codes == ()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("TTg", "Thủ tướng Chính phủ"),
        ("BNV", "Bộ Nội vụ"),
        ("BDVTU", "Ban Dân vận <committee>"),
        ("UBND", "Ủy ban nhân dân <unit>"),
        ("BCSĐCP", "Ban Cán sự Đảng Chính phủ"),
    ],
)
def test_letters_of_signs(code: str, name: str) -> None:
    assert authorities_by_code()[code].name == name


def test_successors_begin_when_their_forerunners_end() -> None:
    names = {body.name: body for body in authorities()}
    for body in names.values():
        if body.successor is None:
            continue
        heir = names[body.successor]
        assert body.until is not None, body.name
        assert heir.since is None or heir.since <= max(body.until, "2025-03-01"), body.name
        assert heir.level is body.level or heir.level is Level.CENTRAL, body.name


def test_abbreviations_shorten_words_that_names_hold() -> None:
    names = " | ".join(name for body in authorities() for name in (body.name, *body.aliases)).casefold()
    for full, shorts in abbreviations():
        assert full.casefold() in names, full
        assert shorts and full not in shorts


GOOD = "- {name: Bộ Nội vụ, branch: state, level: central, examples: {Bộ Nội vụ: Bộ Nội vụ}}\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("- {name: Bộ Nội vụ, branch: state, level: central}\n", "needs"),
        ("- {name: Bộ Nội vụ, branch: nhà nước, level: central, examples: {a: b}}\n", "nhà nước"),
        ("- {name: Bộ Nội vụ, branch: state, examples: {a: b}}\n", "neither a level"),
        ("- {name: Sở Nội vụ <tỉnh>, branch: state, examples: {a: b}}\n", "unknown slot"),
        (GOOD + GOOD, "stands twice"),
        ("- {name: Bộ A, branch: state, level: central, successor: Bộ B, examples: {a: b}}\n", "unknown successor"),
        ("- {name: Bộ A, branch: state, level: central, until: 2025, examples: {a: b}}\n", "dates as"),
    ],
)
def test_a_broken_file_is_refused(
    content: str, told: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("registry")
    (folder / "authorities.yaml").write_text(content, "utf-8")
    monkeypatch.setattr(load, "files", lambda _package: folder)
    with pytest.raises(RegistryError, match=told):
        authorities.__wrapped__()

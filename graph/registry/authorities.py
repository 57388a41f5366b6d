"""Bodies that issue documents: canonical names, other ways to write them, their letters in signs and their lives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.errors import RegistryError
from graph.model import Branch, Level
from graph.registry.load import load_entries

SLOTS = frozenset({"unit", "committee", "province", "district", "seat", "ordinal", "subject"})
_FILE = "authorities.yaml"
_REQUIRED = frozenset({"name", "branch", "examples"})
_OPTIONAL = frozenset({"level", "aliases", "codes", "head", "since", "until", "successor"})
_SLOT = re.compile(r"<(\w*)>")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Authority:
    """One body, or one kind of body where its name has slots (`Ủy ban nhân dân <unit>`; authorities.yaml lists them).

    `level` is None where a slot tells it. `since` and `until` are ISO dates or None; `successor` is the name of another
    authority. `examples` are pairs of a text and the canonical name that it stands for.
    """

    name: str
    branch: Branch
    level: Level | None = None
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    successor: str | None = None
    examples: tuple[tuple[str, str], ...] = ()

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots of the name in their order."""
        return tuple(_SLOT.findall(self.name))


@lru_cache(maxsize=1)
def authorities() -> tuple[Authority, ...]:
    """All authorities in the file's order, each followed by the office at its head. Raises RegistryError."""
    found: list[Authority] = []
    for entry in load_entries(_FILE, _REQUIRED, _OPTIONAL):
        body = _authority(entry)
        found.append(body)
        if head := entry.get("head"):
            aliases = tuple(f"{head} {alias}" for alias in body.aliases)
            found.append(Authority(f"{head} {body.name}", body.branch, body.level, aliases, (), body.since, body.until))
    _check(found)
    return tuple(found)


@lru_cache(maxsize=1)
def abbreviations() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Words of bodies' names, each with its other spellings, in the order to try them. Raises RegistryError."""
    entries = load_entries("abbreviations.yaml", frozenset({"full", "short"}))
    return tuple((entry["full"], tuple(entry["short"])) for entry in entries)


@lru_cache(maxsize=1)
def authorities_by_code() -> dict[str, Authority]:
    """Authorities by the letters that stand for them in signs: "BNV" → Bộ Nội vụ. Raises RegistryError."""
    return {code: authority for authority in authorities() for code in authority.codes}


def _authority(entry: dict[str, Any]) -> Authority:
    try:
        return Authority(
            str(entry["name"]),
            Branch(entry["branch"]),
            Level(entry["level"]) if "level" in entry else None,
            tuple(map(str, entry.get("aliases", ()))),
            tuple(map(str, entry.get("codes", ()))),
            entry.get("since"),
            entry.get("until"),
            entry.get("successor"),
            tuple((str(text), str(name)) for text, name in entry["examples"].items()),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise RegistryError(f"{_FILE}: entry {entry['name']!r}: {error}") from error


def _check(found: list[Authority]) -> None:
    names = [authority.name for authority in found]
    codes = [code for authority in found for code in authority.codes]
    for value in {*names, *codes}:
        if names.count(value) + codes.count(value) > 1:
            raise RegistryError(f"{_FILE}: {value!r} stands twice")
    for authority in found:
        if problem := _problem(authority, frozenset(names)):
            raise RegistryError(f"{_FILE}: entry {authority.name!r}: {problem}")


def _problem(authority: Authority, names: frozenset[str]) -> str | None:
    """What is wrong with an entry, or None."""
    slots = set(authority.slots)
    if unknown := slots - SLOTS:
        return f"unknown slot {sorted(unknown)[0]!r}"
    if any(not set(_SLOT.findall(alias)) <= SLOTS for alias in authority.aliases):
        return "unknown slot in an alias"
    if authority.level is None and not slots:
        return "neither a level nor a slot that tells it"
    if authority.successor is not None and authority.successor not in names:
        return f"unknown successor {authority.successor!r}"
    if any(date is not None and not _DATE.fullmatch(str(date)) for date in (authority.since, authority.until)):
        return "since and until are dates as '2025-03-01'"
    return None

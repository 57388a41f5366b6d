"""Bodies behind the letters of a sign: branch, level, and how the names of issuers tell them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.errors import RegistryError
from graph.model import Branch, Level
from graph.registry.load import load_entries
from graph.text import fold

_REQUIRED = frozenset({"letters", "examples"})
_OPTIONAL = frozenset({"body", "branch", "level", "issuers", "party_of", "shared"})


@dataclass(frozen=True, slots=True)
class Body:
    """One kind of body. `issuers` and `party_of` are folded; `body` is the letters of the body itself, if it is one."""

    letters: re.Pattern[str]
    body: str | None
    branch: Branch | None
    level: Level | None
    issuers: tuple[str, ...]
    party_of: tuple[str, ...]
    shared: bool
    examples: tuple[str, ...]


@lru_cache(maxsize=1)
def bodies() -> tuple[Body, ...]:
    """All entries in the file's order. Raises RegistryError naming the entry."""
    return tuple(_body(entry) for entry in load_entries("bodies.yaml", _REQUIRED, _OPTIONAL))


def _body(entry: dict[str, Any]) -> Body:
    def words(field: str) -> tuple[str, ...]:
        listed = entry.get(field, ())
        if not isinstance(listed, list | tuple):
            raise RegistryError(f"bodies.yaml: {field} of {entry['letters']!r} is not a list")
        return tuple(str(item) for item in listed)

    try:
        return Body(
            re.compile(str(entry["letters"])),
            str(entry["body"]) if "body" in entry else None,
            Branch(entry["branch"]) if "branch" in entry else None,
            Level(entry["level"]) if "level" in entry else None,
            tuple(map(fold, words("issuers"))),
            tuple(map(fold, words("party_of"))),
            bool(entry.get("shared", False)),
            words("examples"),
        )
    except (re.error, ValueError) as error:
        raise RegistryError(f"bodies.yaml: entry {entry['letters']!r}: {error}") from error


@lru_cache(maxsize=4096)
def body_of_letters(letters: str) -> Body | None:
    """The entry for the body of a sign, read from its leading part: "UBND-HC" → that of UBND. None where unknown."""
    lead = re.split(r"[-/&+,]", letters)[0]
    return next((entry for entry in bodies() if lead and entry.letters.fullmatch(lead)), None)


@lru_cache(maxsize=4096)
def body_of_issuer(issuer: str) -> Body | None:
    """The entry whose own signs this issuer gives: "Ban Bí thư Trung ương Đảng" → that of TW. None where unknown."""
    name = fold(issuer)
    matches = [(len(start), entry) for entry in bodies() for start in entry.issuers if name.startswith(start)]
    return max(matches, key=lambda match: match[0])[1] if matches else None


@lru_cache(maxsize=4096)
def party_body_of_issuer(issuer: str) -> Body | None:
    """The Party committee whose level the issuer's name tells: "Ban Dân vận Tỉnh ủy Bắc Kạn" → that of TU, or None."""
    name = fold(issuer)
    return next((entry for entry in bodies() for words in entry.party_of if re.search(rf"\b{words}\b", name)), None)

"""Named laws: constitution, codes, laws and ordinances by their names, with sign and date of passing.

What is covered and how it was checked stands in docs/data.md; a law that is missing there is unknown, not inexistent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from graph.errors import RegistryError
from graph.registry.load import load_table
from graph.text import flatten, slug

TYPES = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
_WORD = re.compile(r"\w{1,30}|[^\w\s]")  # bounded, so that a hostile word costs nothing


@dataclass(frozen=True, slots=True)
class Law:
    """A law. `date` is the ISO date of passing, `sign` None for a constitution, `amends` the names of laws amended."""

    type: str
    name: str
    sign: str | None
    date: str
    amends: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    """A word's place in the trie of names; `whole` tells that a name ends here."""

    next: dict[str, _Node] = field(default_factory=dict)
    whole: bool = False


def _law(line: str) -> Law:
    sign, date, name, amends = line.split("\t")
    kind = next((kind for kind in TYPES if name.startswith(kind + " ")), None)
    if kind is None:
        raise RegistryError(f"laws.tsv: {name!r} begins with none of {TYPES}")
    return Law(kind, name, sign or None, date, tuple(amends.split(";")) if amends else ())


@lru_cache(maxsize=1)
def laws() -> tuple[Law, ...]:
    """All registered laws by date. Raises RegistryError."""
    found = map(_law, load_table("laws.tsv", ("sign", "date", "name", "amends")))
    return tuple(sorted(found, key=lambda law: (law.date, law.sign or "")))


@lru_cache(maxsize=1)
def law_aliases() -> dict[str, str]:
    """Short and other names in use, each with the name it stands for. Raises RegistryError."""
    return dict(line.split("\t") for line in load_table("law_aliases.tsv", ("alias", "name")))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Law, ...]]:
    groups: dict[str, list[Law]] = defaultdict(list)
    for law in laws():
        groups[slug(law.name)].append(law)
    found = {key: tuple(group) for key, group in groups.items()}
    for alias, name in law_aliases().items():
        if slug(name) not in found or slug(alias) in groups:
            raise RegistryError(f"law_aliases.tsv: {alias!r} must be a new name for a name in laws.tsv, not {name!r}")
        found[slug(alias)] = found[slug(name)]
    return found


def laws_named(name: str) -> tuple[Law, ...]:
    """The laws of that full name or alias, oldest first, compared without case, diacritics and punctuation."""
    return _by_name().get(slug(name), ())


def law_at(name: str, *, year: int | None = None, before: str | None = None) -> Law | None:
    """The one law of that name that was passed in `year` or, where there is none, came into effect in it.

    Offices name a law by either year: Luật Thực hiện dân chủ ở cơ sở, passed in 2022, is "năm 2023" too; effect in the
    year after passing is what is assumed. Without `year` the newest law that was passed before ISO date `before`.
    None where no law or several fit.
    """
    fitting = [law for law in laws_named(name) if before is None or law.date < before]
    if year is not None:
        passed = [law for law in fitting if law.date[:4] == str(year)]
        fitting = passed or [law for law in fitting if law.date[:4] == str(year - 1)]
    elif before is not None:
        fitting = fitting[-1:]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=1)
def _trie() -> _Node:
    """Names and aliases by their words, each also without its commas, which offices often leave out."""
    root = _Node()
    for name in [*(law.name for law in laws()), *law_aliases()]:
        words = [flatten(word) for word in _WORD.findall(name)]
        for path in (words, [word for word in words if word != ","]):
            node = root
            for word in path:
                node = node.next.setdefault(word, _Node())
            node.whole = True
    return root


def longest_law_name(text: str, start: int) -> int | None:
    """The end of the longest registered name or alias that begins at `start` of NFC `text`, None if there is none.

    Any run of white space may stand between words; neither case nor diacritics matter, which scanners misread.
    Reads no further than the names go.
    """
    node, end = _trie(), None
    for word in _WORD.finditer(text, start):
        if word.start() != start and text[start : word.start()].strip():
            break
        if (following := node.next.get(flatten(word[0]))) is None:
            break
        node, start = following, word.end()
        if node.whole:
            end = start
    return end

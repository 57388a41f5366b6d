"""Nodes and relationships of a whole store as rows of tables, whose columns have the headers that `neo4j-admin database
import` reads.

They are those that `graph.store.neo4j.ledger`, `documents` and `edges` write.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

START, END, LABELS, TYPE = ":START_ID", ":END_ID", ":LABEL", ":TYPE"


@dataclass(frozen=True, slots=True)
class Table:
    """Nodes with a label, or relationships of a type, of several types where `kind` is empty.

    `columns` are headers by the key of the value in a row; the first of nodes names them. `ends` are the labels of the
    nodes that relationships are between.
    """

    name: str
    kind: str
    columns: dict[str, str]
    ends: tuple[str, str] | None = None

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def option(self) -> str:
        """What names it on the command line."""
        what = "relationships" if self.ends else "nodes"
        return f"--{what}={self.kind}={self.file}" if self.kind else f"--{what}={self.file}"


def _texts(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _typed(type: str, *names: str) -> dict[str, str]:
    return {name: f"{name}:{type}" for name in names}


def _nodes(name: str, label: str, key: str, *columns: dict[str, str]) -> Table:
    """Nodes that are named by a property, in a space of identifiers of their own."""
    return Table(name, label, {key: f"{key}:ID({label})", **_merged(columns)})


def _between(name: str, kind: str, start: str, end: str, *columns: dict[str, str]) -> Table:
    ends = {START: f"{START}({start})", END: f"{END}({end})"}
    return Table(name, kind, {**ends, **_merged(columns)}, (start, end))


def _merged(columns: Iterable[dict[str, str]]) -> dict[str, str]:
    return {name: header for each in columns for name, header in each.items()}


_PROOF = (
    _texts("digest", "quote", "zone", "stated_in", "cue", "basis"),
    _typed("long", "start", "end", "mention_start", "mention_end"),
    _typed("double", "score"),
)

STORE = _nodes("store", "Cancu", "name", _typed("long", "version", "schema"))
SOURCES = _nodes("sources", "Source", "digest", _texts("name", "text"), _typed("byte[]", "reading"))
CLAIMS = _nodes(
    "claims",
    "Claim",
    "hash",
    _texts("block", "quote", "packed", "header", "pin", "base"),
    _typed("long", "count"),
)
DOCUMENTS = _nodes(
    "documents",
    "Document",
    "id",
    _texts("sign", "type", "title", "issuer", "branch", "level", "province", "district", "commune", "place_kind"),
    _texts("date", "status", "matching", "signer", "signer_position", "sign_key", "area", "opening", "words"),
    _texts("oldest_first", "newest_first", "block"),
    _typed("long", "year", "mentions", "slack"),
    _typed("boolean", "held", "leads"),
    _typed("string[]", "sources", "parts", "disputed", "rulings"),
    {LABELS: LABELS},
)
AUTHORITIES = _nodes("authorities", "Authority", "name")
PLACES = _nodes("places", "Place", "id", _texts("name", "kind", "level"))
ISSUED = _nodes("issued", "Issued", "id")

SAYS = _between("says", "SAYS", "Source", "Claim", _typed("long[]", "positions"))
STATED = _between("stated", "STATED", "Claim", "Claim", *_PROOF, _texts("relation"), _typed("long", "position"))
SPEAKS_OF = _between("speaks_of", "SPEAKS_OF", "Claim", "Document")
_RELATED = _texts("origin", "sentence_basis", "ruling")
RELATIONS = _between("relations", "", "Document", "Document", {TYPE: TYPE}, *_PROOF, _RELATED)
ISSUED_BY = _between("issued_by", "ISSUED_BY", "Document", "Authority")
OF = _between("of", "OF", "Document", "Place")
PART_OF = _between("part_of", "PART_OF", "Place", "Place")
STOOD_FOR = _between("stood_for", "STOOD_FOR", "Issued", "Claim")

TABLES = (
    *(STORE, SOURCES, CLAIMS, DOCUMENTS, AUTHORITIES, PLACES, ISSUED),
    *(SAYS, STATED, SPEAKS_OF, RELATIONS, ISSUED_BY, OF, PART_OF, STOOD_FOR),
)

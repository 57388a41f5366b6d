"""Inferred edges of the SQLite store after documents and stated edges changed (`graph.resolve.infer`).

A document is compared again only where that can bring another result: it changed itself, a text relates it to another
of its opening, its directive changed, or a directive came that is newer than the one it has. Directives of one title
are compared as one, by the title, and found by their date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from graph.model import Document, Relation
from graph.resolve.infer import ALIKE, Titled, areas_above, inferred_edge, titled
from graph.store.codec import dumps, loads
from graph.store.sqlite_documents import Changes

_NONE, _RELATED = "", "~"
"""Values of `titled.leader` beside dates: the first is before all of them, the second after."""
_NEIGHBOURS = """
SELECT t.document, t.area, t.kind, t.date, t.leads FROM edge e JOIN titled t ON t.document = e.dst
WHERE e.src = ?1 AND e.inferred IS NULL AND t.opening = ?2
UNION SELECT t.document, t.area, t.kind, t.date, t.leads FROM edge e JOIN titled t ON t.document = e.src
WHERE e.dst = ?1 AND e.inferred IS NULL AND t.opening = ?2
"""
_DIRECTIVES = "FROM titled t INDEXED BY titled_leading WHERE t.leads AND t.opening = ?1 AND t.area = ?2"
_KINDS = f"""
WITH RECURSIVE found (kind) AS (
    SELECT min(kind) {_DIRECTIVES}
    UNION ALL SELECT (SELECT min(t.kind) {_DIRECTIVES} AND t.kind > found.kind) FROM found WHERE kind IS NOT NULL
) SELECT kind FROM found WHERE kind IS NOT NULL
"""  # noqa: S608
"""Each kind of the directives of one opening and area, without reading all of these."""
_NEWEST = f"SELECT t.date {_DIRECTIVES} AND t.kind = ?3 AND t.date < ?4 ORDER BY t.date DESC LIMIT 1"
_OF_DAY = f"""
SELECT d.id, d.n FROM document d JOIN (SELECT t.document {_DIRECTIVES} AND t.kind = ?3 AND t.date = ?4)
ON d.n = document ORDER BY d.id DESC LIMIT 1
"""  # noqa: S608
_FOLLOWING = """
SELECT document, kind, date FROM titled
WHERE opening = ? AND area > ? AND area < ? AND date || '~' > ? AND leader <= ?
"""


@dataclass(frozen=True, slots=True)
class _Alike:
    """Directives of one kind in one territory, which a document can follow, and how alike the titles are."""

    area: str
    kind: str
    likeness: float


class Inference:
    """Writes inferred edges within the caller's transaction. Use one for one batch."""

    def __init__(
        self, connection: sqlite3.Connection, changes: Changes, decided: Collection[tuple[int, int]] = ()
    ) -> None:
        """`decided` are the pairs of documents of which people decided whether one implements the other."""
        self._connection = connection
        self._decided = decided
        self._remade = {n: states for n, *states in changes.remade if len({*map(_compared, states)}) > 1}
        self._kinds: dict[tuple[str, str], list[str]] = {}
        self._held: dict[int, tuple[int, str]] = {}

    def run(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Write the edges of documents that changed, of those of `pairs` for which texts state another relation than
        before, and of those that a changed directive can lead."""
        sources = set(self._remade) | self._kin(pairs)
        for n, (before, after) in self._remade.items():
            sources |= self._followers(n, before, after)
        self._write_titled()
        for n, (before, after) in self._remade.items():
            sources |= self._beside(n, before, after) | self._open_to(after)
        rows = self._sources(sources)
        for n in sorted(sources):
            self._infer(n, rows.get(n))

    def _kin(self, pairs: Iterable[tuple[int, int]]) -> set[int]:
        """Those of the pairs whose titles begin alike."""
        given = list(pairs)
        openings: dict[int, set[str]] = {}
        ends = {n for pair in given for n in pair} - self._remade.keys()
        select = "SELECT t.document, t.opening FROM json_each(?) e JOIN titled t ON t.document = e.value"
        for n, words in self._connection.execute(select, (_array(ends),)):
            openings[n] = {words}
        for n, states in self._remade.items():
            openings[n] = {known.opening for state in states if state and (known := titled(state))}
        none: set[str] = set()
        return {n for pair in given if openings.get(pair[0], none) & openings.get(pair[1], none) for n in pair}

    def _followers(self, n: int, before: Document | None, after: Document | None) -> set[int]:
        """The documents with an edge inferred to one that is another now or no more."""
        if before is None or _leads(before) == _leads(after):
            return set()
        select = "SELECT src FROM edge WHERE dst = ? AND inferred IS NOT NULL"
        return {row[0] for row in self._connection.execute(select, (n,))}

    def _write_titled(self) -> None:
        connection, rows = self._connection, []
        for n, (_, after) in self._remade.items():
            if after and (known := titled(after)):
                rows.append((n, known.opening, known.area, known.rank + known.subject, known.date, known.leads))
        connection.executemany("DELETE FROM titled WHERE document = ?", [(n,) for n in self._remade])
        connection.executemany(
            "INSERT INTO titled (document, opening, area, kind, date, leads) VALUES (?, ?, ?, ?, ?, ?)", rows
        )

    def _beside(self, n: int, before: Document | None, after: Document | None) -> set[int]:
        """The documents that a text relates to a directive that is another now; those of a new one are in pairs."""
        if before is None or _leads(before) == _leads(after):
            return set()
        openings = {known.opening for state in (before, after) if state and (known := titled(state))}
        return {row[0] for words in openings for row in self._connection.execute(_NEIGHBOURS, (n, words))}

    def _open_to(self, directive: Document | None) -> set[int]:
        """The documents that would follow a directive rather than none or the one that they have."""
        known = titled(directive) if directive else None
        if known is None or not known.leads:
            return set()
        span = known.area, f"{known.area[:-1]}0"  # "0" comes after "/": all areas that begin with this one
        rows = self._connection.execute(_FOLLOWING, (known.opening, *span, known.date, known.date))
        found = {n: _titled(known.opening, known.area, kind, date, False) for n, kind, date in rows}
        return {
            n
            for n, one in found.items()
            if one.can_follow(known.rank, known.date) and one.likeness(known.subject) >= ALIKE
        }

    def _sources(self, numbers: Collection[int]) -> dict[int, Titled]:
        wanted = _array(numbers)
        select = "FROM json_each(?) w JOIN edge e ON e.src = w.value WHERE e.inferred IS NOT NULL"
        held = self._connection.execute(f"SELECT e.src, e.dst, e.inferred {select}", (wanted,))
        self._held = {n: (dst, edge) for n, dst, edge in held}
        select = "FROM json_each(?) w JOIN titled t ON t.document = w.value"
        rows = self._connection.execute(f"SELECT document, opening, area, kind, date, leads {select}", (wanted,))
        return {n: _titled(*row) for n, *row in rows}

    def _infer(self, n: int, source: Titled | None) -> None:
        """The inferred edge of one document, None where inference can say nothing of it."""
        leader, found = self._leader(n, source) if source else (_NONE, None)
        if source:
            update = "UPDATE titled SET leader = ? WHERE document = ? AND leader <> ?"
            self._connection.execute(update, (leader, n, leader))
        follows = found if found and (n, found[0]) not in self._decided else None
        now = (follows[0], self._edge(n, follows[1])) if follows else None
        held = self._held.get(n)
        if held and (now is None or now[0] != held[0]):
            delete = "DELETE FROM edge WHERE src = ? AND dst = ? AND inferred IS NOT NULL"
            self._connection.execute(delete, (n, held[0]))
        if now and now != held:
            insert = "INSERT OR REPLACE INTO edge (src, type, dst, kept, inferred) VALUES (?, ?, ?, 1, ?)"
            self._connection.execute(insert, (n, Relation.IMPLEMENTS, *now))

    def _leader(self, n: int, source: Titled) -> tuple[str, tuple[int, float] | None]:
        """What to note of the directive that a document follows, and its number with how alike the titles are."""
        until = f"{source.date}~"  # a date without day or month counts as early as it can be
        newest: list[tuple[str, float, _Alike]] = []
        for one in self._alike(source):
            row = self._connection.execute(_NEWEST, (source.opening, one.area, one.kind, until)).fetchone()
            if row:
                newest.append((row[0], one.likeness, one))
        if not newest:
            return _NONE, None
        alike = {(one.area, one.kind) for _, _, one in newest}
        for _, area, kind, date, leads in self._connection.execute(_NEIGHBOURS, (n, source.opening)):
            if leads and date < until and (area, kind) in alike:
                return _RELATED, None
        date, likeness, _ = max(newest, key=lambda one: one[:2])
        equals = [(source.opening, one.area, one.kind, date) for *best, one in newest if best == [date, likeness]]
        named = [self._connection.execute(_OF_DAY, key).fetchone() for key in equals]
        return date, (max(named)[1], likeness)

    def _alike(self, source: Titled) -> Iterator[_Alike]:
        for upper in areas_above(source.area):
            key = source.opening, upper
            if key not in self._kinds:
                self._kinds[key] = [row[0] for row in self._connection.execute(_KINDS, key)]
            for kind in self._kinds[key]:
                rank, subject = _parts(kind)
                if source.can_follow(rank, "") and (likeness := source.likeness(subject)) >= ALIKE:
                    yield _Alike(upper, kind, likeness)

    def _edge(self, n: int, likeness: float) -> str:
        (record,) = self._connection.execute("SELECT record FROM document WHERE n = ?", (n,)).fetchone()
        return dumps(replace(inferred_edge(loads(Document, record), "", likeness), source=""))


def _parts(kind: str) -> tuple[str, str]:
    """Rank and subject, whose kind this is."""
    return kind[:2], kind[2:]


def _titled(opening: str, area: str, kind: str, date: str, leads: int) -> Titled:
    rank, subject = _parts(kind)
    return Titled(opening, area, subject, rank, date, bool(leads))


def _compared(document: Document | None) -> tuple[object, ...] | None:
    """All of a document that bears on edges inferred from it or to it."""
    known = titled(document) if document else None
    return (known, document.id, document.title, document.held) if document and known else None


def _leads(document: Document | None) -> tuple[Titled, str] | None:
    """All of a document that bears on edges inferred to it, None where there are none."""
    known = titled(document) if document else None
    return (known, document.id) if document and known and known.leads else None


def _array(numbers: Collection[int]) -> str:
    return json.dumps(sorted(numbers))

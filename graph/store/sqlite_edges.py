"""Edges of the SQLite store after documents changed: those that texts state, pair by pair."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from typing import Any

from graph.model import BasisKind, Evidence, Relation
from graph.resolve import strongest
from graph.resolve.decide import Decision
from graph.resolve.edges import decided_edge, evidence_order
from graph.ruling import DecisionKind
from graph.store.codec import dumps, loads
from graph.store.sqlite_decide import Pair, on_edges
from graph.store.sqlite_documents import Changes
from graph.store.sqlite_inferred import Inference
from graph.store.sqlite_ledger import Stated

_HELD = """
SELECT e.src, e.dst, e.type, t.evidence, e.source, e.position, e.score, e.substance
FROM json_each(?) w CROSS JOIN edge e ON e.src = w.value ->> 0 AND e.dst = w.value ->> 1
JOIN statement t ON t.source = e.source AND t.position = e.position WHERE e.inferred IS NULL
"""


@dataclass(frozen=True, slots=True)
class _Best:
    """What is kept of all statements of one relation between two documents: where the strongest stands, the highest
    score, and whether any names a legal basis in substance. `evidence` is JSON, which few need to be compared by."""

    evidence: str
    source: int
    position: int
    score: float
    substance: bool

    def joined(self, other: _Best) -> _Best:
        first = min(self, other, key=lambda one: _order(one.evidence))
        return replace(first, score=max(self.score, other.score), substance=self.substance or other.substance)


@lru_cache(maxsize=4_096)
def _order(evidence: str) -> tuple[int | str, ...]:
    return evidence_order(loads(Evidence, evidence))


class Weaver:
    """Writes edges within the caller's transaction. Use one for one batch."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs: set[Pair] = set()
        self._rows: list[tuple[Any, ...]] = []
        self._verdicts: Mapping[Pair, Mapping[Relation, Decision]] = {}

    def run(self, stated: Sequence[Stated], changes: Changes) -> None:
        """Write new statements, and the edges that follow from them and from what moved; drop documents that are no
        more."""
        dirty = self._move(changes) | self._rule()
        fresh: dict[Pair, dict[Relation, _Best]] = defaultdict(dict)
        for pair, one in self._insert(stated):
            if pair in self._verdicts:
                dirty.add(pair)
            elif pair not in dirty and pair[0] != pair[1]:
                found = fresh[pair].get(one.relation)
                best = _Best(one.evidence, one.source, one.position, one.score, one.substance)
                fresh[pair][one.relation] = found.joined(best) if found else best
        self._append(fresh)
        for pair in sorted(dirty):
            self._weave(pair)
        self._save()
        Inference(self._connection, changes, self._rejected()).run(self._pairs)
        self._drop(changes)

    def _rule(self) -> set[Pair]:
        """Read which edges decisions are on now; the pairs of documents for which they are not those of before."""
        connection = self._connection
        self._verdicts = on_edges(connection)
        now = {pair: _told(some) for pair, some in self._verdicts.items()}
        before = {(src, dst): said for src, dst, said in connection.execute("SELECT src, dst, verdicts FROM ruled")}
        changed = {pair for pair in now.keys() | before.keys() if now.get(pair) != before.get(pair)}
        connection.executemany("DELETE FROM ruled WHERE src = ? AND dst = ?", sorted(changed))
        rows = [(*pair, now[pair]) for pair in sorted(changed & now.keys())]
        connection.executemany("INSERT INTO ruled (src, dst, verdicts) VALUES (?, ?, ?)", rows)
        return changed

    def _rejected(self) -> set[Pair]:
        """The pairs of which nobody is to infer that one implements the other."""
        return {pair for pair, verdicts in self._verdicts.items() if Relation.IMPLEMENTS in verdicts}

    def _insert(self, stated: Sequence[Stated]) -> Iterator[tuple[Pair, Stated]]:
        homes = self._homes({n for one in stated for n in (one.subject, one.object)})
        pairs = [(homes[one.subject], homes[one.object]) for one in stated]
        self._connection.executemany(
            "INSERT INTO statement (source, position, subject, object, type, src, dst, score, evidence)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (one.source, one.position, one.subject, one.object, one.relation, *pair, one.score, one.evidence)
                for pair, one in zip(pairs, stated, strict=True)
            ],
        )
        return zip(pairs, stated, strict=True)

    def _homes(self, signatures: Collection[int]) -> dict[int, int]:
        """The documents that signatures speak of, by number."""
        select = "SELECT s.n, s.document FROM json_each(?) w CROSS JOIN signature s ON s.n = w.value"
        return dict(self._connection.execute(select, (json.dumps(sorted(signatures)),)))

    def _move(self, changes: Changes) -> set[Pair]:
        """Point statements to the documents that their signatures now speak of; the pairs that lost or won any."""
        connection, pairs, rows = self._connection, set[Pair](), set[tuple[int, int]]()
        for n, before in changes.moved.items():
            if before is not None:
                select = "SELECT source, position FROM statement WHERE object = ?1 OR (src = ?2 AND subject = ?1)"
                rows.update(connection.execute(select, (n, before)))
        for row in sorted(rows):
            select = (
                "SELECT t.src, t.dst, s.document, o.document FROM statement t"
                " JOIN signature s ON s.n = t.subject JOIN signature o ON o.n = t.object"
                " WHERE t.source = ? AND t.position = ?"
            )
            src, dst, now_src, now_dst = connection.execute(select, row).fetchone()
            pairs |= {(src, dst), (now_src, now_dst)}
            update = "UPDATE statement SET src = ?, dst = ? WHERE source = ? AND position = ?"
            connection.execute(update, (now_src, now_dst, *row))
        return pairs

    def _append(self, fresh: Mapping[Pair, Mapping[Relation, _Best]]) -> None:
        """Add statements to pairs without reading their others."""
        held: dict[Pair, dict[Relation, _Best]] = defaultdict(dict)
        for src, dst, type, *said in self._connection.execute(_HELD, (json.dumps([*fresh]),)):
            evidence, source, position, score, substance = said
            held[src, dst][Relation(type)] = _Best(evidence, source, position, score, bool(substance))
        for pair, by_relation in fresh.items():
            before = held.get(pair, {})
            now = dict(before)
            for relation, best in by_relation.items():
                now[relation] = before[relation].joined(best) if relation in before else best
            changed = {relation: best for relation, best in now.items() if before.get(relation) != best}
            self._keep(pair, now, changed if before.keys() == now.keys() else now)
            if not before:
                self._pairs.add(pair)

    def _weave(self, pair: Pair) -> None:
        """The edges of a pair from all its statements."""
        self._connection.execute("DELETE FROM edge WHERE src = ? AND dst = ? AND inferred IS NULL", pair)
        self._pairs.add(pair)
        if pair[0] == pair[1]:
            return
        found: dict[Relation, _Best] = {}
        select = "SELECT source, position, type, score, evidence FROM statement WHERE src = ? AND dst = ?"
        for source, position, type, score, evidence in self._connection.execute(select, pair):
            relation, proof = Relation(type), loads(Evidence, evidence)
            best = _Best(evidence, source, position, score, proof.basis is BasisKind.SUBSTANCE)
            found[relation] = found[relation].joined(best) if relation in found else best
        self._keep(pair, found, found)

    def _keep(self, pair: Pair, all_of_pair: dict[Relation, _Best], written: dict[Relation, _Best]) -> None:
        """Note which edges of a pair are to be written."""
        verdicts = self._verdicts.get(pair, {})
        added = {type: one for type, one in verdicts.items() if one.kind is DecisionKind.ADD}
        kept = strongest((all_of_pair.keys() - verdicts.keys()) | added.keys())
        for type, one in written.items():
            said = one.score, one.substance, one.source, one.position
            self._rows.append((pair[0], type, pair[1], type in kept, *said, None))
        for type, decision in added.items():
            decided = dumps(decided_edge(("", type, ""), decision))
            self._rows.append((pair[0], type, pair[1], True, None, None, None, None, decided))

    def _save(self) -> None:
        """Write the edges in the order of the table."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO edge (src, type, dst, kept, score, substance, source, position, decided)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            sorted(self._rows, key=itemgetter(0, 1, 2)),
        )

    def _drop(self, changes: Changes) -> None:
        """Remove documents that are no more, and log identifiers that were given up."""
        for n, before, after in changes.remade:
            if before is not None and (after is None or after.id != before.id):
                self._log(n, before.id, changes)
        gone = [(n,) for n, _, after in changes.remade if after is None]
        self._connection.executemany("DELETE FROM document WHERE n = ?", gone)

    def _log(self, n: int, id: str, changes: Changes) -> None:
        insert = "INSERT OR IGNORE INTO issued SELECT ?, hash FROM signature WHERE n = ?"
        spoke = [number for number, before in changes.moved.items() if before == n]
        stay = self._connection.execute("SELECT n FROM signature WHERE document = ?", (n,))
        spoke += [number for (number,) in stay if number not in changes.moved]
        self._connection.executemany(insert, [(id, number) for number in spoke])


def _told(verdicts: Mapping[Relation, Decision]) -> str:
    return json.dumps(sorted((type, one.id) for type, one in verdicts.items()))


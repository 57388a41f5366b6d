"""Edges of the SQLite store after documents changed: those that texts state, pair by pair."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class _Best:
    """What is kept of all statements of one relation between two documents: where the strongest stands, the highest
    score, and whether any names a legal basis in substance."""

    evidence: Evidence
    source: int
    position: int
    score: float
    substance: bool

    def joined(self, other: _Best) -> _Best:
        first = min(self, other, key=lambda one: evidence_order(one.evidence))
        return replace(first, score=max(self.score, other.score), substance=self.substance or other.substance)


class Weaver:
    """Writes edges within the caller's transaction. Use one for one batch."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs: set[Pair] = set()
        self._verdicts: Mapping[Pair, Mapping[Relation, Decision]] = {}

    def run(self, stated: Iterable[Stated], changes: Changes) -> None:
        """Write new statements, and the edges that follow from them and from what moved; drop documents that are no
        more."""
        dirty = self._move(changes) | self._rule()
        fresh: dict[Pair, dict[Relation, _Best]] = defaultdict(dict)
        for pair, one in self._insert(stated):
            if pair in self._verdicts:
                dirty.add(pair)
            elif pair not in dirty and pair[0] != pair[1]:
                found = fresh[pair].get(one.relation)
                best = _best(one)
                fresh[pair][one.relation] = found.joined(best) if found else best
        for pair, by_relation in fresh.items():
            self._append(pair, by_relation)
        for pair in sorted(dirty):
            self._weave(pair)
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

    def _insert(self, stated: Iterable[Stated]) -> Iterator[tuple[Pair, Stated]]:
        homes: dict[int, int] = {}
        for one in stated:
            for n in (one.subject, one.object):
                if n not in homes:
                    select = "SELECT document FROM signature WHERE n = ?"
                    homes[n] = self._connection.execute(select, (n,)).fetchone()[0]
            pair = homes[one.subject], homes[one.object]
            given = one.source, one.position, one.subject, one.object, one.relation, *pair, one.score
            self._connection.execute(
                "INSERT INTO statement (source, position, subject, object, type, src, dst, score, evidence)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*given, dumps(one.evidence)),
            )
            yield pair, one

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

    def _append(self, pair: Pair, by_relation: dict[Relation, _Best]) -> None:
        """Add statements to a pair without reading its others."""
        select = (
            "SELECT e.type, e.source, e.position, e.score, e.substance, t.evidence FROM edge e"
            " JOIN statement t ON t.source = e.source AND t.position = e.position"
            " WHERE e.src = ? AND e.dst = ? AND e.inferred IS NULL"
        )
        held = {}
        for type, source, position, score, substance, evidence in self._connection.execute(select, pair):
            held[Relation(type)] = _Best(loads(Evidence, evidence), source, position, score, bool(substance))
        now = dict(held)
        for relation, best in by_relation.items():
            now[relation] = held[relation].joined(best) if relation in held else best
        changed = {relation: best for relation, best in now.items() if held.get(relation) != best}
        self._save(pair, now, changed if held.keys() == now.keys() else now)
        if not held:
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
            best = _Best(proof, source, position, score, proof.basis is BasisKind.SUBSTANCE)
            found[relation] = found[relation].joined(best) if relation in found else best
        self._save(pair, found, found)

    def _save(self, pair: Pair, all_of_pair: dict[Relation, _Best], written: dict[Relation, _Best]) -> None:
        verdicts = self._verdicts.get(pair, {})
        added = {type: one for type, one in verdicts.items() if one.kind is DecisionKind.ADD}
        kept = strongest((all_of_pair.keys() - verdicts.keys()) | added.keys())
        self._connection.executemany(
            "INSERT OR REPLACE INTO edge (src, type, dst, kept, score, substance, source, position)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (pair[0], type, pair[1], type in kept, one.score, one.substance, one.source, one.position)
                for type, one in written.items()
            ],
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO edge (src, type, dst, kept, decided) VALUES (?, ?, ?, 1, ?)",
            [(pair[0], type, pair[1], dumps(decided_edge(("", type, ""), one))) for type, one in added.items()],
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


def _best(one: Stated) -> _Best:
    substance = one.evidence.basis is BasisKind.SUBSTANCE
    return _Best(one.evidence, one.source, one.position, one.score, substance)

"""Edges in Neo4j after documents changed: stated ones pair by pair, then inferred ones.

    (:Document)-[:IMPLEMENTS {quote, zone, ...}]->(:Document)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from neo4j import ManagedTransaction

from graph.model import Document, Edge, Origin, Relation
from graph.resolve import Statement, infer, strongest, weave
from graph.resolve.decide import Decision
from graph.resolve.edges import End, joined
from graph.resolve.infer import areas_above, titled
from graph.store.neo4j.decide import Pair, on_edges, rule
from graph.store.neo4j.documents import Changes
from graph.store.neo4j.records import (
    ANY_RELATION,
    document_of,
    edge_of_relationship,
    edge_properties,
    relation_type,
    statement_of,
)

_TOUCHING = """
UNWIND $hashes AS hash MATCH (claim:Claim {hash: hash})-[stated:STATED]-(:Claim)
RETURN DISTINCT startNode(stated).hash, endNode(stated).hash
"""
_SPOKEN = """
UNWIND $hashes AS hash MATCH (claim:Claim {hash: hash})-[:SPEAKS_OF]->(document) RETURN hash, document.id
"""
_STATED_OF_PAIRS = """
UNWIND $groups AS of
MATCH (source:Document {id: of.source})<-[:SPEAKS_OF]-(:Claim)-[stated:STATED]->(object:Claim)
MATCH (object)-[:SPEAKS_OF]->(target) WHERE target.id IN of.targets
RETURN of.source, target.id, properties(stated)
"""
_EDGES_OF_PAIRS = f"""
UNWIND $pairs AS pair
MATCH (source:Document {{id: pair[0]}})-[edge:{ANY_RELATION}]->(target:Document {{id: pair[1]}})
WHERE edge.origin = '{Origin.STATED}'
RETURN source.id, type(edge), target.id, properties(edge)
"""
_CUT = f"""
UNWIND $pairs AS pair
MATCH (:Document {{id: pair[0]}})-[edge:{ANY_RELATION}]->(:Document {{id: pair[1]}})
WHERE edge.origin <> '{Origin.INFERRED}' DELETE edge
"""
_CUT_ONE = """
UNWIND $pairs AS pair
MATCH (:Document {{id: pair[0]}})-[edge:{type}]->(:Document {{id: pair[1]}}) DELETE edge
"""
_TIE = """
UNWIND $rows AS row MATCH (source:Document {{id: row.source}}), (target:Document {{id: row.target}})
MERGE (source)-[edge:{type}]->(target) SET edge = row.edge
"""
_LED_TO = f"""
UNWIND $ids AS id MATCH (source:Document)-[edge:{Relation.IMPLEMENTS.name}]->(:Document {{id: id}})
WHERE edge.origin = '{Origin.INFERRED}' RETURN DISTINCT source.id
"""
_FORGET = f"""
UNWIND $ids AS id MATCH (:Document {{id: id}})-[edge:{Relation.IMPLEMENTS.name}]->()
WHERE edge.origin = '{Origin.INFERRED}' DELETE edge
"""
_LED_BY = """
UNWIND $rows AS row MATCH (document:Document)
WHERE document.opening = row.opening AND document.area STARTS WITH row.area RETURN DISTINCT document.id
"""
_TITLED = """
UNWIND $ids AS id MATCH (document:Document {id: id}) WHERE document.opening IS NOT NULL RETURN properties(document)
"""
_LEADING = """
UNWIND $rows AS row MATCH (document:Document)
WHERE document.opening = row.opening AND document.area = row.area AND document.leads
RETURN properties(document)
"""
_RELATED = f"""
UNWIND $ids AS id MATCH (source:Document {{id: id}})-[edge:{ANY_RELATION}]-(target:Document)
WHERE edge.origin <> '{Origin.INFERRED}' AND target.leads AND target.opening = source.opening
RETURN startNode(edge).id, endNode(edge).id
"""
_STATED = """
UNWIND $pairs AS pair
MATCH (source:Document {id: pair[0]}), (target:Document {id: pair[1]})
WHERE EXISTS { (source)<-[:SPEAKS_OF]-(:Claim)-[:STATED]->(:Claim)-[:SPEAKS_OF]->(target) }
RETURN source.id, target.id
"""


@dataclass(slots=True)
class Weaver:
    """Writes edges within a transaction. Use one for one batch."""

    transaction: ManagedTransaction
    changes: Changes
    _related_anew: set[str] = field(default_factory=set)
    _verdicts: dict[End, Decision] = field(default_factory=dict)

    def run(self, stated: Collection[Statement]) -> None:
        """Write the edges that follow from new statements, between claims by hash, and from what moved."""
        self._verdicts = on_edges(self.transaction)
        dirty = self._moved_pairs() | rule(self.transaction, self._verdicts)
        ruled = {(source, target) for source, _, target in self._verdicts}
        fresh = defaultdict(list)
        for one in stated:
            pair = self.changes.spoken[one.source], self.changes.spoken[one.target]
            if pair in ruled:
                dirty.add(pair)
            elif pair[0] != pair[1] and pair not in dirty:
                fresh[pair].append(replace(one, source=pair[0], target=pair[1]))
        self._append(fresh)
        self._weave(dirty)
        self._infer()

    def _moved_pairs(self) -> set[Pair]:
        """The pairs of documents that lost or won statements, since claims speak of others now."""
        moved = self.changes.moved
        before = [hashed for hashed, document in moved.items() if document is not None]
        if not before:
            return set()
        ends = self.transaction.run(_TOUCHING, hashes=before).values()
        others = {hashed for pair in ends for hashed in pair} - self.changes.spoken.keys()
        now = {**self.changes.spoken, **self._documents_of(others)}
        pairs = set()
        for subject, target in ends:
            pairs.add((now[subject], now[target]))
            old = moved.get(subject, now[subject]), moved.get(target, now[target])
            if old[0] is not None and old[1] is not None:
                pairs.add((old[0], old[1]))
        return pairs

    def _documents_of(self, hashes: Collection[str]) -> dict[str, str]:
        return dict(self.transaction.run(_SPOKEN, hashes=sorted(hashes)).values()) if hashes else {}

    def _append(self, fresh: dict[Pair, list[Statement]]) -> None:
        """Add statements to pairs without reading their others."""
        new = self.changes.new
        held = self._edges([pair for pair in fresh if not new.intersection(pair)])
        written, cut = [], defaultdict(list)
        for pair, statements in fresh.items():
            before = held.get(pair, {})
            now = dict(before)
            for edge in weave(statements):
                known = now.get(edge.relation)
                now[edge.relation] = joined(known, edge) if known else edge
            kept = strongest(now.keys())
            written += [now[relation] for relation in sorted(kept) if now[relation] != before.get(relation)]
            for relation in before.keys() - kept:
                cut[relation].append(pair)
            if not before:
                self._related_anew |= set(pair)
        for relation, pairs in sorted(cut.items()):
            query = _CUT_ONE.format(type=relation_type(relation))
            self.transaction.run(query, pairs=[list(pair) for pair in pairs])
        self._tie(written)

    def _edges(self, pairs: Collection[Pair]) -> dict[Pair, dict[Relation, Edge]]:
        found: dict[Pair, dict[Relation, Edge]] = defaultdict(dict)
        if pairs:
            for row in self.transaction.run(_EDGES_OF_PAIRS, pairs=[list(pair) for pair in pairs]).values():
                edge = edge_of_relationship(*row)
                found[edge.source, edge.target][edge.relation] = edge
        return found

    def _weave(self, pairs: Collection[Pair]) -> None:
        """The edges of pairs from all their statements."""
        if not pairs:
            return
        self._related_anew |= {id for pair in pairs for id in pair}
        self.transaction.run(_CUT, pairs=[list(pair) for pair in sorted(pairs)])
        targets = defaultdict(list)
        for source, target in sorted(pairs):
            if source != target:
                targets[source].append(target)
        groups = [{"source": source, "targets": ids} for source, ids in targets.items()]
        rows = self.transaction.run(_STATED_OF_PAIRS, groups=groups).values()
        decided = {end: one for end, one in self._verdicts.items() if (end[0], end[2]) in pairs}
        self._tie(weave((statement_of(*row) for row in rows), decided))

    def _tie(self, edges: Iterable[Edge]) -> None:
        by_relation = defaultdict(list)
        for edge in edges:
            row = {"source": edge.source, "target": edge.target, "edge": edge_properties(edge)}
            by_relation[edge.relation].append(row)
        for relation, rows in sorted(by_relation.items()):
            self.transaction.run(_TIE.format(type=relation_type(relation)), rows=rows)

    def _infer(self) -> None:
        """Inferred edges of documents that changed or were related, and of those that a changed directive can lead."""
        changed = [id for id, pair in self.changes.remade.items() if _compared(pair[0]) != _compared(pair[1])]
        asked = self._related_anew | set(changed) | self._led_by(changed)
        if not asked:
            return
        asked |= {row[0] for row in self.transaction.run(_LED_TO, ids=changed)}
        ids = sorted(asked)
        self.transaction.run(_FORGET, ids=ids)
        sources = [document_of(row[0]) for row in self.transaction.run(_TITLED, ids=ids)]
        sources = [document for document in sources if document.id not in self.changes.gone]
        targets = self._leading(sources)
        if targets:
            led = [document.id for document in sources]
            related = {(row[0], row[1]) for row in self.transaction.run(_RELATED, ids=led)}
            related |= self._stated_though_rejected(set(led))
            found = infer(sources, targets, lambda source, target: (source, target) in related)
            self._tie(edge for edge in found if (edge.source, edge.relation, edge.target) not in self._verdicts)

    def _stated_though_rejected(self, sources: Collection[str]) -> set[Pair]:
        """The pairs that texts relate and decisions are on: of these there may be no edges."""
        pairs = {(end[0], end[2]) for end in self._verdicts if end[0] in sources or end[2] in sources}
        if not pairs:
            return set()
        rows = self.transaction.run(_STATED, pairs=[list(pair) for pair in sorted(pairs)]).values()
        return {(source, target) for source, target in rows}

    def _led_by(self, changed: Iterable[str]) -> set[str]:
        """The documents that changed directives could lead: those in their territories with their opening."""
        states = (titled(state) for id in changed for state in self.changes.remade[id] if state)
        wanted = {(state.opening, state.area) for state in states if state and state.leads}
        rows = [{"opening": opening, "area": area} for opening, area in sorted(wanted)]
        return {row[0] for row in self.transaction.run(_LED_BY, rows=rows)} if rows else set()

    def _leading(self, sources: Iterable[Document]) -> list[Document]:
        known = [one for one in map(titled, sources) if one]
        keys = {(one.opening, upper) for one in known for upper in areas_above(one.area)}
        rows = [{"opening": opening, "area": area} for opening, area in sorted(keys)]
        found = [document_of(row[0]) for row in self.transaction.run(_LEADING, rows=rows)] if rows else []
        return [document for document in found if document.id not in self.changes.gone]


def _compared(document: Document | None) -> tuple[object, ...] | None:
    """That of a document on which inference rests."""
    return (titled(document), document.title, document.held) if document else None

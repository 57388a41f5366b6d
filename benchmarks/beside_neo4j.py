"""The graph of an embedded store in a Neo4j server of its own, and what the same questions take there.

The server is asked by Cypher written for it, with no store between: implementers and lineage by a query a level,
`shortestPath`, and the full-text index. Implementers are those that any chain of implementing and legal bases reaches:
no tiers, no proofs, which the embedded store gives as well. So it is spared work, never given more.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from neo4j import ManagedTransaction, Session

from graph.model import Relation
from graph.store.base import Filter
from graph.store.neo4j import tables
from graph.store.neo4j.admin.csv_files import Writer
from graph.store.neo4j.admin.export import import_script
from graph.store.neo4j.records import ANY_RELATION, document_properties, edge_properties, labels_of, relation_type
from graph.store.neo4j.store import Neo4jStore
from graph.store.sqlite import SqliteStore
from queries.implementers import DEPTH
from queries.lineage import DEPTH as UP
from queries.path import DEPTH as LONGEST
from tests.neo4j.server import DATABASE, Server, import_into

JAVA = ("-Xmx3g", "-XX:+UseSerialGC")
SETTINGS = {"server.memory.pagecache.size": "4g", "db.transaction.timeout": "120s"}
AT_ONCE = 10_000
_IMPLEMENTING = f"{relation_type(Relation.IMPLEMENTS)}|{relation_type(Relation.BASED_ON)}"
_INTO = f"""
UNWIND $ids AS id MATCH (:Document {{id: id}})<-[:{_IMPLEMENTING}]-(found:Document) RETURN DISTINCT found.id
"""
_OUT_OF = f"""
UNWIND $ids AS id MATCH (:Document {{id: id}})-[edge:{ANY_RELATION}]->(found:Document)
RETURN found.id, type(edge), properties(edge)
"""
_PASSING = """
UNWIND $ids AS id MATCH (found:Document {id: id})
WHERE ($level IS NULL OR found.level = $level) AND ($province IS NULL OR found.province = $province)
  AND ($year IS NULL OR found.year = $year)
"""
_TOTAL = f"{_PASSING} RETURN count(found)"
_FIRST = f"{_PASSING} RETURN properties(found) ORDER BY found.oldest_first LIMIT 50"
_PATH = f"""
MATCH path = shortestPath((:Document {{id: $source}})-[:{ANY_RELATION}*..{LONGEST}]->(:Document {{id: $target}}))
RETURN [node IN nodes(path) | node.id], [edge IN relationships(path) | properties(edge)]
"""


class Beside:
    """Questions to a server by Cypher."""

    def __init__(self, session: Session, store: Neo4jStore) -> None:
        self._session, self._store = session, store

    def implementers(self, id: str, wanted: Filter | None) -> int:
        """How many documents lead to one; the first 50 are read too."""
        found = set[str]()
        frontier = {id}
        for _ in range(DEPTH):
            frontier = {row[0] for row in self._rows(_INTO, ids=sorted(frontier))} - found - {id}
            if not frontier:
                break
            found |= frontier
        asked = wanted or Filter()
        given = {"ids": sorted(found), "level": asked.level, "province": asked.province, "year": asked.year}
        self._rows(_FIRST, **given)
        return int(self._rows(_TOTAL, **given)[0][0])

    def lineage(self, id: str) -> int:
        """How many documents stand above one."""
        met, frontier = {id}, {id}
        for _ in range(UP):
            frontier = {row[0] for row in self._rows(_OUT_OF, ids=sorted(frontier))} - met
            met |= frontier
        return len(met) - 1

    def path(self, source: str, target: str) -> int:
        """How many documents the shortest chain has; 0 if there is none."""
        rows = self._rows(_PATH, source=source, target=target)
        return len(rows[0][0]) if rows else 0

    def search(self, words: str) -> int:
        """How many documents hold the words, as far as is counted; the newest 50 are read too."""
        return self._store.search(words, limit=50).total

    def _rows(self, query: str, **given: Any) -> list[list[Any]]:
        def ask(transaction: ManagedTransaction) -> list[list[Any]]:
            return transaction.run(query, given).values()  # type: ignore[arg-type]

        return self._session.execute_read(ask)


@contextmanager
def beside(store: SqliteStore, told: Callable[[str], object]) -> Iterator[Beside]:
    """A server that holds the documents and edges of a store, claims and texts left out. `told` hears of progress."""
    with tempfile.TemporaryDirectory() as folder:
        home, files = Path(folder, "server"), Path(folder, "files")
        files.mkdir()
        server = Server(home, settings=SETTINGS, java=JAVA)
        server.start()
        server.stop()
        done = import_into(home, _written(store, files), "--max-off-heap-memory=2g")
        if done.returncode:
            raise RuntimeError(f"the import failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        told("Neo4j: imported")
        access = server.start()
        try:
            with closing(Neo4jStore(access.address)) as there, access.driver() as driver:
                told("Neo4j: indexed")
                with driver.session(database=DATABASE, default_access_mode="READ") as session:
                    yield Beside(session, there)
        finally:
            server.stop()


def _written(store: SqliteStore, folder: Path) -> Path:
    """The documents and edges of a store as files, and the script that imports them."""
    traversal = store.traversal()
    with Writer(folder, tables.TABLES) as writer:
        writer.write(tables.STORE, {"name": "cancu", "version": 0, "schema": 0})
        for start in range(1, traversal.size, AT_ONCE):  # the store numbers documents from 1 on
            _write(store, writer, traversal.ids(np.arange(start, min(start + AT_ONCE, traversal.size))))
    return import_script(folder, writer.longest)


def _write(store: SqliteStore, writer: Writer, ids: Sequence[str]) -> None:
    for document in store.documents(ids).values():
        row = {**document_properties(document), "block": "", tables.LABELS: sorted(labels_of(document)) or None}
        writer.write(tables.DOCUMENTS, row)
    for edge in store.outgoing(ids, strongest=True):
        ends = {tables.START: edge.source, tables.END: edge.target, tables.TYPE: relation_type(edge.relation)}
        writer.write(tables.RELATIONS, {**ends, **edge_properties(edge)})

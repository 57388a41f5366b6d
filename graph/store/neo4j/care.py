"""Caring for a store in Neo4j: is it whole, copy it into a file, tell its size."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from graph.errors import StoreError
from graph.store.copy import copy, same
from graph.store.neo4j.address import parse
from graph.store.neo4j.connection import DUMP, Connection
from graph.store.neo4j.migrations import MIGRATIONS, VERSION
from graph.store.neo4j.store import Neo4jStore
from graph.store.sqlite import SqliteStore
from graph.store.whole import Stats, graph_differences, new_file

_LABELS = ("Source", "Claim", "Document", "Authority", "Place", "Issued", "Ruling", "Named")
_MADE = re.compile(r"CREATE (?:CONSTRAINT|(?:FULLTEXT )?INDEX) (\w+)")
_INDEXES = "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name"
_STATE = "MATCH (store:Cancu {name: 'cancu'}) RETURN store.version"
_LOOSE = {
    "no claim speaks of document": "MATCH (n:Document) WHERE NOT (n)<-[:SPEAKS_OF]-() RETURN n.id",
    "no source says claim": "MATCH (n:Claim) WHERE n.count > 0 AND NOT (n)<-[:SAYS]-() RETURN n.hash",
    "no document or several are spoken of by claim": """
        MATCH (n:Claim) WHERE n.count > 0 AND COUNT { (n)-[:SPEAKS_OF]->() } <> 1 RETURN n.hash""",
    "sources say it in another number than is counted: claim": """
        MATCH (n:Claim) OPTIONAL MATCH (n)<-[says:SAYS]-() WITH n, sum(size(says.positions)) AS said
        WHERE said <> n.count RETURN n.hash""",
    "nobody decided on claim": "MATCH (n:Named) WHERE NOT (n)<-[:NAMES]-(:Ruling) RETURN n.name",
    "no claim stands for the identifier": "MATCH (n:Issued) WHERE NOT (n)-[:STOOD_FOR]->() RETURN n.id",
}
"""What may not be, and what finds it."""
_MOST = 20


def check(address: str) -> Iterator[str]:
    """What is wrong with the store, one line a finding; nothing is written to it.

    Constraints and indexes, nodes that hang loose, counts of claims, and whether documents, edges and the documents of
    all claims are those that follow from the ledger, which is resolved anew in an embedded store in a temporary folder.
    Raises StoreError where somebody writes to it meanwhile.
    """
    connection = Connection(parse(address))
    with Neo4jStore(address, readonly=True) as store, tempfile.TemporaryDirectory() as folder:
        before = connection.rows(_STATE)
        there = {row[0] for row in connection.rows(_INDEXES)}
        wanted = (_MADE.match(statement) for statement in chain.from_iterable(MIGRATIONS))
        missing = [name[1] for name in wanted if name and name[1] not in there]
        yield from (f"index: {name} is not there, or does not work" for name in missing)
        for what, query in _LOOSE.items():
            yield from (f"orphan: {what} {each}" for (each,) in connection.rows(f"{query} LIMIT {_MOST}", seconds=DUMP))
        with SqliteStore(Path(folder) / "fresh.db") as fresh:
            for _ in copy(store, fresh):
                continue
            yield from graph_differences(store, fresh)
        if connection.rows(_STATE) != before:
            message = f"{connection.address}: was written to meanwhile, so that this may not be so"
            raise StoreError(message, remedy="check it when nobody writes to it")


def backup(address: str, target: Path) -> None:
    """Copy the store into an embedded one at `target`, where its texts are resolved again; the two are compared.

    Raises StoreError where `target` is there already or cannot be written, and where somebody writes to the store
    meanwhile; nothing is left of `target` then.
    """
    with Neo4jStore(address, readonly=True) as store, new_file(target) as partial, SqliteStore(partial) as file:
        for _ in copy(store, file):
            continue
        same(store, file)


def stats(address: str) -> Stats:
    """Nodes by label."""
    with Neo4jStore(address, readonly=True):
        counted = ", ".join(f"COUNT {{ (:{label}) }}" for label in _LABELS)
        (numbers,) = Connection(parse(address)).rows(f"RETURN {counted}")
    return Stats(dict(zip((label.lower() for label in _LABELS), numbers, strict=True)), VERSION)

"""Filling an empty database with the graph of another store as it is: nothing is resolved again.

Each batch is one transaction that also counts it, so that a load that was interrupted goes on behind the last one. The
next batch is made while the server stores one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from typing import Any

from neo4j import ManagedTransaction

from graph.errors import StoreError
from graph.resolve.decide import Decision
from graph.store.base import Curated, View
from graph.store.copy import digests
from graph.store.neo4j import tables
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.rows import rows
from graph.store.neo4j.write import decide

Batch = dict[tuple[str, str], list[list[Any]]]
"""The rows that one statement takes, by the name of their table and by what makes its kind more special."""
_MOST_ROWS, _MOST_CHARACTERS = 20_000, 4_000_000
_TABLES = {table.name: table for table in tables.TABLES}
_SHARED = frozenset({tables.CLAIMS.kind, tables.AUTHORITIES.kind, tables.PLACES.kind})
"""Labels of nodes that relationships are made to before all is known of them."""
_KEYS = {table.kind: next(iter(table.columns)) for table in tables.TABLES if not table.ends}
_KINDS = (tables.LABELS, tables.TYPE)
_STANDING = """
MATCH (store:Cancu {name: 'cancu'}) RETURN store.loading, store.loaded, EXISTS { (n) WHERE NOT n:Cancu }
"""
_BEGIN = "MATCH (store:Cancu {name: 'cancu'}) SET store.loading = $name, store.loaded = 0"
_CLEAR = "MATCH (n) WHERE NOT n:Cancu WITH n LIMIT $most DETACH DELETE n RETURN count(*)"
_COUNT = """
MATCH (store:Cancu {name: 'cancu', loading: $name}) SET store.locked = true
WITH store, store.loaded AS before SET store.loaded = $number REMOVE store.locked
RETURN before
"""
"""Nothing where another load has begun since."""
_END = """
MATCH (store:Cancu {name: 'cancu'}) SET store.version = store.version + 1 REMOVE store.loading, store.loaded
"""


def can_load(connection: Connection) -> bool:
    """Whether the database is empty, or holds what an interrupted load left."""
    (standing,) = connection.rows(_STANDING)
    loading, _, any_nodes = standing
    return loading is not None or not any_nodes


def load(connection: Connection, source: View, *, at_once: int) -> Iterator[int]:
    """Fill the database with all of `source`, `at_once` texts a batch; gives the number of texts of each batch stored.

    What an interrupted load of the same left is gone on with; that of another is removed. Raises StoreError where
    `source` was written to meanwhile: the next load begins anew.
    """
    name = _name(source, at_once)
    done, send = _begun(connection, name), partial(_send, connection, name)
    with ThreadPoolExecutor(1) as sender:
        under_way = None
        for number, (texts, batch) in enumerate(_batches(source, at_once), 1):
            if under_way:
                yield under_way.result()
            under_way = sender.submit(send, number, texts, batch) if number > done else None
        if under_way:
            yield under_way.result()
    if _name(source, at_once) != name:
        remedy = "copy again when nobody writes to it"
        raise StoreError("the store was changed while it was copied", remedy=remedy)
    connection.write(partial(_end, decisions=source.decisions() if isinstance(source, Curated) else ()))


def _end(transaction: ManagedTransaction, *, decisions: Sequence[Decision]) -> None:
    """What decisions make of the documents and edges is there already, but not which of them apply where."""
    transaction.run(_END).consume()
    decide(transaction, decisions)


def _name(source: View, at_once: int) -> str:
    """What tells a state of a store, and the batches that it is cut into, from others."""
    told = blake2b(f"{at_once} {_MOST_ROWS} {source.counts()}".encode(), digest_size=16)
    for digest in digests(source):
        told.update(digest.encode())
    if isinstance(source, Curated):
        for decision in source.decisions():
            told.update(decision.id.encode())
    return told.hexdigest()


def _begun(connection: Connection, name: str) -> int:
    """Begin, or go on with what an earlier load left; the number of batches that are there."""
    loading, loaded, any_nodes = connection.rows(_STANDING)[0]
    if loading == name and any_nodes:
        return int(loaded)
    connection.write(lambda transaction: transaction.run(_BEGIN, name=name).consume())
    while connection.write(_clear):
        continue
    return 0


def _clear(transaction: ManagedTransaction) -> int:
    return int(transaction.run(_CLEAR, most=_MOST_ROWS).value()[0])


def _batches(source: View, at_once: int) -> Iterator[tuple[int, Batch]]:
    """All rows in batches, each with the number of its texts."""
    batch: Batch = defaultdict(list)
    texts = characters = held = 0
    for table, row in rows(source):
        if (table is tables.SOURCES and texts == at_once) or held == _MOST_ROWS or characters > _MOST_CHARACTERS:
            yield texts, batch
            batch, texts, characters, held = defaultdict(list), 0, 0, 0
        if table is tables.SOURCES:
            texts, characters = texts + 1, characters + len(row["text"])
        held += 1
        batch[table.name, _special(row)].append([row.get(key) for key in table.columns if key not in _KINDS])
    yield texts, batch


def _special(row: dict[str, Any]) -> str:
    """What a row adds to the kind of its table: the type of a relationship, or labels of a node."""
    return row.get(tables.TYPE) or "".join(f":{label}" for label in row.get(tables.LABELS) or ())


def _send(connection: Connection, name: str, number: int, texts: int, batch: Batch) -> int:
    """Store a batch, unless it is there; the number of its texts."""

    def work(transaction: ManagedTransaction) -> None:
        before = transaction.run(_COUNT, name=name, number=number).value()
        if not before:
            message = f"{connection.address}: another copy into it has begun"
            raise StoreError(message, remedy="wait until it has ended")
        if before[0] >= number:  # committed by a run of which the news was lost, or by another copy of the same
            return
        for table in _TABLES.values():
            for (of, special), given in batch.items():
                if of == table.name:
                    transaction.run(_statement(table, special), rows=given).consume()

    connection.write(work)
    return texts


def _statement(table: tables.Table, special: str) -> str:
    """What stores the rows of a table, whose values are in the order of its columns."""
    columns = [key for key in table.columns if key not in _KINDS]
    if not table.ends:
        values = ", ".join(f"{key}: row[{at}]" for at, key in enumerate(columns))
        if table.kind in _SHARED:
            return f"UNWIND $rows AS row MERGE (n:{table.kind} {{{columns[0]}: row[0]}}) SET n = {{{values}}}"
        return f"UNWIND $rows AS row CREATE (n:{table.kind}{special} {{{values}}})"
    found = (
        f"{'MERGE' if label in _SHARED else 'MATCH'} ({end}:{label} {{{_KEYS[label]}: row[{at}]}})"
        for at, (end, label) in enumerate(zip("ab", table.ends, strict=True))
    )
    ends = " ".join(sorted(found))  # MATCH may not follow MERGE, and comes before it in the alphabet
    values = ", ".join(f"{key}: row[{at}]" for at, key in enumerate(columns[2:], 2))
    return f"UNWIND $rows AS row {ends} CREATE (a)-[:{table.kind or special} {{{values}}}]->(b)"

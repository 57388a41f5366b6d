"""The store in a Neo4j server (`graph.store.base.Store`).

Each question is one query, and so shows what was committed when it ran; `dump` compares the version of the store before
and after. Order is ours: by properties made for it, or put right here.
"""

from __future__ import annotations

import tempfile
import uuid
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from neo4j import ManagedTransaction

from graph.errors import StoreError
from graph.model import Document, Edge, Field, Origin, Reading, Relation, Source
from graph.resolve import Signature, Tally
from graph.resolve.decide import Decision
from graph.resolve.documents import facts_of
from graph.resolve.edges import edge_of, edge_order
from graph.store.base import Counts, Filter, Page, Stored, View, counted
from graph.store.codec import loads
from graph.store.decisions import checked
from graph.store.dump import dump_lines
from graph.store.entry import Entry, reading_of
from graph.store.neo4j import bulk
from graph.store.neo4j.address import parse
from graph.store.neo4j.connection import DUMP, Connection
from graph.store.neo4j.decide import all_decisions
from graph.store.neo4j.migrations import BEING_FILLED, FILL_ON, prepare
from graph.store.neo4j.records import (
    ANY_RELATION,
    Label,
    document_of,
    edge_of_relationship,
    relation_type,
    statement_of,
)
from graph.store.neo4j.write import decide
from graph.store.neo4j.write import put as _put
from graph.store.plain import PlainTraversal
from graph.store.traversal import Traversal
from graph.store.words import query_words

_T = TypeVar("_T")
_READ_AGAIN = 5
_LOCK = """
MATCH (store:Cancu {name: 'cancu'}) SET store.locked = true
WITH store, store.put AS before SET store.put = $put, store.version = store.version + 1 REMOVE store.locked
RETURN before, store.loading
"""
"""Taking the lock of the node comes first, so that one writer reads what another has committed."""
_DECISIONS = "MATCH (decision:Ruling) RETURN decision.record"
_VERSION = "MATCH (store:Cancu {name: 'cancu'}) RETURN store.version"
_FACTS = "[(document)<-[:SPEAKS_OF]-(claim) | [claim.packed, claim.count, claim.quote]]"
_DOCUMENT = f"MATCH (document:Document {{id: $id}}) RETURN properties(document), {_FACTS}"
_DOCUMENTS = "UNWIND $ids AS id MATCH (document:Document {id: id}) RETURN properties(document)"
_ALL_DOCUMENTS = f"""
MATCH (document:Document) WHERE document.id > '' WITH document ORDER BY document.id
RETURN properties(document), {_FACTS}
"""
_BY_SIGN = """
MATCH (document:Document {sign_key: $key}) RETURN properties(document) ORDER BY document.oldest_first
"""
_STATED = """
COLLECT { MATCH (source)<-[:SPEAKS_OF]-(:Claim)-[stated:STATED]->(:Claim)-[:SPEAKS_OF]->(target)
          RETURN properties(stated) }
"""
_OUT_OF = """
UNWIND $ids AS id MATCH (source:Document {{id: id}}) MATCH (source)-[edge:{types}]->(target:Document)
"""
_INTO = """
UNWIND $ids AS id MATCH (target:Document {{id: id}}) MATCH (source:Document)-[edge:{types}]->(target)
"""
_BETWEEN = f"""
UNWIND $ends AS ends
MATCH (source:Document {{id: ends[0]}})-[edge:{ANY_RELATION}]->(target:Document {{id: ends[2]}})
WHERE type(edge) = ends[1]
"""
_SOURCE = "MATCH (source:Source {digest: $digest}) RETURN source.name, source.text"
_READING = "MATCH (source:Source {digest: $digest}) RETURN source.name, source.text, source.reading"
_DIGESTS = """
MATCH (source:Source) WHERE source.digest > $after RETURN source.digest AS digest ORDER BY digest LIMIT $limit
"""
_ASSIGNED = """
MATCH (:Source {digest: $digest})-[says:SAYS]->(:Claim)-[:SPEAKS_OF]->(document)
UNWIND says.positions AS position RETURN document.id ORDER BY position
"""
_MOVED = """
MATCH (:Issued {id: $id})-[:STOOD_FOR]->(:Claim)-[:SPEAKS_OF]->(document)
RETURN DISTINCT document.id AS id ORDER BY id
"""
_ISSUED = "MATCH (issued:Issued)-[:STOOD_FOR]->(claim) RETURN issued.id AS id, claim.hash AS hash ORDER BY id, hash"
_REMEMBER = """
UNWIND $rows AS row MATCH (claim:Claim {hash: row[1]})
MERGE (issued:Issued {id: row[0]}) MERGE (issued)-[:STOOD_FOR]->(claim)
"""
_FOUND = """
CALL db.index.fulltext.queryNodes('document_words', $asked) YIELD node AS document
WHERE all(part IN $parts WHERE document.words CONTAINS part)
"""


class Neo4jStore:
    """A store in one database of a Neo4j server. Safe to use from several threads and processes.

    Use as a context manager, or call `close`. All methods raise StoreError where the server fails.
    """

    def __init__(self, address: str, *, readonly: bool = False) -> None:
        """Open the store at `address`, as `graph.store.neo4j.address.parse` reads it.

        Raises StoreError where the server cannot be reached, refuses the password or holds something else.
        """
        self._connection = Connection(parse(address))
        self._readonly = readonly
        prepare(self._connection, readonly=readonly)

    def __enter__(self) -> Neo4jStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Connections stay open for the next store at this address, until the process ends."""

    def put(self, readings: Iterable[Reading | Entry]) -> Stored:
        """Store all of `readings` or none, and resolve what they touch. Raises StoreError."""
        given = list(map(reading_of, readings))
        return self._changed(lambda transaction: _put(transaction, given))

    def decisions(self) -> tuple[Decision, ...]:
        """All that people decided, by time and id."""
        return tuple(all_decisions(row[0] for row in self._connection.rows(_DECISIONS)))

    def decide(self, decisions: Iterable[Decision]) -> tuple[str, ...]:
        """Keep all of `decisions` or none, and resolve what they touch; the ids of those new, in order."""
        given = [checked(each) for each in decisions]
        return self._changed(lambda transaction: decide(transaction, given))

    def can_load(self) -> bool:
        """Whether it is empty, or holds what an interrupted `load` left."""
        return not self._readonly and bulk.can_load(self._connection)

    def load(self, source: View, *, at_once: int) -> Iterator[int]:
        """Fill it with all of `source` as it is, nothing resolved again; gives the number of texts of each batch."""
        return bulk.load(self._connection, source, at_once=at_once)

    def remember(self, issued: Iterable[tuple[str, str]]) -> None:
        """Add to the identifiers that were given up those of another store that holds the same texts."""
        rows = [list(pair) for pair in issued]
        self._connection.write(lambda transaction: transaction.run(_REMEMBER, rows=rows).consume())

    def document(self, id: str) -> Document | None:
        """The document with this id, with all its facts, or None."""
        rows = self._connection.rows(_DOCUMENT, id=id)
        return _whole(*rows[0]) if rows else None

    def documents(self, ids: Collection[str]) -> dict[str, Document]:
        """Those of `ids` that exist, by id, without facts."""
        rows = self._connection.rows(_DOCUMENTS, ids=sorted(set(ids)))
        return {row[0]["id"]: document_of(row[0]) for row in rows}

    def listing(self, wanted: Filter, *, limit: int, offset: int = 0) -> Page:
        """Documents that pass the filter, in order, without facts."""
        where, given = _passing(wanted)
        return self._page(f"MATCH (document:Document) WHERE {where}", given, "oldest_first", limit, offset)

    def disputed(self, wanted: Filter, *, field: Field | None = None, limit: int, offset: int = 0) -> Page:
        """Documents that pass the filter and of whose `field`, or any, claims disagree, in order, with all facts."""
        where, given = _passing(wanted)
        matching = "MATCH (document:Document) WHERE document.disputed IS NOT NULL"
        if field is not None:
            matching, given = f"{matching} AND $field IN document.disputed", {**given, "field": field}
        return self._page(f"{matching} AND {where}", given, "oldest_first", limit, offset, facts=_FACTS)

    def by_sign(self, key: str) -> tuple[Document, ...]:
        """Documents whose sign has this `Sign.key`, in order, without facts."""
        return tuple(document_of(row[0]) for row in self._connection.rows(_BY_SIGN, key=key))

    def outgoing(
        self, ids: Collection[str], relations: Collection[Relation] | None = None, *, strongest: bool = False
    ) -> list[Edge]:
        """Edges from any of `ids`, in order, with all evidence or the strongest alone."""
        return self._edges_at(_OUT_OF, ids, relations, strongest=strongest)

    def incoming(
        self, ids: Collection[str], relations: Collection[Relation] | None = None, *, strongest: bool = False
    ) -> list[Edge]:
        """Edges to any of `ids`, in order, with all evidence or the strongest alone."""
        return self._edges_at(_INTO, ids, relations, strongest=strongest)

    def edges(self, ends: Collection[tuple[str, Relation, str]], *, strongest: bool = False) -> list[Edge]:
        """Those of the edges with these ends that exist, in order, with all evidence or the strongest alone."""
        given = [[source, relation_type(relation), target] for source, relation, target in sorted(set(ends))]
        return self._edges(_BETWEEN, {"ends": given}, strongest=strongest)

    def traversal(self) -> Traversal:
        """One state of the graph for questions that pass many edges."""
        return PlainTraversal(self)

    def search(self, words: str, *, limit: int, offset: int = 0) -> Page:
        """Documents whose type, sign, title or issuer hold all words, the last of them as a beginning, newest first,
        without facts."""
        asked = query_words(words)
        if not asked:
            return Page((), 0)
        *whole, last = chain.from_iterable(asked)
        query = " ".join([*(f"+{token}" for token in whole), f"+{last}*"])
        parts = [f" {' '.join(word)}{'' if word is asked[-1] else ' '}" for word in asked]
        page = self._page(_FOUND, {"asked": query, "parts": parts}, "newest_first", limit, offset)
        most = counted(limit, offset)
        return Page(page.documents, min(page.total, most), more=page.total > most)

    def source(self, digest: str) -> Source | None:
        """The text that was read, or None."""
        rows = self._connection.rows(_SOURCE, digest=digest)
        return Source(digest, *rows[0]) if rows else None

    def reading(self, digest: str) -> Reading | None:
        """The claims as read from one source, or None."""
        rows = self._connection.rows(_READING, digest=digest)
        if not rows:
            return None
        name, text, packed = rows[0]
        return replace(loads(Reading, zlib.decompress(packed).decode()), source=Source(digest, name, text))

    def digests(self, *, after: str = "", limit: int) -> tuple[str, ...]:
        """The digests of the first texts after this one, in their order."""
        return tuple(row[0] for row in self._connection.rows(_DIGESTS, after=after, limit=limit))

    def assigned(self, digest: str) -> tuple[str, ...]:
        """For each claim of a source the id of the document that it speaks of."""
        return tuple(row[0] for row in self._connection.rows(_ASSIGNED, digest=digest))

    def moved(self, id: str) -> tuple[str, ...]:
        """The documents that now have the claims for which `id`, since given up, was issued; sorted."""
        return tuple(row[0] for row in self._connection.rows(_MOVED, id=id))

    def issued(self) -> Iterator[tuple[str, str]]:
        """Identifiers that were given up, each with the hash of a signature that it stood for; sorted."""
        yield from ((id, hashed) for id, hashed in self._connection.rows(_ISSUED))

    def counts(self) -> Counts:
        """Size of the store."""
        counted = ["COUNT { (:Source) }", f"COUNT {{ (:{Label.HELD}) }}", "COUNT { (:Document) }"]
        counted += [f"COUNT {{ ()-[:{relation_type(relation)}]->() }}" for relation in Relation]
        sources, held, documents, *edges = self._connection.rows(f"RETURN {', '.join(counted)}")[0]
        by_relation = {relation: number for relation, number in zip(Relation, edges, strict=True) if number}
        ordered = dict(sorted(by_relation.items()))
        return Counts(sources, held, documents - held, ordered)

    def dump(self) -> Iterator[str]:
        """The graph as sorted JSON lines without ingest times; equal graphs give equal dumps.

        It is read as a whole before the first line is given, so that the store can be used meanwhile. Raises StoreError
        where it was written again each time that it was read.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as file:
            for _ in range(_READ_AGAIN):
                before = self._connection.rows(_VERSION)
                file.seek(0)
                file.truncate()
                self._connection.read(lambda transaction: file.writelines(_dump(transaction)), timeout=DUMP)
                if self._connection.rows(_VERSION) == before:
                    break
            else:
                message = f"{self._connection.address}: is being written to"
                raise StoreError(message, remedy="dump it when ingest has ended")
            file.seek(0)
            for line in file:
                yield line.removesuffix("\n")

    def _changed(self, change: Callable[[ManagedTransaction], _T]) -> _T:
        """What `change` returns of one transaction, which no other writer comes between."""
        if self._readonly:
            raise StoreError(f"{self._connection.address}: is open for reading only", remedy="open it without readonly")
        name = uuid.uuid4().hex
        done: list[_T] = []

        def work(transaction: ManagedTransaction) -> _T:
            ((before, loading),) = transaction.run(_LOCK, put=name).values()
            if loading:
                raise StoreError(f"{self._connection.address}: {BEING_FILLED}", remedy=FILL_ON)
            if before != name:  # else an earlier run was committed, and only the news of it was lost
                done.append(change(transaction))
            return done[-1]

        return self._connection.write(work)

    def _edges_at(
        self, matching: str, ids: Collection[str], relations: Collection[Relation] | None, *, strongest: bool
    ) -> list[Edge]:
        types = "|".join(map(relation_type, Relation if relations is None else sorted(relations)))
        if not types or not ids:
            return []
        return self._edges(matching.format(types=types), {"ids": sorted(set(ids))}, strongest=strongest)

    def _edges(self, matching: str, given: Mapping[str, Any], *, strongest: bool) -> list[Edge]:
        """The edges of a clause of ours, by one query; every value in `given` is a parameter."""
        returned = "source.id, type(edge), target.id, properties(edge)" + ("" if strongest else f", {_STATED}")
        rows = self._connection.rows(f"{matching} RETURN {returned}", **given)
        return sorted(map(_strongest if strongest else _edge, rows), key=edge_order)

    def _page(
        self, matching: str, given: Mapping[str, Any], order: str, limit: int, offset: int, *, facts: str = "NULL"
    ) -> Page:
        """A page of the documents of a clause of ours, and their number; every value in `given` is a parameter."""
        query = f"""
        CALL () {{ {matching} RETURN count(document) AS total }}
        CALL () {{ {matching} WITH document ORDER BY document.{order} SKIP $offset LIMIT $limit
                   RETURN collect([properties(document), {facts}]) AS found }}
        RETURN total, found
        """
        asked = {**given, "offset": max(offset, 0), "limit": max(limit, 0)}
        total, found = self._connection.rows(query, **asked)[0]
        return Page(tuple(_whole(*row) if row[1] is not None else document_of(row[0]) for row in found), total)


def _passing(wanted: Filter) -> tuple[str, dict[str, Any]]:
    """A filter as a condition on the properties of a document, and its parameters."""
    given, provinces = wanted.equal, wanted.provinces
    conditions = [f"document.{name} = ${name}" for name in given]
    if provinces and len(provinces) == 1:  # by equality the index gives them in order
        conditions.append("document.province = $province")
        given["province"] = provinces[0]
    elif provinces:
        conditions.append("document.province IN $provinces")
        given["provinces"] = list(provinces)
    return " AND ".join(conditions) or "document.oldest_first > ''", given


def _whole(properties: Mapping[str, Any], said: Sequence[Sequence[Any]]) -> Document:
    """A document with its facts, which follow from the claims that speak of it."""
    tallies = tuple(Tally(Signature.unpack(packed), count, quote) for packed, count, quote in said)
    document = document_of(properties)
    return replace(document, facts=facts_of(tallies, document.rulings))


def _strongest(row: Sequence[Any]) -> Edge:
    source, type, target, properties = row
    return edge_of_relationship(source, type, target, properties)


def _edge(row: Sequence[Any]) -> Edge:
    """An edge with all its evidence, from its relationship and all that is stated between its ends."""
    *ends, stated = row
    edge = edge_of_relationship(*ends)
    if edge.origin is not Origin.STATED:
        return edge
    said = (statement_of(edge.source, edge.target, each) for each in stated)
    return edge_of([one for one in said if one.relation is edge.relation])


def _dump(transaction: ManagedTransaction) -> Iterator[str]:
    documents = (_whole(*row) for row in transaction.run(_ALL_DOCUMENTS))
    for line in chain(dump_lines(documents, ()), dump_lines((), _all_edges(transaction))):
        yield f"{line}\n"


def _all_edges(transaction: ManagedTransaction) -> Iterator[Edge]:
    query = f"""
    MATCH (source:Document) WHERE source.id > '' WITH source ORDER BY source.id
    MATCH (source)-[edge:{ANY_RELATION}]->(target:Document)
    RETURN source.id, collect([type(edge), target.id, properties(edge), {_STATED}])
    """
    for source, found in transaction.run(query):
        edges = [_edge([source, type, target, properties, stated]) for type, target, properties, stated in found]
        yield from sorted(edges, key=edge_order)

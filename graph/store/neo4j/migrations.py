"""Constraints and indexes of the database, by numbered migrations, and what tells that a database is cancu's."""

from __future__ import annotations

from graph.errors import StoreError
from graph.store.neo4j.connection import Connection

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE CONSTRAINT cancu IF NOT EXISTS FOR (n:Cancu) REQUIRE n.name IS UNIQUE",
        "CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE",
        "CREATE CONSTRAINT claim_hash IF NOT EXISTS FOR (n:Claim) REQUIRE n.hash IS UNIQUE",
        "CREATE CONSTRAINT source_digest IF NOT EXISTS FOR (n:Source) REQUIRE n.digest IS UNIQUE",
        "CREATE CONSTRAINT authority_name IF NOT EXISTS FOR (n:Authority) REQUIRE n.name IS UNIQUE",
        "CREATE CONSTRAINT place_id IF NOT EXISTS FOR (n:Place) REQUIRE n.id IS UNIQUE",
        "CREATE CONSTRAINT issued_id IF NOT EXISTS FOR (n:Issued) REQUIRE n.id IS UNIQUE",
        "CREATE INDEX claim_block IF NOT EXISTS FOR (n:Claim) ON (n.block)",
        "CREATE INDEX document_block IF NOT EXISTS FOR (n:Document) ON (n.block)",
        "CREATE INDEX document_sign IF NOT EXISTS FOR (n:Document) ON (n.sign_key)",
        "CREATE INDEX document_opening IF NOT EXISTS FOR (n:Document) ON (n.opening, n.area)",
        "CREATE INDEX document_oldest IF NOT EXISTS FOR (n:Document) ON (n.oldest_first)",
        "CREATE INDEX document_newest IF NOT EXISTS FOR (n:Document) ON (n.newest_first)",
        "CREATE INDEX document_province IF NOT EXISTS FOR (n:Document) ON (n.province, n.oldest_first)",
        "CREATE INDEX document_year IF NOT EXISTS FOR (n:Document) ON (n.year, n.oldest_first)",
        "CREATE INDEX document_disputed IF NOT EXISTS FOR (n:Document) ON (n.disputed)",
        # What `cancu search` asks: folded words, of which the analyzers below drop some ("an", "to") as English.
        "CREATE FULLTEXT INDEX document_words IF NOT EXISTS FOR (n:Document) ON EACH [n.words]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
        # What people ask in Neo4j Browser and Bloom, with or without diacritics.
        "CREATE FULLTEXT INDEX document_text IF NOT EXISTS FOR (n:Document) ON EACH [n.sign, n.title, n.issuer]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}",
    ),
    (
        "CREATE CONSTRAINT ruling_id IF NOT EXISTS FOR (n:Ruling) REQUIRE n.id IS UNIQUE",
        "CREATE CONSTRAINT named_name IF NOT EXISTS FOR (n:Named) REQUIRE n.name IS UNIQUE",
        "CREATE INDEX named_digest IF NOT EXISTS FOR (n:Named) ON (n.digest)",
        "CREATE INDEX claim_pin IF NOT EXISTS FOR (n:Claim) ON (n.pin)",
    ),
)
"""Statements that bring a database from one version of the schema to the next; each may run again. Only added to."""
VERSION = len(MIGRATIONS)
BEING_FILLED = "is being filled by `cancu copy`, or was when that was interrupted"
FILL_ON = "wait until it has ended, or copy again: it goes on"
_SCHEMA = "MATCH (store:Cancu {name: 'cancu'}) RETURN store.schema, store.loading"
_NODES = "MATCH (n) RETURN 1 LIMIT 1"
_MARK = "MERGE (store:Cancu {name: 'cancu'}) ON CREATE SET store.version = 0 SET store.schema = $schema"
_AWAIT = "CALL db.awaitIndexes(300)"


def prepare(connection: Connection, *, readonly: bool) -> None:
    """Make the database ready, unless `readonly`.

    Raises StoreError where it holds something else, is of a later version, or with `readonly` of an earlier one, new or
    filled in part by a copy.
    """
    where = connection.address
    rows = connection.rows(_SCHEMA)
    schema = int(rows[0][0]) if rows else 0
    if readonly and rows and rows[0][1]:
        raise StoreError(f"{where}: {BEING_FILLED}", remedy=FILL_ON)
    if schema == VERSION:
        return
    if schema > VERSION:
        raise StoreError(f"{where}: has schema {schema}, this cancu reads up to {VERSION}", remedy="update cancu")
    if readonly and not rows:
        raise StoreError(f"{where}: no such store", remedy="ingest some documents first")
    if readonly:
        remedy = "bring it up to date with `cancu ingest` of any document"
        raise StoreError(f"{where}: has schema {schema} of an earlier cancu", remedy=remedy)
    if not rows and connection.rows(_NODES):
        raise StoreError(
            f"{where}: the database holds something else, and was left as it is", remedy="name a database of its own"
        )
    for statements in MIGRATIONS[schema:]:
        for statement in statements:
            connection.change_schema(statement)
    connection.change_schema(_AWAIT)
    connection.write(lambda transaction: transaction.run(_MARK, schema=VERSION).consume())

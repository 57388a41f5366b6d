"""Caring for the store at an address, of whatever kind it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.errors import StoreError
from graph.store import sqlite_care, sqlite_path
from graph.store.neo4j.address import is_neo4j
from graph.store.whole import Stats


def check(address: str) -> Iterator[str]:
    """What is wrong with the store, one line a finding; nothing is written to it. Raises StoreError."""
    if is_neo4j(address):
        from graph.store.neo4j import care  # the driver is loaded where it is used

        return care.check(address)
    return sqlite_care.check(sqlite_path(address))


def repair(address: str) -> None:
    """Work everything but the ledger out anew. Raises StoreError, for a store in Neo4j always."""
    if is_neo4j(address):
        remedy = "back it up with `cancu store backup`, empty the database, and copy the backup into it"
        raise StoreError("a store in Neo4j cannot be repaired in place", remedy=remedy)
    sqlite_care.repair(sqlite_path(address))


def backup(address: str, target: Path) -> None:
    """Copy the store to a file, which is an embedded store. Raises StoreError where that is there already."""
    if is_neo4j(address):
        from graph.store.neo4j import care

        care.backup(address, target)
    else:
        sqlite_care.backup(sqlite_path(address), target)


def stats(address: str) -> Stats:
    """How much the store holds. Raises StoreError."""
    if is_neo4j(address):
        from graph.store.neo4j import care

        return care.stats(address)
    return sqlite_care.stats(sqlite_path(address))

"""Stores behind one contract (`graph.store.base`): opened by an address."""

from __future__ import annotations

from pathlib import Path

from graph.errors import StoreError
from graph.store.base import Store
from graph.store.neo4j.address import is_neo4j

__all__ = ["open_store", "sqlite_path"]

_SQLITE = "sqlite:///"


def open_store(address: str, *, readonly: bool = False) -> Store:
    """The store at `address`: `sqlite:///data/cancu.db` is a relative path, `sqlite:////srv/cancu.db` an absolute one,
    `neo4j://host:7687/database` a database of a Neo4j server (`graph.store.neo4j.address`).

    Makes it where it is missing, unless `readonly`. Raises StoreError for other schemes, for a file or database that is
    something else (which is left as it is), and for a missing store with `readonly`.
    """
    if is_neo4j(address):
        from graph.store.neo4j.store import Neo4jStore  # the driver is loaded where it is used

        return Neo4jStore(address, readonly=readonly)
    from graph.store.sqlite import SqliteStore  # those who read files for a store open none

    return SqliteStore(sqlite_path(address), readonly=readonly)


def sqlite_path(address: str) -> Path:
    """The file that a store at `address` is in. Raises StoreError for other schemes than `sqlite:///`."""
    if not address.startswith(_SQLITE) or len(address) == len(_SQLITE):
        scheme = address.partition(":")[0] if ":" in address else address
        raise StoreError(
            f"no store for {scheme!r} addresses; supported: {_SQLITE}PATH",
            remedy=f"give the path of a database file, as in {_SQLITE}data/cancu.db",
        )
    return Path(address.removeprefix(_SQLITE))

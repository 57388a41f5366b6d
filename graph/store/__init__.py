"""Stores behind one contract (`graph.store.base`): opened by an address."""

from __future__ import annotations

from pathlib import Path

from graph.errors import StoreError
from graph.store.base import Store
from graph.store.sqlite import SqliteStore

__all__ = ["open_store", "sqlite_path"]

_SQLITE = "sqlite:///"


def open_store(address: str, *, readonly: bool = False) -> Store:
    """The store at `address`: `sqlite:///data/cancu.db` is a relative path, `sqlite:////srv/cancu.db` an absolute one.

    Makes the file and its folder where they are missing, unless `readonly`. Raises StoreError for other schemes, for a
    file that is no cancu database (which is left as it is), and for a missing file with `readonly`.
    """
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

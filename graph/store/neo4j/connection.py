"""Talking to the server: one pool of connections an address, managed transactions with retry, errors as StoreError."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    unit_of_work,
)
from neo4j.api import BookmarkManager
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import StoreError
from graph.store.neo4j.address import PASSWORD_VARIABLE, USERNAME_VARIABLE, Address

_T = TypeVar("_T")
_Work = Callable[[ManagedTransaction], _T]

READ_RETRIES, WRITE_RETRIES = 3.0, 120.0
"""Seconds for which what failed for the moment is tried again: a reader waits for the answer, an ingest outlasts the
restart of a server."""
ANSWER = 60.0
"""Seconds after which the server gives up on a question."""
DUMP = 3_600.0
"""Seconds that reading the whole graph may take."""
_PAUSE = 0.5
_LOGIN = f"set {USERNAME_VARIABLE} and {PASSWORD_VARIABLE} to a user of the server"
_OUT_OF_MEMORY = "OutOfMemoryError"
_REMEDIES = {
    "Neo.ClientError.Database.DatabaseNotFound": "name a database of the server after the host: neo4j://host/database",
    "Neo.ClientError.Security.Forbidden": "let the user write to the database",
    "Neo.ClientError.Transaction.TransactionTimedOut": "ask for less, or give the server more to do it with",
}


class Connection:
    """One database of one server. Safe to use from several threads."""

    def __init__(self, address: Address) -> None:
        self.address = address
        with self._errors():
            self._driver, self._bookmarks = _driver(address)

    def read(self, work: _Work[_T], *, timeout: float = ANSWER) -> _T:
        """What `work` returns of one transaction that only reads, on a replica where there are any.

        The server gives it up after `timeout` seconds.
        """
        with self._errors(), self._session(READ_ACCESS, READ_RETRIES) as session:
            result: _T = session.execute_read(unit_of_work(timeout=timeout)(work))
            return result

    def rows(self, query: str, *, seconds: float = ANSWER, **values: Any) -> list[list[Any]]:
        """The rows of one question, which is given up after so many seconds. The text of `query` is ours; all values
        are parameters."""
        return self.read(lambda transaction: transaction.run(query, values).values(), timeout=seconds)

    def write(self, work: _Work[_T]) -> _T:
        """What `work` returns of one transaction, which may run several times: `work` must find out whether it was
        committed by a run whose answer was lost."""
        until = time.monotonic() + WRITE_RETRIES
        with self._errors(), self._session(WRITE_ACCESS, WRITE_RETRIES) as session:
            while True:
                try:
                    result: _T = session.execute_write(self._within_memory(work))
                    return result
                except IncompleteCommit:
                    if time.monotonic() > until:
                        raise
                    time.sleep(_PAUSE)

    def change_schema(self, statement: str) -> None:
        """Run a statement on constraints or indexes, in a transaction of its own."""
        with self._errors(), self._session(WRITE_ACCESS, READ_RETRIES) as session:
            session.run(statement).consume()

    def _session(self, access: str, retries: float) -> Any:
        return self._driver.session(
            database=self.address.database,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
            max_transaction_retry_time=retries,
        )

    def _within_memory(self, work: _Work[_T]) -> _Work[_T]:
        """`work`, not tried again where the server ran out of memory: it would again."""

        def run(transaction: ManagedTransaction) -> _T:
            try:
                return work(transaction)
            except Neo4jError as error:
                if _OUT_OF_MEMORY in (error.code or ""):
                    raise self._as_store_error(error) from error
                raise

        return run

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (Neo4jError, DriverError, ValueError) as error:
            raise self._as_store_error(error) from error

    def _as_store_error(self, error: Exception) -> StoreError:
        """The error with what to do about it, without credentials: the driver's messages have none."""
        what = str(self.address)
        if isinstance(error, AuthError):
            return StoreError(f"{what}: the server refuses the user name or the password", remedy=_LOGIN)
        if isinstance(error, ServiceUnavailable | SessionExpired):
            remedy = "start the server, or check the address and the network"
            return StoreError(f"{what}: the server cannot be reached", remedy=remedy)
        if isinstance(error, ConfigurationError | ValueError):
            return StoreError(f"{what}: {error}", remedy="give an address such as neo4j://host:7687/neo4j")
        code, message = getattr(error, "code", None) or "", getattr(error, "message", None) or str(error)
        if _OUT_OF_MEMORY in code:
            remedy = "give it more memory (server.memory.heap.max_size), or store fewer texts at once"
            return StoreError(f"{what}: the server ran out of memory; nothing of this batch was stored", remedy=remedy)
        return StoreError(f"{what}: {message}", remedy=_REMEDIES.get(code, "look into the server's log"))


@lru_cache(maxsize=16)
def _driver(address: Address) -> tuple[Driver, BookmarkManager]:
    """The pool of an address, for the life of this process, and what makes a reader see what was written before."""
    driver = GraphDatabase.driver(
        address.uri,
        auth=(address.username, address.password),
        user_agent="cancu",
        connection_timeout=5.0,
        connection_acquisition_timeout=30.0,
        liveness_check_timeout=30.0,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    )
    return driver, GraphDatabase.bookmark_manager()

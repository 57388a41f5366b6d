"""Putting readings and decisions into Neo4j: the ledger grows, and what it touches is resolved again.

Runs inside the caller's transaction, which no other writer comes between.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from neo4j import ManagedTransaction

from graph.model import Reading
from graph.resolve.decide import Decision
from graph.store.base import Stored
from graph.store.neo4j.decide import keep
from graph.store.neo4j.documents import drop, resolve_touched
from graph.store.neo4j.edges import Weaver
from graph.store.neo4j.ledger import Entered, enter

AT_ONCE = 2_000
"""Readings that are resolved together within one transaction."""


def put(transaction: ManagedTransaction, given: Iterable[Reading]) -> Stored:
    """Add what is new of `given` and resolve what it touches."""
    added: dict[str, None] = {}
    known: dict[str, None] = {}
    rest = iter(given)
    while chunk := list(islice(rest, AT_ONCE)):
        entered = enter(transaction, chunk)
        added.update(dict.fromkeys(entered.added))
        known.update(dict.fromkeys(digest for digest in entered.known if digest not in added))
        _resolve(transaction, entered)
    return Stored(tuple(added), tuple(known))


def decide(transaction: ManagedTransaction, given: Iterable[Decision]) -> tuple[str, ...]:
    """Keep what is new of `given` and resolve what it touches; the ids of what is new."""
    new, blocks = keep(transaction, given)
    if new:
        _resolve(transaction, Entered(blocks=blocks))
    return tuple(new)


def _resolve(transaction: ManagedTransaction, entered: Entered) -> None:
    changes = resolve_touched(transaction, entered)
    Weaver(transaction, changes).run(entered.stated)
    drop(transaction, changes)

"""Decisions in the SQLite store: kept for good, the claims that they name told from their equals, which apply where.

A named claim has a row of its own among the signatures, its `pin`, beside that of its signature, its `base`, whose
count is that of the other claims alone.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graph.model import Reading, Relation
from graph.resolve.decide import Decision, claim_name, decision_order, in_effect, source_of, verdicts
from graph.resolve.records import Signature
from graph.ruling import DecisionKind
from graph.store.codec import dumps, loads
from graph.store.decisions import with_undone
from graph.text import one_line

Pair = tuple[int, int]
_EDGE_KINDS = (DecisionKind.REJECT.value, DecisionKind.ADD.value)
_TIED = """
SELECT DISTINCT d.record FROM json_each(?) u
JOIN signature b ON b.unit = u.value OR b.home = u.value JOIN signature p ON p.base = b.n
JOIN named m ON m.name = p.pin JOIN decision d ON d.id = m.decision
WHERE d.holds AND NOT d.edge
"""
_UNITS = """
SELECT b.unit, b.home FROM json_each(?) m
JOIN signature p ON p.pin = m.value JOIN signature b ON b.n = p.base
"""
_SPOKEN = """
SELECT DISTINCT p.pin, p.document FROM decision d JOIN named m ON m.decision = d.id JOIN signature p ON p.pin = m.name
WHERE d.holds AND d.edge
"""


def all_decisions(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions, by time and id."""
    kept = (loads(Decision, row[0]) for row in connection.execute("SELECT record FROM decision"))
    return sorted(kept, key=decision_order)


def keep(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> tuple[dict[str, Decision], set[int]]:
    """Store decisions, by id those that are new, and the pins of all claims that these bear on."""
    given = {each.id: each for each in decisions}
    held = {row[0] for row in connection.execute("SELECT id FROM decision")}
    new = {id: each for id, each in given.items() if id not in held}
    for id, each in new.items():
        on_edge = each.kind.value in _EDGE_KINDS
        row = id, each.undoes, on_edge, dumps(each)
        connection.execute("INSERT INTO decision (id, undoes, edge, record) VALUES (?, ?, ?, ?)", row)
        names = [(name, source_of(name), id) for name in dict.fromkeys((*each.claims, *each.others))]
        connection.executemany("INSERT INTO named (name, digest, decision) VALUES (?, ?, ?)", names)
        _pin(connection, [name for name, *_ in names])
    kept = all_decisions(connection) if new else []
    holding = [(each.id,) for each in in_effect(kept)]
    connection.execute("UPDATE decision SET holds = 0")
    connection.executemany("UPDATE decision SET holds = 1 WHERE id = ?", holding)
    return new, _pins(connection, with_undone(new.values(), {each.id: each for each in kept}))


def names_in(connection: sqlite3.Connection, digest: str) -> set[str]:
    """The claims of a source that decisions name."""
    return {row[0] for row in connection.execute("SELECT name FROM named WHERE digest = ?", (digest,))}


def any_decided(connection: sqlite3.Connection) -> bool:
    """Whether there are any decisions."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM decision)").fetchone()[0])


def tied(connection: sqlite3.Connection, units: Iterable[int]) -> tuple[set[int], list[Decision]]:
    """The units and all others that decisions tie to them, one after the other; and those decisions, in order."""
    found, fresh = set[int](), set(units)
    decisions: dict[str, Decision] = {}
    while fresh:
        found |= fresh
        rows = connection.execute(_TIED, (json.dumps(sorted(fresh)),)).fetchall()
        new = {each.id: each for each in (loads(Decision, row[0]) for row in rows)}
        names = {name for id, each in new.items() if id not in decisions for name in (*each.claims, *each.others)}
        decisions |= new
        homes = connection.execute(_UNITS, (json.dumps(sorted(names)),)).fetchall()
        fresh = {unit for row in homes for unit in row if unit is not None} - found
    return found, sorted(decisions.values(), key=decision_order)


def on_edges(connection: sqlite3.Connection) -> Mapping[Pair, dict[Relation, Decision]]:
    """The decisions on the edges of each pair of documents that any are on."""
    if not any_decided(connection):
        return {}
    records = connection.execute("SELECT record FROM decision WHERE holds AND edge").fetchall()
    decisions = sorted((loads(Decision, row[0]) for row in records), key=decision_order)
    spoken = {name: document for name, document in connection.execute(_SPOKEN) if document is not None}
    found: dict[Pair, dict[Relation, Decision]] = defaultdict(dict)
    for (source, relation, target), decision in verdicts(decisions, spoken).items():
        found[source, target][relation] = decision
    return found


def _pins(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> set[int]:
    names = {name for each in decisions for name in (*each.claims, *each.others)}
    select = "SELECT p.n FROM json_each(?) m JOIN signature p ON p.pin = m.value"
    return {row[0] for row in connection.execute(select, (json.dumps(sorted(names)),))}


def _pin(connection: sqlite3.Connection, names: Sequence[str]) -> None:
    """Give the claims of held sources among the named ones rows of their own."""
    for name in names:
        if connection.execute("SELECT 1 FROM signature WHERE pin = ?", (name,)).fetchone():
            continue
        select = "SELECT n, reading, signatures FROM source WHERE digest = ?"
        row = connection.execute(select, (source_of(name),)).fetchone()
        if row:
            n, packed, said = row
            reading = loads(Reading, zlib.decompress(packed).decode())
            _pin_in(connection, name, n, reading, json.loads(said))


def _pin_in(connection: sqlite3.Connection, name: str, source: int, reading: Reading, said: list[int]) -> None:
    """Give a claim of this source, whose signatures are `said`, a row of its own; nothing if no claim has the name."""
    digest = source_of(name)
    for position, claim in enumerate(reading.claims):
        if claim_name(digest, claim) != name:
            continue
        base = said[position]
        (packed,) = connection.execute("SELECT packed FROM signature WHERE n = ?", (base,)).fetchone()
        alone = replace(Signature.unpack(packed), pin=name)
        n = connection.execute(
            "INSERT INTO signature (hash, packed, unit, count, quote, header, document, base, pin)"
            " SELECT ?, ?, unit, 1, ?, header, document, n, ? FROM signature WHERE n = ?",
            (alone.digest, alone.packed, one_line(claim.text), name, base),
        ).lastrowid
        connection.execute("UPDATE signature SET count = count - 1 WHERE n = ?", (base,))
        said[position] = n or 0
        connection.execute("UPDATE source SET signatures = ? WHERE n = ?", (json.dumps(said), source))
        for at, stated in enumerate(reading.relations):
            for end, column in ((stated.subject, "subject"), (stated.object, "object")):
                if end == position:
                    update = f"UPDATE statement SET {column} = ? WHERE source = ? AND position = ?"  # noqa: S608
                    connection.execute(update, (n, source, at))
        return

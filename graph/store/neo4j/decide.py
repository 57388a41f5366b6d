"""Decisions in Neo4j: kept for good, the claims that they name told from their equals, which apply where.

    (:Ruling)-[:NAMES]->(:Named {name}), (:Document)-[:RULED {verdicts}]->(:Document)

A named claim has a node of its own, its `pin` being its name, beside the node of all that say the same, its `base`,
whose count is that of the others alone.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from neo4j import ManagedTransaction

from graph.model import Reading
from graph.resolve import Signature
from graph.resolve.decide import Decision, claim_name, decision_order, in_effect, source_of, verdicts
from graph.resolve.edges import End
from graph.ruling import DecisionKind
from graph.store.codec import dumps, loads
from graph.store.decisions import with_undone
from graph.text import one_line

_EDGE_KINDS = (DecisionKind.REJECT, DecisionKind.ADD)
_RECORDS = "MATCH (decision:Ruling) RETURN decision.record"
_ANY = "RETURN EXISTS { (:Ruling) }"
_KEEP = """
UNWIND $rows AS row CREATE (decision:Ruling) SET decision = row.decision
WITH decision, row UNWIND row.names AS named
MERGE (claim:Named {name: named[0]}) SET claim.digest = named[1] MERGE (decision)-[:NAMES]->(claim)
"""
_HOLD = "MATCH (decision:Ruling) SET decision.holds = decision.id IN $ids"
_NAMES = "UNWIND $digests AS digest MATCH (claim:Named {digest: digest}) RETURN claim.name"
_PINNED = "UNWIND $names AS name MATCH (claim:Claim {pin: name}) RETURN name, claim.block"
_SOURCE = """
MATCH (source:Source {digest: $digest})-[says:SAYS]->(claim) UNWIND says.positions AS position
RETURN source.reading, collect([position, claim.hash, claim.packed])
"""
_PIN = """
MATCH (:Source {digest: $digest})-[says:SAYS]->(base:Claim {hash: $base}) WHERE $position IN says.positions
MATCH (source:Source {digest: $digest})
CREATE (source)-[:SAYS {positions: [$position]}]->(claim:Claim)
SET claim = $claim, claim.block = base.block, claim.header = base.header, base.count = base.count - 1,
    says.positions = [position IN says.positions WHERE position <> $position]
WITH claim, base, says
FOREACH (empty IN CASE WHEN size(says.positions) = 0 THEN [says] ELSE [] END | DELETE empty)
WITH claim, base MATCH (base)-[:SPEAKS_OF]->(document) CREATE (claim)-[:SPEAKS_OF]->(document)
"""
_STATE = """
UNWIND $rows AS row
MATCH (:Claim {hash: row.before[0]})-[old:STATED {digest: $digest, position: row.at}]->(:Claim {hash: row.before[1]})
MATCH (subject:Claim {hash: row.now[0]}), (object:Claim {hash: row.now[1]})
CREATE (subject)-[stated:STATED]->(object) SET stated = properties(old) DELETE old
"""
_TIED = """
UNWIND $blocks AS block MATCH (claim:Claim {block: block}) WHERE claim.pin IS NOT NULL
MATCH (:Named {name: claim.pin})<-[:NAMES]-(decision:Ruling) WHERE decision.holds AND NOT decision.edge
RETURN DISTINCT decision.record
"""
_ON_EDGES = "MATCH (decision:Ruling) WHERE decision.holds AND decision.edge RETURN decision.record"
_SPOKEN = """
UNWIND $names AS name MATCH (:Claim {pin: name})-[:SPEAKS_OF]->(document) RETURN name, document.id
"""
_RULED = "MATCH (source)-[ruled:RULED]->(target) RETURN source.id, target.id, ruled.verdicts"
_UNRULE = """
UNWIND $pairs AS pair MATCH (:Document {id: pair[0]})-[ruled:RULED]->(:Document {id: pair[1]}) DELETE ruled
"""
_RULE = """
UNWIND $rows AS row MATCH (source:Document {id: row[0]}), (target:Document {id: row[1]})
CREATE (source)-[:RULED {verdicts: row[2]}]->(target)
"""
Pair = tuple[str, str]


@dataclass(slots=True)
class _Held:
    """A text of the ledger, with the hash and the packed signature of each of its claims by position."""

    reading: Reading
    said: dict[int, tuple[str, str]]


def all_decisions(records: Iterable[str]) -> list[Decision]:
    """Decisions of their records, by time and id."""
    return sorted((loads(Decision, record) for record in records), key=decision_order)


def any_decided(transaction: ManagedTransaction) -> bool:
    """Whether there are any decisions."""
    return bool(transaction.run(_ANY).value()[0])


def names_in(transaction: ManagedTransaction, digests: Collection[str]) -> set[str]:
    """The claims of these sources that decisions name."""
    return set(transaction.run(_NAMES, digests=list(digests)).value()) if any_decided(transaction) else set()


def keep(transaction: ManagedTransaction, decisions: Iterable[Decision]) -> tuple[list[str], set[str]]:
    """Store decisions: the ids of those that are new, in order, and the blocks of all claims that these bear on."""
    kept = {each.id: each for each in all_decisions(transaction.run(_RECORDS).value())}
    new = {each.id: each for each in decisions if each.id not in kept}
    if not new:
        return [], set()
    rows = [
        {"decision": _properties(id, each), "names": [[name, source_of(name)] for name in _names([each])]}
        for id, each in new.items()
    ]
    transaction.run(_KEEP, rows=rows).consume()
    _pin(transaction, _names(new.values()))
    kept |= new
    transaction.run(_HOLD, ids=[each.id for each in in_effect(kept.values())]).consume()
    return list(new), _blocks(transaction, _names(with_undone(new.values(), kept)))


def tied(transaction: ManagedTransaction, blocks: Iterable[str]) -> tuple[set[str], list[Decision]]:
    """The blocks and all others that decisions tie to them, one after the other; and those decisions, in order."""
    found, fresh = set[str](), set(blocks)
    if not any_decided(transaction):
        return fresh, []
    decisions: dict[str, Decision] = {}
    while fresh:
        found |= fresh
        records = transaction.run(_TIED, blocks=sorted(fresh)).value()
        new = {each.id: each for each in all_decisions(records)}
        names = _names(each for id, each in new.items() if id not in decisions)
        decisions |= new
        fresh = _blocks(transaction, names) - found
    return found, sorted(decisions.values(), key=decision_order)


def on_edges(transaction: ManagedTransaction) -> dict[End, Decision]:
    """The decision on each edge that any is on."""
    decisions = all_decisions(transaction.run(_ON_EDGES).value())
    if not decisions:
        return {}
    return verdicts(decisions, dict(transaction.run(_SPOKEN, names=_names(decisions)).values()))


def rule(transaction: ManagedTransaction, ends: Mapping[End, Decision]) -> set[Pair]:
    """Note which edges decisions are on; the pairs of documents for which they are not those of before."""
    by_pair: dict[Pair, list[tuple[str, str]]] = defaultdict(list)
    for (source, relation, target), one in ends.items():
        by_pair[source, target].append((relation.value, one.id))
    now = {pair: json.dumps(sorted(told)) for pair, told in by_pair.items()}
    before = {(source, target): told for source, target, told in transaction.run(_RULED).values()}
    changed = {pair for pair in now.keys() | before.keys() if now.get(pair) != before.get(pair)}
    if changed:
        transaction.run(_UNRULE, pairs=[list(pair) for pair in sorted(changed)])
        transaction.run(_RULE, rows=[[*pair, now[pair]] for pair in sorted(changed & now.keys())])
    return changed


def _names(decisions: Iterable[Decision]) -> list[str]:
    return list(dict.fromkeys(name for each in decisions for name in (*each.claims, *each.others)))


def _properties(id: str, one: Decision) -> dict[str, object]:
    told = {"kind": one.kind, "author": one.author, "time": one.time, "reason": one.reason}
    return {"id": id, "edge": one.kind in _EDGE_KINDS, "holds": True, "record": dumps(one), **told}


def _blocks(transaction: ManagedTransaction, names: Collection[str]) -> set[str]:
    """The blocks of the claims of held sources among the named ones."""
    return {block for _, block in transaction.run(_PINNED, names=list(names)).values()} if names else set()


def _pin(transaction: ManagedTransaction, names: Collection[str]) -> None:
    """Give the claims of held sources among the named ones nodes of their own."""
    known = {name for name, _ in transaction.run(_PINNED, names=list(names)).values()}
    for name in names:
        digest = source_of(name)
        rows = [] if name in known else transaction.run(_SOURCE, digest=digest).values()
        for packed, said in rows:
            reading = loads(Reading, zlib.decompress(packed).decode())
            _pin_in(transaction, name, _Held(reading, {position: (hashed, one) for position, hashed, one in said}))


def _pin_in(transaction: ManagedTransaction, name: str, held: _Held) -> None:
    """Give a claim of this text a node of its own; nothing if no claim has the name."""
    digest, claims = source_of(name), held.reading.claims
    position = next((at for at, claim in enumerate(claims) if claim_name(digest, claim) == name), None)
    if position is None:
        return
    base, packed = held.said[position]
    alone = replace(Signature.unpack(packed), pin=name)
    hashed = alone.digest.hex()
    claim = {"hash": hashed, "pin": name, "base": base, "count": 1, "packed": alone.packed}
    claim["quote"] = one_line(claims[position].text)
    transaction.run(_PIN, digest=digest, base=base, position=position, claim=claim).consume()
    rows = []
    for at, stated in enumerate(held.reading.relations):
        ends = stated.subject, stated.object
        if position in ends:
            before = [held.said[end][0] for end in ends]
            now = [hashed if end == position else of for end, of in zip(ends, before, strict=True)]
            rows.append({"at": at, "before": before, "now": now})
    if rows:
        transaction.run(_STATE, digest=digest, rows=rows).consume()

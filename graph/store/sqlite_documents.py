"""Resolving what a batch touched: units of one block and territory, signatures without place, and their documents."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.model import Document, Fact, Header, Matching
from graph.resolve import Resolved, Signature, Tally
from graph.resolve.block import PLACELESS, Cluster, Group, fitting, hints, leftover, narrowed, settle
from graph.resolve.conflicts import disputed_fields
from graph.resolve.decide import constrained
from graph.resolve.documents import agrees, documents_of, facts_of, slack_of
from graph.resolve.outline import UNLIMITED, Known, Outline
from graph.ruling import Ruling
from graph.signs import Sign
from graph.store.codec import dumps, loads
from graph.store.sqlite_decide import any_decided, tied
from graph.store.sqlite_ledger import Entered, hint_keys

_COLUMNS = ["n", "id", "unit", "sign_key", "date", "year", "level", "province", "type", "status", "held"]
_COLUMNS += ["disputed", "known", "mentions", "slack", "record"]
_WRITE = (
    f"INSERT INTO document ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
    f" ON CONFLICT (n) DO UPDATE SET {', '.join(f'{column} = excluded.{column}' for column in _COLUMNS[1:])}"
)
MANY = 8
"""Signatures from which a unit is worth an outline: fewer are settled in less time than that is read."""
_TALLY = "SELECT n, packed, count, quote, header, document FROM signature WHERE base IS NULL AND"


@dataclass(slots=True)
class Changes:
    """What resolving changed, by numbers of documents. `moved` maps signatures to the documents that they spoke of
    before, None where of none; `remade` are documents with their old and new state, None where there is none."""

    moved: dict[int, int | None] = field(default_factory=dict)
    remade: list[tuple[int, Document | None, Document | None]] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """A document as stored. `mentions`, `slack`, `disputed` and `known` follow from facts, `record` from the rest."""

    n: int
    record: str
    mentions: int
    slack: int | None
    disputed: str
    known: str | None


@dataclass(slots=True)
class Growth:
    """Further claims of one document, and how many there could be without changing a choice by what they say anew."""

    claims: int = 0
    room: int = UNLIMITED

    def add(self, claims: int, room: int) -> None:
        self.claims += claims
        self.room = min(self.room, room)


class Resolver:
    """Resolves within the caller's transaction. Use one for one batch."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._settled: dict[int, list[Group]] = {}
        self._outlines: dict[int, tuple[Outline | None, list[Signature]]] = {}
        self._known: dict[int, tuple[Known, frozenset[str]]] = {}
        self._numbers: dict[Signature, int] = {}
        self._spoke: dict[Signature, int | None] = {}
        self._next = 1 + (connection.execute("SELECT max(n) FROM document").fetchone()[0] or 0)
        self._changes = Changes()
        self._decided = any_decided(connection)

    def run(self, entered: Entered) -> Changes:
        """Resolve what `entered` touched. Documents that are no more are left for the caller to remove."""
        homeless = {unit: self._blocks_placeless(unit) for unit in sorted(entered.fresh)}
        grown, silent = self._grown(entered.counted)
        placed = (unit for unit, placeless in homeless.items() if placeless is None)
        settled = entered.fresh.keys() - {unit for unit in placed if self._join(unit, entered.fresh[unit], grown)}
        affected = self._numbered(entered.placeless)
        rewritten = settled | self._recount(grown) | self._homes(entered.pins) | silent
        for unit in sorted(settled):
            if homeless[unit] not in (None, unit):
                affected |= self._affected(unit)
        for n in sorted(affected):
            rewritten |= self._decide(n, affected[n], fresh=n in entered.placeless)
        self._write(sorted(rewritten))
        return self._changes

    def _homes(self, pins: Collection[int]) -> set[int]:
        """The units in which the signatures of single claims are settled."""
        select = (
            "SELECT coalesce(b.home, b.unit) FROM json_each(?) w JOIN signature p ON p.n = w.value"
            " JOIN signature b ON b.n = p.base"
        )
        return {row[0] for row in self._connection.execute(select, (json.dumps(sorted(pins)),))}

    def _grown(self, counted: Mapping[int, int]) -> tuple[dict[int, Growth], set[int]]:
        """Further claims of signatures met before, by the document that they speak of; and the units of those
        signatures all of whose claims so far were moved one by one."""
        grown: dict[int, Growth] = defaultdict(Growth)
        silent = set()
        # CROSS: else all signatures without document are tried against each of these
        rows = "FROM json_each(?) w CROSS JOIN signature s ON s.n = w.value"
        select = f"SELECT s.n, s.document, coalesce(s.home, s.unit) {rows}"
        for n, document, unit in self._connection.execute(select, (json.dumps(sorted(counted)),)):
            if document is None:
                silent.add(unit)
            else:
                grown[document].claims += counted[n]
        return grown, silent

    def _join(self, unit: int, fresh: Mapping[int, Tally], grown: dict[int, Growth]) -> bool:
        """Let the new signatures of a unit join its documents, where all of them can without settling it anew."""
        (packed,) = self._connection.execute("SELECT outline FROM unit WHERE n = ?", (unit,)).fetchone()
        if packed is None:
            return False
        documents, text = json.loads(packed)
        outline, joining = Outline.unpack(text), dict[int, int]()
        added: dict[int, Growth] = defaultdict(Growth)
        for n, each in fresh.items():
            at = outline.joined(each)
            room = self._room(documents[at], each) if at is not None else 0
            if at is None or room <= each.count:
                return False
            joining[n] = documents[at]
            added[documents[at]].add(each.count, room)
        for document, more in added.items():
            grown[document].add(more.claims, more.room)
        update = "UPDATE signature SET document = ? WHERE n = ?"
        self._connection.executemany(update, [(document, n) for n, document in joining.items()])
        self._changes.moved.update(dict.fromkeys(joining))
        return True

    def _room(self, document: int, tally: Tally) -> int:
        if document not in self._known:
            select = "SELECT known, disputed FROM document WHERE n = ?"
            known, disputed = self._connection.execute(select, (document,)).fetchone()
            self._known[document] = Known.unpack(known), frozenset(disputed.strip("|").split("||"))
        known, disputed = self._known[document]
        return known.room(tally, disputed)

    def _recount(self, grown: Mapping[int, Growth]) -> set[int]:
        """Count further claims in the documents that they speak of; the units in which they may change a choice."""
        touched, counts = set(), []
        select = "SELECT d.n, d.unit, d.slack FROM json_each(?) w JOIN document d ON d.n = w.value"
        for document, unit, slack in self._connection.execute(select, (json.dumps(sorted(grown)),)).fetchall():
            more = grown[document]
            room = min(more.room, UNLIMITED if slack is None else slack)
            left = room - more.claims if room < UNLIMITED else None
            if left is not None and left <= 0:
                left = self._slack_after(document)
                if left is None:
                    touched.add(unit)
                    continue
            counts.append((more.claims, left, document))
        update = "UPDATE document SET mentions = mentions + ?, slack = ? WHERE n = ?"
        self._connection.executemany(update, counts)
        return touched

    def _slack_after(self, document: int) -> int | None:
        """The slack of a document that further claims brought to its end; None where they changed a choice."""
        select = "SELECT record FROM document WHERE n = ?"
        record = loads(Document, self._connection.execute(select, (document,)).fetchone()[0])
        facts = facts_held(self._connection, document, record.rulings)
        if not agrees(record, facts):
            return None
        update = "UPDATE document SET known = ? WHERE n = ? AND known IS NOT NULL"
        self._connection.execute(update, (Known.of(facts).packed, document))
        return slack_of(facts)

    def _blocks_placeless(self, unit: int) -> int | None:
        """The unit of what tells no place in the same block, None where there is none."""
        select = (
            "SELECT other.n FROM unit JOIN unit other ON other.block = unit.block AND other.territory = ?"
            " WHERE unit.n = ?"
        )
        row = self._connection.execute(select, (PLACELESS, unit)).fetchone()
        return row[0] if row else None

    def _numbered(self, numbers: Collection[int]) -> dict[int, Tally]:
        wanted = f"{_TALLY} n IN (SELECT value FROM json_each(?))"  # noqa: S608
        return self._tallies(wanted, json.dumps(sorted(numbers))) if numbers else {}

    def _tallies(self, select: str, *values: object) -> dict[int, Tally]:
        found = {}
        for n, packed, count, quote, header, document in self._connection.execute(select, values):
            signature = Signature.unpack(packed)
            self._numbers[signature], self._spoke[signature] = n, document
            found[n] = Tally(signature, count, quote, loads(Header, header) if header else None)
        return self._with_pins(found) if self._decided else found

    def _with_pins(self, tallies: dict[int, Tally]) -> dict[int, Tally]:
        """Tallies by their numbers, with those of their claims that decisions name."""
        rows = "FROM json_each(?) w JOIN signature p ON p.base = w.value"
        select = f"SELECT base, n, packed, pin, quote, document {rows}"
        pins: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for base, n, packed, pin, quote, document in self._connection.execute(select, (json.dumps(list(tallies)),)):
            signature = Signature.unpack(packed)
            self._numbers[signature], self._spoke[signature] = n, document
            pins[base].append((pin, quote))
        return {
            n: replace(one, count=one.count + len(pins[n]), pins=tuple(sorted(pins[n]))) if n in pins else one
            for n, one in tallies.items()
        }

    def _groups(self, unit: int) -> list[Group]:
        if unit not in self._settled:
            self._settled[unit] = settle(self._tallies(f"{_TALLY} unit = ?", unit).values())
        return self._settled[unit]

    def _affected(self, unit: int) -> dict[int, Tally]:
        """Signatures without place that could belong to the unit before, or can now; notes which can."""
        connection, groups = self._connection, self._groups(unit)
        before = {row[0] for row in connection.execute("SELECT signature FROM candidate WHERE unit = ?", (unit,))}
        (block,) = connection.execute("SELECT block FROM unit WHERE n = ?", (unit,)).fetchone()
        keys = hint_keys(block, {hint for group in groups for hint in group.hints()})
        select = "SELECT signature FROM astray WHERE key IN (SELECT value FROM json_each(?))"
        near = {row[0] for row in connection.execute(select, (json.dumps(sorted(keys)),))}
        placeless = self._numbered(before | near)
        now = {n for n, one in placeless.items() if fitting(one, groups)}
        no_more = [(n, unit) for n in before - now]
        connection.executemany("DELETE FROM candidate WHERE signature = ? AND unit = ?", no_more)
        connection.executemany("INSERT OR IGNORE INTO candidate VALUES (?, ?)", [(n, unit) for n in now - before])
        return {n: placeless[n] for n in before | now}

    def _decide(self, n: int, tally: Tally, *, fresh: bool) -> set[int]:
        """Find the home of a signature without place among its candidates; the units to which that makes a change."""
        connection = self._connection
        if fresh:
            self._find_candidates(n, tally)
        units = [row[0] for row in connection.execute("SELECT unit FROM candidate WHERE signature = ?", (n,))]
        possible = {unit: fitting(tally, self._groups(unit)) for unit in sorted(units)}
        chosen = narrowed(tally, [group for groups in possible.values() for group in groups])
        home = next((unit for unit in possible if chosen[0] in possible[unit]), None) if len(chosen) == 1 else None
        before, own = connection.execute("SELECT home, unit FROM signature WHERE n = ?", (n,)).fetchone()
        connection.execute("UPDATE signature SET home = ? WHERE n = ?", (home, n))
        return {own if unit is None else unit for unit in (before, home)}

    def _find_candidates(self, n: int, tally: Tally) -> None:
        keys = hint_keys(tally.signature.block, hints(tally.signature))
        select = "SELECT unit FROM hint WHERE key = ?"
        near = {row[0] for key in keys for row in self._connection.execute(select, (key,))}
        fits = [(n, unit) for unit in sorted(near) if fitting(tally, self._groups(unit))]
        self._connection.executemany("INSERT OR IGNORE INTO candidate VALUES (?, ?)", fits)

    def _write(self, units: Sequence[int]) -> None:
        """Write the documents of these units and of those that decisions tie to them. No signature moves between them
        and others."""
        together, decisions = tied(self._connection, units) if self._decided else (set(units), [])
        found = {unit: self._clusters(unit) for unit in sorted(together)}
        made = constrained(found, decisions) if decisions else found
        if decisions:
            self._silence(_signatures(found) - _signatures(made))
        outlines = [(self._write_unit(unit, documents_of(clusters)), unit) for unit, clusters in made.items()]
        update = "UPDATE unit SET outline = ?1 WHERE n = ?2 AND outline IS NOT ?1"
        self._connection.executemany(update, outlines)

    def _silence(self, signatures: Iterable[Signature]) -> None:
        """Take signatures all of whose claims were moved one by one from the documents that they spoke of."""
        for said in signatures:
            n, before = self._numbers[said], self._spoke[said]
            self._connection.execute("UPDATE signature SET document = NULL WHERE n = ?", (n,))
            self._changes.moved[n] = before

    def _clusters(self, unit: int) -> list[Cluster]:
        placeless = self._blocks_placeless(unit)
        if placeless == unit:
            return self._leftover(unit)
        groups = self._groups(unit)
        if placeless is None and _many_unnamed(groups):
            self._outlines[unit] = Outline.of(groups), [group.members[0].signature for group in groups if group.dated]
        guests = self._tallies(f"{_TALLY} home = ?", unit)
        joining = [(narrowed(each, fitting(each, groups)), each) for each in guests.values()]
        for homes, each in joining:
            homes[0].add([each])
        del self._settled[unit]
        return [group.cluster() for group in groups]

    def _leftover(self, unit: int) -> list[Cluster]:
        candidates = "SELECT 1 FROM candidate WHERE candidate.signature = signature.n"
        rest = f"{_TALLY} unit = ? AND home IS NULL"
        none = self._tallies(f"{rest} AND NOT EXISTS ({candidates})", unit)
        several = self._tallies(f"{rest} AND EXISTS ({candidates})", unit)
        groups = leftover(none.values(), Matching.RESOLVED) + leftover(several.values(), Matching.AMBIGUOUS)
        return [group.cluster() for group in groups]

    def _write_unit(self, unit: int, resolved: Sequence[Resolved]) -> str | None:
        """Write the documents of a unit; its outline with their numbers, None where it has none."""
        select = "SELECT id, n, record, mentions, slack, disputed, known FROM document WHERE unit = ?"
        old = {id: _Row(*row) for id, *row in self._connection.execute(select, (unit,))}
        rows = {one.document.id: old.pop(one.document.id, None) for one in resolved}
        free = {row.n: id for id, row in old.items()}
        outline, first = self._outlines.pop(unit, (None, []))
        if any("." in one.document.id.rpartition("~")[2] for one in resolved):  # numbered in an order of all signatures
            outline = None
        numbers = {}
        for one in resolved:
            row = rows[one.document.id]
            if row is None:
                before = next((n for n in map(self._spoke.__getitem__, one.signatures) if n in free), None)
                row = old.pop(free.pop(before)) if before is not None else None
            numbers[one.signatures[0]] = self._write_document(unit, row, one, outlined=outline is not None)
        for row in old.values():
            self._changes.remade.append((row.n, loads(Document, row.record), None))
        return json.dumps([[numbers[said] for said in first], outline.packed]) if outline else None

    def _write_document(self, unit: int, row: _Row | None, one: Resolved, *, outlined: bool) -> int:
        connection, document, spoke = self._connection, one.document, self._spoke
        if row is None:
            row, self._next = _Row(self._next, "", -1, None, "", None), self._next + 1
        record, slack = dumps(replace(document, facts=(), mentions=0)), slack_of(document.facts)
        disputed = "".join(f"|{field}|" for field in sorted(disputed_fields(document.facts)))
        known = Known.of(document.facts).packed if outlined else None
        now = _Row(row.n, record, document.mentions, slack, disputed, known)
        if now != row:
            counts = disputed, known, now.mentions, slack, record
            connection.execute(_WRITE, (row.n, *_values(unit, document), *counts))
        if record != row.record:
            before = loads(Document, row.record) if row.record else None
            self._changes.remade.append((row.n, before, document))
        moved = [(self._numbers[said], spoke[said]) for said in one.signatures if spoke[said] != row.n]
        spoken = [(row.n, number) for number, _ in moved]
        connection.executemany("UPDATE signature SET document = ? WHERE n = ?", spoken)
        self._changes.moved.update(moved)
        return row.n


def _many_unnamed(groups: Sequence[Group]) -> bool:
    """Whether an outline is worth its while and can be made: none can of claims that decisions name."""
    members = [each for group in groups for each in group.members]
    return len(members) >= MANY and not any(each.pins for each in members)


def _signatures(found: Mapping[int, Iterable[Cluster]]) -> set[Signature]:
    return {said for some in found.values() for one in some for each in one.members for said in each.signatures}


def facts_held(connection: sqlite3.Connection, n: int, rulings: Iterable[Ruling]) -> tuple[Fact, ...]:
    """The facts of the document with this number, from the signatures that speak of it."""
    select = "SELECT packed, count, quote FROM signature WHERE document = ?"
    said = (Tally(Signature.unpack(row[0]), *row[1:]) for row in connection.execute(select, (n,)))
    return facts_of(tuple(said), rulings)


def _values(unit: int, document: Document) -> tuple[object, ...]:
    return (
        document.id,
        unit,
        Sign.parse(document.sign).key if document.sign else None,
        document.date,
        int(document.date[:4]) if document.date else None,
        document.level,
        document.place.province if document.place else None,
        document.type,
        document.status,
        document.held,
    )

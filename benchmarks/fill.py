"""A store of made-up plans, its tables filled without resolving anything: to measure how it reads, not how it writes.

Run: `python benchmarks/fill.py PATH [--documents 1000000] [--seed 0]`. Nothing may be at PATH. Documents and citations
are those of `generate.py`, each citation one edge with one sentence; claims are left out, and facts with them.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from generate import Head, Maker, canon

from graph.model import Document, Evidence, Relation, StatedIn, Status, Zone
from graph.signs import Sign
from graph.store.codec import dumps
from graph.store.sqlite import SqliteStore
from graph.store.sqlite_words import index_words
from graph.text import slug

BATCH = 10_000
_DOCUMENT = (
    "INSERT INTO document (n, id, unit, sign_key, date, year, level, province, type, status, held, mentions, disputed,"
    " record) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, 1, '', ?)"
)
_STATEMENT = (
    "INSERT INTO statement (source, position, subject, object, type, src, dst, score, evidence)"
    " VALUES (?, ?, 0, 0, ?, ?, ?, 1.0, ?)"
)
_EDGE = (
    "INSERT INTO edge (src, type, dst, kept, score, substance, source, position) VALUES (?, ?, ?, 1, 1.0, ?, ?, ?)"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    began = time.perf_counter()
    fill(asked.path, asked.documents, asked.seed)
    print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
    with SqliteStore(asked.path) as store:
        began = time.perf_counter()
        store.index()
        print(f"indexed in {time.perf_counter() - began:.0f} s", flush=True)


def fill(path: Path, documents: int, seed: int) -> None:
    """Make the store. Raises FileExistsError."""
    if path.exists():
        raise FileExistsError(path)
    SqliteStore(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -262144")
    maker, numbers = Maker(seed), {head: n for n, head in enumerate(canon(), 1)}
    first = 1 + len(numbers)
    connection.execute("BEGIN")
    _write(connection, ((n, _document(n, head, held=False)) for head, n in numbers.items()))
    for start in range(0, documents, BATCH):
        span = range(start, min(start + BATCH, documents))
        _write(connection, ((first + at, _document(first + at, maker.head(at), held=True)) for at in span))
    connection.execute("COMMIT")
    connection.execute("BEGIN")
    for at in range(documents):
        cited = [(numbers.get(head, first + head.number), head, *said) for head, *said in maker.related(at)]
        _cite(connection, first + at, cited)
    connection.execute("COMMIT")
    connection.close()


def _write(connection: sqlite3.Connection, documents: Iterable[tuple[int, Document]]) -> None:
    made = list(documents)
    connection.executemany(_DOCUMENT, [_row(n, document) for n, document in made])
    index_words(connection, [(n, None, document) for n, document in made])


def _document(n: int, head: Head, *, held: bool) -> Document:
    place = head.place
    territory = slug(place.commune or place.district or place.province or "")
    id = f"{slug(head.sign)}~{territory or 'tw'}~{head.day}.{n}"
    status = Status.ISSUED if held else Status.CITED
    known = head.sign, head.type, head.title, head.issuer, head.branch, head.level, place, head.day
    return Document(id, *known, status, held)


def _row(n: int, one: Document) -> tuple[object, ...]:
    key = Sign.parse(one.sign).key if one.sign else None
    province = one.place.province if one.place else None
    year = int(one.date[:4]) if one.date else None
    return n, one.id, key, one.date, year, one.level, province, one.type, one.status, one.held, dumps(one)


def _cite(connection: sqlite3.Connection, n: int, cited: Iterable[tuple[int, Head, Relation, Zone]]) -> None:
    statements, edges = [], []
    for position, (target, other, relation, zone) in enumerate(cited):
        quote = f"{relation.value} {other.type} số {other.sign} ngày {other.day} của {other.issuer};"
        place = StatedIn.PREAMBLE if zone is Zone.PREAMBLE else StatedIn.BODY
        proof = Evidence("0" * 64, position * 100, position * 100 + len(quote), 0, len(quote), quote, zone, place)
        statements.append((n, position, relation, n, target, dumps(proof)))
        edges.append((n, relation, target, False, n, position))
    connection.executemany(_STATEMENT, statements)
    connection.executemany(_EDGE, edges)


if __name__ == "__main__":
    main()

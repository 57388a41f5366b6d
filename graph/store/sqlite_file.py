"""The SQLite file: its tables, and opening it without harm to files that are something else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from graph.errors import StoreError
from graph.store import sqlite_changes, sqlite_totals

APPLICATION = 0x63616E43
"""What marks a database of cancu ("canC"), at byte 68 of the file (https://sqlite.org/fileformat.html)."""
VERSION = 9
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_BUSY = 30.0
_WRITER_CACHE = 262_144
"""KiB of pages that a writer holds: signatures and edges are met in no order, all over the file."""

LEDGER = """
CREATE TABLE source (
    n INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    text BLOB NOT NULL, reading BLOB NOT NULL, signatures TEXT NOT NULL
);
"""
"""What was read. All other tables but `issued` and those of decisions follow from it and from these."""
DERIVED = """
CREATE TABLE unit (
    n INTEGER PRIMARY KEY, block TEXT NOT NULL, territory TEXT NOT NULL, outline TEXT, UNIQUE (block, territory)
);
CREATE TABLE document (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, unit INTEGER NOT NULL REFERENCES unit (n),
    sign_key TEXT, date TEXT, year INTEGER, level TEXT, province TEXT, type TEXT, status TEXT NOT NULL,
    held INTEGER NOT NULL, mentions INTEGER NOT NULL, slack INTEGER, disputed TEXT NOT NULL, known TEXT,
    record TEXT NOT NULL
);
CREATE INDEX document_unit ON document (unit);
CREATE INDEX document_sign ON document (sign_key);
CREATE INDEX document_order ON document (date IS NULL, date, id, level, province, year, type, status, held);
CREATE INDEX document_filter ON document (province, level, year, type, status, held);
CREATE INDEX document_disputed ON document (date IS NULL, date, id, level, province, year, type, status, held, disputed)
    WHERE disputed <> '';
CREATE TABLE titled (
    opening TEXT NOT NULL, area TEXT NOT NULL, document INTEGER NOT NULL UNIQUE REFERENCES document (n),
    kind TEXT NOT NULL, date TEXT NOT NULL, leads INTEGER NOT NULL, leader TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (opening, area, document)
) WITHOUT ROWID;
CREATE INDEX titled_leading ON titled (opening, area, kind, date) WHERE leads;
CREATE TABLE signature (
    n INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, packed TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES unit (n),
    count INTEGER NOT NULL, quote TEXT NOT NULL, header TEXT, home INTEGER REFERENCES unit (n),
    document INTEGER REFERENCES document (n) DEFERRABLE INITIALLY DEFERRED,
    base INTEGER REFERENCES signature (n), pin TEXT
);
CREATE UNIQUE INDEX signature_pin ON signature (pin) WHERE pin IS NOT NULL;
CREATE INDEX signature_base ON signature (base) WHERE base IS NOT NULL;
CREATE INDEX signature_unit ON signature (unit);
CREATE INDEX signature_home ON signature (home) WHERE home IS NOT NULL;
CREATE INDEX signature_document ON signature (document);
CREATE TABLE hint (key INTEGER, unit INTEGER REFERENCES unit (n), PRIMARY KEY (key, unit)) WITHOUT ROWID;
CREATE TABLE astray (
    key INTEGER, signature INTEGER REFERENCES signature (n), PRIMARY KEY (key, signature)
) WITHOUT ROWID;
CREATE TABLE candidate (
    signature INTEGER REFERENCES signature (n), unit INTEGER REFERENCES unit (n), PRIMARY KEY (signature, unit)
) WITHOUT ROWID;
CREATE INDEX candidate_unit ON candidate (unit);
CREATE TABLE statement (
    source INTEGER NOT NULL REFERENCES source (n), position INTEGER NOT NULL,
    subject INTEGER NOT NULL REFERENCES signature (n), object INTEGER NOT NULL REFERENCES signature (n),
    type TEXT NOT NULL, src INTEGER NOT NULL, dst INTEGER NOT NULL, score REAL NOT NULL, evidence TEXT NOT NULL,
    PRIMARY KEY (source, position)
) WITHOUT ROWID;
CREATE INDEX statement_object ON statement (object);
CREATE INDEX statement_pair ON statement (src, dst);
CREATE TABLE edge (
    src INTEGER NOT NULL REFERENCES document (n) DEFERRABLE INITIALLY DEFERRED,
    type TEXT NOT NULL,
    dst INTEGER NOT NULL REFERENCES document (n) DEFERRABLE INITIALLY DEFERRED,
    kept INTEGER NOT NULL, score REAL, substance INTEGER, source INTEGER, position INTEGER, inferred TEXT,
    decided TEXT, PRIMARY KEY (src, type, dst)
) WITHOUT ROWID;
CREATE INDEX edge_reverse ON edge (dst, type, src);
CREATE INDEX edge_inferred ON edge (dst) WHERE inferred IS NOT NULL;
CREATE TABLE ruled (src INTEGER, dst INTEGER, verdicts TEXT NOT NULL, PRIMARY KEY (src, dst)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (sign, title, issuer, tokenize = 'unicode61', prefix = '1 2 3 4 5 6');
"""
"""What follows from the ledger.

`hint` finds units by what a signature without place must share with them, `astray` finds such signatures by the same
keys. `home` is the unit that a signature without place was found to belong to, `candidate` those that it could. `slack`
is how many more claims cannot change a chosen value, NULL if none can; `disputed` are the fields whose claims disagree,
each between bars. `outline` and `known` are what `graph.resolve.outline` says of units with many signatures and of
their documents, NULL where these are settled anew at every new signature. `titled` holds what `graph.resolve.infer`
compares of a document, its `kind` is rank and subject; `leader` is the date of the directive that is inferred for it,
"" where there is none, "~" where a text relates the two. An edge that is not `kept` gives way to a stronger one of its
pair; `source` and `position` are those of its strongest statement. A claim that decisions name has a signature of its
own, with its name as `pin` (`graph.store.sqlite_decide`); `ruled` holds the pairs of documents on whose edges there are
decisions. `words` is indexed for beginnings of each length: else all that begin like the last word of a search would be
merged before the first is given."""
ISSUED = """
CREATE TABLE IF NOT EXISTS issued (id TEXT NOT NULL, signature BLOB NOT NULL, PRIMARY KEY (id, signature)) WITHOUT ROWID
"""
"""Identifiers that were given up, with the hashes of the signatures that they stood for. Only ever added to."""
DECIDED = """
CREATE TABLE IF NOT EXISTS decision (
    id TEXT PRIMARY KEY, undoes TEXT NOT NULL, edge INTEGER NOT NULL, holds INTEGER NOT NULL DEFAULT 1,
    record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS named (
    name TEXT, decision TEXT REFERENCES decision (id), digest TEXT NOT NULL, PRIMARY KEY (name, decision)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS named_digest ON named (digest);
"""
"""What people decided, and the claims that they name; never rewritten, but for `holds`: whether none undoes it."""
_DERIVED_TABLES = (
    "words", "edge", "ruled", "statement", "candidate", "astray", "hint", "signature", "titled", "document", "unit",
)  # fmt: skip


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """A connection to the cancu database at `path`, made if there is none and `readonly` is not asked for.

    Raises StoreError where `path` is something else, of a later version, missing with `readonly`, or cannot be opened.
    """
    _check(path, readonly=readonly)
    try:
        if not readonly:
            path.parent.mkdir(parents=True, exist_ok=True)
        address = f"{path.resolve().as_uri()}?mode={'ro' if readonly else 'rwc'}"
        connection = sqlite3.connect(
            address, uri=True, timeout=_BUSY, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        if not readonly:
            _create(connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{_WRITER_CACHE}")
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: cannot be opened: {error}", remedy="check the path and its permissions") from error
    return connection


def _check(path: Path, *, readonly: bool) -> None:
    """Reads the header of the file and nothing more, so that a file of another kind stays untouched."""
    try:
        if not path.exists():
            if readonly:
                raise StoreError(f"{path}: no such store", remedy="ingest some documents first")
            return
        if not path.is_file():
            raise StoreError(f"{path}: is not a file", remedy="give the path of a database file")
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}", remedy="check its permissions") from error
    if not header and not readonly:
        return
    if len(header) < _HEADER or not header.startswith(_MAGIC) or int.from_bytes(header[68:72]) != APPLICATION:
        raise StoreError(f"{path}: is not a cancu database, and was left as it is", remedy="give another path")
    version = int.from_bytes(header[60:64])
    if version < VERSION and readonly:
        remedy = "bring it up to date with `cancu store check --repair`"
        raise StoreError(f"{path}: has schema {version} of an earlier cancu", remedy=remedy)
    if version > VERSION:
        raise StoreError(f"{path}: has schema {version}, this cancu reads up to {VERSION}", remedy="update cancu")


def schema(connection: sqlite3.Connection) -> int:
    """The version of the schema of an open database."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def recreate(connection: sqlite3.Connection) -> None:
    """Drop all tables that follow from the ledger and make them anew, empty. Foreign keys must be off."""
    for table in (*_DERIVED_TABLES, *sqlite_changes.TABLES, sqlite_totals.TABLE):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    _run(connection, DERIVED)
    _run(connection, ISSUED)
    sqlite_changes.watch(connection)
    sqlite_totals.keep_totals(connection)
    _run(connection, DECIDED)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _create(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION:
        return
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        for tables in (LEDGER, DERIVED, ISSUED, DECIDED):
            _run(connection, tables)
        sqlite_changes.watch(connection)
        sqlite_totals.keep_totals(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        connection.execute(statement)

"""A store of any kind written as a store in Neo4j, for the import."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from graph.errors import StoreError
from graph.store.base import Curated, View
from graph.store.neo4j import tables
from graph.store.neo4j.admin.csv_files import ARRAY_DELIMITER, Writer
from graph.store.neo4j.rows import rows

SCRIPT = "import.sh"
_READ_AT_ONCE = 4 * 1024 * 1024
"""The bytes that the import reads at once if not told otherwise; the longest line must fit in."""


def export(view: View, folder: Path) -> Path:
    """Write all of a store into `folder`, which is made if it is not there; the script that imports it, written last.

    Raises StoreError where the folder holds anything or cannot be written to, where people decided something, which the
    import does not take, and where somebody writes to the store meanwhile.
    """
    if isinstance(view, Curated) and view.decisions():
        message = "people decided something in this store, which the import does not take"
        raise StoreError(message, remedy="copy it while the server runs: `cancu copy`")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise StoreError(f"{folder}: holds something already", remedy="give a folder that is new or empty")
        counts, written = view.counts(), Counter[str]()
        with Writer(folder, tables.TABLES) as writer:
            writer.write(tables.STORE, {"name": "cancu", "version": 0, "schema": 0})
            for table, row in rows(view):
                writer.write(table, row)
                written[table.name] += 1
        sizes = counts.sources, counts.held + counts.cited, sum(counts.edges.values())
        passed = tuple(written[table.name] for table in (tables.SOURCES, tables.DOCUMENTS, tables.RELATIONS))
        if passed != sizes or view.counts() != counts:
            remedy = "export into another folder when nobody writes to it"
            raise StoreError("the store was changed while it was written out", remedy=remedy)
        return import_script(folder, writer.longest)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error}", remedy="check the folder and free space") from error


def import_script(folder: Path, longest: int) -> Path:
    """Write the script that imports the files of `tables.TABLES` in `folder`, of which `longest` is the number of bytes
    of the longest line. Raises OSError."""
    script = folder / SCRIPT
    script.write_text(_script(longest), encoding="utf-8")
    script.chmod(0o755)
    return script


def _script(longest: int) -> str:
    """The import for a shell, from any folder; what follows it is added to the command line."""
    options = [
        f"--array-delimiter=U+{ord(ARRAY_DELIMITER):04X}",
        "--multiline-fields=true",
        f"--read-buffer-size={max(_READ_AT_ONCE, 2 * longest)}",
        *(table.option for table in tables.TABLES),
    ]
    lines = " \\\n    ".join(["exec neo4j-admin database import full", *options, '"$@"'])
    return f'#!/bin/sh\ncd "$(dirname "$0")" || exit\n{lines}\n'

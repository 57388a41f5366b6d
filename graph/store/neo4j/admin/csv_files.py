"""Rows as CSV, as `neo4j-admin database import full` reads it (Neo4j Operations Manual 5, "Import").

Text is quoted and a quote in it doubled; nothing in quotes is an empty text, nothing at all is no value. An empty list
cannot be written: it comes out as no value.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from graph.store.neo4j.tables import Table

ARRAY_DELIMITER = "\x1f"
"""Between the items of a list: a control character, which JSON escapes, and digests, fields and labels do not have."""
_BYTES = tuple(str(byte - 256 if byte > 127 else byte) for byte in range(256))
"""In Java bytes have signs."""


class Writer:
    """Writes new files of tables into a folder. `longest` is the number of bytes of the longest line."""

    def __init__(self, folder: Path, tables: tuple[Table, ...]) -> None:
        self.longest = 0
        self._files: dict[str, IO[bytes]] = {}
        self._stack = ExitStack()
        with ExitStack() as stack:
            for table in tables:
                file = self._files[table.name] = stack.enter_context((folder / table.file).open("xb"))
                file.write(f"{','.join(table.columns.values())}\n".encode())
            self._stack = stack.pop_all()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def write(self, table: Table, row: Mapping[str, Any]) -> None:
        """Add a row; what it lacks has no value. Raises OSError, and ValueError for a key that the table lacks."""
        if unknown := row.keys() - table.columns.keys():
            raise ValueError(f"{table.file} has no columns for {', '.join(sorted(unknown))}")
        line = f"{','.join(_field(row.get(key)) for key in table.columns)}\n".encode()
        self.longest = max(self.longest, len(line))
        self._files[table.name].write(line)


def _field(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, bytes):
        return ARRAY_DELIMITER.join(map(_BYTES.__getitem__, value))
    text = value if isinstance(value, str) else ARRAY_DELIMITER.join(map(str, value))
    return '"' + text.replace('"', '""') + '"'

"""What care for a store of any kind takes: does its graph follow from its ledger, files written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from graph.errors import StoreError
from graph.store.base import View
from graph.store.copy import digests
from graph.store.index.shelf import folder_of


@dataclass(frozen=True, slots=True)
class Stats:
    """Rows by table or nodes by label, the version of the schema, and bytes on disk where these can be told."""

    rows: dict[str, int]
    schema: int
    size: int | None = None


def graph_differences(stored: View, fresh: View) -> Iterator[str]:
    """Where documents, edges and the documents of all claims are not those of `fresh`, which holds the same ledger: one
    line for the first difference in the graph, and one for the first in claims."""
    for held, follows in zip_longest(stored.dump(), fresh.dump()):
        if held != follows:
            yield f"graph: stored is {_short(held)}, from the ledger follows {_short(follows)}"
            break
    for digest in digests(stored):
        if stored.assigned(digest) != fresh.assigned(digest):
            yield f"claims: those of source {digest} are not assigned as follows from the ledger"
            break


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """The path of an SQLite file to write, which becomes `target` at the end; if an error is raised, nothing is left.

    Raises StoreError where `target` is there already or cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target}: is there already, and was left as it is", remedy="give a path that is not taken")
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield partial
        os.link(partial, target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error}", remedy="check its folder and the disk") from error
    finally:
        shutil.rmtree(folder_of(partial), ignore_errors=True)  # the next writer makes an index again
        for left in (partial, *(partial.with_name(partial.name + end) for end in ("-wal", "-shm", "-journal"))):
            with suppress(OSError):  # it is not there, nor is its folder
                left.unlink()


def _short(line: str | None) -> str:
    return "nothing" if line is None else line[:160]

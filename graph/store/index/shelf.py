"""The indexes of stores on disk: which one a store goes by, opening it once a process, and building the next.

An index lies in a folder of its own beside the database, `NAME.index/TOKEN`. It is whole before the store is told to go
by it, so that a builder that is killed leaves at most a folder that nobody looks at. Readers that have mapped a folder
keep it until they see that the store goes by another.
"""

from __future__ import annotations

import fcntl
import logging
import secrets
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from graph.store import sqlite_changes
from graph.store.index.arrays import Index, load, save
from graph.store.index.build import build
from graph.store.index.snapshot import IndexTraversal, Overlay, extended

LEAST = 5_000
"""Documents from which on an index is worth its folder."""
_MOST_CHANGED, _CHANGED_SHARE = 20_000, 20
"""A store is asked without its index where more documents changed since than so many and one in so many of all."""
_ENDED, _MEANWHILE = 10, 3
_OPEN = 4
_Writing: TypeAlias = Callable[[], AbstractContextManager[sqlite3.Connection]]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Held:
    """What the process has open of one database."""

    file: int
    token: str
    last: int
    index: Index
    over: Overlay | None
    traversal: IndexTraversal


_held: dict[Path, _Held] = {}
_lock = threading.Lock()


def folder_of(path: Path) -> Path:
    """Where the indexes of a database are."""
    return path.with_name(f"{path.name}.index")


def opened(connection: sqlite3.Connection, path: Path) -> IndexTraversal | None:
    """The graph that the connection's transaction sees, None where there is no index to use for it."""
    now, file = sqlite_changes.standing(connection), path.stat().st_ino
    with _lock:
        held = _held.get(path)
        if held is None or (held.file, held.token) != (file, now.token) or held.last > now.last:
            held = _first(path, file, now)
        if held is not None and held.last < now.last:
            held = _followed(connection, held, now)
        if held is None:
            _held.pop(path, None)
            return None
        _held[path] = held
        while len(_held) > _OPEN:
            del _held[next(iter(_held))]
    return held.traversal


def _first(path: Path, file: int, now: sqlite_changes.Standing) -> _Held | None:
    index = load(folder_of(path) / now.token) if now.token else None
    if index is None or index.seq != now.indexed:
        return None
    return _Held(file, now.token, index.seq, index, None, IndexTraversal(index, None))


def _followed(connection: sqlite3.Connection, held: _Held, now: sqlite_changes.Standing) -> _Held | None:
    """With what changed since. None where that is too much."""
    most = _MOST_CHANGED + held.index.size // _CHANGED_SHARE
    changed = sqlite_changes.changed(connection, after=held.last, most=most + 1)
    if len(changed) > most:
        return None
    over = extended(held.index, held.over, connection, changed)
    return _Held(held.file, held.token, now.last, held.index, over, IndexTraversal(held.index, over))


def due(connection: sqlite3.Connection, path: Path, *, ended: bool) -> bool:
    """Whether it is time to build an index.

    When writing has `ended`: where more changes were logged since than a tenth of the documents, so that those who read
    look little up beside it. Meanwhile: where three times as many as before, so that all the building in a long ingest
    costs a third more than the last. At any time: where the index that the store goes by cannot be used.
    """
    (size,) = connection.execute("SELECT coalesce(max(n), 0) FROM document").fetchone()
    now = sqlite_changes.standing(connection)
    if size < LEAST:
        return False
    allowed = size // _ENDED if ended else _MEANWHILE * now.indexed
    if now.last - now.indexed > LEAST + allowed:
        return True
    return now.token != "" and not (folder_of(path) / now.token).is_dir()


def renew(path: Path, reading: sqlite3.Connection, writing: _Writing) -> None:
    """Build an index of what `reading` sees and go by it, unless another process is at it.

    `writing` gives a transaction that may write. What goes wrong with files is logged: the store is none the worse.
    """
    folder = folder_of(path)
    try:
        folder.mkdir(exist_ok=True)
        with _building(folder) as alone:
            if alone:
                token = _built(reading, folder)
                with writing() as connection:
                    sqlite_changes.adopt(connection, token, _seq(folder, token))
                _clear(folder, token)
    except OSError as error:
        _log.warning("%s: no traversal index could be built: %s", path, error)


def _built(reading: sqlite3.Connection, folder: Path) -> str:
    token = secrets.token_hex(8)
    part = folder / f".{token}"
    part.mkdir()
    reading.execute("BEGIN")
    try:
        index, offices = build(reading, part, sqlite_changes.standing(reading).last)
    finally:
        reading.execute("ROLLBACK")
    save(index, offices)
    part.rename(folder / token)
    return token


def _seq(folder: Path, token: str) -> int:
    index = load(folder / token)
    if index is None:
        raise OSError(f"{folder / token} cannot be read back")
    return index.seq


def _clear(folder: Path, token: str) -> None:
    for other in folder.iterdir():
        if other.is_dir() and other.name != token:
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def _building(folder: Path) -> Iterator[bool]:
    """Whether no other process builds in this folder for as long as the context lasts."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True

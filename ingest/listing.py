"""List the files that are to be read: sorted, each once, with whatever stands in the way as an item of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.errors import ReadError
from ingest.address import Address, Found, Location
from ingest.read import file_error, regular_file
from ingest.readers import SUFFIXES, format_of


def list_files(places: Iterable[Location]) -> list[Found]:
    """The files at `places` and below those that are folders, sorted by path, each file once.

    Hidden files and folders below a folder are left out. In a folder links lead nowhere outside it, files of unknown
    format are passed over, and other trouble is an item with its error; a folder without anything to read is one too.
    What is wrong with a file that is itself in `places` shows when it is read.
    """
    found: list[Found] = []
    for place in places:
        found += _at_path(place) if isinstance(place, Path) else _at_address(place)
    return _each_once(found)


def _at_path(path: Path) -> list[Found]:
    if not os.path.isdir(path):  # noqa: PTH112  (Path.is_dir raises where a folder above cannot be searched)
        return [Found(path)]
    return _with_something(path, list(_walk(path)))


def _at_address(address: Address) -> list[Found]:
    try:
        from ingest.remote import list_address
    except ImportError as error:
        missing = file_error(address, f"reading it needs {error.name}", "install cancu[cluster]")
        return [Found(address, error=missing)]
    return _with_something(address, list(list_address(address)))


def _with_something(place: Location, inside: list[Found]) -> list[Found]:
    """What a folder holds, with an error where there is nothing to read in it."""
    if all(item.passed_over for item in inside):
        remedy = f"give a folder with files that end in {', '.join(SUFFIXES)}"
        inside.append(Found(place, error=file_error(place, "a folder without documents", remedy)))
    return inside


def _walk(root: Path) -> Iterator[Found]:
    """What lies below `root`. Linked folders are not entered: what they hold inside `root` is met anyway."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = [entry for entry in listing if not entry.name.startswith(".")]
        except OSError as error:
            reason = f"the folder cannot be listed ({error.strerror})"
            yield Found(folder, error=file_error(folder, reason, "ask for the right to read it, or leave it out"))
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            elif item := _meet(Path(entry.path), root):
                yield item


def _meet(path: Path, root: Path) -> Found | None:
    """One entry of a folder that is no folder itself; None for a link to a folder inside `root`."""
    try:
        target = regular_file(path, root)
    except ReadError as error:
        return Found(path, error=error)
    return None if target is None else Found(path, root, passed_over=format_of(path) is None)


def _each_once(found: Iterable[Found]) -> list[Found]:
    """`found` sorted by path, each file once: rather by its own path than by a link, and as given than as met."""
    kept: dict[tuple[str, bool], Found] = {}
    for item in sorted(found, key=lambda one: (_is_link(one.path), *_order(one))):
        kept.setdefault((_real(item.path), item.error is None), item)
    return sorted(kept.values(), key=_order)


def _is_link(path: Location) -> bool:
    return isinstance(path, Path) and path.is_symlink()


def _real(path: Location) -> str:
    """What tells two files apart."""
    return os.path.realpath(path) if isinstance(path, Path) else str(path)


def _order(item: Found) -> tuple[bytes, bytes]:
    return os.fsencode(str(item.path)), os.fsencode(item.root) if item.root else b""

"""List the files that are to be read: sorted, each once, with whatever stands in the way as an item of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ReadError
from ingest.read import file_error, regular_file
from ingest.readers import SUFFIXES, format_of


@dataclass(frozen=True, slots=True)
class Found:
    """One path met while listing: a file to read, one that cannot be read and why, or one of a format passed over.

    `root` is the folder that a link may not lead out of; None stands for the folder that holds the file.
    """

    path: Path
    root: Path | None = None
    error: ReadError | None = None
    passed_over: bool = False


def list_files(paths: Sequence[Path]) -> list[Found]:
    """The files at `paths` and below those that are folders, sorted by path, each file once.

    Hidden files and folders below a folder are left out. In a folder links lead nowhere outside it, files of unknown
    format are passed over, and other trouble is an item with its error; a folder without anything to read is one too.
    What is wrong with a file that is itself in `paths` shows when it is read.
    """
    found: list[Found] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112  (Path.is_dir raises where a folder above cannot be searched)
            found.append(Found(path))
            continue
        inside = list(_walk(path))
        found += inside
        if all(item.passed_over for item in inside):
            remedy = f"give a folder with files that end in {', '.join(SUFFIXES)}"
            found.append(Found(path, error=file_error(path, "a folder without documents", remedy)))
    return _each_once(found)


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
    for item in sorted(found, key=lambda one: (one.path.is_symlink(), *_order(one))):
        kept.setdefault((os.path.realpath(item.path), item.error is None), item)
    return sorted(kept.values(), key=_order)


def _order(item: Found) -> tuple[bytes, bytes]:
    return os.fsencode(item.path), os.fsencode(item.root) if item.root else b""

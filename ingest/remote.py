"""List and read files of other file systems (s3://, hdfs://, ...) through fsspec, by the rules for files here.

What fsspec's back ends raise is theirs to choose (botocore's errors are no OSError), so that all of it is caught here
and told with the address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs

from graph.errors import UnreachedError
from ingest.address import Address, Found
from ingest.read import file_error, printable, text_of, too_large, unreached
from ingest.readers import SUFFIXES, format_of
from ingest.records import Text

_FOLDER, _FILE = "directory", "file"


def list_address(address: Address) -> Iterator[Found]:
    """The file at `address`, or those below it where it is a folder, with errors as items; in no order.

    Hidden files and folders are left out; links, and whatever else the file system does not call a file, are errors.
    """
    try:
        system, root = _opened(address)
        info = system.info(root)
    except UnreachedError as error:
        yield Found(address, error=error)
        return
    except Exception as error:
        yield Found(address, error=_unreached(address, error))
        return
    if info["type"] != _FOLDER:
        yield _met(replace(address, size=info.get("size") or 0), info, named=True)
        return
    yield from _walk(system, root, address)


def read_address(address: Address) -> Text:
    """The text of the file at `address`, of which no more is read than its format may have.

    Raises ReadError as `ingest.read.read_file` does.
    """
    form = format_of(PurePosixPath(address.name))
    if form is None:
        raise file_error(address, "no reader for this format", f"give files that end in {', '.join(SUFFIXES)}")
    system, root = _opened(address)
    try:
        with system.open(f"{root.rstrip('/')}/{address.below}" if address.below else root, "rb") as file:
            data = file.read(form.limit + 1)
    except Exception as error:
        raise _unreached(address, error) from error
    return text_of(address, form, data)


def _walk(system: AbstractFileSystem, root: str, address: Address) -> Iterator[Found]:
    """What lies below `root`. fsspec's own walk leaves out in silence what it cannot list."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = system.ls(f"{root.rstrip('/')}/{below}", detail=True)
        except Exception as error:
            yield Found(replace(address, below=below), error=_unreached(replace(address, below=below), error))
            continue
        for info in entries:
            inner = info["name"].rstrip("/").removeprefix(root.rstrip("/")).lstrip("/")
            name = inner.rpartition("/")[2]
            if inner == below or name.startswith("."):  # object stores list a marker of the folder itself
                continue
            if info["type"] == _FOLDER:
                waiting.append(inner)
            else:
                yield _met(replace(address, below=inner, size=info.get("size") or 0), info, named=False)


def _met(address: Address, info: dict[str, Any], *, named: bool) -> Found:
    """One entry that is no folder; a file of unknown format is passed over unless the user named it."""
    if info["type"] != _FILE or info.get("islink"):
        words = "a link" if info.get("islink") else f"of type {printable(str(info['type']))}"
        return Found(address, error=file_error(address, f"{words}, not a regular file", "give a regular file"))
    form = format_of(PurePosixPath(address.name))
    if form is None:
        return Found(address, passed_over=not named)
    if address.size > form.limit:
        return Found(address, error=too_large(address, form))
    return Found(address)


def _opened(address: Address) -> tuple[AbstractFileSystem, str]:
    """The file system of `address` and the path in it of what the user named. Raises UnreachedError."""
    try:
        system, root = url_to_fs(address.url)
    except ImportError as error:
        raise unreached(address, printable(str(error)), "install that library here and on every worker") from error
    except Exception as error:
        raise _unreached(address, error) from error
    return system, root


def _unreached(address: Address, error: Exception) -> UnreachedError:
    if isinstance(error, FileNotFoundError):
        return unreached(address, "no such file or folder", "check the address")
    reason = f"{type(error).__name__}: {printable(str(error))}" if str(error) else type(error).__name__
    return unreached(address, f"cannot be read ({reason})", "check the address, and the right to read it")

"""Read one file as text, safely: regular files alone, within a size, by the reader of its format."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from graph.errors import ReadError, UnreachedError
from ingest.address import Location
from ingest.clean import clean
from ingest.readers import MEGABYTE, SUFFIXES, Format, format_of
from ingest.records import Text

_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_SPECIAL = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe (FIFO)"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_file(path: Path, root: Path | None = None) -> Text:
    """The text of the file at `path`; a link is followed only to a file below `root`, by default its own folder.

    Raises ReadError, whose message names the file and the reason, where the file cannot be read as text: no regular
    file, a link out of `root`, an unknown format, too large, binary, empty; UnreachedError where it is missing or
    cannot be opened.
    """
    target = regular_file(path, root or path.parent)
    form = format_of(path)
    if form is None or target is None:
        raise file_error(path, "no reader for this format", f"give files that end in {', '.join(SUFFIXES)}")
    return text_of(path, form, _load(target, path, form))


def text_of(path: Location, form: Format, data: bytes) -> Text:
    """The text of a file's bytes. Raises ReadError, whose message names the file, for what `read_file` refuses."""
    if len(data) > form.limit:
        raise too_large(path, form)
    try:
        text = clean(printable(path.name), form.read(data))
    except ReadError as error:
        raise file_error(path, str(error), error.remedy) from error
    if not text.clean.strip():
        raise file_error(path, "holds no text" if data else "empty file", "give a file that holds a document")
    return text


def regular_file(path: Path, root: Path) -> Path | None:
    """`path`, or the file below `root` that it links to; None for a folder.

    Raises ReadError where that does not exist, cannot be reached, lies outside `root` or is a pipe, socket or device.
    """
    try:
        target = path.resolve(strict=True) if path.is_symlink() else path
        inside = target is path or target.is_relative_to(root.resolve(strict=True))
        mode = target.lstat().st_mode
    except (OSError, RuntimeError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not inside:
        raise file_error(path, f"a link out of its folder, to {printable(target)}", "give the file that it links to")
    if stat.S_ISDIR(mode):
        return None
    _refuse_special(path, mode)
    return target


def printable(path: Location | str) -> str:
    """`path` in characters that are safe to print: controls, marks of direction and bytes without meaning escaped."""
    return "".join(map(_shown, str(path)))


def file_error(path: Location, reason: str, remedy: str) -> ReadError:
    """The error that names `path` and the reason."""
    return ReadError(f"{printable(path)}: {reason}", remedy=remedy)


def unreached(path: Location, reason: str, remedy: str) -> UnreachedError:
    """The error that names `path` and why its bytes cannot be had."""
    return UnreachedError(f"{printable(path)}: {reason}", remedy=remedy)


def too_large(path: Location, form: Format) -> ReadError:
    """The error for a file of more bytes than its format may have."""
    size = form.limit // MEGABYTE
    return file_error(path, f"larger than the limit of {size} MB", "split it, or give the document alone")


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def _load(target: Path, named: Path, form: Format) -> bytes:
    """The bytes of a regular file. The flags keep a pipe from blocking and a link from slipping in after the check."""
    try:
        with os.fdopen(os.open(target, _FLAGS), "rb") as file:
            found = os.fstat(file.fileno())
            _refuse_special(named, found.st_mode)
            data = file.read(form.limit + 1) if found.st_size <= form.limit else None
    except OSError as error:
        raise _unreadable(named, error) from error
    if data is None:
        raise too_large(named, form)
    return data


def _refuse_special(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        words = next((words for test, words in _SPECIAL if test(mode)), "special")
        raise file_error(path, f"{words}, not a regular file", "give a regular file")


def _unreadable(path: Path, error: OSError | RuntimeError | ValueError) -> UnreachedError:
    if isinstance(error, FileNotFoundError):
        reason = "a link to nothing" if os.path.islink(path) else "no such file or folder"  # noqa: PTH114
        return unreached(path, reason, "check the path")
    if isinstance(error, PermissionError):
        return unreached(path, "no permission to read it", "ask for the right to read it, or leave it out")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return unreached(path, f"cannot be read ({printable(reason)})", "check the path")

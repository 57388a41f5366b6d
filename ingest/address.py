"""Where a file is: a path of this machine, or an address in a file system that fsspec reaches; what listing found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from graph.errors import ReadError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_LOCAL = ("file", "local")
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/@]*@")


@dataclass(frozen=True, slots=True)
class Address:
    """A file or folder of a file system that is not mounted here.

    `url` is what the user gave ("s3://bucket/plans"). `below` is the path from there to a file that was met in a
    listing, "" for what `url` itself names: it comes from others, and is never read as an address. `size` is the
    number of bytes that the listing tells.
    """

    url: str
    below: str = ""
    size: int = 0

    def __str__(self) -> str:
        """The whole address, without a password that stands in it."""
        whole = f"{self.url.rstrip('/')}/{self.below}" if self.below else self.url
        return _PASSWORD.sub(r"\1@", whole)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return str(self).rstrip("/").rpartition("/")[2]


Location = Path | Address


@dataclass(frozen=True, slots=True)
class Found:
    """One place met while listing: a file to read, one that cannot be read and why, or one of a format passed over.

    `root` is the folder that a link may not lead out of; None stands for the folder that holds the file.
    """

    path: Location
    root: Path | None = None
    error: ReadError | None = None
    passed_over: bool = False


def located(text: str) -> Location:
    """What a user names: an Address where `text` begins with a scheme, else a path; `file://` addresses are paths.

    Raises ReadError for several addresses chained by "::".
    """
    scheme = _SCHEME.match(text)
    if scheme is None:
        return Path(text)
    if "::" in text:
        raise ReadError(f"{text}: addresses chained by '::'", remedy="give the address of a folder or file")
    if scheme[1].lower() in _LOCAL:
        return Path(unquote(text[scheme.end() :]))
    return Address(text)

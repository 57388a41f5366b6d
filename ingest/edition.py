"""Which cancu this is: machines that read for one store must read alike."""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGES = ("graph", "ingest")
_SUFFIXES = (".py", ".yaml", ".tsv")


@lru_cache(maxsize=1)
def edition() -> str:
    """Version of cancu, a digest of the code and registries that read, and the version of Python with its Unicode."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        _add(digest, files(package), package)
    return f"cancu {version('cancu')} ({digest.hexdigest()[:16]}) on Python {sys.version_info[0]}.{sys.version_info[1]}"


def _add(digest: hashlib._Hash, folder: Traversable, path: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        inner = f"{path}/{entry.name}"
        if entry.is_dir():
            _add(digest, entry, inner)
        elif entry.name.endswith(_SUFFIXES):
            content = entry.read_bytes()
            digest.update(f"{inner}\n{len(content)}\n".encode())
            digest.update(content)

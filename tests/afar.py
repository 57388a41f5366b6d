"""A file system for tests, afar://: the files of the folder that AFAR names, of which `lethal.txt` ends who opens it.

Workers load it by `--preload`.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any, BinaryIO

import fsspec


class Afar(fsspec.AbstractFileSystem):
    protocol = "afar"
    cachable = False

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[dict[str, Any]]:
        entries = [self.info(f"{path.strip('/')}/{one.name}".strip("/")) for one in folder().joinpath(path).iterdir()]
        return entries if detail else [entry["name"] for entry in entries]

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        here = folder() / path
        if not here.exists():
            raise FileNotFoundError(path)
        return {"name": path, "type": "directory" if here.is_dir() else "file", "size": here.stat().st_size}

    def _open(self, path: str, *_: Any, **__: Any) -> BinaryIO:
        if path.endswith("lethal.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        return (folder() / path).open("rb")


def folder() -> Path:
    return Path(os.environ["AFAR"])


fsspec.register_implementation("afar", Afar, clobber=True)

"""Reading registry files that lie beside this module."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from graph.errors import RegistryError


def load_entries(name: str, required: frozenset[str], optional: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """The entries of registry file `name`, a YAML list of mappings. Raises RegistryError naming file and entry."""
    try:
        entries = yaml.safe_load(files("graph.registry").joinpath(name).read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise RegistryError(f"{name}: {error}") from error
    if not isinstance(entries, list):
        raise RegistryError(f"{name}: a list of entries is expected")
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict) or not required <= entry.keys() <= required | optional:
            wanted = f"needs {sorted(required)}, may have {sorted(optional)}"
            raise RegistryError(f"{name}: entry {index + 1} {entry!r} {wanted}")
    return entries


def load_table(name: str, columns: tuple[str, ...]) -> list[str]:
    """The lines of registry table `name`, tab-separated, in the file's order, without the line that names `columns`.

    Raises RegistryError naming the file, and the line that has not that many fields.
    """
    try:
        first, *lines = files("graph.registry").joinpath(name).read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise RegistryError(f"{name}: {error}") from error
    if tuple(first.split("\t")) != columns:
        raise RegistryError(f"{name}: the first line must name the columns {', '.join(columns)}")
    for index, line in enumerate(lines, start=2):
        if line.count("\t") != len(columns) - 1:
            raise RegistryError(f"{name}: line {index} {line!r} needs {len(columns)} fields")
    return lines

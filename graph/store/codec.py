"""Records as plain JSON values and back: fields by name, those at their default left out."""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")


def dumps(record: object) -> str:
    """A record of `graph.model` as one line of JSON; equal records give equal lines."""
    return json.dumps(plain(record), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def loads(kind: type[_T], text: str) -> _T:
    """The record of class `kind` that `dumps` wrote."""
    restored: _T = _restore(kind, json.loads(text))
    return restored


def plain(value: object) -> Any:
    """Dataclasses as dictionaries, tuples as lists, enums by value."""
    if is_dataclass(value) and not isinstance(value, type):
        given = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: plain(item) for each, item in given if each.default is MISSING or item != each.default}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _restore(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (kind,) = (one for one in get_args(kind) if one is not types.NoneType)
        return _restore(kind, value)
    if origin is tuple:
        return tuple(_restore(get_args(kind)[0], item) for item in value)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        return kind(**{name: _restore(hints[name], item) for name, item in value.items()})  # type: ignore[operator]
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value

"""Records as plain JSON values and back: fields by name, those at their default left out."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

_T = TypeVar("_T")


def dumps(record: Any) -> str:
    """A record of `graph.model` as one line of JSON; equal records give equal lines."""
    return _adapter(record.__class__).dump_json(record, exclude_defaults=True).decode()


def loads(kind: type[_T], text: str) -> _T:
    """The record of class `kind` that `dumps` wrote."""
    restored: _T = _adapter(kind).validate_json(text)  # type: ignore[arg-type]
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
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)

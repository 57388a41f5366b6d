"""Files of other file systems are listed and read by the rules for files here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from graph.errors import ReadError
from ingest.address import Address, Found, located
from ingest.listing import list_files
from ingest.pipeline import read_paths
from ingest.readers import format_of
from ingest.remote import read_address

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
LIMIT = format_of(Path("a.txt")).limit  # type: ignore[union-attr]
PLANS = Address("memory://plans")


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def fill(system: MemoryFileSystem, **files: bytes) -> None:
    for name, data in files.items():
        system.pipe_file(f"/plans/{name}", data)


def shown(found: list[Found]) -> list[tuple[str, str]]:
    return [(str(item.path), state(item)) for item in found]


def state(item: Found) -> str:
    if item.error:
        assert item.error.remedy
        return str(item.error).removeprefix(f"{item.path}: ")
    return "passed over" if item.passed_over else "read"


def test_a_folder_is_listed_whole_and_sorted(memory: MemoryFileSystem) -> None:
    fill(memory, **{"b.txt": b"x", "a.md": b"x", "c/d/E.HTML": b"x", "c/photo.jpg": b"x", ".hidden.txt": b"x"})
    fill(memory, **{".git/x.txt": b"x", "huge.txt": bytes(LIMIT + 1)})
    assert shown(list_files([PLANS, Address("memory://plans/c/d/..")])) == [
        ("memory://plans/a.md", "read"),
        ("memory://plans/b.txt", "read"),
        ("memory://plans/c/d/..", "no such file or folder"),
        ("memory://plans/c/d/E.HTML", "read"),
        ("memory://plans/c/photo.jpg", "passed over"),
        ("memory://plans/huge.txt", "larger than the limit of 20 MB"),
    ]


def test_what_is_named_itself_is_not_passed_over(memory: MemoryFileSystem) -> None:
    fill(memory, **{"photo.jpg": b"x"})
    errors = [str(outcome.error) for outcome in read_paths([Address("memory://plans/photo.jpg")])]
    assert errors == ["memory://plans/photo.jpg: no reader for this format"]


def test_a_folder_without_documents_is_an_error(memory: MemoryFileSystem) -> None:
    fill(memory, **{"photo.jpg": b"x"})
    assert ("memory://plans", "a folder without documents") in shown(list_files([PLANS]))


def test_links_and_folders_that_cannot_be_listed_are_items(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(memory, **{"a.txt": b"x", "link.txt": b"x", "shut/b.txt": b"x"})
    listed = memory.ls

    def ls(path: str, detail: bool = True, **_: Any) -> list[dict[str, Any]]:
        if path.endswith("shut"):
            raise ValueError("denied\x1b[2J")
        return [info | {"islink": info["name"].endswith("link.txt")} for info in listed(path, detail=True)]

    monkeypatch.setattr(memory, "ls", ls)
    assert shown(list_files([PLANS])) == [
        ("memory://plans/a.txt", "read"),
        ("memory://plans/link.txt", "a link, not a regular file"),
        ("memory://plans/shut", "cannot be read (ValueError: denied\\x1b[2J)"),
    ]


def test_a_name_is_never_read_as_an_address(memory: MemoryFileSystem) -> None:
    fill(memory, **{"x::file:a.txt": b"\xff"})
    (outcome,) = read_paths([PLANS])
    assert str(outcome.error) == "memory://plans/x::file:a.txt: not UTF-8 text (byte 0)"


def test_readings_are_those_of_the_same_files_here(memory: MemoryFileSystem) -> None:
    fill(memory, **{path.name: path.read_bytes() for path in EXAMPLES.iterdir()})
    here = {outcome.path.name: outcome.reading for outcome in read_paths([EXAMPLES])}
    assert {outcome.path.name: outcome.reading for outcome in read_paths([PLANS])} == here
    assert len(here) == 19


def test_a_file_that_grew_since_it_was_listed_is_refused(memory: MemoryFileSystem) -> None:
    fill(memory, **{"grown.txt": b"x" * (LIMIT + 1)})
    with pytest.raises(ReadError, match="larger than the limit"):
        read_address(Address("memory://plans", "grown.txt", size=1))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("memory://gone/a.txt", "memory://gone/a.txt: no such file or folder"),
        ("nowhere://a/b.txt", "Protocol not known: nowhere"),
        ("s3://bucket/a.txt", "s3fs"),
    ],
)
def test_what_cannot_be_reached_is_told_with_its_address(url: str, words: str) -> None:
    (found,) = list_files([located(url)])
    assert isinstance(found.error, ReadError)
    assert str(found.error).startswith(url)
    assert words in str(found.error)
    assert found.error.remedy

"""Opening stores by address, and what is refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import open_store
from tests.factories import BAC_KAN, directive, own, reading

READING = reading(own("780/KH-UBND", place=BAC_KAN, date="2021-12-20"), directive())


def test_folders_are_made_and_what_was_stored_stays(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/a/b/cancu.db"
    first = open_store(address)
    first.put([READING])
    lines = list(first.dump())
    first.close()
    again = open_store(address, readonly=True)
    assert list(again.dump()) == lines
    again.close()


def test_relative_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///data/cancu.db").close()
    assert (tmp_path / "data" / "cancu.db").is_file()


@pytest.mark.parametrize("address", ["postgresql://user:secret@host", "cancu.db", "sqlite:///", ""])
def test_other_addresses_are_refused_without_telling_secrets(address: str) -> None:
    with pytest.raises(StoreError, match="supported: sqlite:///") as caught:
        open_store(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"x", b"text " * 100, b"SQLite format 3\x00" + bytes(200)])
def test_other_files_are_left_as_they_are(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a cancu database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE document (id TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a cancu database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["other.db"]


def test_a_later_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cancu.db"
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with pytest.raises(StoreError, match="schema 99"):
        open_store(f"sqlite:///{path}")


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not a file"):
        open_store(f"sqlite:///{tmp_path}")
    with pytest.raises(StoreError, match="no such store"):
        open_store(f"sqlite:///{tmp_path}/none.db", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_readonly_stores_are_not_written(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/cancu.db").close()
    store = open_store(f"sqlite:///{tmp_path}/cancu.db", readonly=True)
    with pytest.raises(StoreError, match="reading only"):
        store.put([READING])
    store.close()

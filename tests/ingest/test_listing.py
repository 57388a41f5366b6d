"""Listing finds every file once, in order, and says what stands in the way."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ingest.address import Found
from ingest.listing import list_files


def shown(found: list[Found], root: Path) -> list[tuple[str, str]]:
    return [(str(item.path.relative_to(root)), _state(item)) for item in found]


def _state(item: Found) -> str:
    if item.error:
        assert item.error.remedy
        return str(item.error).rpartition(": ")[2]
    return "passed over" if item.passed_over else "read"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "plans"
    for name in ("b.txt", "a.md", "c/d/E.HTML", "c/photo.jpg", ".hidden.txt", ".git/x.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    return root


FILES = [("a.md", "read"), ("b.txt", "read"), ("c/d/E.HTML", "read"), ("c/photo.jpg", "passed over")]


def test_a_folder_is_listed_whole_and_sorted(tree: Path) -> None:
    assert shown(list_files([tree]), tree) == FILES


def test_a_file_met_twice_is_listed_once(tree: Path) -> None:
    (tree / "0.txt").symlink_to("b.txt")
    paths = [tree / "b.txt", tree, tree / "c" / ".." / "c", tree]
    assert {item.path.resolve() for item in list_files(paths)} == {(tree / name).resolve() for name, _ in FILES}
    assert len(list_files(paths)) == len(FILES)
    assert list_files(paths) == list_files(paths[::-1])


def test_links_are_followed_inside_the_folder_alone(tree: Path) -> None:
    outside = tree.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("x", "utf-8")
    (tree / "out.txt").symlink_to(outside / "secret.txt")
    (tree / "outer").symlink_to(outside)
    (tree / "gone").symlink_to("nowhere")
    (tree / "c" / "loop").symlink_to("..")
    added = [
        ("gone", "a link to nothing"),
        ("out.txt", f"a link out of its folder, to {outside / 'secret.txt'}"),
        ("outer", f"a link out of its folder, to {outside}"),
    ]
    assert shown(list_files([tree]), tree) == sorted(FILES + added)


def test_pipes_are_named_and_not_opened(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    assert ("pipe", "a named pipe (FIFO), not a regular file") in shown(list_files([tree]), tree)


def test_a_folder_that_cannot_be_listed_is_an_item(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "c":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert shown(list_files([tree]), tree) == [
        *FILES[:2],
        ("c", "the folder cannot be listed (Permission denied)"),
    ]


@pytest.mark.parametrize("names", [[], ["photo.jpg"], [".hidden.txt"]])
def test_a_folder_without_documents_is_an_error(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("x", "utf-8")
    errors = [item for item in list_files([tmp_path]) if item.error]
    assert shown(errors, tmp_path) == [(".", "a folder without documents")]


def test_folders_may_lie_deeper_than_python_may_recurse(tmp_path: Path) -> None:
    below = [str(tmp_path) + "/d" * depth for depth in range(1, sys.getrecursionlimit() + 200)]
    for folder in below:
        os.mkdir(folder)  # noqa: PTH102  (Path.mkdir is slow for so many parts)
    Path(below[-1], "a.txt").write_text("x", "utf-8")
    try:
        assert [str(item.path) for item in list_files([tmp_path])] == [f"{below[-1]}/a.txt"]
    finally:
        Path(below[-1], "a.txt").unlink()
        for folder in reversed(below):  # pytest would remove them by recursion
            os.rmdir(folder)  # noqa: PTH106


def test_names_that_are_no_utf8_are_listed(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xff.txt")).write_text("x", "utf-8")
    assert [os.fsencode(item.path.name) for item in list_files([tmp_path])] == [b"a\xff.txt"]

"""The edition tells whether two installations read alike."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.edition import edition

ROOT = Path(__file__).parents[2]


def edition_of(root: Path) -> str:
    command = [sys.executable, "-c", "from ingest.edition import edition; print(edition())"]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    told = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    return told.stdout.strip()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in ("graph", "ingest"):
        shutil.copytree(ROOT / package, tmp_path / package)
    return tmp_path


def test_a_copy_is_of_the_same_edition_and_what_is_compiled_does_not_count(copy: Path) -> None:
    (copy / "graph" / "__pycache__" / "x.pyc").parent.mkdir(exist_ok=True)
    (copy / "graph" / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert edition_of(copy) == edition()
    assert "cancu 0." in edition()


@pytest.mark.parametrize("name", ["graph/registry/cues.yaml", "graph/registry/laws.tsv", "ingest/find.py"])
def test_another_registry_or_other_code_is_another_edition(copy: Path, name: str) -> None:
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert edition_of(copy) != edition()

"""Extract annotated texts and score them with the annotators' own scorer; nothing of its rules is repeated here."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.errors import CancuError
from ingest.extract import write_extracts
from ingest.pipeline import read_paths

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """One set of annotated documents: the scorer's report on all of it, and on each document by name.

    A document's own report counts what it gets right by itself; that it and others speak of one document shows in
    `whole` alone.
    """

    whole: Report
    documents: dict[str, Report]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Runs the scorer at `program` as a process of its own."""

    program: Path

    def report(self, gold: Path, predicted: Path) -> Report:
        """The scorer's report on all annotation files in `gold`. Raises CancuError where the scorer fails."""
        command = [sys.executable, str(self.program), str(gold), str(predicted), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            raise CancuError(f"{self.program}: {''.join(last)}", remedy="give annotations in the form of the guide")
        return dict(json.loads(done.stdout))

    def scored(self, gold: Path, predicted: Path) -> Scored:
        """The reports on the set in `gold` and on each of its documents."""
        alone = {}
        for path in sorted(gold.glob("*.json")):
            with TemporaryDirectory() as folder:
                shutil.copy(path, folder)
                alone[path.stem] = self.report(Path(folder), predicted)
        return Scored(self.report(gold, predicted), alone)

    def right_by_score(self, gold: Path, predicted: Path, kind: str) -> dict[float, tuple[int, int]]:
        """For each score given to items of `kind` ("mentions" or "edges"): how many were right, of how many.

        The scorer is given the items of one score at a time; those that it counts neither way are left out.
        """
        figure = {"mentions": "mentions_exact", "edges": "edges"}[kind]
        scores = sorted({item["score"] for path in _jsons(predicted) for item in _load(path)[kind]})
        found = {}
        for score in scores:
            with TemporaryDirectory() as folder:
                _keep(predicted, Path(folder), kind, lambda item, score=score: item["score"] == score)
                counted = self.report(gold, Path(folder))[figure]
            if total := counted["tp"] + counted["fp"]:
                found[score] = counted["tp"], total
        return found


def extract(gold: Path, texts: Path, output: Path) -> None:
    """Extract the text of every document annotated in `gold`, NAME.txt in `texts`, all of them resolved together.

    Raises CancuError where a text is missing or cannot be read.
    """
    outcomes = list(read_paths([texts / f"{path.stem}.txt" for path in _jsons(gold)]))
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    write_extracts((outcome.reading for outcome in outcomes if outcome.reading), output)


def _jsons(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def _load(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _keep(source: Path, target: Path, kind: str, wanted: Callable[[Any], bool]) -> None:
    """Copy extracts without the items of `kind` that are not wanted."""
    for path in _jsons(source):
        extract = _load(path)
        kept: Iterable[Any] = filter(wanted, extract[kind])
        extract[kind] = list(kept)
        (target / path.name).write_text(json.dumps(extract), encoding="utf-8")

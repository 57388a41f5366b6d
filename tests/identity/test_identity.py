"""The set of documents whose citations share signs: it is well formed, and the whole pipeline keeps its documents apart.

Measured twice: by counts of its own, which need nothing but this repository, and by the annotators' scorer where it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import combinations, count, pairwise
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scoring import Scorer, extract
from graph.model import Level, Relation, Zone

HERE = Path(__file__).parent
DOCUMENTS, GOLD = HERE / "documents", HERE / "gold"
SCORER = Path(__file__).parents[3] / "shared" / "tools" / "score"
KEPT_APART, LINKING_B3, MENTIONS_EXACT = 0.98, 0.95, 0.97
NAMES = sorted(path.stem for path in GOLD.glob("*.json"))

Item = tuple[Hashable, Hashable]
"""What the annotators say that a mention or a document is, and what the pipeline says."""


def gold_of(name: str) -> dict[str, Any]:
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def predicted(tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("extracts")
    extract(GOLD, DOCUMENTS, output)
    return output


def items_of(name: str, predicted: Path) -> list[Item]:
    """The document itself and its mentions by their exact spans; what only one side has stands against a lone item."""
    gold, found = gold_of(name), json.loads((predicted / f"{name}.json").read_text(encoding="utf-8"))
    lone = count()
    meant = {(each["start"], each["end"]): each["entity"] for each in gold["mentions"] if not each["optional"]}
    said = {(each["start"], each["end"]): each["entity"] for each in found["mentions"]}
    passed = {(each["start"], each["end"]) for each in gold["mentions"] if each["optional"]}
    spans = sorted({*meant, *said} - passed)
    unmatched = [(name, next(lone)) for _ in spans]
    mentions = [(meant.get(span, other), said.get(span, other)) for span, other in zip(spans, unmatched, strict=True)]
    return [(gold["document"]["id"], found["document"]["id"]), *mentions]


def b_cubed(items: Sequence[Item]) -> float:
    """The F1 of B-cubed (Bagga and Baldwin, 1998), in 0..1: every item weighs alike."""
    meant, said = (Counter(item[side] for item in items) for side in (0, 1))
    both = Counter(items)
    precision = sum(both[item] / said[item[1]] for item in items) / len(items)
    recall = sum(both[item] / meant[item[0]] for item in items) / len(items)
    return 2 * precision * recall / (precision + recall)


def kept_apart(items: Sequence[Item]) -> float:
    """Of the pairs of different documents under one sign, the share that were found and not taken for one, in 0..1."""
    missed = {said for _, said in items if isinstance(said, tuple)}
    by_sign: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if isinstance(item[0], str):
            by_sign[re.split("[~@]", item[0])[0]].append(item)
    pairs = [pair for alike in by_sign.values() for pair in combinations(alike, 2) if pair[0][0] != pair[1][0]]
    return sum(one[1] != other[1] and not {one[1], other[1]} & missed for one, other in pairs) / len(pairs)


A21, A26, B = "33/CT-TTg@2021", "33/CT-TTg@2026", "25-NQ/TW@2013"


@pytest.mark.parametrize(
    ("items", "linked", "apart"),
    [
        ([(A21, 1), (A21, 1), (A26, 2), (B, 3)], 1.0, 1.0),
        ([(A21, 1), (A26, 1)], 2 / 3, 0.0),
        ([(A21, 1), (A21, 2), (A26, 3)], 0.8, 1.0),
        ([(A21, 1), (A21, 1), (A26, 1), (A26, 2)], 12 / 17, 0.5),
    ],
)
def test_the_measures_count_merged_and_split_documents(items, linked, apart):
    assert b_cubed(items) == pytest.approx(linked)
    assert kept_apart(items) == pytest.approx(apart)


def test_the_set_is_large_and_its_signs_recur():
    entities = {each["entity"] for name in NAMES for each in gold_of(name)["mentions"]}
    entities |= {gold_of(name)["document"]["id"] for name in NAMES}
    recurring = Counter(re.split("[~@]", entity)[0] for entity in entities)
    assert len(NAMES) >= 130
    assert {path.stem for path in DOCUMENTS.glob("*.txt")} == set(NAMES)
    assert sum(times > 1 for times in recurring.values()) >= 65
    assert max(recurring.values()) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_annotations_are_of_the_text_and_of_the_model(name):
    gold, text = gold_of(name), (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
    spans = [(each["start"], each["end"]) for each in gold["mentions"]]
    known = {gold["document"]["id"], *(each["entity"] for each in gold["mentions"])}
    assert 300 <= len(text) <= 1200
    assert [text[start:end] for start, end in spans] == [each["text"] for each in gold["mentions"]]
    assert all(start < end <= following for (start, end), (following, _) in pairwise(spans))
    assert {each["zone"] for each in gold["mentions"]} <= set(Zone)
    assert {each["relation"] for each in gold["edges"]} <= set(Relation)
    assert {each[end] for each in gold["edges"] for end in ("source", "target")} <= known
    assert gold["document"]["level"] in set(Level)


def test_documents_that_share_signs_are_kept_apart_and_linked(predicted):
    items = [item for name in NAMES for item in items_of(name, predicted)]
    assert kept_apart(items) >= KEPT_APART
    assert b_cubed(items) >= LINKING_B3


def test_the_annotators_scorer_agrees(predicted):
    if not SCORER.is_file():
        pytest.skip("the scorer (../shared/tools/score) is not here")
    report = Scorer(SCORER).report(GOLD, predicted)
    assert report["kept_apart"]["share"] >= KEPT_APART
    assert report["linking_b3"]["f1"] >= LINKING_B3
    assert report["mentions_exact"]["f1"] >= MENTIONS_EXACT

"""Made-up texts are read as the documents that they were made of, and have the size that the bars of ingest speak of."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import mean

import pytest

from graph.model import Reading
from ingest.pipeline import read_paths

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from generate import generate
from texts import texts

COUNT = 200


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in texts(COUNT, seed=0):
        (folder / name).write_text(text, encoding="utf-8")
    outcomes = list(read_paths([folder]))
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    return [outcome.reading for outcome in outcomes if outcome.reading]


def test_each_is_read_as_the_document_it_was_made_of(read: list[Reading]) -> None:
    for found, made in zip(read, generate(COUNT, seed=0), strict=True):
        own, meant = found.claims[0], made.claims[0]
        assert (own.number, own.type, own.date) == (meant.number, meant.type, meant.date)


def test_nearly_all_citations_are_read(read: list[Reading]) -> None:
    made = list(generate(COUNT, seed=0))
    cited = [sum(len(each.claims) - 1 for each in readings) for readings in (read, made)]
    assert abs(cited[0] - cited[1]) < 0.05 * cited[1]


def test_texts_have_6_kb_and_about_12_citations_on_average(read: list[Reading]) -> None:
    assert 5_500 < mean(len(each.source.text.encode()) for each in read) < 6_500
    assert 11 < mean(len(each.claims) - 1 for each in read) < 14


def test_the_first_of_many_are_those_of_few() -> None:
    assert list(texts(20, seed=2))[:5] == list(texts(5, seed=2))
    assert list(texts(5, seed=2)) != list(texts(5, seed=3))

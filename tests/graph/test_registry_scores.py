"""Scores follow from counts, and each kind's examples are findings of that kind."""

from __future__ import annotations

import pytest

from graph.registry.scores import Measured, measured, mention_scores, relation_scores
from ingest.clean import clean
from ingest.pipeline import read_text

EXAMPLES = [(one, example) for one in measured() for example in one.examples]


@pytest.mark.parametrize(
    ("right", "total", "score"), [(10, 10, 0.72), (0, 10, 0.0), (5, 10, 0.24), (81, 263, 0.26), (100_000, 100_000, 1.0)]
)
def test_the_score_is_the_lower_end_of_wilsons_interval(right, total, score):
    assert Measured("mention", "sign", right, total, ()).score == score


def test_every_kind_has_a_score():
    assert mention_scores().keys() == {"sign", "name"}
    assert relation_scores().keys() == {"direct", "theo", "none"}
    assert len(measured()) == 5


def test_what_governs_more_firmly_scores_higher():
    scores = relation_scores()
    assert scores["direct"] > scores["theo"] > scores["none"]
    assert mention_scores()["sign"] > mention_scores()["name"]


@pytest.mark.parametrize(
    ("one", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else value.kind
)
def test_examples_are_of_their_kind(one, example):
    head = "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN\nSố: 15/KH-UBND\n\nKẾ HOẠCH\nCông tác năm 2022\n\n"
    reading = read_text(clean("plan.txt", f"{head}I. NHIỆM VỤ\n1. {example}\n"))
    found = reading.claims[1:] if one.of == "mention" else reading.relations
    assert [each.score for each in found] == [one.score]

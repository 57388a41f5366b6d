"""Cue and furniture files: each group's examples are governed by its relation; groups are closed and not empty."""

from __future__ import annotations

import pytest

from graph.model import Relation
from graph.registry.cues import cue_groups
from graph.registry.furniture import furniture_lines
from graph.text import flatten
from ingest.cues import governing

EXAMPLES = [
    (group.group, example)
    for group in cue_groups().values()
    for example in group.examples
    if group.group in {relation.value for relation in Relation}
]


@pytest.mark.parametrize(("relation", "clause"), EXAMPLES)
def test_an_example_is_governed_by_its_group(relation: str, clause: str) -> None:
    cue = governing(flatten(clause) + " ", norm=True)
    assert cue is not None
    assert cue.relation == relation


def test_every_relation_has_words() -> None:
    assert {relation.value for relation in Relation} <= set(cue_groups())


def test_furniture_lines_are_whole_lines() -> None:
    assert furniture_lines()
    assert all(line == line.strip() and "\n" not in line for line in furniture_lines())

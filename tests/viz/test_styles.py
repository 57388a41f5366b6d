from __future__ import annotations

import pytest

from graph.model import Relation
from viz.styles import DARK_GROUNDS, LIGHT_GROUNDS, LINES

NON_TEXT = 3.0


def luminance(colour):
    """WCAG 2.2: relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_relation_has_a_line():
    assert LINES.keys() == set(Relation)


def test_no_two_relations_share_a_line_or_a_colour():
    for of in (lambda line: line.dashes, lambda line: line.light, lambda line: line.dark):
        assert len({of(line) for line in LINES.values()}) == len(LINES)


@pytest.mark.parametrize("relation", Relation)
def test_lines_stand_out_from_the_lanes_behind_them(relation):
    line = LINES[relation]
    assert all(contrast(line.light, ground) >= NON_TEXT for ground in LIGHT_GROUNDS)
    assert all(contrast(line.dark, ground) >= NON_TEXT for ground in DARK_GROUNDS)

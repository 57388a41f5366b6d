from __future__ import annotations

import pytest

from graph.checks import only_checks
from graph.registry.inspections import inspecting_word
from graph.registry.load import load_entries
from tests.factories_view import document

INSPECTIONS = load_entries("inspections.yaml", frozenset({"word", "examples"}))


@pytest.mark.parametrize("title", [title for entry in INSPECTIONS for title in entry["examples"]])
def test_the_registrys_examples_are_inspections(title):
    assert inspecting_word(title)


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("KIỂM TRA VIỆC THỰC HIỆN CHỈ THỊ SỐ 33/CT-TTG", "kiem tra"),
        ("Thực hiện công tác dân vận, kiểm tra, giám sát năm 2025", None),
        ("Tăng cường kiểm tra công vụ", None),
        ("Giám sátx", None),
        ("", None),
    ],
)
def test_the_word_that_a_title_begins_with(title, word):
    assert inspecting_word(title) == word


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ({"type": "Báo cáo"}, "Về công tác dân vận", True),
        ({"type": "Kế hoạch", "title": "Kiểm tra công tác dân vận"}, "Về công tác dân vận", True),
        ({"type": "Kế hoạch", "title": "Kiểm tra công tác dân vận"}, None, True),
        ({"type": "Kế hoạch", "title": "Giám sát năm 2023"}, "Quy chế giám sát và phản biện xã hội", False),
        ({"type": "Báo cáo", "title": "Giám sát năm 2023"}, "Quy chế giám sát và phản biện xã hội", True),
        ({"type": "Kế hoạch", "title": "Công tác dân vận"}, "Về công tác dân vận", False),
        ({"type": "Kế hoạch", "title": None}, None, False),
    ],
)
def test_who_only_checks(source, target, expected):
    assert only_checks(document("a", **source), document("b", title=target)) is expected

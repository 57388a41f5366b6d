from __future__ import annotations

import re
from pathlib import Path

from api.app import create_app
from api.errors import KINDS, TYPE

PAGE = (Path(__file__).parents[2] / "docs" / "rest.md").read_text("utf-8")


def described():
    return create_app().openapi()["paths"]


def test_the_page_lists_exactly_the_addresses_that_there_are():
    section = PAGE.partition("## REST")[2].partition("## Problems")[0]
    listed = set(re.findall(r"`(/[^`]*)`", "\n".join(re.findall(r"^\| (`/.*?) \|", section, flags=re.M))))
    assert listed == set(described())


def test_the_page_lists_every_parameter():
    for line in PAGE.splitlines():
        if match := re.match(r"\| `(/api/v1/(?!graph)[^`]*)` \|", line):
            parameters = {one["name"] for one in described()[match[1]]["get"].get("parameters", ())} - {"id"}
            assert parameters <= set(re.findall(r"`(\w+)`", line)), match[1]


def test_the_page_lists_every_kind_of_problem_with_its_status():
    rows = [line for line in PAGE.splitlines() if f"`{TYPE}" in line]
    listed = {(name, int(row.split("|")[1])) for row in rows for name in re.findall(rf"{TYPE}([a-z-]+)", row)}
    assert {(kind.name, kind.status) for kind in KINDS.values()} <= listed

"""The same questions to the command line and over HTTP: one table, two drivers, the same answers."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from api.cli import app

DIRECTIVE = "33/CT-TTg 2021"
DISTRICT_PLAN = "19/KH-UBND"
QUESTIONS = [
    ("implementers", DIRECTIVE, {}),
    ("implementers", DIRECTIVE, {"level": "commune"}),
    ("implementers", DIRECTIVE, {"province": "nghe an"}),
    ("implementers", DIRECTIVE, {"province": "thai nguyen", "with_predecessors": True}),
    ("implementers", DIRECTIVE, {"limit": 2, "offset": 1}),
    ("implementers", DIRECTIVE, {"year": 2022, "level": "province"}),
    ("implementers", DIRECTIVE, {"relations": ["implements", "based_on"]}),
    ("implementers", DIRECTIVE, {"related": False}),
    ("implementers", DIRECTIVE, {"depth": 1}),
    ("implementers", "25-NQ/TW@2013", {"competence": True}),
    ("implementers", "43-KL/TW", {}),
    ("lineage", DIRECTIVE, {"direction": "up"}),
    ("lineage", DIRECTIVE, {"direction": "down", "depth": 1}),
    ("lineage", "19/KH-UBND", {"direction": "up", "depth": 5, "relations": ["implements"]}),
    ("path", DISTRICT_PLAN, {"to": "33.ct-ttg~2021"}),
    ("path", DISTRICT_PLAN, {"to": "33.ct-ttg~2021", "relations": ["monitors"]}),
    ("show", DIRECTIVE, {}),
    ("show", "21/KH-UBND", {}),
    ("show", "10/2022/QH15", {}),
    ("conflicts", None, {}),
    ("conflicts", None, {"field": "date"}),
    ("conflicts", None, {"province": "dong thap", "year": 2021}),
    ("conflicts", None, {"province": "dong thap", "with_predecessors": True}),
    ("search", "cong tac dan van", {"limit": 7, "offset": 3}),
    ("search", "Chỉ thị 33", {}),
    ("search", "không có văn bản nào như thế", {}),
]
REFUSED = ["99/XX-YY", "không phải số", "33/CT-TTg 1999", "khong-co~2021"]


def from_command_line(store, command, what, options):
    arguments = [command, *([what] if what else []), "--format", "json"]
    for name, value in options.items():
        if name == "to":
            arguments.insert(2, value)
        elif name == "direction":
            arguments.append(f"--{value}")
        elif isinstance(value, bool):
            arguments.append(f"--{name.replace('_', '-')}" if value else f"--no-{name}")
        else:
            arguments += [f"--{name}", ",".join(value) if isinstance(value, list) else str(value)]
    result = CliRunner().invoke(app, arguments, env={"CANCU_STORE": store})
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def over_http(client, command, what, options):
    if command == "search":
        return client.get("/api/v1/search", params={"q": what, **options}).raise_for_status().json()["items"]
    if command == "conflicts":
        return client.get("/api/v1/conflicts", params=options).raise_for_status().json()["items"]
    found = client.get("/api/v1/documents", params={"sign": what}).raise_for_status().json()["items"]
    address = f"/api/v1/documents/{found[0]['id']}"
    if command == "show":
        return client.get(address).raise_for_status().json()
    whole = {"limit": 500} if command == "implementers" else {}
    answer = client.get(f"{address}/{command}", params={**whole, **options}).raise_for_status().json()
    return answer["items"] if command == "implementers" else answer


@pytest.mark.parametrize(("command", "what", "options"), QUESTIONS)
def test_both_ways_give_the_same_answer(demo, demo_store, command, what, options):
    said = from_command_line(demo_store, command, what, options)
    assert over_http(demo, command, what, options) == said


def test_the_questions_are_not_all_answered_with_nothing(demo_store):
    sizes = [len(from_command_line(demo_store, *question)) for question in QUESTIONS]
    assert sizes.count(0) == 1
    assert max(sizes) >= 10


def test_both_ways_name_the_same_candidates(demo, demo_store):
    said = CliRunner().invoke(app, ["show", "33/CT-TTg"], env={"CANCU_STORE": demo_store, "COLUMNS": "400"})
    answer = demo.get("/api/v1/documents", params={"sign": "33/CT-TTg"})
    assert (said.exit_code, answer.status_code) == (1, 300)
    candidates = answer.json()["candidates"]
    assert len(candidates) == 2
    assert all(id in said.stderr for id in candidates)


@pytest.mark.parametrize("what", REFUSED)
def test_both_ways_refuse_alike(demo, demo_store, what):
    said = CliRunner().invoke(app, ["show", what], env={"CANCU_STORE": demo_store})
    answer = demo.get("/api/v1/documents", params={"sign": what})
    assert (said.exit_code, answer.status_code) == (1, 404)
    assert answer.json()["detail"] in said.stderr
    assert answer.json()["remedy"] in said.stderr

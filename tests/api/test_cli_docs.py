from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.cli import app

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
COMMANDS = typer.main.get_command(app).commands


def sections():
    parts = re.split(r"^## cancu (\S+).*$", PAGE.read_text("utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_page_has_a_section_for_every_command_and_no_other():
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_page_lists_exactly_the_options_of_a_command(name):
    documented = set(re.findall(r"`(--[a-z0-9-]+)", "\n".join(re.findall(r"^\| `.*$", sections()[name], flags=re.M))))
    options = [one for one in COMMANDS[name].params if one.param_type_name == "option"]
    existing = {spelling for one in options for spelling in (*one.opts, *one.secondary_opts)}
    assert documented == existing - {"--help"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_explains_the_command_and_each_option(name):
    command = COMMANDS[name]
    assert command.help
    assert all(one.help for one in command.params), name
    result = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "120"})
    assert result.exit_code == 0
    assert command.help.split(".")[0].split()[0] in result.stdout


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_holds_no_brackets_that_would_be_read_as_markup(name):
    assert [one.name for one in COMMANDS[name].params if "[" in (one.help or "")] == []

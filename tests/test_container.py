"""The Dockerfile and the compose file agree with each other, with the repository and with the command line."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from fnmatch import fnmatch
from ipaddress import ip_address
from pathlib import Path

import pytest
import typer
import yaml
from fastapi.testclient import TestClient
from packaging.specifiers import SpecifierSet

from api.app import create_app
from api.cli import app as commands
from api.settings import STORE_VARIABLE

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, comments out and continued lines joined."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#")).replace("\\\n", " ")
    return [
        (name, " ".join(rest.split())) for name, _, rest in (line.partition(" ") for line in text.splitlines() if line)
    ]


def last_stage() -> dict[str, str]:
    """The instructions of the image that runs, each by its last value."""
    listed = instructions()
    start = max(number for number, (name, _) in enumerate(listed) if name == "FROM")
    return dict(listed[start:])


def copied() -> list[tuple[str, str]]:
    """(source, target) of everything that is copied from the repository."""
    return [
        (source, rest.split()[-1])
        for name, rest in instructions()
        if name == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]


def environment() -> dict[str, str]:
    return dict(each.split("=", 1) for each in shlex.split(last_stage()["ENV"]))


def service():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]["app"]


def served(written=None):
    """What `cancu serve` understands of the command that the image runs, or of another as the Dockerfile writes it."""
    program, *words = json.loads(written or last_stage()["CMD"])
    assert program in SETTINGS["project"]["scripts"]
    command = typer.main.get_command(commands)
    name, *arguments = words
    return command.commands[name].make_context(name, arguments).params


def test_compose_builds_the_dockerfile() -> None:
    assert (ROOT / service()["build"] / "Dockerfile").is_file()


def test_everything_copied_is_in_the_repository_and_in_the_context() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    admitted = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    assert ignored[0] == "*"
    for source, _ in copied():
        assert (ROOT / source).exists(), source
        assert any(fnmatch(source, pattern) for pattern in admitted), source


def test_all_that_the_build_needs_is_copied() -> None:
    packages = set(SETTINGS["tool"]["uv"]["build-backend"]["module-name"])
    files = {"pyproject.toml", "constraints.txt", SETTINGS["project"]["readme"]}
    assert packages | files <= {source for source, _ in copied()}
    assert all(target == f"./{source}" for source, target in copied() if source in packages)


def test_every_install_holds_to_the_pinned_versions() -> None:
    installs = [rest for name, rest in instructions() if name == "RUN" and "pip install" in rest]
    assert installs
    assert all("--constraint constraints.txt" in rest for rest in installs)


def test_both_stages_run_one_python_that_the_project_supports() -> None:
    images = {rest.split()[0] for name, rest in instructions() if name == "FROM"}
    assert len(images) == 1
    name, _, tag = images.pop().partition(":")
    assert name == "python"
    assert SpecifierSet(SETTINGS["project"]["requires-python"]).contains(tag.partition("-")[0])


def test_the_image_does_not_run_as_root() -> None:
    user = last_stage()["USER"]
    made = re.search(r"useradd .*--uid (\d+) .*?(\w+) &&", last_stage()["RUN"])
    assert made is not None
    assert user == made[1] != "0"
    assert f"--owner={made[2]}" in last_stage()["RUN"]


def test_one_port_is_served_exposed_published_and_looked_after() -> None:
    port = served()["port"]
    assert last_stage()["EXPOSE"] == str(port)
    (published,) = service()["ports"]
    assert re.fullmatch(rf"127\.0\.0\.1:\$\{{CANCU_PORT:-\d+\}}:{port}", published)
    assert f"http://127.0.0.1:{port}/livez" in last_stage()["HEALTHCHECK"]


def test_the_port_is_reached_from_outside_the_container() -> None:
    assert ip_address(served()["host"]).is_unspecified


def test_the_health_check_asks_for_what_the_app_has() -> None:
    asked = re.search(r"http://127\.0\.0\.1:\d+(/\w+)", last_stage()["HEALTHCHECK"])
    assert asked is not None
    with TestClient(create_app(), base_url="http://127.0.0.1") as client:
        assert client.get(asked[1]).status_code == 200
    command = last_stage()["HEALTHCHECK"].partition("CMD ")[2]
    compile(json.loads(command)[2], "HEALTHCHECK", "exec")


def test_the_store_lies_on_the_volume() -> None:
    volume = last_stage()["VOLUME"]
    assert environment()[STORE_VARIABLE].startswith(f"sqlite:///{volume}/")
    (mounted,) = service()["volumes"]
    name, _, target = mounted.partition(":")
    assert target == volume
    assert name in yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["volumes"]


@pytest.mark.parametrize("words", [["--prot", "8000"], ["--port", "eight"], ["--port", "99999"]])
def test_a_command_that_would_not_start_is_told_from_one_that_does(words) -> None:
    with pytest.raises(Exception) as caught:
        served(json.dumps(["cancu", "serve", *words]))
    assert caught.value.exit_code == 2

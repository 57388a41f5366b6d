"""What a fresh machine meets: make, pinned libraries, the compose file, the pages, continuous integration."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
TARGETS = ("setup", "demo", "up", "test", "lint", "clean")
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[A-Za-z0-9.+!]+)")
ELSEWHERE = re.compile(r"/(?:work|root|home)/\w|\b(?:pypi|pythonhosted|npmjs|maven|docker)\.(?:org|com|io)\b")
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
needs_git = pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="this is not a git checkout"
)


def pins() -> dict[str, str]:
    """The lines of constraints.txt: canonical name to version."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    matches = [PIN.fullmatch(line) for line in lines if line and not line.startswith("#")]
    assert all(matches), "constraints.txt holds a line that is no `name==version`"
    return {canonicalize_name(match["name"]): match["version"] for match in matches if match}


def direct_requirements() -> list[Requirement]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = settings["project"]
    extras = [line for lines in project.get("optional-dependencies", {}).values() for line in lines]
    return [Requirement(line) for line in (*project["dependencies"], *extras, *settings["build-system"]["requires"])]


def closure() -> set[str]:
    """Canonical names of all libraries that the project's own requirements bring, here, with their extras."""
    wanted, queue = set[str](), direct_requirements()
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        mark = f"{name}[{','.join(sorted(requirement.extras))}]"
        if mark in wanted:
            continue
        wanted |= {mark, name}
        for line in _requires(name):
            further = Requirement(line)
            extras = requirement.extras or {""}
            if further.marker is None or any(further.marker.evaluate({"extra": extra}) for extra in extras):
                queue.append(further)
    return {name for name in wanted if not name.endswith("]")}


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_every_library_that_gets_installed_is_pinned() -> None:
    assert closure() - pins().keys() == set()


def test_pins_satisfy_what_the_project_requires() -> None:
    pinned = pins()
    for requirement in direct_requirements():
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_these_tests_run_on_the_pinned_versions() -> None:
    installed = {}
    for name in pins():
        try:
            installed[name] = version(name)
        except PackageNotFoundError:
            continue
    assert installed == {name: pins()[name] for name in installed}


@needs_make
@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_its_targets(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@needs_make
@pytest.mark.parametrize(("given", "serves"), [([], True), (["SERVE=0"], False), (["PORT=8123"], True)])
def test_the_demo_ends_by_serving_unless_told_not_to(given: list[str], serves: bool) -> None:
    command = ["make", "--no-print-directory", "--dry-run", "demo", *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    last = done.stdout.splitlines()[-1]
    assert ("cancu serve" in last) == serves
    assert not given or serves is False or "--port 8123" in last


@needs_make
def test_make_help_names_every_target() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"make (\w+) ", shown)) == {"help", *TARGETS}


@needs_make
def test_setup_does_nothing_a_second_time(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".ready").touch()
    done = subprocess.run(["make", "setup"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "pip" not in done.stdout


@needs_make
def test_setup_says_what_is_missing_without_python(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("make", "sh"):
        (tools / tool).symlink_to(str(shutil.which(tool)))
    done = subprocess.run(["make", "setup"], cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Python 3.11 or newer" in done.stderr
    assert not (tmp_path / ".venv").exists()


@needs_make
@pytest.mark.parametrize(("lint", "test", "passes"), [(0, 0, True), (1, 0, False), (0, 1, False), (1, 1, False)])
def test_continuous_integration_passes_only_with_lint_and_tests(
    tmp_path: Path, lint: int, test: int, passes: bool
) -> None:
    (tmp_path / ".ci").mkdir()
    script = shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    makefile = f"lint:\n\t@echo linted; exit {lint}\ntest:\n\t@echo tested; exit {test}\n"
    (tmp_path / "Makefile").write_text(makefile, encoding="utf-8")
    found = tmp_path / "tools" / "python3.13"  # so that the script looks no further, and installs nothing here
    found.parent.mkdir()
    found.symlink_to("/bin/true")
    path = f"{found.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", str(script)], env={"PATH": path}, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.stdout.split() == ["linted", "tested"]
    assert (done.returncode == 0) is passes


def test_neo4j_has_health_check_volume_and_no_password_of_its_own() -> None:
    service = compose()["services"]["neo4j"]
    assert service["image"] == "neo4j:5.26-community"
    assert "cypher-shell" in service["healthcheck"]["test"][1]
    volumes = {volume.split(":")[0] for volume in service["volumes"]}
    assert volumes and volumes <= compose()["volumes"].keys()
    assert service["environment"]["NEO4J_AUTH"] == "neo4j/${NEO4J_PASSWORD:-}"


def test_neo4j_listens_on_this_machine_only() -> None:
    assert all(port.startswith("127.0.0.1:") for port in compose()["services"]["neo4j"]["ports"])


def test_readme_gives_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"demo", "test"} <= set(re.findall(r"^make (\w+)", readme, re.M))


@needs_git
def test_links_between_pages_lead_somewhere() -> None:
    pages = [page for page in tracked("*.md") if (ROOT / "examples" / "documents") not in page.parents]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


@needs_git
def test_no_file_names_a_place_on_one_machine_or_a_package_index() -> None:
    found = []
    for path in tracked():
        if path == Path(__file__) or path.suffix in {".tsv", ".bin"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if ELSEWHERE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []

"""The Neo4j service of docker-compose.yml: what it is made of is what Compose and the server know."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.store import open_store
from graph.store.neo4j.address import parse
from tests.factories import BAC_KAN, directive, own, reading
from tests.neo4j.server import Server, missing, needed, version

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")
SERVICE_KEYS = {
    "build", "cap_drop", "depends_on", "environment", "healthcheck", "image", "ports", "profiles", "read_only",
    "restart", "security_opt", "tmpfs", "volumes",
}  # fmt: skip
"""Those of the Compose specification that the file uses."""
HEALTH_KEYS = {"test", "interval", "timeout", "retries", "start_period"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def expanded(value: str, **given: str) -> str:
    """What Compose makes of a value with these variables. KeyError for one that is neither set nor has a default."""

    def put(match: re.Match[str]) -> str:
        name, default = match.groups()
        return given.get(name) or (default if default is not None else given[name])

    return VARIABLE.sub(put, value)


def settings(service: dict[str, Any]) -> dict[str, str]:
    """The server's settings, from variables as the image names them: a dot is `_`, an underscore `__`."""
    written = {name: value for name, value in service["environment"].items() if name != "NEO4J_AUTH"}
    return {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_"): expanded(value)
        for name, value in written.items()
    }


def test_every_key_is_one_of_the_specification(compose: dict[str, Any]) -> None:
    assert compose.keys() == {"services", "volumes"}
    for service in compose["services"].values():
        assert service.keys() <= SERVICE_KEYS
        assert service.get("healthcheck", {}).keys() <= HEALTH_KEYS
        assert all(isinstance(value, str) for value in service["environment"].values())


def test_the_app_alone_needs_no_variable_and_no_neo4j(compose: dict[str, Any]) -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert expanded("\n".join(line for line in text.splitlines() if not line.startswith("#")))
    app, server = (compose["services"][name] for name in ("app", "neo4j"))
    assert app["depends_on"] == {"neo4j": {"condition": "service_healthy", "required": False}}
    assert server["profiles"] == ["neo4j"]
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert f"CANCU_STORE={expanded(app['environment']['CANCU_STORE'])}\n" in dockerfile


def test_the_store_that_the_first_lines_name_is_the_service(compose: dict[str, Any]) -> None:
    (named,) = re.findall(r"CANCU_STORE=(neo4j\S+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    address = parse(named)
    name, _, port = address.uri.removeprefix("neo4j://").partition(":")
    assert name in compose["services"]
    assert any(published.endswith(f":{port}") for published in compose["services"][name]["ports"])
    username, _, password = compose["services"][name]["environment"]["NEO4J_AUTH"].partition("/")
    app = compose["services"]["app"]["environment"]
    assert (username, password) == (app["NEO4J_USERNAME"], app["NEO4J_PASSWORD"])


def test_a_server_of_that_version_takes_the_settings(compose: dict[str, Any], tmp_path: Path) -> None:
    needed(missing(named=False))
    service = compose["services"]["neo4j"]
    assert service["image"] == f"neo4j:{'.'.join(version().split('.')[:2])}-community"
    given = settings(service)
    heap = given.pop("server.memory.heap.max_size")
    strict = {**given, "server.config.strict_validation.enabled": "true"}
    server = Server(tmp_path, settings=strict, java=(f"-Xmx{heap}", "-XX:TieredStopAtLevel=1"))
    try:
        store = open_store(server.start().address)
        store.put([reading(own("1/KH-UBND", place=BAC_KAN, date="2022-01-01"), directive())])
        assert store.counts().held == 1
    finally:
        server.stop()


def test_a_setting_that_the_server_does_not_know_is_told(tmp_path: Path) -> None:
    needed(missing(named=False))
    wrong = {"db.memory.transaction.most": "1g", "server.config.strict_validation.enabled": "true"}
    with pytest.raises(RuntimeError, match=r"db\.memory\.transaction\.most"):
        Server(tmp_path, settings=wrong).start()

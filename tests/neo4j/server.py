"""A real Neo4j server for tests and benchmarks: Community edition from Maven, in a folder of its own.

    with running(folder) as server:
        open_store(server.address)

Needs a JDK, 17 or 21 (a bare runtime cannot run a source file), and the first time Maven. `NEO4J_URI` (with NEO4J_USERNAME and NEO4J_PASSWORD) names a server that runs
already and is used instead; its database must be empty, and is empty again afterwards.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity

HERE = Path(__file__).parent
POM, LAUNCHER = HERE / "pom.xml", HERE / "Server.java"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
DATABASE = "neo4j"
JAVA = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Little memory and a quick start; a benchmark asks for more of one and less of the other."""
SETTINGS = {
    "server.bolt.enabled": "true",
    "server.bolt.listen_address": "127.0.0.1:0",
    "server.memory.pagecache.size": "64m",
    "dbms.security.auth_enabled": "true",
    "dbms.usage_report.enabled": "false",
    "db.tx_log.rotation.retention_policy": "1 files",
}
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Access:
    """Where a server answers, and who may ask it."""

    uri: str
    username: str
    password: str

    @property
    def address(self) -> str:
        """The address of the store in it, with its credentials."""
        scheme, _, host = self.uri.partition("://")
        return f"{scheme}://{quote(self.username)}:{quote(self.password, safe='')}@{host}/{DATABASE}"

    def driver(self) -> Driver:
        return GraphDatabase.driver(
            self.uri, auth=(self.username, self.password), notifications_min_severity=NotificationMinimumSeverity.OFF
        )


class Server:
    """A server process with its data in `folder`; it ends when `stop` is called, and when this process does."""

    def __init__(
        self, folder: Path, *, settings: Mapping[str, str] | None = None, java: Sequence[str] = JAVA
    ) -> None:
        self._folder, self._java = folder, java
        self._settings = {**SETTINGS, **(settings or {})}
        self._password = secrets.token_urlsafe(12)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> Access:
        """Start it, after a stop again on the port that it had. Raises RuntimeError where it does not come up."""
        java = [str(shutil.which("java")), *self._java, "-cp", f"{libraries()}/*", str(LAUNCHER)]
        lines = [f"{name}={value}\n" for name, value in self._settings.items()]
        fresh = not (self._folder / "data").exists()
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "neo4j.conf").write_text("".join(lines), encoding="utf-8")
        with (self._folder / "output").open("w", encoding="utf-8") as output:
            self._process = subprocess.Popen(
                [*java, str(self._folder)],
                env={**os.environ, "NEO4J_FIRST_PASSWORD": self._password} if fresh else None,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
            )
        port = self._port()
        self._settings["server.bolt.listen_address"] = f"127.0.0.1:{port}"
        return Access(f"bolt://127.0.0.1:{port}", "neo4j", self._password)

    def stop(self, *, kill: bool = False) -> None:
        """End it in good order, or as a loss of power would; its data stay."""
        process, self._process = self._process, None
        if process is None:
            return
        if kill:
            process.kill()
        process.communicate(timeout=_PATIENCE)  # closes its standard input, which ends it

    def _port(self) -> str:
        assert self._process is not None and self._process.stdout is not None
        overdue = threading.Timer(_PATIENCE, self._process.kill)
        overdue.start()
        words = next((line for line in self._process.stdout if line.startswith("bolt port")), "")
        overdue.cancel()
        if not words:
            self._process.wait()
            output = (self._folder / "output").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"the Neo4j server did not start:\n{output[-2000:]}")
        return words.split()[-1]


@contextmanager
def running(
    folder: Path, *, settings: Mapping[str, str] | None = None, java: Sequence[str] = JAVA
) -> Iterator[Access]:
    """The server that `NEO4J_URI` names, or else one of its own with its data in `folder`."""
    if named := os.environ.get("NEO4J_URI"):
        with _borrowed(named) as access:
            yield access
        return
    server = Server(folder, settings=settings, java=java)
    try:
        yield server.start()
    finally:
        server.stop()


def missing(*, named: bool = True) -> str | None:
    """Why no server can be started here; None where one can, or where, if `named`, NEO4J_URI names one."""
    if named and os.environ.get("NEO4J_URI"):
        return None
    if shutil.which("javac") is None:
        return "no JDK is installed, and NEO4J_URI names no server"
    if shutil.which("mvn") is None and not _cached().is_dir():
        return "Maven is not installed, and NEO4J_URI names no server"
    return None


def needed(reason: str | None) -> None:
    """Skip the test for a reason, if there is one; fail in continuous integration, where everything is to be there."""
    if reason and os.environ.get("CI") != "true":
        pytest.skip(reason)
    assert reason is None, reason


def version() -> str:
    """The version of the server, as pom.xml has it."""
    space = {"pom": "http://maven.apache.org/POM/4.0.0"}
    found = ElementTree.parse(POM).findtext("pom:dependencies/pom:dependency/pom:version", namespaces=space)  # noqa: S314
    assert found is not None
    return found


def libraries() -> Path:
    """The folder with the server's libraries, filled by Maven the first time.

    Raises RuntimeError where Maven cannot get them.
    """
    folder = _cached()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one of several test processes gets them, the others wait
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=folder.parent) as partial:
                target = Path(partial) / "lib"
                command = ["mvn", "-q", "-B", "-f", str(POM), COPY, f"-DoutputDirectory={target}"]
                done = subprocess.run([*command, "-DincludeScope=runtime"], capture_output=True, text=True)
                if done.returncode:
                    raise RuntimeError(f"Maven did not get the Neo4j server:\n{done.stdout[-2000:]}")
                target.rename(folder)
    return folder


def import_into(home: Path, script: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run an import script where `neo4j-admin` is the command of the server's own version, for the stopped server in
    `home`, whose data are replaced."""
    folder = home / "bin"
    folder.mkdir(exist_ok=True)
    command = folder / "neo4j-admin"
    java = f"exec {shutil.which('java')} -cp '{libraries()}/*' org.neo4j.cli.AdminTool"
    command.write_text(f'#!/bin/sh\n{java} "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    variables = {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "NEO4J_HOME": str(home),
        "NEO4J_CONF": str(home),
    }
    given = ["--overwrite-destination=true", *(options or ("--max-off-heap-memory=200m",)), DATABASE]
    return subprocess.run(
        [str(script), *given], capture_output=True, text=True, env={**os.environ, **variables}, timeout=1_200
    )


def empty(access: Access) -> None:
    """Remove all that is in the database: nodes, indexes and constraints."""
    clear(access)
    with access.driver() as driver:
        for kind, which in (("CONSTRAINT", ""), ("INDEX", " WHERE type <> 'LOOKUP'")):
            names = driver.execute_query(f"SHOW {kind} YIELD *{which} RETURN name", database_=DATABASE).records
            for row in names:
                driver.execute_query(f"DROP {kind} {row['name']}", database_=DATABASE)
        driver.execute_query("MATCH (n:Cancu) DETACH DELETE n", database_=DATABASE)


def clear(access: Access) -> None:
    """Remove all that stores have put there, and leave what they made for it."""
    with access.driver() as driver, driver.session(database=DATABASE) as session:
        select = "MATCH (n) WHERE NOT n:Cancu CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS"
        session.run(select).consume()


def filled(access: Access, name: str, fill: Callable[[], None]) -> None:
    """Have what `fill` puts into the database in it; where the same name was the last to be filled in, it is there."""
    with access.driver() as driver:
        if driver.execute_query("MATCH (n:Filled {name: $name}) RETURN n", name=name, database_=DATABASE).records:
            return
        clear(access)
        fill()
        driver.execute_query("CREATE (:Filled {name: $name})", name=name, database_=DATABASE)


@contextmanager
def _borrowed(uri: str) -> Iterator[Access]:
    access = Access(uri, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ["NEO4J_PASSWORD"])
    with (Path(tempfile.gettempdir()) / "cancu-test-neo4j.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test processes that share the server take turns
        with access.driver() as driver:
            held = driver.execute_query("MATCH (n) RETURN count(n) AS nodes", database_=DATABASE).records[0]["nodes"]
        if held:
            raise RuntimeError(f"{uri} holds {held} nodes, which tests would remove: name an empty database")
        try:
            yield access
        finally:
            empty(access)


def _cached() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "cancu" / f"neo4j-{version()}"

"""The server that other tests and the benchmarks use."""

from __future__ import annotations

from pathlib import Path

import pytest
from neo4j.exceptions import AuthError

from tests.neo4j.server import DATABASE, Access, Server, empty, version


def test_it_is_of_the_version_of_the_pom_and_asks_for_the_password(neo4j: Access) -> None:
    with neo4j.driver() as driver:
        select = "CALL dbms.components() YIELD versions, edition RETURN versions[0] AS version, edition"
        row = driver.execute_query(select, database_=DATABASE).records[0]
    assert (row["version"].removesuffix("-SNAPSHOT"), row["edition"]) == (version(), "community")
    with pytest.raises(AuthError), Access(neo4j.uri, neo4j.username, "wrong").driver() as driver:
        driver.verify_connectivity()


def test_emptying(neo4j: Access) -> None:
    with neo4j.driver() as driver:
        driver.execute_query("CREATE CONSTRAINT FOR (n:Thing) REQUIRE n.id IS UNIQUE", database_=DATABASE)
        driver.execute_query("CREATE (:Thing {id: 1})-[:IS]->(:Thing {id: 2})", database_=DATABASE)
        empty(neo4j)
        assert driver.execute_query("MATCH (n) RETURN n", database_=DATABASE).records == []
        assert driver.execute_query("SHOW CONSTRAINTS", database_=DATABASE).records == []


def test_a_server_that_cannot_start_says_why(neo4j: Access, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="did not start"):
        Server(tmp_path, settings={"server.memory.pagecache.size": "as much as there is"}).start()


def test_it_is_started_again_on_its_port_with_its_data(neo4j: Access, tmp_path: Path) -> None:
    server = Server(tmp_path)
    try:
        access = server.start()
        with access.driver() as driver:
            driver.execute_query("CREATE (:Thing)", database_=DATABASE)
        for kill in (True, False):
            server.stop(kill=kill)
            assert server.start() == access
            with access.driver() as driver:
                assert len(driver.execute_query("MATCH (n:Thing) RETURN n", database_=DATABASE).records) == 1
    finally:
        server.stop()

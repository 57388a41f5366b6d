"""What happens to an ingest when its Neo4j server fails: nothing is lost, nothing is there by half, and it is told."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from neo4j import Session
from neo4j.exceptions import IncompleteCommit, TransientError

from api.app import create_app
from api.settings import Settings
from graph.errors import StoreError
from graph.model import Reading
from graph.resolve import resolve
from graph.store import open_store
from graph.store.base import Store
from graph.store.dump import dump_resolution
from graph.store.neo4j import connection
from graph.store.neo4j import store as store_module
from graph.store.neo4j.address import PASSWORD_VARIABLE, USERNAME_VARIABLE
from tests.factories import BAC_KAN, directive, own, reading
from tests.neo4j.server import DATABASE, Access, Server, clear, missing, needed

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))
from generate import generate  # noqa: E402

BATCHES, SIZE = 10, 30
SMALL = {"db.memory.transaction.max": "64m"}


@dataclass(frozen=True, slots=True)
class Own:
    """A server that tests may stop."""

    server: Server
    access: Access


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    needed(missing(named=False))
    server = Server(tmp_path_factory.mktemp("own"), settings=SMALL)
    try:
        yield Own(server, server.start())
    finally:
        server.stop()


@pytest.fixture
def store(started: Own, monkeypatch: pytest.MonkeyPatch) -> Store:
    for name in (USERNAME_VARIABLE, PASSWORD_VARIABLE):  # those of another server
        monkeypatch.delenv(name, raising=False)
    clear(started.access)
    return open_store(started.access.address)


def batch_of(number: int, size: int = SIZE) -> list[Reading]:
    return list(generate(size, seed=3, first=size * number))


def dump_of(readings: list[Reading]) -> list[str]:
    return list(dump_resolution(resolve(readings)))


def test_an_ingest_outlasts_a_loss_of_power(started: Own, store: Store) -> None:
    done: list[int] = []

    def ingest() -> None:
        for number in range(BATCHES):
            assert len(store.put(batch_of(number)).added) == SIZE
            done.append(number)

    with ThreadPoolExecutor() as pool:
        running = pool.submit(ingest)
        while len(done) < 2 and not running.done():
            time.sleep(0.01)
        started.server.stop(kill=True)
        held = len(done)
        started.server.start()
        assert held < BATCHES, "the server was to be stopped in the middle"
        running.result()
    assert list(store.dump()) == dump_of([one for number in range(BATCHES) for one in batch_of(number)])


def test_what_was_committed_is_not_stored_twice_when_only_the_news_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute, lost = Session.execute_write, [True]

    def once_lost(self: Session, *arguments: object) -> object:
        result = execute(self, *arguments)
        if lost:
            lost.pop()
            raise IncompleteCommit("the connection broke after COMMIT")
        return result

    monkeypatch.setattr(Session, "execute_write", once_lost)
    readings = batch_of(0)
    assert len(store.put(readings).added) == SIZE
    assert not lost
    assert list(store.dump()) == dump_of(readings)


def test_a_batch_too_large_for_the_server_is_refused_as_a_whole(store: Store) -> None:
    store.put(batch_of(0))
    before = list(store.dump())
    with pytest.raises(StoreError, match="ran out of memory; nothing of this batch") as caught:
        store.put(generate(2_000, seed=4))
    assert "fewer texts at once" in caught.value.remedy
    assert list(store.dump()) == before


def test_a_deadlock_with_somebody_else_is_only_a_delay(started: Own, store: Store) -> None:
    plan = own("1/KH-UBND", place=BAC_KAN, date="2022-01-01")
    first = reading(plan, directive(title="về công tác dân vận chính quyền"), salt="one")
    second = reading(plan, directive(title="về công tác dân vận khác hẳn"), salt="two")
    store.put([first])
    driver = started.access.driver()
    with ThreadPoolExecutor() as pool, driver, driver.session(database=DATABASE) as session:
        transaction = session.begin_transaction()
        transaction.run("MATCH (d:Directive) SET d.remark = 'mine'").consume()
        putting = pool.submit(store.put, [second])
        time.sleep(1)
        assert not putting.done(), "the put was to wait for the directive"
        with suppress(TransientError):  # the server ends one of the two
            transaction.run("MATCH (c:Cancu) SET c.remark = 'mine'").consume()
        transaction.close()
        assert len(putting.result(60).added) == 1
    assert list(store.dump()) == dump_of([first, second])


def test_two_writers_take_turns(started: Own, store: Store) -> None:
    stores = [store, open_store(started.access.address)]
    with ThreadPoolExecutor() as pool:
        added = list(pool.map(lambda one: sum(len(one.put(batch_of(n)).added) for n in range(3)), stores))
    assert sum(added) == 3 * SIZE
    assert list(store.dump()) == dump_of([one for number in range(3) for one in batch_of(number)])


def test_a_dump_in_which_two_states_would_meet_is_read_again(
    started: Own, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(batch_of(0))
    written, numbers = store_module._dump, iter(range(1, 3))

    def disturbed(*given: object) -> Iterator[str]:
        for number in numbers:
            thread = threading.Thread(target=open_store(started.access.address).put, args=(batch_of(number),))
            thread.start()
            thread.join()
            break
        return written(*given)

    monkeypatch.setattr(store_module, "_dump", disturbed)
    assert list(store.dump()) == dump_of([one for number in range(3) for one in batch_of(number)])
    monkeypatch.setattr(store_module, "_READ_AGAIN", 1)
    numbers = iter(range(3, 4))
    with pytest.raises(StoreError, match="is being written to"):
        list(store.dump())


def test_a_server_that_is_gone_is_told_by_the_service_until_it_is_back(
    started: Own, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(batch_of(0))
    client = TestClient(create_app(Settings(store=started.access.address)), base_url="http://127.0.0.1:8000")
    assert client.get("/readyz").status_code == 200
    started.server.stop()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "cannot be reached" in answer.json()["detail"]
    assert started.access.password not in answer.text
    assert client.get("/livez").status_code == 200
    monkeypatch.setattr(connection, "WRITE_RETRIES", 1.0)
    with pytest.raises(StoreError, match="cannot be reached"):
        store.put(batch_of(1))
    started.server.start()
    assert client.get("/readyz").json()["held"] == SIZE
    assert len(store.put(batch_of(1)).added) == SIZE

"""The store in a Neo4j server beyond what every store does: addresses, what is refused, what a person finds there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.errors import StoreError
from graph.model import Relation, Status
from graph.resolve.decide import Decision, claim_name
from graph.ruling import DecisionKind
from graph.store import open_store
from graph.store.base import curated
from graph.store.neo4j.address import PASSWORD_VARIABLE, USERNAME_VARIABLE, is_neo4j, parse
from graph.store.neo4j.migrations import MIGRATIONS, VERSION
from tests.factories import BAC_KAN, XUAN_THANH, cited, directive, own, reading, stated
from tests.neo4j.server import DATABASE, Access, clear, empty

PLAN = own(
    "780/KH-UBND",
    type="Kế hoạch",
    place=BAC_KAN,
    date="2021-12-20",
    issuer="Ủy ban nhân dân tỉnh Bắc Kạn",
    title="Thực hiện công tác dân vận",
)
READING = reading(PLAN, directive(issuer="Thủ tướng Chính phủ"), relations=(stated(0, Relation.IMPLEMENTS, 1),))


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (USERNAME_VARIABLE, PASSWORD_VARIABLE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server(neo4j: Access) -> Iterator[Access]:
    """A server with a database that nothing was ever put into."""
    empty(neo4j)
    yield neo4j
    empty(neo4j)


def ask(access: Access, query: str, **values: object) -> list[list[object]]:
    with access.driver() as driver, driver.session(database=DATABASE) as session:
        return session.run(query, values).values()


@pytest.mark.parametrize(
    ("given", "uri", "database", "username", "password"),
    [
        ("neo4j://host", "neo4j://host", "neo4j", "neo4j", ""),
        ("bolt://host:7687", "bolt://host:7687", "neo4j", "neo4j", ""),
        ("neo4j+s://u:p@host/plans", "neo4j+s://host", "plans", "u", "p"),
        ("bolt+s://u%40x:p%2F%3A@[::1]:1/a", "bolt+s://[::1]:1", "a", "u@x", "p/:"),
    ],
)
def test_addresses(given: str, uri: str, database: str, username: str, password: str) -> None:
    found = parse(given)
    assert (found.uri, found.database, found.username, found.password) == (uri, database, username, password)
    assert is_neo4j(given)


def test_the_environment_wins_over_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USERNAME_VARIABLE, "reader")
    monkeypatch.setenv(PASSWORD_VARIABLE, "of the environment")
    found = parse("neo4j://other:secret@host")
    assert (found.username, found.password) == ("reader", "of the environment")


@pytest.mark.parametrize("given", ["neo4j://", "neo4j:///plans", "neo4j://u:secret@h:port", "neo4j://u:secret@h/a/b",
                                   "neo4j://u:secret@h?policy=x"])  # fmt: skip
def test_addresses_that_cannot_be_read_are_refused_without_telling_secrets(given: str) -> None:
    with pytest.raises(StoreError, match="address") as caught:
        parse(given)
    assert "secret" not in f"{caught.value}{caught.value.remedy}"


def test_no_text_of_an_address_tells_the_password() -> None:
    found = parse("neo4j://user:secret@host")
    assert "secret" not in f"{found} {found!r}"


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        open_store("bolt://user:secret@127.0.0.1:1", readonly=True)
    assert "start the server" in caught.value.remedy
    assert "secret" not in str(caught.value)


def test_a_wrong_password_and_a_database_that_is_not_there(server: Access) -> None:
    host = server.uri.partition("://")[2]
    with pytest.raises(StoreError, match="refuses the user name or the password") as caught:
        open_store(f"bolt://neo4j:secret@{host}")
    assert PASSWORD_VARIABLE in caught.value.remedy
    assert "secret" not in str(caught.value)
    with pytest.raises(StoreError, match="none-such") as caught:
        open_store(f"{server.address.removesuffix(DATABASE)}none-such")
    assert "name a database" in caught.value.remedy


def test_a_routed_address(server: Access) -> None:
    store = open_store(server.address.replace("bolt://", "neo4j://"))
    store.put([READING])
    assert store.counts().held == 1


def test_what_was_stored_stays_and_can_be_read_by_others(server: Access) -> None:
    with pytest.raises(StoreError, match="no such store"):
        open_store(server.address, readonly=True)
    first = open_store(server.address)
    first.put([READING])
    lines = list(first.dump())
    reader = open_store(server.address, readonly=True)
    assert list(reader.dump()) == lines
    with pytest.raises(StoreError, match="reading only"):
        reader.put([READING])


def test_a_database_of_something_else_is_left_as_it_is(server: Access) -> None:
    ask(server, "CREATE (:Thing)")
    with pytest.raises(StoreError, match="holds something else"):
        open_store(server.address)
    assert ask(server, "MATCH (n) RETURN labels(n)") == [[["Thing"]]]
    assert ask(server, "SHOW CONSTRAINTS") == []


def test_schemas_of_other_versions(server: Access) -> None:
    open_store(server.address)
    ask(server, "MATCH (store:Cancu) SET store.schema = 0")
    with pytest.raises(StoreError, match="schema 0"):
        open_store(server.address, readonly=True)
    open_store(server.address)
    assert ask(server, "MATCH (store:Cancu) RETURN store.schema") == [[VERSION]]
    ask(server, "MATCH (store:Cancu) SET store.schema = 99")
    with pytest.raises(StoreError, match="schema 99"):
        open_store(server.address)


def test_migrations_may_run_again(server: Access) -> None:
    open_store(server.address)
    for statement in (each for statements in MIGRATIONS for each in statements):
        ask(server, statement)


def test_every_index_is_for_a_property_that_nodes_have(server: Access) -> None:
    store = curated(open_store(server.address))
    store.put([READING, reading(PLAN, directive(date="2021-11-27"), salt="other date")])
    plan, other = ((claim_name(READING.source.digest, claim),) for claim in READING.claims)
    why = ("Lan", "2026-01-01T09:00:00Z", "hiểu nhầm")
    store.decide([Decision(DecisionKind.REJECT, *why, plan, other, relation=Relation.CITES)])
    used = {(label, key) for row in ask(server, "MATCH (n) RETURN labels(n), keys(n)") for label in row[0] for key in row[1]}
    select = "SHOW INDEXES YIELD labelsOrTypes, properties WHERE labelsOrTypes IS NOT NULL AND properties IS NOT NULL"
    indexed = {(row[0][0], key) for row in ask(server, f"{select} RETURN labelsOrTypes, properties") for key in row[1]}
    assert indexed - used == {("Issued", "id"), ("Document", "opening")}


def test_what_a_person_finds(server: Access) -> None:
    commune = own(type="Chương trình", place=XUAN_THANH, title="Công tác dân vận", status=Status.UNNUMBERED,
                  issuer="Ủy ban nhân dân xã Xuân Thành")  # fmt: skip
    open_store(server.address).put([READING, reading(commune, cited("10/2022/QH15"), salt="commune")])
    plan = "MATCH (:Plan:Held {sign: '780/KH-UBND'})"
    edge = ask(server, f"{plan}-[r:IMPLEMENTS]->(d:Directive) WHERE NOT d:Held RETURN d.sign, r.zone, r.origin, r.score")
    assert edge == [["33/CT-TTg", "body", "stated", 1.0]]
    assert ask(server, f"{plan}-[:ISSUED_BY]->(a:Authority) RETURN a.name") == [["Ủy ban nhân dân tỉnh Bắc Kạn"]]
    assert ask(server, f"{plan}-[:OF]->(p:Place) RETURN p.name, p.kind, p.level") == [["Bắc Kạn", "tỉnh", "province"]]
    above = ask(server, "MATCH (:Programme)-[:OF]->(p:Place)-[:PART_OF]->(upper) RETURN p.name, upper.name, upper.kind")
    assert above == [["Xuân Thành", "Nghệ An", "tỉnh"]]
    law = ask(server, "MATCH (:Source)-[:SAYS]->(c:Claim)-[:SPEAKS_OF]->(:Law) RETURN c.quote, c.count")
    assert law == [["10/2022/QH15", 1]]
    found = ask(server, "CALL db.index.fulltext.queryNodes('document_text', 'dân AND vận') YIELD node RETURN node.type")
    assert sorted(found) == [["Chương trình"], ["Kế hoạch"]]
    assert ask(server, "CALL db.index.fulltext.queryNodes('document_text', 'dan AND van') YIELD node RETURN node.type") == found


def test_nodes_follow_what_documents_become(server: Access) -> None:
    store = open_store(server.address)
    store.put([reading(PLAN, directive(issuer="Bộ Nội vụ"), salt="one")])
    store.put([reading(PLAN, directive(issuer="Thủ tướng Chính phủ"), salt=salt) for salt in ("two", "three")])
    issued = "MATCH (:Directive)-[:ISSUED_BY]->(a) RETURN a.name"
    assert ask(server, issued) == [["Thủ tướng Chính phủ"]]
    assert ask(server, "MATCH (a:Authority {name: 'Bộ Nội vụ'}) RETURN a") == []
    assert ask(server, "MATCH (d:Directive:Held) RETURN d") == []
    store.put([reading(own("33/CT-TTg", type="Chỉ thị", date="2021-11-26", issuer="Thủ tướng Chính phủ"), salt="itself")])
    assert len(ask(server, "MATCH (d:Directive:Held) RETURN d")) == 1


def test_hostile_values_are_only_values(server: Access) -> None:
    hostile = "x'}) DETACH DELETE n //` \\ \" $rows {} \u0000"
    made = reading(
        own("1/KH-UBND", type=hostile, title=hostile, issuer=hostile, place=BAC_KAN, date="2022-01-01"),
        directive(title=hostile),
        relations=(stated(0, Relation.IMPLEMENTS, 1, quote=hostile),),
        name=hostile,
    )
    store = open_store(server.address)
    store.put([READING])
    store.put([made])
    assert store.reading(made.source.digest) == made
    assert {edge.quote for edge in store.outgoing(["01.kh-ubnd~tinh.bac-kan~2022"])} == {hostile}
    for words in (hostile, "+a -b", "a OR b", "a~ b^2", "(", "*:*", "title:x"):
        store.search(words, limit=5)
    assert store.counts().held == 2
    clear(server)

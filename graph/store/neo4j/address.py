"""Addresses of stores in a Neo4j server, and the credentials that go with them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from graph.errors import StoreError

SCHEMES = ("neo4j", "bolt", "neo4j+s", "bolt+s", "neo4j+ssc", "bolt+ssc")
"""As the driver names them: routed or to one server, without and with TLS (`ssc` trusts a self-signed certificate)."""
USERNAME_VARIABLE, PASSWORD_VARIABLE = "NEO4J_USERNAME", "NEO4J_PASSWORD"
_DATABASE = "neo4j"
_USERNAME = "neo4j"
_REMEDY = "give an address such as neo4j://host:7687/neo4j"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store is: `uri` is without credentials and database. As text it tells no secrets."""

    uri: str
    database: str
    username: str
    password: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.uri}/{self.database}"


def is_neo4j(address: str) -> bool:
    """Whether an address names a store in a Neo4j server."""
    return address.partition("://")[0] in SCHEMES


def parse(address: str) -> Address:
    """The parts of `neo4j://[user:password@]host[:port][/database]`; the database is `neo4j` if none is given.

    NEO4J_USERNAME and NEO4J_PASSWORD win over credentials in the address. Raises StoreError, which repeats none.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise StoreError("the address of the Neo4j server cannot be read", remedy=_REMEDY) from None
    database = parts.path.strip("/") or _DATABASE
    if not host or "/" in database or parts.query or parts.fragment:
        raise StoreError("the address of the Neo4j server has too little or too much", remedy=_REMEDY)
    name = f"[{host}]" if ":" in host else host
    return Address(
        uri=f"{parts.scheme}://{name}" + (f":{port}" if port else ""),
        database=unquote(database),
        username=os.environ.get(USERNAME_VARIABLE) or unquote(parts.username or _USERNAME),
        password=os.environ.get(PASSWORD_VARIABLE) or unquote(parts.password or ""),
    )

"""What the surroundings decide: the names of environment variables and what holds where they are not set."""

from __future__ import annotations

from dataclasses import dataclass

STORE_VARIABLE = "CANCU_STORE"
STORE = "sqlite:///data/cancu.db"
BASE_VARIABLE = "CANCU_BASE_IRI"
HOSTS_VARIABLE = "CANCU_ALLOWED_HOSTS"
CURATOR_VARIABLE = "CANCU_CURATOR"
TOKEN_VARIABLE = "CANCU_CURATOR_TOKEN"  # noqa: S105  (the name of a variable)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an app is made with: the address of its store, and the host names that requests may be addressed to.

    `token` is what those who decide over HTTP must show; without one nobody can.
    """

    store: str = STORE
    hosts: tuple[str, ...] = LOOPBACK
    token: str | None = None

"""What the surroundings decide: the names of environment variables and what holds where they are not set."""

from __future__ import annotations

STORE_VARIABLE = "CANCU_STORE"
STORE = "sqlite:///data/cancu.db"
BASE_VARIABLE = "CANCU_BASE_IRI"

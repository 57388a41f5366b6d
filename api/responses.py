"""What the REST interface answers, apart from the records of the store: what is here is a promise to its users."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """Base of all answers: complete, and without fields that no promise names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(Answer):
    """The store can be read, and what it holds."""

    status: Literal["ready"] = "ready"
    held: int = Field(description="Documents whose text the store holds.")
    cited: int = Field(description="Documents known only from what others say of them.")

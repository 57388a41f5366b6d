"""The records that pass between the verbs of ingest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text. `raw` is as read and what offsets index; `clean` is its NFC form that the verbs search.

    `starts[i]` is the offset in `raw` of character i of `clean`, with one entry more for the end; None where
    the two are the same.
    """

    name: str
    raw: str
    clean: str
    starts: tuple[int, ...] | None = None

    def offset(self, position: int) -> int:
        """The offset in `raw` of a position in `clean`."""
        return position if self.starts is None else self.starts[position]

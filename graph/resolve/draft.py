"""A signature in the making."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Place
from graph.resolve.records import Signature


@dataclass(slots=True, eq=False)
class Draft:
    """A signature in the making, with the fields of one: to make a frozen one anew for each step costs more than all
    steps do."""

    type: str
    issuer: str
    place: Place | None
    date: str
    term: str
    title: str
    before: str
    own: str
    block: str = ""
    key: str = ""
    stem: str = ""
    sign: str = ""
    name: str = ""
    filled: tuple[str, ...] = ()
    open: bool = False
    other_than: str = ""

    def signature(self) -> Signature:
        said = self.type, self.issuer, self.place, self.date, self.term, self.title, self.before
        return Signature(
            self.block, self.key, self.stem, self.sign, self.name, *said, self.own, self.filled, self.open,
            other_than=self.other_than,
        )  # fmt: skip

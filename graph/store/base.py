"""The store contract: what every store does, in the same way and in the same order.

Order is ours, never an engine's: documents by (date, nulls last, id), edges by (source, relation, target).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from graph.errors import StoreError
from graph.model import Document, Edge, Field, Level, Reading, Relation, Source, Status
from graph.resolve.decide import Decision
from graph.store.entry import Entry

if TYPE_CHECKING:
    from graph.store.traversal import Traversal


COUNTED = 1_000
"""How far the documents that a search finds are counted: words that all documents hold shall not cost all of them."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What one `put` did: sources that were new, and those that the store already held."""

    added: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Size of a store: documents held and cited only, and edges by relation."""

    sources: int
    held: int
    cited: int
    edges: dict[Relation, int]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents are wanted; None asks for any. `province` is a bare name, `year` that of the date.

    `predecessors` are the names of provinces that became `province`: their documents are wanted beside its own.
    """

    level: Level | None = None
    province: str | None = None
    year: int | None = None
    type: str | None = None
    status: Status | None = None
    held: bool | None = None
    predecessors: tuple[str, ...] = ()

    @property
    def equal(self) -> dict[str, object]:
        """The values that are asked for of fields other than the province, by the names of these."""
        asked = {name: getattr(self, name) for name in ("level", "year", "type", "status", "held")}
        return {name: value for name, value in asked.items() if value is not None}

    @property
    def provinces(self) -> tuple[str, ...] | None:
        """The provinces whose documents are wanted, None for any."""
        return None if self.province is None else (self.province, *self.predecessors)


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of an answer and the number of items in all of it; `more` tells that there are more than `total`."""

    documents: tuple[Document, ...]
    total: int
    more: bool = False


def counted(limit: int, offset: int) -> int:
    """How many documents a search that gives this slice counts at most: COUNTED, or one beyond the slice."""
    return max(COUNTED, max(limit, 0) + max(offset, 0) + 1)


class View(Protocol):
    """Reading a store. Every method is consistent with one committed state."""

    def document(self, id: str) -> Document | None:
        """The document with this id, with all its facts, or None."""

    def documents(self, ids: Collection[str]) -> dict[str, Document]:
        """Those of `ids` that exist, by id, without facts."""

    def listing(self, wanted: Filter, *, limit: int, offset: int = 0) -> Page:
        """Documents that pass the filter, in order, without facts."""

    def disputed(self, wanted: Filter, *, field: Field | None = None, limit: int, offset: int = 0) -> Page:
        """Documents that pass the filter and of whose `field`, of any if None, claims give values that cannot all be
        right (`graph.resolve.conflicts.disputed_fields`), in order, with all their facts."""

    def by_sign(self, key: str) -> tuple[Document, ...]:
        """Documents whose sign has this `Sign.key`, in order, without facts."""

    def outgoing(
        self, ids: Collection[str], relations: Collection[Relation] | None = None, *, strongest: bool = False
    ) -> list[Edge]:
        """Edges from any of `ids`, in order, with all evidence, or with the first of it alone if `strongest`."""

    def incoming(
        self, ids: Collection[str], relations: Collection[Relation] | None = None, *, strongest: bool = False
    ) -> list[Edge]:
        """Edges to any of `ids`, in order, with all evidence, or with the first of it alone if `strongest`."""

    def edges(self, ends: Collection[tuple[str, Relation, str]], *, strongest: bool = False) -> list[Edge]:
        """Those of the edges with these sources, relations and targets that exist, in order, evidence as `outgoing`."""

    def traversal(self) -> Traversal:
        """One state of the graph for questions that pass many edges (`graph.store.traversal`).

        A store that has nothing faster returns `graph.store.plain.PlainTraversal(self)`.
        """

    def search(self, words: str, *, limit: int, offset: int = 0) -> Page:
        """Documents whose type, sign, title or issuer hold all words, with or without diacritics, newest first.

        Without facts. They are counted as far as `counted` tells; there may be `more`.
        """

    def source(self, digest: str) -> Source | None:
        """The text that was read, or None."""

    def reading(self, digest: str) -> Reading | None:
        """The claims as read from one source, or None."""

    def digests(self, *, after: str = "", limit: int) -> tuple[str, ...]:
        """The digests of the first texts after this one, in their order: all that the ledger holds, page by page."""

    def assigned(self, digest: str) -> tuple[str, ...]:
        """For each claim of a source the id of the document that it speaks of."""

    def moved(self, id: str) -> tuple[str, ...]:
        """The documents that now have the claims for which `id`, since given up, was issued; sorted."""

    def issued(self) -> Iterator[tuple[str, str]]:
        """Identifiers that were given up, each with the hash of a signature that it stood for, in hex; sorted."""

    def counts(self) -> Counts:
        """Size of the store."""

    def dump(self) -> Iterator[str]:
        """The graph as sorted JSON lines without ingest times; equal graphs give equal dumps."""


class Store(View, Protocol):
    """A view that can be written."""

    def put(self, readings: Iterable[Reading | Entry]) -> Stored:
        """Store all of `readings` or none, and resolve what they touch. Raises StoreError."""

    def remember(self, issued: Iterable[tuple[str, str]]) -> None:
        """Add to the identifiers that were given up those of another store of the same texts. Raises StoreError."""

    def close(self) -> None:
        """Release files and connections."""


@runtime_checkable
class Loadable(Store, Protocol):
    """A store that takes the graph of another as it is faster than it resolves the same texts."""

    def can_load(self) -> bool:
        """Whether it is empty, or holds what an interrupted `load` left."""

    def load(self, source: View, *, at_once: int) -> Iterator[int]:
        """Fill it with all of `source`, `at_once` texts a batch; gives the number of texts of each batch stored.

        Goes on where a load of the same was interrupted; until it has ended, nothing else can be put. Raises StoreError
        where `source` was written to meanwhile.
        """


@runtime_checkable
class Curated(Store, Protocol):
    """A store that keeps what people decided."""

    def decisions(self) -> tuple[Decision, ...]:
        """All that people decided, by time and id: what was undone, and what names claims that are gone, too."""

    def decide(self, decisions: Iterable[Decision]) -> tuple[str, ...]:
        """Keep all of `decisions` or none, and resolve what they touch. The ids of those that are new, in order.

        The graph is then `graph.resolve.resolve(readings, decisions)` of all that the store ever got, in any order.
        Raises DecisionError, where one is not as its kind needs it, and StoreError.
        """


def curated(store: View) -> Curated:
    """The store, if it keeps what people decide. Raises StoreError where it does not."""
    if not isinstance(store, Curated):
        raise StoreError("this kind of store keeps no decisions of people", remedy="use a store at sqlite:///PATH")
    return store

"""Copying a store into another of any kind: an empty one may take the graph as it is, else the ledger is put again.

The graphs are compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from graph.errors import StoreError
from graph.model import Reading
from graph.store.base import Curated, Loadable, Store, View, curated

BATCH = 500
"""Texts that are put at once."""
_PAGE = 10_000


def copy(source: View, target: Store) -> Iterator[int]:
    """Put the texts of `source` that `target` does not hold, batch by batch; gives the number of each batch.

    What people decided is copied too. Raises StoreError where `target` holds texts that `source` does not, or where it
    cannot keep decisions and there are some.
    """
    if isinstance(target, Loadable) and target.can_load():
        yield from target.load(source, at_once=BATCH)
        return
    missing: list[str] = []
    for _ in _missing(source, target):  # what must not be copied into is found before anything is
        continue
    if isinstance(source, Curated) and (decisions := source.decisions()):
        curated(target).decide(decisions)
    for digest in _missing(source, target):
        missing.append(digest)
        if len(missing) == BATCH:
            yield len(target.put(_readings(source, missing)).added)
            missing = []
    if missing:
        yield len(target.put(_readings(source, missing)).added)
    target.remember(source.issued())


def checksum(view: View) -> str:
    """The SHA-256 of the dump of a store, in hex."""
    digest = hashlib.sha256()
    for line in view.dump():
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def same(source: View, target: View) -> str:
    """The checksum of two stores that hold the same. Raises StoreError where counts or checksums differ."""
    if source.counts() != target.counts():
        raise StoreError("the two stores differ in their counts", remedy="copy again when nobody writes to them")
    first, second = checksum(source), checksum(target)
    if first != second:
        message = f"the two stores differ: the checksum of the first is {first}, of the second {second}"
        raise StoreError(message, remedy="copy again when nobody writes to them, or check both: `cancu store check`")
    return first


def digests(view: View) -> Iterator[str]:
    """The digests of all texts of a store, in order."""
    last = ""
    while page := view.digests(after=last, limit=_PAGE):
        yield from page
        last = page[-1]


def _missing(source: View, target: View) -> Iterator[str]:
    """The digests that `source` alone holds, in order."""
    held = digests(target)
    other = next(held, None)
    for digest in digests(source):
        if other is not None and other < digest:
            break
        if other == digest:
            other = next(held, None)
        else:
            yield digest
    if other is not None:
        message = f"the store to copy into holds texts that the other does not, such as {other}"
        raise StoreError(message, remedy="copy into an empty store")


def _readings(view: View, digests: list[str]) -> list[Reading]:
    """Those of the texts that the ledger still holds, which loses none."""
    return [reading for digest in digests if (reading := view.reading(digest))]

"""`cancu ingest` and `cancu extract`: the commands that read files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DEFAULT_STORE, StoreOption, writing
from api.labels import RELATIONS
from api.render import clean, console, progress
from graph.errors import CancuError, ClusterError
from graph.model import Reading, Relation
from graph.store.base import Counts, Store
from graph.store.entry import Entry
from ingest.address import Found, located
from ingest.extract import write_extracts
from ingest.pipeline import Outcome, list_files, read_found
from ingest.processes import processes
from ingest.spread import spread

BATCH = 1_000
"""Files stored at once, in one transaction: 8 % cheaper for each than in batches of 200."""
AHEAD = 2 * BATCH
"""Files that workers may read before their batch is stored: one batch while the one before is being stored."""
ALL_READ, SOME_REFUSED, NOTHING_READ = 0, 1, 2

Paths = Annotated[
    list[str],
    typer.Argument(help="Files, and folders with all that is in them; s3:// and the like, with the extra 'cluster'."),
]


Jobs = Annotated[
    int, typer.Option("--jobs", min=1, max=64, help="From 2 on: as many processes read while this one stores.")
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Have the workers of this Dask scheduler read the files, as tls://host:8786, with the extra 'cluster'.",
    ),
]
TlsCa = Annotated[
    Path | None,
    typer.Option(
        "--tls-ca",
        envvar="DASK_DISTRIBUTED__COMM__TLS__CA_FILE",
        help="PEM file of the authority that we trust the scheduler by.",
    ),
]
TlsCert = Annotated[
    Path | None,
    typer.Option("--tls-cert", envvar="DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT", help="PEM file of our certificate."),
]
TlsKey = Annotated[
    Path | None,
    typer.Option("--tls-key", envvar="DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY", help="PEM file of its key."),
]
_Read = Callable[[Iterable[Found]], Iterator[Outcome]]


@dataclass(slots=True)
class _Reader:
    """Reads listed files with a progress bar, and keeps account of them."""

    found: Sequence[Found]
    outcomes: _Read
    read: int = 0
    refused: list[CancuError] = field(default_factory=list)

    @property
    def passed_over(self) -> int:
        """How many files are of a format that is not read."""
        return sum(item.passed_over for item in self.found)

    @property
    def exit_code(self) -> int:
        if not self.read:
            return NOTHING_READ
        return SOME_REFUSED if self.refused else ALL_READ

    def readings(self) -> Iterator[Reading]:
        """Those of the files that were read, where they were not packed."""
        return (outcome.reading for outcome in self._those_read() if outcome.reading)

    def entries(self) -> Iterator[Reading | Entry]:
        """Those of the files that were read, packed or not."""
        return (given for outcome in self._those_read() if (given := outcome.entry or outcome.reading))

    def _those_read(self) -> Iterator[Outcome]:
        to_read = [item for item in self.found if not item.passed_over]
        with progress() as bar:
            for outcome in bar.track(self.outcomes(to_read), total=len(to_read), description="Reading"):
                if outcome.error is not None:
                    self.refused.append(outcome.error)
                else:
                    self.read += 1
                    yield outcome

    def report_refused(self) -> None:
        """One line on standard error for each file that was not read."""
        errors = console(stderr=True)
        for error in self.refused:
            remedy = f" ({clean(error.remedy)})" if error.remedy else ""
            errors.print(f"refused: {clean(error)}{remedy}", soft_wrap=True)
        if self.passed_over:
            errors.print(f"passed over: {self.passed_over} files of other formats", soft_wrap=True)


def ingest(
    paths: Paths,
    store: StoreOption = DEFAULT_STORE,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    tls_ca: TlsCa = None,
    tls_cert: TlsCert = None,
    tls_key: TlsKey = None,
) -> None:
    """Read documents into the store, and say what it then holds.

    Ends with status 0 when every file was read, 1 when some were refused, 2 when none could be read.
    """
    if scheduler and jobs > 1:
        raise typer.BadParameter("not with --scheduler, whose workers read instead", param_hint="--jobs")
    with _processes(jobs) if jobs > 1 else _readers(scheduler, tls_ca, tls_cert, tls_key) as outcomes:
        reader = _Reader(list_files(map(located, paths)), outcomes)
        _store(reader, store)
    reader.report_refused()
    raise typer.Exit(reader.exit_code)


def extract(
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", help="The folder to write to; made if it is not there.")],
) -> None:
    """Write what each document says, one JSON file a document, all of them resolved together.

    Ends with the same statuses as `ingest`.
    """
    reader = _Reader(list_files(map(located, paths)), read_found)
    readings = list(reader.readings())
    written = write_extracts(readings, output) if readings else []
    reader.report_refused()
    console().print(f"{len(written)} files written to {clean(output)}", soft_wrap=True)
    raise typer.Exit(reader.exit_code)


@contextmanager
def _processes(jobs: int) -> Iterator[_Read]:
    with processes(jobs, packed=True) as team:
        yield partial(spread, team=team, ahead=AHEAD)


@contextmanager
def _readers(scheduler: str | None, ca: Path | None, cert: Path | None, key: Path | None) -> Iterator[_Read]:
    """What reads files: this process, or the workers of a scheduler. Raises ClusterError."""
    if scheduler is None:
        yield partial(read_found, packed=True)
        return
    try:
        from ingest.cluster import TlsFiles, cluster
    except ImportError as error:
        raise ClusterError(f"--scheduler needs {error.name}", remedy="install cancu[cluster]") from error
    with cluster(scheduler, TlsFiles(ca, cert, key)) as team:
        yield partial(spread, team=team, ahead=AHEAD)


def _store(reader: _Reader, address: str) -> None:
    """Store all that can be read, and say what became of it."""
    batches = _batches(reader.entries())
    first = next(batches, None)
    if not first:  # there is nothing to make a store for
        return
    with writing(address) as opened:
        added, known = _put(opened, chain((first,), batches))
        counts = opened.counts()
    for line in _report(reader, added, known, counts):
        console().print(line, soft_wrap=True)
    if not added:
        console().print(f"Nothing changed: the store already held all {known} texts.", soft_wrap=True)


def _batches(entries: Iterator[Reading | Entry]) -> Iterator[list[Reading | Entry]]:
    while batch := list(islice(entries, BATCH)):
        yield batch


def _put(store: Store, batches: Iterable[list[Reading | Entry]]) -> tuple[int, int]:
    """Store what was read batch by batch. Returns how many texts were new, and how many were held already."""
    added, known = 0, 0
    for batch in batches:
        stored = store.put(batch)
        added += len(stored.added)
        known += len(stored.known)
    return added, known


def _report(reader: _Reader, added: int, known: int, counts: Counts) -> Iterator[str]:
    rows = [
        ("Tệp đã đọc", reader.read),
        ("Tệp bị từ chối", len(reader.refused)),
        ("Văn bản mới ghi vào kho", added),
        ("Văn bản kho đã có từ trước", known),
        ("Kho: văn bản có toàn văn", counts.held),
        ("Kho: văn bản chỉ được dẫn", counts.cited),
    ]
    rows.extend(
        (f"Kho: quan hệ {RELATIONS[relation]} ({relation})", number)
        for relation in Relation
        if (number := counts.edges.get(relation))
    )
    longest = max(len(heading) for heading, _ in rows)
    return (f"{heading:<{longest}}  {number:>7}" for heading, number in rows)

"""Workers on many machines that read files: a team on a Dask cluster (`ingest.spread.Team`).

Dask's scheduler gives a task whose worker is lost to another worker by itself. Its protocol carries pickles, which run
what they say: only a scheduler on this machine, or one that proves itself by TLS, is spoken to.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from distributed import Client, Future, KilledWorker, Security, get_worker
from distributed.client import ClosedClientError

from graph.errors import CancuError, ClusterError
from ingest.address import Found
from ingest.edition import edition
from ingest.pipeline import Outcome, read_found
from ingest.read import file_error

CONNECT_SECONDS = 30.0
"""How long to wait for the scheduler to answer, and for a first worker."""
PATIENCE_SECONDS = 60.0
"""How long to wait for a new worker when all are gone."""
_LOOK_SECONDS = 5.0
_AGAIN = "what was stored stays: run the same command again when the cluster is whole"


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files for a tls:// scheduler: who is trusted, and who we are. None: what Dask's own configuration says."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


@contextmanager
def cluster(address: str, tls: TlsFiles) -> Iterator[Cluster]:
    """The workers of the scheduler at `address` ("tls://host:8786"), which all run this edition of cancu.

    Raises ClusterError where the address is not safe, nothing answers there in time, it has no workers, or one of them
    runs another edition.
    """
    refuse_unsafe(address)
    # What it logs of a lost scheduler, with tracebacks, is told by ClusterError.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False, security=_security(address, tls))
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        remedy = "check the address, that the scheduler runs, and the TLS files"
        raise ClusterError(f"{address}: no scheduler can be reached ({error})", remedy=remedy) from error
    try:
        _refuse_other_editions(client, address)
        yield Cluster(client, address)
    finally:
        client.close(timeout=_LOOK_SECONDS)


def refuse_unsafe(address: str) -> None:
    """Raises ClusterError unless `address` is tls://, or tcp:// on this machine's loopback."""
    scheme, host = _scheme_and_host(address)
    if scheme not in ("tcp", "tls"):
        remedy = "give tls://HOST:8786, or tcp://127.0.0.1:8786 for a scheduler on this machine"
        raise ClusterError(f"{address}: not the address of a scheduler", remedy=remedy)
    if scheme == "tcp" and not _is_loopback(host):
        reason = "whoever reaches it, or stands between, can run programs on every machine of the cluster"
        remedy = "start scheduler and workers with --tls-ca-file, --tls-cert and --tls-key, and give tls://HOST:PORT"
        raise ClusterError(f"{address}: tcp:// beyond this machine is refused: {reason}", remedy=remedy)


def read_part(files: Sequence[Found], wanted: str) -> tuple[str, list[Outcome]]:
    """On a worker: its address, and the outcome of each file. Raises ClusterError where its edition is not `wanted`."""
    here = get_worker().address
    if edition() != wanted:
        raise _other_edition(here, edition())
    return here, list(read_found(files))


class Cluster:
    """The workers of a connected scheduler."""

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address

    def start(self, files: tuple[Found, ...]) -> _Reading:
        """Have a worker read `files`, which it must find at the same places, without waiting."""
        absolute = tuple(map(_absolute, files))
        return _Reading(self, absolute, self.submit(absolute))

    def submit(self, files: Sequence[Found], *, but: str | None = None) -> Future[Any]:
        """Hand `files` to the scheduler, for another worker than the one at the address `but` where there is one."""
        others = [worker for worker in self._workers() if worker != but] if but else None
        with self._connection():
            return self._client.submit(
                read_part, files, edition(), pure=False, workers=others or None, allow_other_workers=bool(others)
            )

    def result(self, future: Future[Any]) -> tuple[str, list[Outcome]]:
        """What `read_part` gave, after a wait. Raises KilledWorker where its workers died, ClusterError as it says."""
        with self._connection():
            return self._waited_for(future)

    def _waited_for(self, future: Future[Any]) -> tuple[str, list[Outcome]]:
        """The result of `future`. Raises ClusterError when there has been no worker for PATIENCE_SECONDS."""
        seen = time.monotonic()
        while True:
            try:
                found: tuple[str, list[Outcome]] = future.result(timeout=_LOOK_SECONDS)
                return found
            except TimeoutError:
                seen = time.monotonic() if self._workers() else seen
            if time.monotonic() - seen > PATIENCE_SECONDS:
                raise ClusterError(f"{self._address}: no worker is left", remedy=_AGAIN)

    def has_other(self, worker: str) -> bool:
        """Whether there are more workers than the one at this address."""
        return any(other != worker for other in self._workers())

    def _workers(self) -> list[str]:
        with self._connection():
            return sorted(self._client.nthreads())

    @contextmanager
    def _connection(self) -> Iterator[None]:
        """What Dask raises when the connection is lost, or a worker fails as a whole, as ClusterError."""
        try:
            yield
        except (KilledWorker, CancuError):
            raise
        except (CancelledError, OSError, ClosedClientError) as error:
            raise ClusterError(f"{self._address}: the connection to the scheduler is lost", remedy=_AGAIN) from error
        except Exception as error:
            raise ClusterError(f"{self._address}: a worker failed ({_said(error)})", remedy=_AGAIN) from error


@dataclass(frozen=True, slots=True)
class _Reading:
    """Files that a worker of a cluster reads (`ingest.spread.Task`). `last` tells that it is not tried again."""

    cluster: Cluster
    files: tuple[Found, ...]
    future: Future[Any]
    last: bool = False

    def outcomes(self) -> list[Outcome]:
        """Those of the files; what another worker might be able to read is tried once more there."""
        try:
            worker, found = self.cluster.result(self.future)
        except KilledWorker:
            return self._after_losses()
        failed = tuple(item for item, outcome in zip(self.files, found, strict=True) if outcome.passing)
        if not failed or self.last or not self.cluster.has_other(worker):
            return found
        rest = iter(_Reading(self.cluster, failed, self.cluster.submit(failed, but=worker), last=True).outcomes())
        return [next(rest) if outcome.passing else outcome for outcome in found]

    def _after_losses(self) -> list[Outcome]:
        """Several workers were lost with the task, which one of its files may have ended: find it, and read the rest.

        Dask blames all tasks that a lost worker had, so that the files go one after the other, and the one that is
        left is tried twice.
        """
        if len(self.files) > 1:
            return [outcome for item in self.files for outcome in self._again((item,), last=False).outcomes()]
        if not self.last:
            return self._again(self.files, last=True).outcomes()
        reason, remedy = "every worker that read it was lost", "see the logs of the workers, and their memory"
        return [Outcome(self.files[0].path, None, file_error(self.files[0].path, reason, remedy))]

    def _again(self, files: tuple[Found, ...], *, last: bool) -> _Reading:
        return replace(self, files=files, future=self.cluster.submit(files), last=last)


def _absolute(item: Found) -> Found:
    """`item` as a worker in another folder finds it."""
    if not isinstance(item.path, Path):
        return item
    return replace(item, path=item.path.absolute(), root=item.root and item.root.absolute())


def _scheme_and_host(address: str) -> tuple[str, str]:
    """Of SCHEME://HOST:PORT; both empty where `address` is anything else."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "", ""
    more = parts.username is not None or parts.path or parts.query or parts.fragment
    return (parts.scheme, host) if host and port and not more else ("", "")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _security(address: str, tls: TlsFiles) -> Security | None:
    if not address.startswith("tls:"):
        return None
    given = {"tls_ca_file": tls.ca, "tls_client_cert": tls.cert, "tls_client_key": tls.key}
    return Security(require_encryption=True, **{name: str(path) for name, path in given.items() if path})


def _refuse_other_editions(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        remedy = f"start some: dask worker {address} --nthreads 1 --nworkers auto"
        raise ClusterError(f"{address}: the scheduler has no workers", remedy=remedy) from error
    for worker, found in sorted(client.run(edition, on_error="return").items()):
        if found != edition():
            raise _other_edition(worker, found)


def _other_edition(worker: str, found: object) -> ClusterError:
    runs = f"runs {found}" if isinstance(found, str) else f"has no cancu that can be used ({found})"
    return ClusterError(
        f"worker {worker} {runs}, and not {edition()} as here: they would read differently",
        remedy="install the same version of cancu[cluster] on every machine, and start the workers anew",
    )


def _said(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__

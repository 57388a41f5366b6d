"""Reading over a cluster: a real scheduler with worker processes, some of which are killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import ClusterError
from graph.model import Reading
from graph.resolve import resolve
from graph.store.dump import dump_resolution
from graph.store.sqlite import SqliteStore
from ingest import cluster as module
from ingest.address import Address
from ingest.cluster import TlsFiles, cluster, refuse_unsafe
from ingest.listing import list_files
from ingest.pipeline import read_paths
from ingest.spread import spread
from tests import afar
from tests.cluster import ROOT, DaskProcesses, dask_processes

EXAMPLES = ROOT / "examples" / "documents"
NO_TLS = TlsFiles()
AFAR = str(afar.__file__)


@pytest.fixture(autouse=True)
def time_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers may start slowly where much else runs."""
    monkeypatch.setattr(module, "CONNECT_SECONDS", 90.0)


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[DaskProcesses]:
    with dask_processes(tmp_path) as running:
        running.start_scheduler()
        yield running


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, each several times with another last line, and one file that is refused."""
    folder = tmp_path_factory.mktemp("plans")
    for path in EXAMPLES.iterdir():
        for copy in range(12):
            text = path.read_text("utf-8").replace("</body>", f"<p>Bản sao {copy}</p></body>")
            (folder / f"{copy:02}-{path.name}").write_text(f"{text}\n\nBản sao {copy}\n", "utf-8")
    (folder / "00-empty.txt").touch()
    return folder


def stored(path: Path, readings: list[Reading]) -> list[str]:
    with SqliteStore(path) as store:
        store.put(readings)
        return list(store.dump())


def test_the_graph_is_that_of_one_process_though_a_worker_is_killed(
    processes: DaskProcesses, plans: Path, tmp_path: Path
) -> None:
    here = list(read_paths([plans]))
    processes.start_workers(3, "--no-nanny")
    with cluster(processes.address, NO_TLS) as team:
        team._client.wait_for_workers(3, timeout=60)
        coming = spread(list_files([plans]), team, ahead=100)
        found = [next(coming) for _ in range(20)]
        processes.workers[1].send_signal(signal.SIGKILL)
        found += coming
        assert len(team._workers()) == 2
    assert [(one.path, one.reading, str(one.error)) for one in found] == [
        (one.path, one.reading, str(one.error)) for one in here
    ]
    readings = [outcome.reading for outcome in found if outcome.reading]
    assert len(readings) == len(list(plans.iterdir())) - 1
    expected = list(dump_resolution(resolve(outcome.reading for outcome in here if outcome.reading)))
    assert stored(tmp_path / "a.db", readings) == expected


def test_a_file_that_ends_its_workers_is_refused_and_its_neighbours_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "texts" / "plans"
    texts.mkdir(parents=True)
    for path in sorted(EXAMPLES.glob("*.txt"))[:6]:
        shutil.copy(path, texts)
    here = list(read_paths([texts]))
    (texts / "lethal.txt").write_text("x", "utf-8")
    monkeypatch.setenv("AFAR", str(texts.parent))
    with dask_processes(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as processes:
        processes.start_scheduler()
        processes.start_workers(2, "--preload", AFAR)
        with cluster(processes.address, NO_TLS) as team:
            found = list(spread(list_files([Address("afar://plans")]), team, ahead=100))
    assert [str(one.error) for one in found if one.error] == ["afar://plans/lethal.txt: every worker that read it was lost"]
    assert [one.reading for one in found if one.reading] == [one.reading for one in here]


def test_what_one_worker_cannot_reach_is_read_by_another(
    processes: DaskProcesses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = list(read_paths([EXAMPLES]))
    processes.environment["AFAR"] = str(tmp_path)
    processes.start_workers(1, "--no-nanny", "--preload", AFAR)
    processes.environment["AFAR"] = str(EXAMPLES.parent)
    processes.start_workers(1, "--no-nanny", "--preload", AFAR)
    monkeypatch.setenv("AFAR", str(EXAMPLES.parent))
    with cluster(processes.address, NO_TLS) as team:
        team._client.wait_for_workers(2, timeout=60)
        found = list(spread(list_files([Address("afar://documents")]), team, ahead=100))
    assert [one.reading for one in found] == [one.reading for one in here]


def test_files_that_are_on_no_worker_are_refused_with_the_reason(
    processes: DaskProcesses, plans: Path, tmp_path: Path
) -> None:
    processes.start_workers(2, "--no-nanny")
    path = tmp_path / "gone.txt"
    path.write_text("x", "utf-8")
    found = list_files([path])
    path.unlink()
    with cluster(processes.address, NO_TLS) as team:
        team._client.wait_for_workers(2, timeout=60)
        (outcome,) = spread(found, team, ahead=100)
    assert str(outcome.error) == f"{path}: no such file or folder"


def test_a_worker_of_another_edition_is_refused(processes: DaskProcesses, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for package in ("graph", "ingest"):
        shutil.copytree(ROOT / package, other / package)
    with (other / "graph" / "registry" / "cues.yaml").open("a", encoding="utf-8") as registry:
        registry.write("# changed\n")
    processes.start_workers(1, "--no-nanny", root=other)
    with pytest.raises(ClusterError, match="would read differently") as caught, cluster(processes.address, NO_TLS):
        pass
    assert "same version" in caught.value.remedy


def test_no_worker_and_no_scheduler_are_told(processes: DaskProcesses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 3.0)
    with pytest.raises(ClusterError, match="has no workers") as caught, cluster(processes.address, NO_TLS):
        pass
    assert "dask worker" in caught.value.remedy
    with pytest.raises(ClusterError, match="no scheduler can be reached"), cluster("tcp://127.0.0.1:1", NO_TLS):
        pass


@pytest.mark.parametrize(("lost", "words"), [("workers", "no worker is left"), ("scheduler", "scheduler is lost")])
def test_a_lost_cluster_ends_the_reading_with_an_error(
    processes: DaskProcesses, plans: Path, lost: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 1.0)
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.5)
    processes.start_workers(1, "--no-nanny")
    with pytest.raises(ClusterError, match=words) as caught, cluster(processes.address, NO_TLS) as team:
        coming = spread(list_files([plans]), team, ahead=50)
        next(coming)
        ended = processes.workers[0] if lost == "workers" else processes.scheduler
        assert ended is not None
        os.kill(ended.pid, signal.SIGKILL)
        list(coming)
    assert "run the same command again" in caught.value.remedy


@pytest.mark.parametrize(
    "address",
    ["tls://scheduler:8786", "tls://[2001:db8::1]:8786", "tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:1"],
)
def test_safe_addresses(address: str) -> None:
    refuse_unsafe(address)


@pytest.mark.parametrize(
    "address",
    [
        "tcp://10.0.0.1:8786", "tcp://scheduler:8786", "tcp://localhost.example.org:8786", "tcp://0.0.0.0:8786",
        "tcp://127.0.0.1.example.org:8786", "tcp://[2001:db8::1]:8786",
    ],
)  # fmt: skip
def test_tcp_beyond_this_machine_is_refused(address: str) -> None:
    with pytest.raises(ClusterError, match="tcp:// beyond this machine is refused") as caught:
        refuse_unsafe(address)
    assert "--tls-ca-file" in caught.value.remedy


@pytest.mark.parametrize(
    "address",
    [
        "", "127.0.0.1:8786", "tcp://127.0.0.1", "tcp://:8786", "inproc://1/2/3:4", "ws://127.0.0.1:8786",
        "tcp://127.0.0.1:8786@example.org:1", "tcp://example.org:1@127.0.0.1:8786", "tcp://127.0.0.1:8786/x",
        "tcp://127.0.0.1:99999", "tcp://[::1:8786", "tcp://127.0.0.1:8786?x#y",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_scheduler_is_refused(address: str) -> None:
    with pytest.raises(ClusterError, match="not the address of a scheduler"):
        refuse_unsafe(address)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two authorities, `ours` and `theirs`, each with a certificate that it signed itself."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("ours", "theirs"):
        request = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}")
        files = ("-keyout", f"{name}.key", "-out", f"{name}.pem")
        subprocess.run([*request, *files], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl, which makes certificates, is not installed")
def test_over_tls_those_who_prove_themselves_work_together(tmp_path: Path, certificates: Path) -> None:
    ours, key, theirs = (certificates / name for name in ("ours.pem", "ours.key", "theirs.pem"))
    options = ("--tls-ca-file", str(ours), "--tls-cert", str(ours), "--tls-key", str(key))
    with dask_processes(tmp_path, *options) as processes:
        processes.start_scheduler("tls")
        processes.start_workers(1, "--no-nanny")
        assert processes.address.startswith("tls://")
        with cluster(processes.address, TlsFiles(ours, ours, key)) as team:
            found = list(spread(list_files([EXAMPLES]), team, ahead=100))
        assert [one.reading for one in found] == [one.reading for one in read_paths([EXAMPLES])]
        strangers = TlsFiles(theirs, theirs, certificates / "theirs.key")
        for files in (strangers, NO_TLS, TlsFiles(certificates / "gone.pem", ours, key)):
            with pytest.raises(ClusterError, match="no scheduler can be reached"), cluster(processes.address, files):
                pass


def test_a_scheduler_that_is_lost_before_files_are_handed_over_is_told(processes: DaskProcesses) -> None:
    processes.start_workers(1, "--no-nanny")
    with pytest.raises(ClusterError, match="scheduler is lost"), cluster(processes.address, NO_TLS) as team:
        assert processes.scheduler is not None
        processes.scheduler.kill()
        processes.scheduler.wait()
        list(spread(list_files([EXAMPLES]), team, ahead=50))

"""Schedulers and workers of Dask as processes of their own, for tests; importable, and used as fixtures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
STARTING_SECONDS = 60.0


@dataclass(slots=True)
class DaskProcesses:
    """A scheduler and its workers, which run in `folder`; all are ended by `end`."""

    folder: Path
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        deadline = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < deadline:
            with suppress(FileNotFoundError, json.JSONDecodeError):
                return str(json.loads(self._file.read_text("utf-8"))["address"])
            time.sleep(0.05)
        raise TimeoutError("the scheduler did not start")

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    def start_scheduler(self, protocol: str = "tcp") -> None:
        place = ("--host", f"{protocol}://127.0.0.1", "--port", "0", "--scheduler-file", str(self._file))
        self.scheduler = self._run("dask_scheduler", *place)

    def start_workers(self, count: int, *options: str, root: Path = ROOT) -> None:
        for _ in range(count):
            fixed = (self.address, "--nthreads", "1", "--local-directory", str(self.folder))
            self.workers.append(self._run("dask_worker", *fixed, *options, root=root))

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process is not None:
                process.terminate()
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def _run(self, module: str, *options: str, root: Path = ROOT) -> subprocess.Popen[bytes]:
        command: Sequence[str] = (sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard")
        environment = {**os.environ, **self.environment, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*command, *self.options, *options], cwd=self.folder, env=environment, stdout=log, stderr=log
            )


@contextmanager
def dask_processes(folder: Path, *options: str, **environment: str) -> Iterator[DaskProcesses]:
    """Processes that end with the block."""
    processes = DaskProcesses(folder, options, environment)
    try:
        yield processes
    finally:
        processes.end()

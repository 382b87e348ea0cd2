"""The machines of a cluster: a Dask scheduler and workers, each in a process that can be killed."""

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tests.ports import free_port

ROOT = Path(__file__).parents[3]
ALONE = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60"]


class Machines:
    """A scheduler and its workers; leaving the context ends them."""

    def __init__(self) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.scheduler = self.start_scheduler()
        self.workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.kill_workers()
        self.scheduler.kill()
        self.scheduler.wait()

    def start_scheduler(self) -> "subprocess.Popen[bytes]":
        """Start a scheduler at the address, where none may be running."""
        self.scheduler = _start("dask_scheduler", "--host", self.address, "--no-dashboard")
        return self.scheduler

    def have(self, workers: int, *options: str, errors: IO[bytes] | None = None) -> None:
        """Start workers until there are so many; `errors` gets what they say."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        for _ in range(workers - len(self.workers)):
            at = ["--listen-address", f"tcp://127.0.0.1:{free_port()}"]
            self.workers.append(
                _start("dask_worker", self.address, *at, *ALONE, *options, errors=errors)
            )

    def kill_workers(self) -> None:
        """Kill all workers."""
        for worker in self.workers:
            worker.kill()
            worker.wait()

    def kill(self, address: str) -> None:
        """Kill the worker that listens at an address."""
        for worker in self.workers:
            if isinstance(worker.args, list) and address in worker.args:
                worker.kill()
                worker.wait()


def _start(
    module: str, *arguments: str, errors: IO[bytes] | None = None
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=errors or subprocess.DEVNULL,
    )

"""The resources of the server's process: memory, threads, descriptors, processor time."""

from collections.abc import Iterable
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Taken:
    """The resources of a process at one time; memory in MB, processor time in seconds so far."""

    memory: float
    threads: int
    descriptors: int
    processor: float

    def __str__(self) -> str:
        return (
            f"{self.memory:5.0f} MB  {self.threads:4} threads  {self.descriptors:4} descriptors  "
            f"{self.processor:6.1f} s of the processor"
        )


def serving(address: str) -> psutil.Process:
    """Return the process that listens at an address `http://host:port`.

    Raises:
        SystemExit: no process of this benchmark listens there.
    """
    port = int(address.rpartition(":")[2])
    for process in psutil.Process().children(recursive=True):
        for connection in process.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
                return process
    raise SystemExit(f"No process of this benchmark listens at {address}.")


def taken_in_sum(processes: Iterable[psutil.Process]) -> Taken:
    """Return the present resources of several processes together."""
    each = list(map(taken, processes))
    return Taken(
        sum(one.memory for one in each),
        sum(one.threads for one in each),
        sum(one.descriptors for one in each),
        sum(one.processor for one in each),
    )


def taken(process: psutil.Process) -> Taken:
    """Return the present resources of a process."""
    times = process.cpu_times()
    return Taken(
        process.memory_info().rss / 1e6,
        process.num_threads(),
        process.num_fds(),
        times.user + times.system,
    )

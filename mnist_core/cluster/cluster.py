"""A Dask cluster as the slots of a scheduler of runs, which follow as workers come and go."""

import logging
import os
import threading
from time import monotonic, sleep
from typing import Self

from mnist_core.cluster.connection import Connection
from mnist_core.cluster.placement import ClusterPlacement
from mnist_core.errors import LabError
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.runs.elsewhere import Placement

SCHEDULER = "LAB_SCHEDULER"
"""The environment variable with the address of a Dask scheduler, such as tcp://host:8786."""

WATCH_SECONDS = 1.0
"""Seconds between two looks at the workers, and between two attempts to reach the scheduler."""

JOIN_SECONDS = 15.0
"""The longest wait for a worker by a program that needs one."""

NO_WORKER = (
    "The Dask scheduler at {address} has no worker that fits this lab: start one with "
    "mnist-lab worker {address}."
)

_log = logging.getLogger(__name__)


class Cluster:
    """The workers of a Dask scheduler, on which runs learn while it is reachable.

    Args:
        address: the address of the Dask scheduler, such as tcp://host:8786.
        slots: the slots of the runs. They become the threads of the workers that fit, and those of
            this machine again while there is no worker.
    """

    def __init__(self, address: str, slots: Scheduler) -> None:
        self.address = address
        self._slots = slots
        self._slots_here = slots.capacity
        self._connection: Connection | None = None
        self._threads: dict[str, int] = {}
        self._trouble = ""
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="cluster watch", daemon=True)
        self._thread.start()

    @classmethod
    def named(cls, slots: Scheduler) -> Self | None:
        """Return the cluster that `LAB_SCHEDULER` names; None if it is not set."""
        address = os.environ.get(SCHEDULER)
        return cls(address, slots) if address else None

    @property
    def threads(self) -> int:
        """The number of runs that learn on the cluster at once; 0 while it is not reachable."""
        return sum(self._threads.values())

    @property
    def is_reached(self) -> bool:
        """True while the scheduler answers."""
        return self._connection is not None

    def wait_for_workers(self) -> None:
        """Wait until a worker is there, at most `JOIN_SECONDS`.

        Raises:
            LabError: the scheduler does not answer, or has no worker that fits.
        """
        end = monotonic() + JOIN_SECONDS
        while not self._threads:
            if self._trouble:
                raise LabError(self._trouble)
            if monotonic() > end:
                raise LabError(NO_WORKER.format(address=self.address))
            sleep(0.05)

    def open_placement(self) -> Placement | None:
        """Open a placement of a run on one of the workers; None where there is none."""
        connection, workers = self._connection, list(self._threads)
        return ClusterPlacement(connection, workers) if connection and workers else None

    def close(self) -> None:
        """Leave the cluster; runs that learn on it end."""
        self._closed.set()
        self._thread.join()
        self._leave()

    def _watch(self) -> None:
        while True:
            try:
                self._look()
                self._trouble = ""
            except LabError as error:
                self._lose(str(error))
            except OSError as error:
                _log.info("The connection is given up: %r.", error)
                self._lose(f"The Dask scheduler at {self.address} no longer answers.")
            except Exception:
                _log.exception("The cluster at %s cannot be looked at.", self.address)
                self._lose("There is a fault in the lab.")
            if self._closed.wait(WATCH_SECONDS):
                return

    def _lose(self, trouble: str) -> None:
        """Do without the cluster until it answers, and say so once."""
        self._leave()
        if not self._trouble:
            _log.warning("%s Runs are done on this machine meanwhile.", trouble)
        self._trouble = trouble

    def _look(self) -> None:
        """Connect if need be, and make the workers' threads the slots of the runs.

        Raises:
            LabError: nothing answers at the address.
            OSError: the scheduler does not answer any more.
        """
        if self._connection is None:
            self._connection = Connection(self.address)
            _log.info("The Dask scheduler at %s is reached.", self.address)
        self._use(self._connection.threads())

    def _use(self, threads: dict[str, int]) -> None:
        if threads == self._threads:
            return
        self._threads = threads
        if threads:
            self._slots.resize(self.threads, cores=0)
        else:
            self._slots.resize(self._slots_here, cores=self._slots_here)
        _log.info("%s threads on %s workers learn.", self.threads, len(threads))

    def _leave(self) -> None:
        self._use({})
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

"""Where a run may learn instead of in this process: the interface of a cluster to a run."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from mnist_core.data import Dataset
from mnist_core.errors import LabError
from mnist_core.runs.report import Command, Order, Report


class WorkerLostError(Exception):
    """The worker of a training is gone; the training can go on from its last milestones."""


class NoWorkerError(Exception):
    """No worker has begun with a training; another may later."""


class ClusterGoneError(LabError):
    """The cluster of a training is gone, and with it what the training had not reported."""


class Placement(Protocol):
    """A stretch of a training on one worker. Its methods may wait for the network.

    Raises:
        NoWorkerError: no worker has a free thread.
        WorkerLostError: the worker is gone.
        ClusterGoneError: the cluster is gone.
    """

    def begin(self, order: Order, dataset: Dataset) -> None:
        """Begin as soon as the worker is ready."""

    def exchange(self, command: Command) -> Sequence[Report]:
        """Tell the present wishes; return the reports since the last exchange, oldest first."""

    def close(self) -> None:
        """Give the worker back."""


PlacementOpener: TypeAlias = Callable[[], Placement | None]
"""Places a run on a worker; None where there is none, so that it learns in this process."""


def nowhere() -> None:
    """Open no placement: all runs learn in this process."""

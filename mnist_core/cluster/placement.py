"""A placement of a run on a worker of a Dask cluster: the run's side of a training."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty
from time import monotonic
from typing import TypeVar

from mnist_core.cluster.connection import CALL_SECONDS, SEND_SECONDS, Connection
from mnist_core.cluster.training import begin, exchange, keep_dataset
from mnist_core.data import Dataset
from mnist_core.runs.elsewhere import ClusterGoneError, NoWorkerError, WorkerLostError
from mnist_core.runs.report import Command, Order, Report

START_SECONDS = 20.0
"""The longest wait for a free thread of a worker; then the run looks for a slot again."""

CHECK_SECONDS = 0.5
"""Seconds of that wait between checks whether the scheduler still answers."""

T = TypeVar("T")


class ClusterPlacement:
    """A placement on one of some workers, which Dask chooses.

    Args:
        connection: the connection to the scheduler.
        workers: the addresses of the workers that fit.
    """

    def __init__(self, connection: Connection, workers: list[str]) -> None:
        self._connection = connection
        self._workers = workers
        self._worker = ""
        self._placement = ""
        self._task: object = None

    def begin(self, order: Order, dataset: Dataset) -> None:
        """Wait for a worker, and give it the order, and the data set if it does not have it."""
        self._placement, self._task = self._try(lambda: self._connection.submit(self._workers))
        self._worker = self._wait_for_start()
        arguments = self._placement, order, dataset.fingerprint
        if self._run(begin, *arguments):
            return
        with self._connection.sending:  # one after the other: they pass through the scheduler
            if not self._run(begin, *arguments):
                self._run(keep_dataset, dataset.fingerprint, dataset)
                self._run(begin, *arguments)

    def exchange(self, command: Command) -> Sequence[Report]:
        """Tell the present wishes; return the reports since the last exchange, oldest first."""
        if not self._connection.starts(self._placement).empty():
            raise WorkerLostError  # Dask has begun the task again, on another worker
        return self._run(exchange, self._placement, command)

    def close(self) -> None:
        """Withdraw the task, and end what still runs."""
        if not self._placement:
            return
        workers = [self._worker, *self._connection.withdraw(self._placement, self._task)]
        for worker in filter(None, workers):
            self._connection.abandon(self._placement, worker)

    def _wait_for_start(self) -> str:
        """Return the address of the worker on which the task has begun."""
        starts, end = self._connection.starts(self._placement), monotonic() + START_SECONDS
        while monotonic() < end:
            with suppress(Empty):
                return starts.get(timeout=CHECK_SECONDS)
            if not self._connection.answers():
                raise self._loss()
        raise NoWorkerError

    def _run(self, function: Callable[..., T], *arguments: object) -> T:
        timeout = CALL_SECONDS if function is exchange else SEND_SECONDS
        worker = self._worker
        return self._try(
            lambda: self._connection.run(function, *arguments, worker=worker, timeout=timeout)
        )

    def _try(self, call: Callable[[], T]) -> T:
        """Return the result of a call to the cluster.

        Raises:
            WorkerLostError: it failed, and the scheduler still answers.
            ClusterGoneError: it failed, and the scheduler does not answer.
        """
        try:
            return call()
        except Exception as error:
            raise self._loss() from error

    def _loss(self) -> Exception:
        """Find out what is gone, now that something did not answer."""
        if self._connection.answers():
            self._connection.forget(self._worker)
            return WorkerLostError()
        return ClusterGoneError(
            "The computers that helped the lab can no longer be reached, so this training stopped. "
            "What it had learned is kept. New trainings are done by the lab itself."
        )

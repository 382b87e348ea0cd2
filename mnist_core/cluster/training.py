"""The worker's side of a training: a task that learns, and calls that reach it while it does.

Dask runs the task `learn` on the worker's thread. It says on which worker it has begun, and waits
for its order. The lab calls the other functions by `Client.run`, which executes them beside it.
"""

import logging
from collections import OrderedDict, deque
from collections.abc import Sequence
from functools import cache
from threading import Event
from time import monotonic

from mnist_core.cluster.stretch import Stretch
from mnist_core.data import BUNDLED, Dataset, load
from mnist_core.errors import LabError
from mnist_core.jobs.gate import Gate
from mnist_core.runs.report import Command, Ending, Order, Report, Wish
from mnist_core.training.events import Diverged, Started, Step

TOPIC = "mnist-lab"
"""The topic of Dask's events under which a task tells on which worker it has begun."""

ABANDONED_SECONDS = 30.0
"""Seconds without a call from the lab after which a training ends."""

MOST_DATASETS = 4
"""The most data sets that a worker keeps."""

_log = logging.getLogger(__name__)


class WorkerTraining:
    """A training on this worker: one thread runs it, another passes wishes and reports."""

    def __init__(self) -> None:
        self._called_at = monotonic()
        self._ordered, self._delivered = Event(), Event()
        self._arguments: tuple[Order, Dataset] | None = None
        self._command = Command()
        self._outbox: deque[Report] = deque()
        self._gate = Gate()

    def begin(self, order: Order, dataset: Dataset) -> None:
        """Take the order, which the other thread waits for."""
        self._called_at = monotonic()
        self._arguments = order, dataset
        self._ordered.set()

    def abandon(self) -> None:
        """End now: there will be no order, or nobody fetches the reports any more."""
        self._called_at = -ABANDONED_SECONDS
        self._ordered.set()
        self._delivered.set()

    def exchange(self, command: Command) -> Sequence[Report]:
        """Take the wishes of the run, and return the reports since the last exchange."""
        self._called_at = monotonic()
        self._command = command
        if command.pace != self._gate.steps_per_second:
            self._gate.limit(command.pace)
        self._gate.wake()
        reports = [self._outbox.popleft() for _ in range(len(self._outbox))]
        if reports and reports[-1].ending is not None:
            self._delivered.set()
        return reports

    def run(self) -> None:
        """Wait for the order, train, and wait until the last report has been fetched."""
        self._ordered.wait(ABANDONED_SECONDS)
        if self._arguments is None:
            return
        order, dataset = self._arguments
        stretch = Stretch(order)
        try:
            self._train(stretch, dataset)
        except LabError as error:
            self._outbox.append(stretch.reporter.failed(str(error)))
        except Exception:
            _log.exception("A training failed.")
            message = "The training failed because of a fault in the lab."
            self._outbox.append(stretch.reporter.failed(message))
        self._delivered.wait(ABANDONED_SECONDS)

    def _train(self, stretch: Stretch, dataset: Dataset) -> None:
        reporter = stretch.reporter
        for event in stretch.events(dataset):
            if isinstance(event, Diverged):
                self._outbox.append(reporter.last(Ending.DIVERGED))
                return
            if isinstance(event, Step):
                self._keep_pace(stretch)
            if isinstance(event, Started | Step):
                if self._is_abandoned():
                    return
                if self._command.wish is Wish.SUSPEND or stretch.is_done:
                    self._outbox.append(reporter.last(Ending.SUSPENDED))
                    return
                self._report(stretch)
                stretch.controls.ended = self._command.wish is Wish.END
        self._outbox.append(reporter.last(Ending.FINISHED, stretch.train_state))

    def _report(self, stretch: Stretch) -> None:
        """Apply a learning rate that was set by hand, and report what is due."""
        if stretch.apply_rate(self._command.rate_factor):
            self._outbox.append(stretch.reporter.milestone())
        elif not self._outbox and stretch.reporter.due:
            self._outbox.append(stretch.reporter.report())

    def _keep_pace(self, stretch: Stretch) -> None:
        """Wait until the next step is due under a limit; the wait is not training time."""
        if self._command.pace is not None:
            stretch.recorder.publish()
            self._report(stretch)
            self._gate.wait_for_next(self._is_to_end)
            stretch.recorder.resume_clock()

    def _is_to_end(self) -> bool:
        return self._command.wish is not Wish.GO_ON or self._is_abandoned()

    def _is_abandoned(self) -> bool:
        return monotonic() - self._called_at > ABANDONED_SECONDS


_trainings: dict[str, WorkerTraining] = {}
_datasets: OrderedDict[str, Dataset] = OrderedDict()


def learn(placement: str) -> None:
    """Run the training of a placement: a task of Dask."""
    from distributed import get_worker  # noqa: PLC0415 (an optional package)

    training = _trainings[placement] = WorkerTraining()
    worker = get_worker()
    worker.log_event(TOPIC, {"placement": placement, "worker": worker.address})
    try:
        training.run()
    finally:
        del _trainings[placement]


def keep_dataset(fingerprint: str, dataset: Dataset) -> None:
    """Keep a data set for trainings on this worker; the one unused for longest makes room."""
    _datasets[fingerprint] = dataset
    while len(_datasets) > MOST_DATASETS:
        _datasets.popitem(last=False)


def _dataset(fingerprint: str) -> Dataset | None:
    """Return a data set that was sent, or that comes with the lab; None if it is neither."""
    if fingerprint in _datasets:
        _datasets.move_to_end(fingerprint)
        return _datasets[fingerprint]
    labs_own = _labs_own()
    return labs_own if labs_own.fingerprint == fingerprint else None


@cache
def _labs_own() -> Dataset:
    return load(BUNDLED).train


def begin(placement: str, order: Order, fingerprint: str) -> bool:
    """Give a placement its order; return False if the data set has to be sent to this worker.

    Raises:
        KeyError: there is no such placement on this worker.
    """
    dataset = _dataset(fingerprint)
    if dataset is not None:
        _trainings[placement].begin(order, dataset)
    return dataset is not None


def exchange(placement: str, command: Command) -> Sequence[Report]:
    """Tell a placement the wishes of its run, and return its reports.

    Raises:
        KeyError: there is no such placement on this worker.
    """
    return _trainings[placement].exchange(command)


def abandon(placement: str) -> None:
    """End a placement whose reports nobody fetches, if it is on this worker."""
    if placement in _trainings:
        _trainings[placement].abandon()

"""A trial in an executor: submitted, submitted again where its process was lost, and read."""

import logging
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

import optuna
from optuna.trial import FrozenTrial

from mnist_core.errors import LabError
from mnist_core.search.trial import Outcome, TrialTask, run_trial
from mnist_core.training.config import TrainingConfig

_log = logging.getLogger(__name__)

MOST_TRIES = 3
"""The most submissions of a trial whose process was lost."""


@dataclass(eq=False)
class RunningTrial:
    """A trial, its configuration, its future, and the number of its submissions."""

    trial: optuna.Trial
    config: TrainingConfig
    future: "Future[Outcome]" = field(default_factory=Future)
    tries: int = 0

    def submit(
        self, executor: Executor, known: tuple[FrozenTrial, ...], folder: str | None
    ) -> None:
        """Submit it to an executor; see `TrialTask`. A broken executor loses it at once."""
        self.tries += 1
        try:
            self.future = executor.submit(run_trial, TrialTask(self.config, known, folder))
        except BrokenProcessPool as error:
            self.future = Future()
            self.future.set_exception(error)

    @property
    def to_try_again(self) -> bool:
        """True where its process or its cluster was lost, and it may be submitted again."""
        if not self.future.done():
            return False
        lost = self.future.cancelled() or isinstance(self.future.exception(), BrokenProcessPool)
        return lost and self.tries < MOST_TRIES

    def outcome(self) -> Outcome:
        """Return the outcome of an ended trial; an exception becomes a failure with its reason."""
        if self.future.cancelled():
            return Outcome({}, failure="The cluster gave up on the trial again and again.")
        error = self.future.exception()
        if error is None:
            return self.future.result()
        if isinstance(error, LabError):
            return Outcome({}, failure=str(error))
        if isinstance(error, BrokenProcessPool):
            reason = "Its process was lost again and again, perhaps for want of memory."
            return Outcome({}, failure=reason)
        _log.error("A trial failed.", exc_info=error)
        return Outcome({}, failure="There is a fault in the lab.")

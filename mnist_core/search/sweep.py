"""A search for better hyperparameters: Optuna chooses, trials run side by side in processes.

A trial is a pure function of its configuration and of the trials known when it was submitted, so
that any `concurrent.futures` executor may run it, on this machine or on others, and may run it
again where a process was lost.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from dataclasses import dataclass

from optuna.trial import FrozenTrial, TrialState

from mnist_core.errors import LabError
from mnist_core.jobs.job import Job
from mnist_core.jobs.liveness import ALWAYS_PRESENT, Client
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.search.executors import ExecutorOpener
from mnist_core.search.running import RunningTrial
from mnist_core.search.space import Span, config_with
from mnist_core.search.study import (
    best_trial,
    finished_trials,
    importances,
    known_trials,
    new_study,
    next_trial,
    tell,
)
from mnist_core.training.config import TrainingConfig

MOST_SPANS = 4
"""Hyperparameters that one search may change."""

FUTURE_WAIT_SECONDS = 0.2
"""The timeout of a wait for trials, after which it is checked whether the search was stopped."""


@dataclass(frozen=True)
class SweepSnapshot:
    """The state of a search: the numbers of trials that have ended, that run, and in all."""

    ended: int
    running: int
    total: int
    over: bool
    best: FrozenTrial | None
    message: str


class Sweep(Job):
    """A search on a thread of its own, which submits trials. Each trial takes a slot of its own.

    Args:
        config: the configuration that all trials have in common.
        spans: the ranges to search, 1 to `MOST_SPANS`.
        trials: the number of configurations to try.
        open_executor: opens the executor of the trials.
        workers: the most trials at once.
        scheduler: the slots for all jobs on this machine; None where trials run elsewhere, and
            only `workers` limits them.
        client: the owner of the search.
        folder: the data set's; None for the one that comes with the lab.

    Raises:
        LabError: there are no spans, or too many.
    """

    def __init__(
        self,
        config: TrainingConfig,
        spans: Sequence[Span],
        trials: int,
        open_executor: ExecutorOpener,
        workers: int,
        scheduler: Scheduler | None = None,
        client: Client = ALWAYS_PRESENT,
        folder: str | None = None,
    ) -> None:
        if not 1 <= len(spans) <= MOST_SPANS:
            raise LabError(f"A search changes 1 to {MOST_SPANS} settings, not {len(spans)}.")
        super().__init__("search", scheduler or Scheduler(workers), client)
        self.config = config
        self.spans = tuple(spans)
        self.total = trials
        self.study = new_study(config.seed)
        self._open_executor = open_executor
        self._workers = workers
        self._folder = folder
        self._lock = threading.Lock()
        self._begun = 0
        self._ended = 0
        self._running: list[RunningTrial] = []
        self._failures: Counter[str] = Counter()
        self._message = ""

    def snapshot(self) -> SweepSnapshot:
        """Return the present state of the search."""
        over = self.over
        with self._lock:
            return SweepSnapshot(
                self._ended,
                len(self._running),
                self.total,
                over,
                best_trial(self.study),
                self._message,
            )

    def finished(self) -> list[FrozenTrial]:
        """Return the trials that were completed, oldest first."""
        return finished_trials(self.study)

    def importances(self) -> dict[str, float]:
        """Return the importance of each hyperparameter; see `study.importances`."""
        return importances(self.study)

    def config_of(self, trial: FrozenTrial) -> TrainingConfig:
        """Return the configuration of a trial."""
        return config_with(self.config, trial.params)

    def _work(self) -> None:
        while not self._all_done():
            with self._open_executor() as executor:
                self._run_trials(executor)
        if self._failures and not self.finished():
            self._message = self._why_none_finished()

    def _keep_failure(self, message: str) -> None:
        self._abandon()
        self._message = message

    def _all_done(self) -> bool:
        return not self._running and (self._begun >= self.total or self._given_up())

    def _run_trials(self, executor: Executor) -> None:
        """Run trials until all have ended, or `executor` has lost a process."""
        for running in self._running:
            self._submit(running, executor)
        while not self._all_done():
            while self._may_begin() and self._acquire_slot(interrupted=self._any_ended):
                self._submit(self._begin(), executor)
            futures = [running.future for running in self._running]
            wait(futures, timeout=FUTURE_WAIT_SECONDS, return_when=FIRST_COMPLETED)
            try_again = self._take_in_ended()
            if self._given_up():
                self._abandon()
            elif try_again:
                return

    def _may_begin(self) -> bool:
        free = len(self._running) < self._workers
        return free and self._begun < self.total and not self._given_up()

    def _any_ended(self) -> bool:
        return any(running.future.done() for running in self._running)

    def _begin(self) -> RunningTrial:
        with self._lock:
            self._begun += 1
            trial = next_trial(self.study, self.spans)
            running = RunningTrial(trial, config_with(self.config, trial.params))
            self._running.append(running)
            return running

    def _submit(self, running: RunningTrial, executor: Executor) -> None:
        running.submit(executor, known_trials(self.study), self._folder)

    def _take_in_ended(self) -> bool:
        """Add the outcomes of ended trials to the study; return whether one must be tried again."""
        ended = [running for running in self._running if running.future.done()]
        lost = [running for running in ended if running.to_try_again]
        for running in ended:
            if running not in lost:
                self._take_in(running)
        return bool(lost)

    def _take_in(self, running: RunningTrial) -> None:
        outcome = running.outcome()
        with self._lock:
            self._running.remove(running)
            self._ended += 1
            if outcome.failure:
                self._failures[outcome.failure] += 1
            tell(self.study, running.trial, outcome)
        self._release_slot()

    def _abandon(self) -> None:
        """Drop the running trials; leaving their executor ends them."""
        with self._lock:
            for running in self._running:
                running.future.cancel()
                self.study.tell(running.trial, state=TrialState.FAIL)
                self._release_slot()
            self._running.clear()

    def _why_none_finished(self) -> str:
        ((reason, count),) = self._failures.most_common(1)
        return f"All {self._ended} trials failed, {count} of them for this reason: {reason}"

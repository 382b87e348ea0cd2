"""A search for better hyperparameters: Optuna chooses, trials run side by side in processes.

A trial is a pure function of what it is given, its configuration and the trials known when it set
off, so that any `concurrent.futures` executor may run it, on this machine or on others, and may
run it again where a process was lost.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

import optuna
from optuna.trial import FrozenTrial, TrialState

from mnist_core.errors import LabError
from mnist_core.runs.queue import Slots
from mnist_core.runs.worker import Worker
from mnist_core.search.executors import ExecutorOpener
from mnist_core.search.space import Span, config_with
from mnist_core.search.study import (
    best_trial,
    finished_trials,
    known_trials,
    new_study,
    next_trial,
    tell,
)
from mnist_core.search.trial import Job, Outcome, run_trial
from mnist_core.training.config import TrainingConfig

_log = logging.getLogger(__name__)

MOST_SPANS = 4
"""Hyperparameters that one search may change."""

FUTURE_WAIT_SECONDS = 0.2
"""How long at a time to wait for a trial to end before checking whether the search was stopped."""

MOST_TRIES = 3
"""How often a trial is tried whose process was lost."""


@dataclass(frozen=True)
class SweepSnapshot:
    """A search at one moment: how many trials have ended, go on, and are wanted in all."""

    ended: int
    running: int
    total: int
    over: bool
    best: FrozenTrial | None
    message: str


@dataclass
class _Running:
    trial: optuna.Trial
    config: TrainingConfig
    tries: int = 1


class Sweep(Worker):
    """A search on a thread of its own, which gives out trials. Each takes a place of its own.

    Args:
        config: what stays the same in every trial.
        spans: what is searched, one to `MOST_SPANS` ranges.
        trials: how many configurations are tried.
        open_executor: opens what runs the trials.
        workers: how many trials go on at once.
        slots: the places for all work on this machine; None where trials run elsewhere, and only
            `workers` limits them.
        owner_present: whether anybody still wants the search.
        folder: of the data set; None for the one that comes with the lab.

    Raises:
        LabError: there is nothing to search, or too much.
    """

    def __init__(
        self,
        config: TrainingConfig,
        spans: Sequence[Span],
        trials: int,
        open_executor: ExecutorOpener,
        workers: int,
        slots: Slots | None = None,
        owner_present: Callable[[], bool] = lambda: True,
        folder: str | None = None,
    ) -> None:
        if not 1 <= len(spans) <= MOST_SPANS:
            raise LabError(f"A search takes 1 to {MOST_SPANS} hyperparameters, not {len(spans)}.")
        super().__init__("search", slots or Slots(workers), owner_present)
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
        self._running: dict[Future[Outcome], _Running] = {}
        self._failures: Counter[str] = Counter()
        self._message = ""

    def snapshot(self) -> SweepSnapshot:
        """The search as it is now."""
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
        """The trials that went to their end, oldest first."""
        return finished_trials(self.study)

    def config_of(self, trial: FrozenTrial) -> TrainingConfig:
        """The configuration that a trial stood for."""
        return config_with(self.config, trial.params)

    def _work(self) -> None:
        while not self._all_done():
            with self._open_executor() as executor:
                self._run_trials(executor)
        if self._failures and not self.finished():
            self._message = self._why_none_finished()

    def _keep_failure(self, message: str) -> None:
        self._message = message

    def _all_done(self) -> bool:
        return not self._running and (self._begun >= self.total or self._given_up())

    def _run_trials(self, executor: Executor) -> None:
        """Run trials until all have ended, or `executor` has lost a process."""
        self._submit_again(executor)
        while not self._all_done():
            while self._may_begin() and self._take_place(interrupted=self._any_ended):
                self._submit(executor, self._begin())
            ended, _ = wait(self._running, timeout=FUTURE_WAIT_SECONDS, return_when=FIRST_COMPLETED)
            if any(self._broken(future) for future in ended):
                return
            if self._given_up():
                self._abandon()

    def _may_begin(self) -> bool:
        free = len(self._running) < self._workers
        return free and self._begun < self.total and not self._given_up()

    def _any_ended(self) -> bool:
        return any(future.done() for future in self._running)

    def _begin(self) -> _Running:
        with self._lock:
            self._begun += 1
            trial = next_trial(self.study, self.spans)
            return _Running(trial, config_with(self.config, trial.params))

    def _submit(self, executor: Executor, running: _Running) -> None:
        job = Job(running.config, known_trials(self.study), self._folder)
        future = executor.submit(run_trial, job)
        with self._lock:
            self._running[future] = running

    def _submit_again(self, executor: Executor) -> None:
        """Give the trials of an executor that has broken down to the next one."""
        lost = list(self._running.values())
        self._running.clear()
        for running in lost:
            running.tries += 1
            self._submit(executor, running)

    def _broken(self, future: "Future[Outcome]") -> bool:
        """Take in what a trial brought; True where its process was lost and it is tried again."""
        running = self._running[future]
        lost = not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)
        if lost and running.tries < MOST_TRIES and not self._given_up():
            return True
        with self._lock:
            del self._running[future]
            outcome = _outcome(future)
            if outcome.failure:
                self._failures[outcome.failure] += 1
            tell(self.study, running.trial, outcome)
            self._ended += 1
        self._leave_place()
        return False

    def _abandon(self) -> None:
        """Forget the trials that go on; leaving their executor ends them."""
        with self._lock:
            for future, running in self._running.items():
                future.cancel()
                self.study.tell(running.trial, state=TrialState.FAIL)
                self._leave_place()
            self._running.clear()

    def _why_none_finished(self) -> str:
        ((reason, count),) = self._failures.most_common(1)
        return f"All {self._ended} trials broke off, {count} of them for this reason: {reason}"


def _outcome(future: "Future[Outcome]") -> Outcome:
    """What a trial brought; where that is an exception, a failure told for people."""
    if future.cancelled():
        return Outcome({}, failure="The cluster that ran the trial has cancelled it.")
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, LabError):
        return Outcome({}, failure=str(error))
    if isinstance(error, BrokenProcessPool):
        return Outcome({}, failure="Its process was lost again and again, perhaps out of memory.")
    _log.error("A trial broke off.", exc_info=error)
    return Outcome({}, failure="There is a fault in the lab.")

"""A search for better hyperparameters: Optuna chooses, trials run side by side in processes.

A trial is a pure function of what it is given, its configuration and the trials known when it set
off, so that any `concurrent.futures` executor may run it, on this machine or on others, and may
run it again where a process was lost.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import MappingProxyType

import optuna
from optuna.trial import FrozenTrial, TrialState

from mnist_core.errors import LabError
from mnist_core.runs.queue import Slots
from mnist_core.runs.worker import Worker
from mnist_core.search.trial import Job, Outcome, config_with, run_trial
from mnist_core.training.config import TrainingConfig

MOST_SPANS = 4
FIRST_TRIALS = 6
"""Trials at random before the choice begins to learn from them."""

FUTURE_WAIT_SECONDS = 0.2
"""How long at a time to wait for a trial to end before checking whether the search was stopped."""

MOST_TRIES = 3
"""How often a trial is tried whose process was lost."""

WHOLE = {"units", "batch_size", "epochs", "examples"}

SWEEPABLE: Mapping[str, tuple[str, float, float, bool]] = MappingProxyType(
    {
        "learning_rate": ("Learning rate", 1e-4, 0.1, True),
        "units": ("Units in each hidden layer", 8, 256, True),
        "batch_size": ("Batch size", 16, 1_024, True),
        "dropout": ("Dropout", 0.0, 0.6, False),
        "weight_decay": ("Weight decay", 1e-6, 1e-2, True),
        "momentum": ("Momentum", 0.0, 0.99, False),
        "warmup": ("Warm-up", 0.0, 0.5, False),
        "augmentation": ("Augmentation", 0.0, 1.0, False),
    }
)
"""What may be searched: its name for people, a sensible range, and whether it is logarithmic."""


@dataclass(frozen=True)
class Span:
    """The range in which one hyperparameter is searched, both ends included."""

    name: str
    low: float
    high: float

    def __post_init__(self) -> None:
        if self.name not in SWEEPABLE:
            raise LabError(f"{self.name!r} cannot be searched; choose one of {list(SWEEPABLE)}.")
        if not self.low < self.high:
            raise LabError(f"{self.name} from {self.low:g} to {self.high:g} is no range.")

    def suggest(self, trial: optuna.Trial) -> float:
        """A value that Optuna chooses."""
        *_, logarithmic = SWEEPABLE[self.name]
        if self.name in WHOLE:
            return trial.suggest_int(self.name, int(self.low), int(self.high), log=logarithmic)
        return trial.suggest_float(self.name, self.low, self.high, log=logarithmic)


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


Pool = Callable[[], AbstractContextManager[Executor]]
"""What opens an executor; asked again where the one before has broken down."""


@dataclass
class _Progress:
    ended: int = 0
    running: dict[Future[Outcome], _Running] = field(default_factory=dict)
    message: str = ""


class Sweep(Worker):
    """A search that goes on in its own thread.

    Args:
        config: what stays the same in every trial.
        spans: what is searched, one to `MOST_SPANS` ranges.
        trials: how many configurations are tried.
        pool: opens the executor that runs the trials.
        workers: how many trials go on at once.
        slots: the places for work on this machine; None where trials run elsewhere, and only
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
        pool: Pool,
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
        self.study = optuna.create_study(
            direction="maximize",
            sampler=optuna.samplers.TPESampler(
                seed=config.seed, n_startup_trials=FIRST_TRIALS, constant_liar=True
            ),
        )
        self._pool = pool
        self._workers = workers
        self._folder = folder
        self._progress = _Progress()
        self._lock = threading.Lock()
        self._asked = 0

    def snapshot(self) -> SweepSnapshot:
        """The search as it is now."""
        over = self.over
        with self._lock:
            now = self._progress
            best = max(self.finished(), key=lambda trial: trial.value or 0.0, default=None)
            return SweepSnapshot(now.ended, len(now.running), self.total, over, best, now.message)

    def finished(self) -> list[FrozenTrial]:
        """The trials that went to their end, oldest first."""
        return self.study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))

    def config_of(self, trial: FrozenTrial) -> TrainingConfig:
        """The configuration that a trial stood for."""
        return config_with(self.config, trial.params)

    def _work(self) -> None:
        while not self._done():
            self._with_one_pool()

    def _keep_failure(self, message: str) -> None:
        self._progress.message = message

    def _done(self) -> bool:
        return not self._progress.running and (self._asked >= self.total or self._given_up())

    def _with_one_pool(self) -> None:
        """Run trials until all have ended, or the pool has broken down."""
        with self._pool() as executor:
            self._submit_again(executor)
            while not self._done():
                while self._may_ask() and self._take_place(interrupted=self._any_ended):
                    self._submit(executor, self._ask())
                running = self._progress.running
                done, _ = wait(running, timeout=FUTURE_WAIT_SECONDS, return_when=FIRST_COMPLETED)
                if any(self._broken(future) for future in done):
                    return
                if self._given_up():
                    self._call_off()

    def _may_ask(self) -> bool:
        free = len(self._progress.running) < self._workers
        return free and self._asked < self.total and not self._given_up()

    def _ask(self) -> _Running:
        with self._lock:
            self._asked += 1
            trial = self.study.ask()
            for span in self.spans:
                span.suggest(trial)
            return _Running(trial, config_with(self.config, trial.params))

    def _submit(self, executor: Executor, running: _Running) -> None:
        known = self.study.get_trials(
            deepcopy=False, states=(TrialState.COMPLETE, TrialState.PRUNED)
        )
        future = executor.submit(run_trial, Job(running.config, tuple(known), self._folder))
        with self._lock:
            self._progress.running[future] = running

    def _submit_again(self, executor: Executor) -> None:
        """Give the trials of a pool that has broken down to the next one."""
        lost = list(self._progress.running.values())
        self._progress.running.clear()
        for running in lost:
            running.tries += 1
            self._submit(executor, running)

    def _broken(self, future: "Future[Outcome]") -> bool:
        """Take in what a trial brought; True where its process was lost and it is tried again."""
        running = self._progress.running[future]
        lost = not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)
        if lost and running.tries < MOST_TRIES and not self._given_up():
            return True
        with self._lock:
            del self._progress.running[future]
            if future.cancelled() or future.exception() is not None:
                self.study.tell(running.trial, state=TrialState.FAIL)
            else:
                self._tell(running.trial, future.result())
            self._progress.ended += 1
        self._leave_place()
        return False

    def _call_off(self) -> None:
        """Forget the trials that go on; leaving their pool ends them."""
        with self._lock:
            for future, running in self._progress.running.items():
                future.cancel()
                self.study.tell(running.trial, state=TrialState.FAIL)
                self._leave_place()
            self._progress.running.clear()

    def _tell(self, trial: optuna.Trial, outcome: Outcome) -> None:
        for step, accuracy in outcome.accuracies.items():
            trial.report(accuracy, step)
        if outcome.broke_off:
            self.study.tell(trial, state=TrialState.FAIL)
        elif outcome.pruned:
            self.study.tell(trial, state=TrialState.PRUNED)
        else:
            self.study.tell(trial, outcome.accuracies[max(outcome.accuracies)])

    def _any_ended(self) -> bool:
        return any(future.done() for future in self._progress.running)

"""One trial of a search: a training that may be pruned, as a process of its own runs it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.synchronize import Event
from pathlib import Path

import optuna
from optuna.trial import FrozenTrial

from mnist_core.data import Dataset, load, split
from mnist_core.training.batches import Batches
from mnist_core.training.config import RECORD_EVERY, TrainingConfig
from mnist_core.training.events import Diverged, Finished, Measured
from mnist_core.training.loop import train

optuna.logging.set_verbosity(optuna.logging.WARNING)

TENTHS = 10
"""The parts of a trial; after each it is measured, and may be pruned."""

TRIALS_BEFORE_PRUNING = 4
"""Completed trials that are needed before another one is pruned for being worse than they."""

DIVERGED = (
    "The numbers blew up until they were too large to write down: search smaller learning rates."
)


@dataclass(frozen=True)
class TrialTask:
    """The arguments of a trial, complete, so that it can be run again anywhere.

    `known` are the trials that have ended, `folder` is the data set's; None for the data set that
    comes with the lab.
    """

    config: TrainingConfig
    known: tuple[FrozenTrial, ...]
    folder: str | None


@dataclass(frozen=True)
class Outcome:
    """The dev accuracy of a trial, 0 to 1, by the tenths of its training, and its end.

    `failure` is the reason why the trial failed, worded for people; empty where it did not.
    """

    accuracies: Mapping[int, float]
    pruned: bool = False
    failure: str = ""


_stop_event: Event | None = None


def stop_trials_on(event: Event) -> None:
    """End the trials of this process as soon as `event` is set: a process's initializer."""
    global _stop_event  # noqa: PLW0603 (an initializer can leave its argument nowhere else)
    _stop_event = event


def run_trial(task: TrialTask) -> Outcome:
    """Train; end early where Optuna's median rule prunes the trial, or the search is stopped."""
    trial = _trial_beside(task.known)
    dataset = _dataset(task.folder)
    parts = split(dataset, task.config.seed)
    learnt = parts.train[: task.config.examples]
    steps = Batches(learnt, task.config.batch_size, task.config.epochs).iterations
    config = replace(task.config, record_every=min(-(-steps // TENTHS), RECORD_EVERY.high))
    accuracies: dict[int, float] = {}
    for event in train(dataset, parts, config):
        if _stop_event is not None and _stop_event.is_set():
            return Outcome(accuracies, failure="The search was stopped.")
        match event:
            case Measured():
                tenth = event.iteration * TENTHS // steps
                if tenth in {0, *accuracies}:
                    continue
                accuracies[tenth] = event.dev_accuracy
                trial.report(event.dev_accuracy, tenth)
                if trial.should_prune():
                    return Outcome(accuracies, pruned=True)
            case Finished(last):
                accuracies[TENTHS] = last.dev_accuracy
            case Diverged():
                return Outcome(accuracies, failure=DIVERGED)
    return Outcome(accuracies)


def _trial_beside(known: tuple[FrozenTrial, ...]) -> optuna.Trial:
    """Create a trial in a study of the known ones: Optuna's pruner compares it with them."""
    pruner = optuna.pruners.MedianPruner(n_startup_trials=TRIALS_BEFORE_PRUNING)
    study = optuna.create_study(direction="maximize", pruner=pruner)
    study.add_trials(known)
    return study.ask()


@cache
def _dataset(folder: str | None) -> Dataset:
    return load(Path(folder) if folder else None).train

"""One trial of a search, as a process of its own runs it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import optuna
from optuna.trial import FrozenTrial

from mnist_core.data import Dataset, load, split
from mnist_core.training.batches import Batches
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Finished, Measured
from mnist_core.training.loop import train

optuna.logging.set_verbosity(optuna.logging.WARNING)

LOOKS = 10
"""How often a trial looks whether it is worth going on."""

FIRST_RIVALS = 4
"""Trials that have to have ended before one is given up for being worse than they were."""


@dataclass(frozen=True)
class Job:
    """What a trial is given: it knows nothing else, and can be run again anywhere."""

    config: TrainingConfig
    known: tuple[FrozenTrial, ...]
    folder: str | None


@dataclass(frozen=True)
class Outcome:
    """The dev accuracy by the tenths of the training that were made, and how it ended."""

    accuracies: Mapping[int, float]
    pruned: bool = False
    broke_off: bool = False


def config_with(config: TrainingConfig, chosen: Mapping[str, Any]) -> TrainingConfig:
    """The configuration with what was chosen for a trial; `units` is the size of all layers."""
    values = {name: _tidy(value) for name, value in chosen.items() if name != "units"}
    if "units" in chosen:
        values["hidden"] = (int(chosen["units"]),) * max(1, len(config.hidden))
    return replace(config, **values)


_called_off: Event | None = None


def listen(called_off: Event) -> None:
    """Let this process end its trials as soon as the event is set."""
    global _called_off  # noqa: PLW0603 (what a process is told when it starts has nowhere else)
    _called_off = called_off


def run_trial(job: Job) -> Outcome:
    """Train, and give up as soon as Optuna's median rule says so."""
    rivals = _rivals(job.known)
    dataset = _dataset(job.folder)
    parts = split(dataset, job.config.seed)
    learnt = parts.train[: job.config.examples]
    steps = Batches(learnt, job.config.batch_size, job.config.epochs).iterations
    config = replace(job.config, record_every=-(-steps // LOOKS))
    accuracies: dict[int, float] = {}
    for event in train(dataset, parts, config):
        if _called_off is not None and _called_off.is_set():
            return Outcome(accuracies, broke_off=True)
        match event:
            case Measured(iteration=iteration) if iteration:
                look = iteration // config.record_every
                accuracies[look] = event.dev_accuracy
                rivals.report(event.dev_accuracy, look)
                if rivals.should_prune():
                    return Outcome(accuracies, pruned=True)
            case Finished(last):
                accuracies[LOOKS] = last.dev_accuracy
            case Diverged():
                return Outcome(accuracies, broke_off=True)
    return Outcome(accuracies)


def _rivals(known: tuple[FrozenTrial, ...]) -> optuna.Trial:
    """A trial of a study that holds what was known: Optuna's pruner compares it with that."""
    study = optuna.create_study(
        direction="maximize", pruner=optuna.pruners.MedianPruner(n_startup_trials=FIRST_RIVALS)
    )
    study.add_trials(known)
    return study.ask()


@cache
def _dataset(folder: str | None) -> Dataset:
    return load(Path(folder) if folder else None).train


def _tidy(value: Any) -> Any:
    """A number as short as people write them."""
    return float(f"{value:.3g}") if isinstance(value, float) else value

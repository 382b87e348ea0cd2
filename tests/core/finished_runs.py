"""Runs to their end, each taken once however many tests look at it."""

from functools import cache

from mnist_core.data import BUNDLED, load, split
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig


@cache
def taken(config: TrainingConfig) -> Snapshot:
    """A run of the bundled MNIST to its end."""
    return _run(config).snapshot()


@cache
def as_long_again(config: TrainingConfig) -> Snapshot:
    """What becomes of a run that goes on for as many epochs more; of one that diverged, nothing."""
    first = taken(config)
    if first.status is Status.DIVERGED:
        return first
    return _to_its_end(_new(config, _run(config))).snapshot()


@cache
def _run(config: TrainingConfig) -> Run:
    return _to_its_end(_new(config))


def _new(config: TrainingConfig, before: Run | None = None) -> Run:
    dataset = load(BUNDLED).train
    return Run(dataset, split(dataset, config.seed), config, Scheduler(1), before=before)


def _to_its_end(run: Run) -> Run:
    run.start()
    assert run.join(timeout=120)
    return run

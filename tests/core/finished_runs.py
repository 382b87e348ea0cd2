"""Runs to their end, each taken once however many tests look at it."""

from functools import cache

from mnist_core.data import BUNDLED, load, split
from mnist_core.runs.queue import Slots
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig


@cache
def taken(config: TrainingConfig) -> Snapshot:
    """A run of the bundled MNIST to its end."""
    dataset = load(BUNDLED).train
    run = Run(dataset, split(dataset, config.seed), config, Slots(1))
    run.start()
    assert run.join(timeout=120)
    return run.snapshot()

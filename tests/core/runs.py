"""Runs to their end, each taken once however many tests look at it."""

from functools import cache

from mnist_core.config import TrainingConfig
from mnist_core.data import BUNDLED, load, split
from mnist_core.runner import Run
from mnist_core.slots import Slots
from mnist_core.snapshot import Snapshot


@cache
def taken(config: TrainingConfig) -> Snapshot:
    """A run of the bundled MNIST to its end."""
    dataset = load(BUNDLED).train
    run = Run(dataset, split(dataset, config.seed), config, Slots(1))
    run.start()
    assert run.join(timeout=120)
    return run.snapshot()

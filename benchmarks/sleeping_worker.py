"""Lets a Dask worker sleep as long as each step of a training takes, instead of computing it.

    python -m distributed.cli.dask_worker ADDRESS --preload benchmarks.sleeping_worker

So a few cores can stand for many computers. `SECONDS` in the environment is what a step takes. A
network stays as it was, and its points of the curve are made up.
"""

import os
from collections import deque
from collections.abc import Iterator
from time import sleep

from mnist_core.cluster import stretch
from mnist_core.data import Dataset, Split
from mnist_core.training.batches import Batches
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Event, Finished, Measured, Started, Step
from mnist_core.training.loop import Controls
from mnist_core.training.train_state import Interruption

SECONDS = "LAB_SLEEP_SECONDS"
"""The environment variable with the seconds of a step."""


def sleep_through(
    _dataset: Dataset,
    split: Split,
    config: TrainingConfig,
    controls: Controls,
    interruption: Interruption,
) -> Iterator[Event]:
    """Yield as many events as `loop.train`, each step after its time."""
    state, seconds = interruption.train_state, float(os.environ[SECONDS])
    network, rate = state.network, config.learning_rate
    batches = Batches(split.train[: config.examples], config.batch_size, config.epochs)
    per_epoch, total = batches.per_epoch, interruption.first + batches.iterations
    yield Started(network, network.zeros(), total, per_epoch, config.epochs, deque())
    for iteration in range(state.steps, total):
        sleep(seconds)
        if iteration % config.record_every == 0:
            yield point(iteration, iteration / per_epoch, rate)
        state.steps += 1
        yield Step(iteration, 1.0, 0.5, rate)
        if controls.ended:
            break
    yield Finished(point(state.steps, state.steps / per_epoch, rate), network)


def point(iteration: int, epoch: float, rate: float) -> Measured:
    """Make up a point of the curve."""
    return Measured(iteration, epoch, 1.0, 0.5, 1.0, 0.5, rate, 0.0)


def dask_setup(_worker: object) -> None:
    """Let the trainings of a worker sleep from now on: Dask calls this in the worker."""
    stretch.train = sleep_through  # type: ignore[assignment]

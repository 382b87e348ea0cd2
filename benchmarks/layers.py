"""Profiles a training step, layer by layer: `python -m benchmarks.layers [WORK …]`.

It takes the processor time of one thread, so that other programs disturb it little. The figures
support the choices in `matmul.py`, `convolution.py` and `network.py`.
"""

import sys
from collections import Counter
from collections.abc import Callable
from time import thread_time
from typing import Any

import numpy as np

from benchmarks.works import WORKS
from mnist_core.data import Dataset, load, split
from mnist_core.nn.network import Network
from mnist_core.threads import limit_blas_threads
from mnist_core.training.config import TrainingConfig
from mnist_core.training.gradients import BatchGradient
from mnist_core.training.loop import update
from mnist_core.training.shards import divide
from mnist_core.training.train_state import make_optimizer

SECONDS = 2.0
SHOWN = 16


class Timed:
    """A layer that adds the time of each of its methods to a counter."""

    def __init__(self, layer: Any, name: str, spent: Counter[str]) -> None:
        self.layer = layer
        self.forward = clocked(layer.forward, f"{name} forward", spent)
        self.parameter_gradient = clocked(layer.parameter_gradient, f"{name} dW, db", spent)
        self.input_gradient = clocked(layer.input_gradient, f"{name} dX", spent)


def clocked(method: Callable[..., Any], name: str, spent: Counter[str]) -> Callable[..., Any]:
    """Wrap a method so that it adds its time to `spent` under `name`."""

    def run(*arguments: Any) -> Any:
        started = thread_time()
        result = method(*arguments)
        spent[name] += int((thread_time() - started) * 1e9)
        return result

    return run


def profile(config: TrainingConfig, dataset: Dataset) -> tuple[Counter[str], int]:
    """Return the nanoseconds spent in each part, and the number of steps measured."""
    rng = np.random.default_rng(0)
    network: Network = config.initial_network((28, 28), 10, rng)
    optimizer = make_optimizer(config, network)
    spent: Counter[str] = Counter()
    network.layers = tuple(
        Timed(layer, f"{i} {layer}", spent) for i, layer in enumerate(network.layers)
    )
    network.prepare_input = clocked(  # type: ignore[method-assign]
        network.prepare_input, "pixels to numbers", spent
    )
    learn = clocked(update, "optimizer", spent)
    compute, gradient = BatchGradient(network, dataset, seed=0), network.zeros()
    steps, started = 0, thread_time()
    while thread_time() - started < SECONDS:
        batch = (
            rng.integers(0, len(dataset), config.batch_size)
            if config.batch_size
            else range(len(dataset))
        )
        compute(divide(batch, steps, network.smallest_shard), gradient)
        learn(network, optimizer, gradient.flat, config, config.learning_rate)
        steps += 1
    spent["all the rest: gather, loss, Python"] = int(
        (thread_time() - started) * 1e9 - spent.total()
    )
    return spent, steps


def main(chosen: list[str]) -> None:
    """Print a table for each work that trains."""
    limit_blas_threads()
    data = load()
    learnt = data.train.subset(np.sort(split(data.train, 0).train))
    for name in chosen or [name for name, work in WORKS.items() if work.trains]:
        spent, steps = profile(WORKS[name].config, learnt)
        print(f"{name}: {spent.total() / steps / 1e6:.3f} ms a step")
        for part, nanoseconds in spent.most_common(SHOWN):
            print(f"  {nanoseconds / spent.total():6.1%}  {part}")


if __name__ == "__main__":
    main(sys.argv[1:])

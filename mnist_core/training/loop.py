"""The training loop, the only one there is: a generator of typed events."""

from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from math import isfinite
from time import perf_counter
from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Batch, Floats, Indices, quiet_overflow
from mnist_core.data import Dataset, Split
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import FlatParameters, Network
from mnist_core.threads import limit_blas_threads
from mnist_core.training.config import TrainingConfig
from mnist_core.training.gradients import BatchGradient
from mnist_core.training.metrics import evaluate
from mnist_core.training.optimizers import SGD, Adam, AdamW, Optimizer, RMSprop
from mnist_core.training.schedules import learning_rate_factor


@dataclass
class Controls:
    """What may be moved while a run goes on, also from another thread."""

    learning_rate_factor: float = 1.0


@dataclass(frozen=True)
class Started:
    """The run is ready; `network` is the one that learns, `gradient` its latest gradient."""

    network: Network
    gradient: FlatParameters
    iterations: int
    iterations_per_epoch: int


class Step(NamedTuple):
    """One iteration: loss and accuracy of its batch before the update that it made."""

    iteration: int
    loss: float
    accuracy: float
    learning_rate: float


class Measured(NamedTuple):
    """A point of the curve, before the update of `iteration`.

    The training figures are means over the batches since the last point, at most one epoch's
    worth; the dev figures are of all dev examples. `seconds` is time spent training.
    """

    iteration: int
    epoch: float
    loss: float
    accuracy: float
    dev_loss: float
    dev_accuracy: float
    learning_rate: float
    seconds: float


@dataclass(frozen=True)
class Finished:
    """The run came to its end; `last` was measured after its last update."""

    last: Measured


@dataclass(frozen=True)
class Diverged:
    """The run stopped itself: the loss of `iteration` is no longer a finite number."""

    iteration: int
    loss: float
    learning_rate: float


Event = Started | Step | Measured | Finished | Diverged


def train(
    dataset: Dataset,
    split: Split,
    config: TrainingConfig,
    network: Network | None = None,
    threads: int = 1,
    controls: Controls | None = None,
) -> Generator[Event, None, None]:
    """Train a network on the training part of a split, telling what happens.

    Args:
        dataset: what the indices of `split` point into.
        split: the examples to learn from, and the dev examples to measure on.
        config: the hyperparameters; the same configuration and threads give the same events.
        network: one to go on training; by default a new one, drawn from `config.seed`.
        threads: how many threads share the work: the passes of a batch that has several, else
            BLAS's threads share its products.
        controls: what the caller wants to move during the run.

    Yields:
        `Started`; for each iteration a `Step`, every `config.record_every` of them preceded by
        `Measured`; at the end `Finished`, or `Diverged` as soon as a loss is not finite.
    """
    started = perf_counter()
    rng = np.random.default_rng(config.seed)
    controls = controls or Controls()
    if network is None:
        network = config.network(dataset.images.shape[1:], dataset.classes)
        network.initialize(config.initializer, rng)
    optimizer = make_optimizer(config, network)
    learnt, examples = _side_by_side(dataset, split.train[: config.examples], config.batch_size)
    schedule = Batches(examples, config.batch_size, config.epochs)
    curve = Curve(network, dataset, split.dev, min(config.record_every, schedule.per_epoch))
    limit_blas_threads(threads if schedule.size <= network.samples_per_pass else 1)
    with BatchGradient(network, learnt, rng, config.augmentation, threads) as gradient:
        left = perf_counter()
        yield Started(network, gradient.sum, schedule.iterations, schedule.per_epoch)
        started += perf_counter() - left  # a pause is no training, before the first step neither
        for iteration, batch in enumerate(schedule.draw(rng)):
            progress = (iteration + 0.5) / schedule.iterations
            rate = config.learning_rate * controls.learning_rate_factor
            rate *= learning_rate_factor(config.schedule, config.warmup, progress)
            loss = gradient(batch)
            if not isfinite(loss.total):
                yield Diverged(iteration, loss.total / len(batch), rate)
                return
            curve.add(loss, len(batch))
            if iteration % config.record_every == 0:
                epoch = iteration / schedule.per_epoch
                point = curve.measure(iteration, epoch, rate, perf_counter() - started)
                yield point
                if isinstance(point, Diverged):
                    return
            update(network, optimizer, gradient.sum.flat, config, rate)
            left = perf_counter()
            yield Step(iteration, loss.total / len(batch), loss.correct / len(batch), rate)
            started += perf_counter() - left  # a pause is no training
    last = curve.measure(schedule.iterations, config.epochs, rate, perf_counter() - started)
    yield Finished(last) if isinstance(last, Measured) else last


def _side_by_side(
    dataset: Dataset, examples: Indices, batch_size: int | None
) -> tuple[Dataset, Batch]:
    """For a full batch, which has no order, a copy that is read without gathering it each time."""
    if batch_size is not None and batch_size < len(examples):
        return dataset, examples
    return dataset.subset(np.sort(examples)), range(len(examples))


@quiet_overflow
def update(
    network: Network, optimizer: Optimizer, gradient: Floats, config: TrainingConfig, rate: float
) -> None:
    """One step of the optimizer; `gradient` gains the slope of λ/2 Σ w² (L2) on the way.

    AdamW decays the weights on its own. Biases are never decayed.
    """
    w = network.parameters.flat
    if config.weight_decay and config.optimizer != "adamw":
        weights = slice(network.weight_count)
        gradient[weights] += config.weight_decay * w[weights]
    optimizer.step(w, gradient, rate)


def make_optimizer(config: TrainingConfig, network: Network) -> Optimizer:
    """The optimizer that a configuration names, with its memory at zero."""
    like = network.parameters.flat
    match config.optimizer:
        case "sgd":
            return SGD(like, config.momentum, config.nesterov)
        case "rmsprop":
            return RMSprop(like)
        case "adam":
            return Adam(like)
        case _:
            return AdamW(like, config.weight_decay, network.weight_count)


class Batches:
    """The order in which a run sees its examples: shuffled anew each epoch, then cut up.

    The ragged last batch of an epoch is kept; a full batch stays as it is.
    """

    def __init__(self, examples: Batch, batch_size: int | None, epochs: int) -> None:
        self.examples = examples
        self.size = min(batch_size or len(examples), len(examples))
        self.epochs = epochs
        self.per_epoch = -(-len(examples) // self.size)
        self.iterations = self.per_epoch * epochs

    def draw(self, rng: np.random.Generator) -> Iterator[Batch]:
        """The batches of all epochs, as examples of the data set."""
        for _ in range(self.epochs):
            order = self.examples if self.per_epoch == 1 else rng.permutation(self.examples)
            for start in range(0, len(order), self.size):
                yield order[start : start + self.size]


class Curve:
    """What is measured along the way: means over the latest batches, and all dev examples."""

    def __init__(self, network: Network, dataset: Dataset, dev: Indices, window: int) -> None:
        self.network = network
        self.dataset = dataset
        self.dev = dev
        self.recent: deque[tuple[BatchLoss, int]] = deque(maxlen=window)

    def add(self, loss: BatchLoss, samples: int) -> None:
        """Count one more batch of `samples`; the oldest one falls out of the window."""
        self.recent.append((loss, samples))

    def measure(
        self, iteration: int, epoch: float, rate: float, seconds: float
    ) -> Measured | Diverged:
        """The point of the curve at `iteration`, with the network as it is now."""
        samples = sum(n for _, n in self.recent)
        dev = evaluate(self.network, self.dataset, self.dev)
        if not isfinite(dev.loss):
            return Diverged(iteration, dev.loss, rate)
        return Measured(
            iteration=iteration,
            epoch=epoch,
            loss=sum(loss.total for loss, _ in self.recent) / samples,
            accuracy=sum(loss.correct for loss, _ in self.recent) / samples,
            dev_loss=dev.loss,
            dev_accuracy=dev.accuracy,
            learning_rate=rate,
            seconds=seconds,
        )

"""The learning curve of a run: means over its batches, and figures of its dev examples."""

from collections import deque
from math import isfinite

from mnist_core.arrays import Indices
from mnist_core.data import Dataset
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import Network
from mnist_core.training.batches import Batches
from mnist_core.training.events import Diverged, Measured, Step
from mnist_core.training.metrics import evaluate
from mnist_core.training.stopwatch import Stopwatch


class DivergenceError(Exception):
    """A loss that is no longer finite; `event` holds its step, value and learning rate."""

    def __init__(self, event: Diverged) -> None:
        super().__init__(event)
        self.event = event


class Curve:
    """Means over the latest batches, and the figures of all dev examples.

    Args:
        network: the network in training.
        dataset: the data set that `dev` points into.
        dev: the examples to measure on.
        batches: the run's batches, for the length of an epoch.
        record_every: steps between two points; the training figures of a point are means over as
            many batches, or over those of one epoch where these are fewer.
        stopwatch: of the time spent training.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        dev: Indices,
        batches: Batches,
        record_every: int,
        stopwatch: Stopwatch,
    ) -> None:
        self.network = network
        self.dataset = dataset
        self.dev = dev
        self.per_epoch = batches.per_epoch
        self.record_every = record_every
        self.stopwatch = stopwatch
        self.recent: deque[tuple[BatchLoss, int]] = deque(maxlen=min(record_every, self.per_epoch))

    def add(self, iteration: int, loss: BatchLoss, samples: int, rate: float) -> Step:
        """Record the loss of a batch of `samples`; the oldest one leaves the window.

        Raises:
            DivergenceError: the loss is not finite.
        """
        step = Step(iteration, loss.total / samples, loss.correct / samples, rate)
        if not isfinite(step.loss):
            raise DivergenceError(Diverged(iteration, step.loss, rate))
        self.recent.append((loss, samples))
        return step

    def is_due(self, iteration: int) -> bool:
        """Return whether the curve has a point before the update of `iteration`."""
        return iteration % self.record_every == 0

    def measure(self, iteration: int, rate: float) -> Measured:
        """Measure a point of the curve, before the update of `iteration`, with the current network.

        Raises:
            DivergenceError: the loss on the dev examples is not finite.
        """
        seconds = self.stopwatch.seconds
        samples = sum(n for _, n in self.recent)
        dev = evaluate(self.network, self.dataset, self.dev)
        if not isfinite(dev.loss):
            raise DivergenceError(Diverged(iteration, dev.loss, rate))
        return Measured(
            iteration=iteration,
            epoch=iteration / self.per_epoch,
            loss=sum(loss.total for loss, _ in self.recent) / samples,
            accuracy=sum(loss.correct for loss, _ in self.recent) / samples,
            dev_loss=dev.loss,
            dev_accuracy=dev.accuracy,
            learning_rate=rate,
            seconds=seconds,
        )

"""The events that a training run yields, from `Started` to `Finished` or `Diverged`."""

from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import FlatParameters, Network


@dataclass(frozen=True)
class Started:
    """The run is ready: `network` is the network in training, `gradient` its latest gradient.

    `iterations` includes those of earlier trainings of the network; `epochs` does not. `recent`
    holds the loss and the number of samples of the latest batches; the training adds to it.
    """

    network: Network
    gradient: FlatParameters
    iterations: int
    iterations_per_epoch: int
    epochs: int
    recent: deque[tuple[BatchLoss, int]]


class Step(NamedTuple):
    """One iteration: loss and accuracy of its batch before the update."""

    iteration: int
    loss: float
    accuracy: float
    learning_rate: float


class Measured(NamedTuple):
    """A point of the curve, before the update of `iteration`.

    The training figures are means over the latest batches, this one included: as many as lie
    between two points, or one epoch's where that is fewer. The dev figures are of all dev examples.
    `seconds` is the time spent training.
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
    """The run came to its end, or was ended.

    `last` was measured on the trained `network`, after the last update.
    """

    last: Measured
    network: Network


@dataclass(frozen=True)
class Diverged:
    """The run stopped itself: the loss of `iteration` is no longer finite."""

    iteration: int
    loss: float
    learning_rate: float

    @property
    def in_words(self) -> str:
        """The sentence for visitors that says when a training diverged."""
        steps = "1 step" if self.iteration == 1 else f"{self.iteration:,} steps"
        return (
            f"Its numbers grew out of bounds: after {steps} at a learning rate of "
            f"{self.learning_rate:g}, the loss is no longer a number."
        )


Event = Started | Step | Measured | Finished | Diverged

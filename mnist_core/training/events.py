"""What a training run tells: one event after the other, from `Started` to `Finished`."""

from dataclasses import dataclass
from typing import NamedTuple

from mnist_core.nn.network import FlatParameters, Network


@dataclass(frozen=True)
class Started:
    """The run is ready; `network` is the one that learns, `gradient` its latest gradient.

    `iterations` counts those of earlier trainings of the network as well; `epochs` does not.
    """

    network: Network
    gradient: FlatParameters
    iterations: int
    iterations_per_epoch: int
    epochs: int


class Step(NamedTuple):
    """One iteration: loss and accuracy of its batch before the update that it made."""

    iteration: int
    loss: float
    accuracy: float
    learning_rate: float


class Measured(NamedTuple):
    """A point of the curve, before the update of `iteration`.

    The training figures are means over the latest batches, this one included: as many as lie
    between two points, or one epoch's where that is fewer. The dev figures are of all dev examples.
    `seconds` is time spent training.
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

    `last` was measured after the last update, of the `network` that has learnt.
    """

    last: Measured
    network: Network


@dataclass(frozen=True)
class Diverged:
    """The run stopped itself: the loss of `iteration` is no longer a finite number."""

    iteration: int
    loss: float
    learning_rate: float

    @property
    def in_words(self) -> str:
        """The sentence that tells people that and when a training diverged."""
        steps = "1 step" if self.iteration == 1 else f"{self.iteration:,} steps"
        return (
            f"Its numbers grew out of bounds: after {steps} at a learning rate of "
            f"{self.learning_rate:g}, the loss is no longer a number."
        )


Event = Started | Step | Measured | Finished | Diverged

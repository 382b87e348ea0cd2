"""What a network says to a set of labelled pictures: what all figures are worked out from."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Batch, Floats, Indices, Labels, Pixels, quiet_overflow
from mnist_core.data import Dataset
from mnist_core.nn.losses import softmax
from mnist_core.nn.network import Network
from mnist_core.training.metrics import confusion_matrix, examples_for


@dataclass(frozen=True)
class Predictions:
    """The logits `(classes, n)` of a network for n pictures, and the pictures' labels `(n,)`."""

    logits: Floats
    labels: Labels

    @property
    def n(self) -> int:
        """How many pictures there are."""
        return len(self.labels)

    @property
    def classes(self) -> int:
        """How many classes the network knows."""
        return len(self.logits)

    @cached_property
    def probabilities(self) -> Floats:
        """`(classes, n)`, each column adds up to 1."""
        return softmax(self.logits)

    @cached_property
    def predicted(self) -> Labels:
        """The likeliest class of each picture `(n,)`, the first of several."""
        found: Labels = self.logits.argmax(axis=0).astype(np.uint8)
        return found

    @cached_property
    def confidences(self) -> Floats:
        """How likely the network finds what it says `(n,)`."""
        found: Floats = self.probabilities.max(axis=0)
        return found

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """Whether it says the label `(n,)`."""
        found: NDArray[np.bool_] = self.predicted == self.labels
        return found

    @property
    def correct(self) -> int:
        """How many pictures it reads right."""
        return int(np.count_nonzero(self.right))

    @property
    def accuracy(self) -> float:
        """The share of pictures that it reads right, 0 to 1."""
        return self.correct / self.n

    @cached_property
    def confusion(self) -> NDArray[np.int64]:
        """Counts `(classes, classes)`: row by the label, column by what it says."""
        return confusion_matrix(self.labels, self.predicted, self.classes)

    @cached_property
    def mistakes(self) -> Indices:
        """The pictures that it reads wrong, those first that it is surest of."""
        wrong = np.flatnonzero(~self.right)
        return wrong[np.argsort(-self.confidences[wrong], kind="stable")]


def predictions(network: Network, dataset: Dataset, indices: Batch | None = None) -> Predictions:
    """What a network says to a data set, or to the examples `indices` of it.

    Raises:
        LabError: the network cannot be measured on them, see `examples_for`.
    """
    *_, (_, found) = predictions_step_by_step(network, dataset, indices)
    return found


def predictions_step_by_step(
    network: Network, dataset: Dataset, indices: Batch | None = None
) -> Iterator[tuple[float, Predictions]]:
    """The same, pass by pass.

    Yields:
        the share of the pictures that the network has answered, 0 to 1, and these answers.

    Raises:
        LabError: as `predictions`.
    """
    images, labels = examples_for(network, dataset, indices)
    logits = np.empty((network.classes, len(labels)), network.dtype)
    for start in range(0, len(labels), network.samples_per_pass):
        end = min(start + network.samples_per_pass, len(labels))
        logits[:, start:end] = _logits(network, images[start:end])
        yield end / len(labels), Predictions(logits[:, :end], labels[:end])


@quiet_overflow
def _logits(network: Network, images: Pixels) -> Floats:
    return network.logits(images)

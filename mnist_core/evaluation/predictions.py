"""Predictions of a network for labelled pictures, from which all figures are computed."""

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
        """The number of pictures."""
        return len(self.labels)

    @property
    def classes(self) -> int:
        """The number of classes that the network knows."""
        return len(self.logits)

    @cached_property
    def probabilities(self) -> Floats:
        """The probability of each class `(classes, n)`; each column adds up to 1."""
        return softmax(self.logits)

    @cached_property
    def predicted(self) -> Labels:
        """The likeliest class of each picture `(n,)`, the first of several."""
        likeliest: Labels = self.logits.argmax(axis=0).astype(np.uint8)
        return likeliest

    @cached_property
    def confidences(self) -> Floats:
        """The probability of the predicted class `(n,)`."""
        highest: Floats = self.probabilities.max(axis=0)
        return highest

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """True where the predicted class is the label `(n,)`."""
        matches: NDArray[np.bool_] = self.predicted == self.labels
        return matches

    @property
    def correct(self) -> int:
        """The number of pictures that are classified correctly."""
        return int(np.count_nonzero(self.right))

    @property
    def accuracy(self) -> float:
        """The fraction of pictures that is classified correctly, 0 to 1."""
        return self.correct / self.n

    @cached_property
    def confusion(self) -> NDArray[np.int64]:
        """Counts `(classes, classes)`: row by the label, column by the predicted class."""
        return confusion_matrix(self.labels, self.predicted, self.classes)

    @cached_property
    def mistakes(self) -> Indices:
        """The pictures that are misclassified, the most confident mistakes first."""
        wrong = np.flatnonzero(~self.right)
        return wrong[np.argsort(-self.confidences[wrong], kind="stable")]


def predictions(network: Network, dataset: Dataset, indices: Batch | None = None) -> Predictions:
    """Predict the classes of a data set, or of its examples `indices`.

    Raises:
        LabError: the network cannot be measured on them, see `examples_for`.
    """
    *_, (_, complete) = predictions_step_by_step(network, dataset, indices)
    return complete


def predictions_step_by_step(
    network: Network, dataset: Dataset, indices: Batch | None = None
) -> Iterator[tuple[float, Predictions]]:
    """Predict as `predictions` does, pass by pass.

    Yields:
        the fraction of the pictures that is done, 0 to 1, and the predictions for these.

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

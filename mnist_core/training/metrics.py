"""How good a network is: accuracy, loss, and which classes it takes for which."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Indices, Labels, quiet_overflow
from mnist_core.data import Dataset
from mnist_core.nn.losses import softmax_cross_entropy
from mnist_core.nn.network import Network


@dataclass(frozen=True)
class Evaluation:
    """A network's figures on a data set: mean loss (nats), accuracy 0 to 1, number of examples."""

    loss: float
    accuracy: float
    n: int


@quiet_overflow
def evaluate(network: Network, dataset: Dataset, indices: Indices | None = None) -> Evaluation:
    """Loss and accuracy on the data set, or on the examples `indices` of it.

    The answer is the first of the largest logits, as it is for whoever asks about one image.
    """
    images = dataset.images if indices is None else dataset.images[indices]
    labels = dataset.labels if indices is None else dataset.labels[indices]
    logits = network.logits(images)
    correct = int(np.count_nonzero(logits.argmax(axis=0) == labels))
    loss = softmax_cross_entropy(logits, labels, np.empty_like(logits), len(labels))
    return Evaluation(loss.total / len(labels), correct / len(labels), len(labels))


def confusion_matrix(predicted: Labels, actual: Labels, classes: int) -> NDArray[np.int64]:
    """Counts `(classes, classes)`: row by the true class, column by the predicted one."""
    pairs = actual.astype(np.int64) * classes + predicted
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)

"""Metrics of a network: loss, accuracy and confusion matrix."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Batch, Labels, Pixels, quiet_overflow
from mnist_core.data import Dataset
from mnist_core.errors import LabError
from mnist_core.nn.losses import softmax_cross_entropy
from mnist_core.nn.network import Network


@dataclass(frozen=True)
class Evaluation:
    """A network's figures on a data set: mean loss (nats), accuracy 0 to 1, number of examples."""

    loss: float
    accuracy: float
    n: int


@quiet_overflow
def evaluate(network: Network, dataset: Dataset, indices: Batch | None = None) -> Evaluation:
    """Return loss and accuracy on the data set, or on its examples `indices`.

    The predicted class of an image is the first of its largest logits.

    Raises:
        LabError: the network cannot be measured on them, see `examples_for`.
    """
    images, labels = examples_for(network, dataset, indices)
    logits = network.logits(images)
    loss, _ = softmax_cross_entropy(logits, labels)
    return Evaluation(loss.total / len(labels), loss.correct / len(labels), len(labels))


def examples_for(
    network: Network, dataset: Dataset, indices: Batch | None = None
) -> tuple[Pixels, Labels]:
    """Return images `(n, h, w)` and labels `(n,)` to evaluate on: all, or those of `indices`.

    Raises:
        LabError: there are none, or their size or classes do not fit the network.
    """
    images = dataset.images if indices is None else dataset.images[indices]
    labels = dataset.labels if indices is None else dataset.labels[indices]
    if not len(labels):
        raise LabError("There are no pictures to measure the network on: give at least one.")
    if images.shape[1:] != network.shapes[0][1:]:
        raise LabError(
            f"The network reads pictures of {network.shapes[0][1:]} pixels, and these have "
            f"{images.shape[1:]}: choose a network that was trained on such pictures."
        )
    if labels.max() >= network.classes:
        raise LabError(
            f"The network knows {network.classes} classes, and one of the labels is "
            f"{labels.max()}: choose a network that was trained on all of these classes."
        )
    return images, labels


def confusion_matrix(y_true: Labels, y_pred: Labels, classes: int) -> NDArray[np.int64]:
    """Count predictions, `(classes, classes)`: row by the true class, column by the predicted.

    The labels `(n,)` come in scikit-learn's order and under its names: the true ones first.
    """
    pairs = y_true.astype(np.int64) * classes + y_pred
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)

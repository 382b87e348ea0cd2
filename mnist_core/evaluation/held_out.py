"""Predictions of small networks for pictures that they were not trained on.

A network may have memorized its training labels, and then agrees with the wrong ones too. So each
picture of a data set is judged by a network that was trained on others alone: k-fold
cross-validation (Stone, "Cross-Validatory Choice", 1974).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Indices
from mnist_core.data import Dataset, Split
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from mnist_core.training.loop import train
from mnist_core.training.train_state import TrainState

FOLDS = 5
"""Parts of the data set, each predicted by a network that was trained on the others."""

LEAST_EPOCHS = 3
LEAST_STEPS = 100
"""The fewest steps of a network, however few pictures there are."""

BATCH = 128


@dataclass(frozen=True)
class HeldOutPredictions:
    """The fraction of a data set that is done, and its classes' probabilities `(classes, n)`.

    They are zero for pictures that are not done yet.
    """

    share: float
    probabilities: Floats


def cross_validate(dataset: Dataset) -> Iterator[HeldOutPredictions]:
    """Predict each example by a small network that was trained on other examples alone.

    Yields:
        the predictions so far, once a fold; the last ones are the result. Without at least two
        examples there are none.
    """
    order = np.random.default_rng(0).permutation(len(dataset))
    folds = min(FOLDS, len(dataset))
    probabilities = np.zeros((dataset.classes, len(dataset)), np.float32)
    for fold in range(folds if folds > 1 else 0):
        held_out = order[fold::folds]
        network = learned_quickly(dataset, np.setdiff1d(order, held_out))
        probabilities[:, held_out] = network.probabilities(dataset.images[held_out])
        yield HeldOutPredictions((fold + 1) / folds, probabilities.copy())


def learned_quickly(dataset: Dataset, examples: Indices) -> Network:
    """Train a small network on these examples of a data set for a few seconds."""
    a_pass = -(-len(examples) // BATCH)
    config = TrainingConfig(
        learning_rate=6e-3,
        schedule="one_cycle",
        batch_size=BATCH,
        epochs=max(LEAST_EPOCHS, -(-LEAST_STEPS // a_pass)),
        record_every=100_000,
    )
    train_state = TrainState.new(config, dataset.images.shape[1:], dataset.classes)
    for _ in train(dataset, Split(train=examples, dev=examples[:1]), config, train_state):
        pass
    return train_state.network

"""Robustness of a network: its accuracy on corrupted pictures, by kind and strength."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mnist_core.data import Dataset
from mnist_core.evaluation.corruptions import CORRUPTIONS, Corruption
from mnist_core.evaluation.intervals import Interval, wilson
from mnist_core.evaluation.predictions import predictions
from mnist_core.nn.network import Network

SAMPLE = 1_000
"""The number of pictures that are corrupted."""


class CorruptionResult(NamedTuple):
    """The number of `n` pictures, corrupted by a kind at a strength, classified correctly."""

    kind: str
    strength: float
    correct: int
    n: int

    @property
    def accuracy(self) -> float:
        """The fraction that is classified correctly, 0 to 1."""
        return self.correct / self.n

    @property
    def interval(self) -> Interval:
        """The 95% confidence interval of the accuracy."""
        return wilson(self.correct, self.n)


def sampled(dataset: Dataset) -> Dataset:
    """Draw up to `SAMPLE` pictures that represent a data set."""
    return dataset.subset(dataset.sample(SAMPLE))


def robustness(network: Network, dataset: Dataset, seed: int = 0) -> Iterator[CorruptionResult]:
    """Yield the accuracy on a data set corrupted by each kind at each strength.

    The same seed corrupts the pictures in the same way for every network.
    """
    for kind, corruption in CORRUPTIONS.items():
        for strength in corruption.strengths:
            predicted = predictions(network, corrupt(dataset, corruption, strength, seed))
            yield CorruptionResult(kind, strength, predicted.correct, predicted.n)


def corrupt(dataset: Dataset, corruption: Corruption, strength: float, seed: int = 0) -> Dataset:
    """Corrupt all pictures of a data set."""
    images = corruption.apply(dataset.images, strength, np.random.default_rng(seed))
    return Dataset(images, dataset.labels)

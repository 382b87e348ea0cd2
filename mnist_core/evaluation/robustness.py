"""How well a network reads pictures that are spoilt, by kind and strength."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mnist_core.data import Dataset
from mnist_core.evaluation.corruptions import CORRUPTIONS, Corruption
from mnist_core.evaluation.intervals import Interval, wilson
from mnist_core.evaluation.predictions import predictions
from mnist_core.nn.network import Network

SAMPLE = 1_000
"""Pictures that are spoilt."""


class CorruptionResult(NamedTuple):
    """How many of `n` pictures are read right, of those spoilt by a kind at a strength."""

    kind: str
    strength: float
    correct: int
    n: int

    @property
    def accuracy(self) -> float:
        """The share that is read right, 0 to 1."""
        return self.correct / self.n

    @property
    def interval(self) -> Interval:
        """Where the share of all such pictures lies, with 95 % confidence."""
        return wilson(self.correct, self.n)


def sampled(dataset: Dataset) -> Dataset:
    """Up to `SAMPLE` pictures that stand for a data set."""
    return dataset.subset(dataset.sample(SAMPLE))


def robustness(network: Network, dataset: Dataset, seed: int = 0) -> Iterator[CorruptionResult]:
    """Spoil the whole data set by each kind at each strength, and let the network read it.

    The same seed spoils the pictures in the same way for every network.
    """
    for kind, corruption in CORRUPTIONS.items():
        for strength in corruption.strengths:
            found = predictions(network, corrupt(dataset, corruption, strength, seed))
            yield CorruptionResult(kind, strength, found.correct, found.n)


def corrupt(dataset: Dataset, corruption: Corruption, strength: float, seed: int = 0) -> Dataset:
    """The data set with all its pictures spoilt."""
    images = corruption.apply(dataset.images, strength, np.random.default_rng(seed))
    return Dataset(images, dataset.labels)

"""How well a network reads pictures that are spoilt, by kind and strength."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mnist_core.data import Dataset
from mnist_core.evaluation.answers import answers
from mnist_core.evaluation.corruptions import CORRUPTIONS, Corruption
from mnist_core.nn.network import Network

SAMPLE = 1_000
"""Pictures that are spoilt: the share of them that is read right is at most 3 in 100 off."""


class Spoilt(NamedTuple):
    """The share of pictures that are read right, of those spoilt by a kind at a strength."""

    kind: str
    strength: float
    accuracy: float


def sampled(dataset: Dataset) -> Dataset:
    """The first `SAMPLE` pictures of a data set, or all there are."""
    return dataset.subset(np.arange(min(SAMPLE, len(dataset))))


def robustness(network: Network, dataset: Dataset, seed: int = 0) -> Iterator[Spoilt]:
    """Spoil the whole data set by each kind at each strength, and let the network read it.

    The same seed spoils the pictures in the same way for every network.
    """
    for kind, corruption in CORRUPTIONS.items():
        for strength in corruption.strengths:
            spoilt = spoil(dataset, corruption, strength, seed)
            yield Spoilt(kind, strength, answers(network, spoilt).accuracy)


def spoil(dataset: Dataset, corruption: Corruption, strength: float, seed: int = 0) -> Dataset:
    """The data set with all its pictures spoilt."""
    images = corruption.apply(dataset.images, strength, np.random.default_rng(seed))
    return Dataset(images, dataset.labels)

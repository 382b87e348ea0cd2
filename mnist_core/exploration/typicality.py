"""Which pictures of a class are usual, and which are odd: their distance from the class's mean."""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Indices
from mnist_core.data import Dataset
from mnist_core.exploration.neighbours import Neighbours, smallest


@dataclass(frozen=True)
class Typicality:
    """Of one class: the pictures nearest to its mean, nearest first, and farthest, farthest first.

    Indices count in the whole data set; distances are Euclidean, in grey values.
    """

    usual: Neighbours
    odd: Neighbours


def typicality(dataset: Dataset, label: int, count: int) -> Typicality:
    """The `count` most usual and most odd pictures of a class."""
    members: Indices = np.flatnonzero(dataset.labels == label)
    images = dataset.images[members].astype(np.float32)
    mean = images.sum(axis=0) / max(1, len(members))
    distances = np.sqrt(np.square(images - mean).sum(axis=(1, 2)))
    usual, odd = smallest(distances, count), smallest(-distances, count)
    return Typicality(
        Neighbours(members[usual.indices], usual.distances),
        Neighbours(members[odd.indices], -odd.distances),
    )

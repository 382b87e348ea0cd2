"""Finds the usual and the odd pictures of a class by their distance from the class's mean."""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Indices
from mnist_core.data import Dataset
from mnist_core.exploration.neighbours import Neighbours, smallest


@dataclass(frozen=True)
class Typicality:
    """The pictures of a class nearest to its mean, nearest first, and farthest, farthest first.

    Indices count in the whole data set; distances are Euclidean, in grey values.
    """

    usual: Neighbours
    odd: Neighbours


def typicality(dataset: Dataset, label: int, count: int) -> Typicality:
    """Find the `count` most usual and most odd pictures of a class."""
    members: Indices = np.flatnonzero(dataset.labels == label)
    images = dataset.images[members].astype(np.float32)
    mean = images.sum(axis=0) / max(1, len(members))
    distances = np.sqrt(np.square(images - mean).sum(axis=(1, 2)))
    usual, odd = smallest(distances, count), smallest(-distances, count)
    return Typicality(
        Neighbours(members[usual.indices], usual.distances),
        Neighbours(members[odd.indices], -odd.distances),
    )

"""Measures the exact Euclidean distance between pictures, pixel by pixel.

|p - q|² = |p|² - 2 p·q + |q|². Every term is a whole number, which float64 holds exactly below 2⁵³.
"""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Indices, Pixels

BLOCK = 2048
"""Pictures converted to float64 at once: 13 MB for 28 by 28 pixels."""


@dataclass(frozen=True)
class Neighbours:
    """The nearest examples, nearest first: their indices and Euclidean distances `(k,)`."""

    indices: Indices
    distances: Floats


def distances(images: Pixels, pictures: Pixels) -> Floats:
    """Return the distances `(m, n)` of the pictures `(m, h, w)` from the images `(n, h, w)`."""
    queries = pictures.reshape(len(pictures), -1).astype(np.float64)
    squared = np.empty((len(queries), len(images)))
    for start in range(0, len(images), BLOCK):
        points = images[start : start + BLOCK].reshape(-1, queries.shape[1]).astype(np.float64)
        squared[:, start : start + BLOCK] = np.einsum("np,np->n", points, points)
        squared[:, start : start + BLOCK] -= 2 * (queries @ points.T)
    squared += np.einsum("mp,mp->m", queries, queries)[:, None]
    return np.sqrt(squared, out=squared)


def nearest_pictures(images: Pixels, picture: Pixels, count: int) -> Neighbours:
    """Return the `count` images `(n, h, w)` nearest to a picture `(h, w)`; of equals, the first."""
    return smallest(distances(images, picture[np.newaxis])[0], count)


def smallest(apart: Floats, count: int) -> Neighbours:
    """Return the `count` smallest of some distances `(n,)`; of equals, the first."""
    count = min(count, len(apart))
    limit = np.partition(apart, count - 1)[count - 1] if count else 0
    candidates = np.flatnonzero(apart <= limit)
    order = np.argsort(apart[candidates], kind="stable")[:count]
    return Neighbours(candidates[order], apart[candidates[order]])

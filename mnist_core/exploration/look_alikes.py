"""Finds the nearest pairs of pictures with different labels, exactly, without comparing all pixels.

A projection onto a few orthonormal directions can only reduce the distance of two pictures. So a
pair whose projections are farther apart than the best pairs found so far need not be compared pixel
by pixel, and of the 1.6 billion pairs of MNIST's training pictures a few thousand remain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from mnist_core.arrays import Floats, Indices, Labels, Pixels
from mnist_core.data import Dataset
from mnist_core.exploration.pca import PrincipalComponents

DIRECTIONS = 64
BLOCK = 100
"""Pictures of a class whose projections are compared with those of all later classes at once."""

ROUNDING = 1 + 1e-3
"""Tolerance for float32 projections: a pair is compared though it seems this much too far apart."""

COMPARED = 2000
"""Pairs that are compared pixel by pixel at once: 13 MB for 28 by 28 pixels."""

Places: TypeAlias = tuple[Indices, Indices]


class Pair(NamedTuple):
    """Two pictures of different classes and their Euclidean distance in grey values."""

    distance: float
    first: int
    second: int


@dataclass(frozen=True)
class Search:
    """The share of all pairs that have been compared, 0 to 1, and the nearest of them so far."""

    share: float
    pairs: list[Pair]


def look_alikes(dataset: Dataset, components: PrincipalComponents, count: int) -> Iterator[Search]:
    """Search for the `count` nearest pairs with different labels, nearest first.

    `components` are the principal components of the data set's images.

    Yields:
        the pairs found so far; the last is the result.
    """
    order = np.argsort(dataset.labels, kind="stable")
    images = dataset.images[order]
    left, right = _factors(components.project(images, DIRECTIONS))
    best: set[Pair] = set()
    blocks = list(_blocks(dataset.labels[order]))
    compared = np.cumsum(
        [(rows.stop - rows.start) * (len(order) - later) for rows, later in blocks]
    )
    for (rows, later), so_far in zip(blocks, compared, strict=True):
        apart = left[rows] @ right[:, later:]
        if len(best) < count:
            best |= _compared(images, order, _smallest(apart, count), rows.start, later)
        limit = sorted(best)[:count][-1].distance if len(best) >= count else np.inf
        near = np.flatnonzero(apart <= np.float32((limit * ROUNDING) ** 2))
        first, second = np.unravel_index(near, apart.shape)
        best = set(
            sorted(best | _compared(images, order, (first, second), rows.start, later))[:count]
        )
        yield Search(float(so_far / compared[-1]), sorted(best))


def _factors(projected: Floats) -> tuple[Floats, Floats]:
    """Return L `(n, k + 2)` and R `(k + 2, n)` with (L R)[i, j] = |p_i - p_j|², for p `(k, n)`."""
    squares = np.einsum("kn,kn->n", projected, projected)[None]
    ones = np.ones_like(squares)
    return (
        np.concatenate([-2 * projected, squares, ones]).T.copy(),
        np.concatenate([projected, ones, squares]),
    )


def _blocks(labels: Labels) -> Iterator[tuple[slice, int]]:
    """Yield slices of sorted labels, each within one class, and the start of the next class."""
    starts = np.flatnonzero(np.diff(labels, prepend=labels[0] + 1))
    for start, later in pairwise(starts.tolist()):
        for first in range(start, later, BLOCK):
            yield slice(first, min(first + BLOCK, later)), later


def _smallest(apart: Floats, count: int) -> Places:
    """Return the rows and columns of the `count` smallest numbers."""
    flat = np.argpartition(apart, min(count, apart.size) - 1, axis=None)[:count]
    rows, columns = np.unravel_index(flat, apart.shape)
    return rows, columns


def _compared(images: Pixels, order: Indices, places: Places, start: int, later: int) -> set[Pair]:
    """Return the pairs at some places of a block with their exact distances."""
    first, second = places[0] + start, places[1] + later
    pairs = set()
    for part in range(0, len(first), COMPARED):
        some = slice(part, part + COMPARED)
        squared = (images[first[some]].astype(np.float64) - images[second[some]]) ** 2
        distances = np.sqrt(squared.sum(axis=(1, 2)))
        indices = zip(distances, order[first[some]], order[second[some]], strict=True)
        pairs |= {Pair(float(d), int(a), int(b)) for d, a, b in indices}
    return pairs

"""Connected components of a binary picture, where diagonal neighbours are connected too.

Every row is cut into runs of ink. Runs that touch in neighbouring rows are linked, and union-find
over these links gives the components. It works on arrays of all runs rather than on one run at a
time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Indices


@dataclass(frozen=True)
class Components:
    """The connected components of a picture, numbered from 0.

    `labels` `(height, width)` int32 holds the number of each pixel's component, -1 where there is
    no ink. The other arrays `(components,)` are each component's bounding box (`bottom` and `right`
    one past its end) and its number of pixels.
    """

    labels: NDArray[np.int32]
    top: Indices
    left: Indices
    bottom: Indices
    right: Indices
    area: Indices

    def __len__(self) -> int:
        return len(self.area)

    @property
    def height(self) -> Indices:
        return self.bottom - self.top

    @property
    def width(self) -> Indices:
        return self.right - self.left

    @property
    def longer_side(self) -> Indices:
        return np.maximum(self.height, self.width)

    def pixels(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the pixels `(height, width)` of the `chosen` `(components,)` components.

        Pixels without ink, whose label is -1, are never among them.
        """
        return np.append(chosen, False)[self.labels]


def components(ink: NDArray[np.bool_]) -> Components:
    """Find the components of `ink` `(height, width)`, numbered from the top by their first row."""
    row, start, stop = _runs(ink)
    component = union_find(len(row), *_touching(row, start, stop, ink.shape[1]))
    count = int(component.max(initial=-1)) + 1
    labels = np.full(ink.shape, -1, np.int32)
    labels[ink] = np.repeat(component, stop - start)
    top, left = np.full(count, ink.shape[0]), np.full(count, ink.shape[1])
    bottom, right, area = np.zeros((3, count), np.intp)
    np.minimum.at(top, component, row)
    np.minimum.at(left, component, start)
    np.maximum.at(bottom, component, row + 1)
    np.maximum.at(right, component, stop)
    np.add.at(area, component, stop - start)
    return Components(labels, top, left, bottom, right, area)


def union_find(n: int, first: Indices, second: Indices) -> Indices:
    """Find the connected components of a graph of n nodes with edges `first[i]` - `second[i]`.

    Each node points to the lowest node that it is known to be connected to, until nothing changes.

    Returns:
        The component of each node `(n,)`, numbered from 0 in the order of their lowest nodes.
    """
    root = np.arange(n)
    while True:
        a, b = root[first], root[second]
        if np.array_equal(a, b):
            return np.unique(root, return_inverse=True)[1]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while not np.array_equal(root, root[root]):
            root = root[root]


def _runs(ink: NDArray[np.bool_]) -> tuple[Indices, Indices, Indices]:
    """Return row, first column and column after the last of each run of ink, in reading order."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).view(np.int8), axis=1)
    row, start = np.nonzero(edges == 1)
    return row, start, np.nonzero(edges == -1)[1]


def _touching(row: Indices, start: Indices, stop: Indices, width: int) -> tuple[Indices, Indices]:
    """Return all pairs of runs that touch, vertically or diagonally, in neighbouring rows."""
    stride = width + 2
    below = (row + 1) * stride
    # In the row below, the runs that touch are those from the first that ends at this run's start
    # or later to the last that starts at its end or earlier.
    first = np.searchsorted(row * stride + stop, below + start, side="left")
    last = np.searchsorted(row * stride + start, below + stop, side="right")
    counts = last - first
    upper = np.repeat(np.arange(len(row)), counts)
    offsets = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts)
    return upper, first[upper] + offsets

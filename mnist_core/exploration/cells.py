"""Averages the pictures of a map cell by cell, to show all its shapes at once.

As in an activation atlas: Carter et al., "Activation Atlas", Distill (2019).
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Indices, Pixels


def cells_of(places: Floats, cells: int) -> Indices:
    """Return the cell of a square grid over the map that each picture lies in, `(n,)`.

    Args:
        places: `(2, n)`; the grid covers them all. Up is the second axis's larger end.
        cells: along each side of the grid; they are counted row by row from the top.
    """
    low, high = places.min(axis=1, keepdims=True), places.max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1)
    column, row = np.minimum(((places - low) / span * cells).astype(np.intp), cells - 1)
    found: Indices = (cells - 1 - row) * cells + column
    return found


def cell_averages(images: Pixels, places: Floats, cells: int) -> tuple[Pixels, NDArray[np.intp]]:
    """Return the average picture of each cell of a square grid over the map.

    Args:
        images: `(n, h, w)`.
        places: `(2, n)`.
        cells: along each side of the grid, see `cells_of`.

    Returns:
        pictures `(cells², h, w)`, row by row from the top, blank where a cell is empty, and the
        number of images in each.
    """
    cell = cells_of(places, cells)
    counts = np.bincount(cell, minlength=cells**2)
    sums = np.zeros((cells**2, *images.shape[1:]))
    np.add.at(sums, cell, images)
    means = sums / np.maximum(counts, 1)[:, None, None]
    return np.rint(means).astype(np.uint8), counts

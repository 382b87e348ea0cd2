"""Cuts through connected ink where two digits may touch.

A cut is a path from the top of the ink to its bottom that crosses as little ink as possible and
goes at most one pixel aside for each pixel down: it slants with the writing and bends around a
stroke. The best path within reach of every column of a small copy is found by dynamic programming;
those that cross least are proposed, and `grouping` decides which of them part two digits.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PIL import Image

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.drawing.normalisation import ink_box
from mnist_core.drawing.segmentation import Fragment, Line

COARSE = 32
"""Rows of the small copy."""

REACH = 6
"""Columns of the small copy that a path may go to each side."""

ASIDE = 0.08
"""The cost of a step to the side, in pixels of ink."""

NARROWEST = 0.6
"""Ink is one digit if its width is less than this multiple of its height."""

MOST_CUTS = 6
MOST_INK = 0.4
"""The most ink that a cut crosses, as a share of the height."""

APART = 0.12
"""The least mean distance between two cuts, as a share of the height."""

TALL = 0.55
"""The least height of the ink on each side of a cut, as a share of the height."""


class Cut(NamedTuple):
    """A path through ink: its column in each row `(height,)`, and the ink that it crosses.

    Pixels left of its column belong to the left side. `crossed` is a share of the height.
    """

    columns: Indices
    crossed: float


def in_pieces(line: Line) -> Line:
    """Cut the fragments of a line wherever digits may meet; return them from left to right."""
    pieces = [piece for whole in line for piece in _pieces(whole)]
    return tuple(sorted(pieces, key=lambda piece: piece.box.left + piece.box.right))


def _pieces(whole: Fragment) -> list[Fragment]:
    """Divide a fragment at its cuts."""
    proposed = cuts(whole.box.of(whole.ink))
    top, left, bottom, right = whole.box
    start, end = np.full(bottom - top, left), np.full(bottom - top, right)
    edges = [start, *(left + cut.columns for cut in proposed), end]
    crossed = [whole.crossed, *(cut.crossed for cut in proposed)]
    pieces = []
    for (low, high), share in zip(pairwise(edges), crossed, strict=True):
        own = np.zeros_like(whole.ink)
        own[top:bottom] = between(whole.ink[top:bottom], low, high)
        box = ink_box(own)
        if box:
            pieces.append(Fragment(own, box, whole.connected, share))
    return pieces


def between(ink: Pixels, low: Indices, high: Indices) -> Pixels:
    """Return the ink `(height, width)` from column `low` to before `high`, both `(height,)`."""
    columns = np.arange(ink.shape[1])
    inside = (columns >= low[:, None]) & (columns < high[:, None])
    return np.where(inside, ink, np.uint8(0))


def cuts(ink: Pixels) -> list[Cut]:
    """Find the cuts that may part digits, from left to right; none crosses another.

    Args:
        ink: `(height, width)` uint8, cropped to its bounding box.
    """
    height, width = ink.shape
    if width < NARROWEST * height or min(height, width) < 2:
        return []
    small = _coarse(ink)
    rows, columns = small.shape
    paths, crossed = _paths(small)
    proposed: list[Cut] = []
    for column in _deepest(paths, np.where(_parts(small, paths), crossed, np.inf)):
        at = (np.arange(height) * rows) // height
        path = np.rint((paths[at, column] + 0.5) * width / columns).astype(np.intp)
        proposed.append(Cut(path, float(crossed[column]) / rows))
    for left, right in pairwise(proposed):
        np.maximum(left.columns, right.columns, out=right.columns)
    return proposed


def _coarse(ink: Pixels) -> Floats:
    """Return a copy of `COARSE` rows, 0 to 1."""
    height, width = ink.shape
    columns = max(1, round(width * COARSE / height))
    small = Image.fromarray(ink).resize((columns, COARSE), Image.Resampling.BOX)
    scaled: Floats = np.asarray(small, np.float32) / 255
    return scaled


def _paths(ink: Floats) -> tuple[Indices, Floats]:
    """Return the best path around each column `(height, width)` and the ink that it crosses."""
    height, width = ink.shape
    offsets = 2 * REACH + 1
    around = sliding_window_view(np.pad(ink, ((0, 0), (REACH, REACH)), "edge"), offsets, axis=1)
    cost = around[0].astype(np.float64)
    came = np.zeros((height, width, offsets), np.intp)
    for row in range(1, height):
        padded = np.pad(cost, ((0, 0), (1, 1)), constant_values=np.inf)
        ways = np.stack([padded[:, 1:-1], padded[:, :-2] + ASIDE, padded[:, 2:] + ASIDE])
        best = ways.argmin(axis=0)
        came[row] = np.array([0, -1, 1])[best]
        cost = around[row] + np.take_along_axis(ways, best[None], axis=0)[0]
    column, offset = np.arange(width), cost.argmin(axis=1)
    crossed: Floats = cost[column, offset]
    paths = np.empty((height, width), np.intp)
    for row in range(height - 1, -1, -1):
        paths[row] = (column + offset - REACH).clip(0, width - 1)
        offset = offset + came[row, column, offset]
    return paths, crossed


def _parts(ink: Floats, paths: Indices) -> NDArray[np.bool_]:
    """Return whether each path has high ink on both sides `(width,)`."""
    left = np.take_along_axis(np.pad(ink.cumsum(axis=1), ((0, 0), (1, 0))), paths, axis=1)
    right = ink.sum(axis=1)[:, None] - left
    return np.minimum(_extent(left), _extent(right)) >= TALL * len(ink)


def _extent(inked: Floats) -> Indices:
    """Return the number of rows from the first to the last ink in each column of amounts."""
    there = inked >= 0.5
    first, last = there.argmax(axis=0), len(there) - there[::-1].argmax(axis=0)
    return np.where(there.any(axis=0), last - first, 0)


def _deepest(paths: Indices, crossed: Floats) -> list[int]:
    """Return the columns whose paths cross the least ink, at most `MOST_CUTS`, in order."""
    middle = paths.mean(axis=0)
    chosen: list[int] = []
    for column in np.argsort(crossed, kind="stable").tolist():
        if crossed[column] > MOST_INK * COARSE or len(chosen) == MOST_CUTS:
            break
        if all(abs(middle[column] - middle[other]) >= APART * COARSE for other in chosen):
            chosen.append(column)
    return sorted(chosen, key=lambda column: float(middle[column]))

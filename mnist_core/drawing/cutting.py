"""Cuts through connected ink where two digits may touch.

A cut is a path from the top of the ink to its bottom that enters few strokes, follows them as
briefly as possible, and goes at most one pixel aside for each pixel down: it slants with the
writing and bends around a stroke. The best path within reach of every column of a small copy is
found by dynamic programming; the cheapest are proposed, and `grouping` decides which of them part
two digits.

Where two digits touch, their strokes run side by side, and the ink is narrower than both strokes
together. So each side of a cut keeps a pen's width of the ink that the cut follows: what lies
between belongs to both.
"""

from collections.abc import Sequence
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

REACH = 3
"""Columns of the small copy that a path may go to each side."""

ENTERED = 10.0
"""The cost of entering a stroke, in pixels of ink..."""

ASIDE = 0.1
"""... and of a step to the side."""

NARROWEST = 0.6
"""Ink is one digit if its width is less than this multiple of its height."""

LOW = 0.5
"""Ink whose strokes are wider than this share of its height is one stroke, such as a minus."""

MOST_CUTS = 15
DEAREST = 1.5
"""The highest cost of a cut, as a share of the height."""

APART = 0.08
"""The least mean distance between two cuts, as a share of the height."""

TALL = 0.55
"""The least height of the ink on each side of a cut that is not the other's, as such a share."""

SLANTED = 1.3
"""Ink belongs to both sides of a cut where it is no wider than this multiple of the pen: a stroke's
width across a row grows with its slant."""

ALONG = 1.5
"""A cut that is in ink for this multiple of the pen's width goes along a stroke, else across it."""

INKED = 0.5
"""Greyer pixels count as ink where widths are measured."""


class Cut(NamedTuple):
    """A path through ink: its column in each row `(height,)`, and its cost.

    Pixels left of its column belong to the left side. `crossed` is the ink that it goes through and
    `ENTERED` for each stroke that it enters, as a share of the height.
    """

    columns: Indices
    crossed: float


def in_pieces(line: Line) -> Line:
    """Cut the fragments of a line wherever digits may meet; return them from left to right."""
    pieces = [piece for whole in line for piece in _pieces(whole)]
    return tuple(sorted(pieces, key=lambda piece: piece.box.left + piece.box.right))


def _pieces(whole: Fragment) -> list[Fragment]:
    """Divide a fragment at its cuts."""
    cropped = whole.box.of(whole.ink)
    proposed = cuts(cropped)
    crossed = [whole.crossed, *(cut.crossed for cut in proposed)]
    pieces = []
    for part, share in zip(divided(cropped, proposed), crossed, strict=True):
        own = np.zeros_like(whole.ink)
        whole.box.of(own)[...] = part
        box = ink_box(own)
        if box:
            pieces.append(Fragment(own, box, whole.connected, share))
    return pieces


def divided(ink: Pixels, at: Sequence[Cut]) -> list[Pixels]:
    """Return the parts of ink `(height, width)` from left to right, each on paper of that size.

    Neighbouring parts share the ink along a cut that is narrower than two strokes side by side.
    """
    height, width = ink.shape
    edges = [np.zeros(height, np.intp), *(cut.columns for cut in at), np.full(height, width)]
    since, until = shared(np.stack(edges, axis=1), ink / 255, pen_width(ink / 255))
    return [between(ink, low, high) for low, high in zip(since.T[:-1], until.T[1:], strict=True)]


def between(ink: Pixels, low: Indices, high: Indices) -> Pixels:
    """Return the ink `(height, width)` from column `low` to before `high`, both `(height,)`."""
    columns = np.arange(ink.shape[1])
    inside = (columns >= low[:, None]) & (columns < high[:, None])
    return np.where(inside, ink, np.uint8(0))


def shared(paths: Indices, ink: Floats, pen: float) -> tuple[Indices, Indices]:
    """Return the first column that each side's strokes need, and the one after the last.

    Where a path goes along a stroke, the left side needs the first `pen` columns of the run of ink
    in each row, and the right side its last ones. Where it goes across one, and through paper, each
    ends at the path.

    Args:
        paths: `(height, n)` columns.
        ink: `(height, width)`, 0 to 1.
        pen: a stroke's width in pixels.

    Returns:
        Where the right sides begin and where the left sides end, each `(height, n)`.
    """
    width = ink.shape[1]
    first, last = _runs(ink >= INKED)
    at = paths.clip(max=width - 1)
    start, end = (np.take_along_axis(side, at, axis=1) for side in (first, last))
    within = (start < paths) & (paths < end)
    enters, leaves = _runs(within.T)
    within &= ALONG * pen <= (leaves - enters).T
    since = np.where(within, np.maximum(end - round(pen), start), paths)
    until = np.where(within, np.minimum(start + round(pen), end), paths)
    return np.minimum(since, paths), np.maximum(until, paths)


def _runs(inked: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    """Return where each pixel's run of ink in its row begins and ends, both `(height, width)`.

    The end is the column after the last one. For a pixel without ink neither has a meaning.
    """
    columns = np.arange(inked.shape[1])
    first = np.maximum.accumulate(np.where(inked, 0, columns + 1), axis=1)
    paper = np.where(inked, inked.shape[1], columns)
    return first, np.minimum.accumulate(paper[:, ::-1], axis=1)[:, ::-1]


def pen_width(ink: Floats) -> float:
    """Return the mean width of the strokes in ink `(height, width)`, 0 to 1, in pixels.

    A stroke's outline is twice as long as it is. Its length is pi / 4 of the sum of the changes
    along rows and columns, whatever its directions (Cauchy's and Crofton's formula).
    """
    padded = np.pad(ink, 1)
    changes = sum(float(np.abs(np.diff(padded, axis=axis)).sum()) for axis in (0, 1))
    return float(2 * ink.sum()) / (np.pi / 4 * changes)


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
    if pen_width(small) > LOW * rows:
        return []
    paths, cost = _paths(small)
    proposed: list[Cut] = []
    for column in _cheapest(paths, np.where(_parts(small, paths), cost, np.inf)):
        at = (np.arange(height) * rows) // height
        path = np.rint((paths[at, column] + 0.5) * width / columns).astype(np.intp)
        proposed.append(Cut(path, float(cost[column]) / rows))
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
    """Return the best path around each column `(height, width)` and its cost."""
    height, width = ink.shape
    offsets = 2 * REACH + 1
    near = sliding_window_view(np.pad(ink, ((0, 0), (REACH, REACH)), "edge"), offsets, axis=1)
    cost = (1 + ENTERED) * near[0].astype(np.float64)
    came = np.zeros((height, width, offsets), np.intp)
    for row in range(1, height):
        above = np.pad(cost, ((0, 0), (1, 1)), constant_values=np.inf)
        inked = np.pad(near[row - 1], ((0, 0), (1, 1)), "edge")
        ways = np.stack(
            [
                above[:, 1 + step : 1 + step + offsets]
                + ASIDE * abs(step)
                + ENTERED * (near[row] - inked[:, 1 + step : 1 + step + offsets]).clip(min=0)
                for step in (0, -1, 1)
            ]
        )
        best = ways.argmin(axis=0)
        came[row] = np.array([0, -1, 1])[best]
        cost = near[row] + np.take_along_axis(ways, best[None], axis=0)[0]
    column, offset = np.arange(width), cost.argmin(axis=1)
    cheapest: Floats = cost[column, offset]
    paths = np.empty((height, width), np.intp)
    for row in range(height - 1, -1, -1):
        paths[row] = (column + offset - REACH).clip(0, width - 1)
        offset = offset + came[row, column, offset]
    return paths, cheapest


def _parts(ink: Floats, paths: Indices) -> NDArray[np.bool_]:
    """Return whether each path has high ink of its own on both sides `(width,)`."""
    since, until = shared(paths, ink, SLANTED * pen_width(ink))
    amount = np.pad(ink.cumsum(axis=1), ((0, 0), (1, 0)))
    left = np.take_along_axis(amount, since, axis=1)
    right = amount[:, -1:] - np.take_along_axis(amount, until, axis=1)
    return np.minimum(_extent(left), _extent(right)) >= TALL * len(ink)


def _extent(inked: Floats) -> Indices:
    """Return the number of rows from the first to the last ink in each column of amounts."""
    there = inked >= 0.5
    first, last = there.argmax(axis=0), len(there) - there[::-1].argmax(axis=0)
    return np.where(there.any(axis=0), last - first, 0)


def _cheapest(paths: Indices, cost: Floats) -> list[int]:
    """Return the columns whose paths cost least, at most `MOST_CUTS`, in order."""
    middle = paths.mean(axis=0)
    chosen: list[int] = []
    for column in np.argsort(cost, kind="stable").tolist():
        if cost[column] > DEAREST * COARSE or len(chosen) == MOST_CUTS:
            break
        if all(abs(middle[column] - middle[other]) >= APART * COARSE for other in chosen):
            chosen.append(column)
    return sorted(chosen, key=lambda column: float(middle[column]))

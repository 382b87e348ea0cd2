"""A picture of several digits -> one picture for each, in reading order.

Connected ink belongs together. So do parts above one another: the bar of a 5 that does not reach
its body, the two strokes of a broken 4. Specks belong to nothing.
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.drawing.connected_components import Components, components, union_find
from mnist_core.drawing.normalisation import check_drawing, without_noise
from mnist_core.errors import LabError

SPECK = 0.15
"""A part whose longer side is less than this share of the largest part's is a speck."""

OVERLAP = 0.5
"""Two parts are above one another if this share of the narrower one lies over the other."""

NEAR = 0.25
"""A small part may be this far above or below a digit, as a share of the digit's height..."""

CLOSE = 0.1
"""... and a part as large as the digit this far: beyond it, it is a digit in another row."""

SAME_ROW = 0.5
"""Two digits are in one row if this share of the lower one lies beside the other."""

MOST_PARTS = 200
"""A picture with more parts than this, specks not counted, is no number."""


def find_digits(image: Pixels) -> list[Pixels]:
    """Find the digits in `image` `(height, width)` uint8, bright ink on black.

    Returns:
        An image of the same size for each digit, with its ink only: row by row from the top, left
        to right. `drawing.ink_box` tells where it is.

    Raises:
        LabError: the image is no drawing, or has too many parts to be a number.
    """
    check_drawing(image)
    ink = without_noise(image)
    parts = components(ink > 0)
    if not len(parts):
        return []
    longer = np.maximum(parts.height, parts.width)
    kept = np.flatnonzero(longer >= SPECK * longer.max())
    if len(kept) > MOST_PARTS:
        raise LabError(
            f"The picture has {len(kept):,} separate marks; a number has at most {MOST_PARTS}. "
            "Draw it larger, or photograph only the number."
        )
    digit = np.full(len(parts), -1)
    digit[kept] = union_find(len(kept), *_one_digit(parts, kept))
    of_pixel = np.where(parts.labels >= 0, digit[parts.labels], -1)
    return [np.where(of_pixel == d, ink, np.uint8(0)) for d in _reading_order(parts, digit)]


def _one_digit(parts: Components, kept: Indices) -> tuple[Indices, Indices]:
    """The pairs of kept parts that are parts of one digit, as indices into `kept`."""
    top, bottom, left, right = (
        side[kept].astype(float) for side in (parts.top, parts.bottom, parts.left, parts.right)
    )
    above = _share(left, right) >= OVERLAP
    height = bottom - top
    taller = np.maximum(height[:, None], height)
    shorter = np.minimum(height[:, None], height)
    near = -_common(top, bottom) <= NEAR * (taller - shorter) + CLOSE * shorter
    return _pairs(above & near)


def _reading_order(parts: Components, digit: Indices) -> Indices:
    """The numbers of the digits, row by row from the top and left to right."""
    count = int(digit.max()) + 1
    top, bottom, left, right = np.zeros((4, count))
    for d in range(count):
        own = digit == d
        top[d], bottom[d] = parts.top[own].min(), parts.bottom[own].max()
        left[d], right[d] = parts.left[own].min(), parts.right[own].max()
    row = union_find(count, *_pairs(_share(top, bottom) >= SAME_ROW))
    height = np.array([top[row == r].mean() for r in row])
    return np.lexsort([left + right, height])


def _pairs(linked: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    first, second = np.nonzero(linked)
    return first, second


def _common(low: Floats, high: Floats) -> Floats:
    """How far each two of n spans overlap `(n, n)`; below zero it is the gap between them."""
    common: Floats = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    return common


def _share(low: Floats, high: Floats) -> Floats:
    """The overlap of each two spans, as a share of the shorter one."""
    length = high - low
    share: Floats = _common(low, high) / np.minimum(length[:, None], length)
    return share

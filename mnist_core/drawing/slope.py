"""How far the lines of writing in a picture rise or fall, and the picture turned until they do not.

The feet of a line's digits lie on a straight line, one slope for all lines: least squares with an
own height for each line.
"""

import numpy as np
from PIL import Image

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import Box

LONG, FEWEST = 2.0, 3
"""A line of writing tells a slope that is so many times as long as high and has so many marks."""

LOW = 0.5
"""Marks that are less high than this share of their line's height are no whole digits."""

UNEVEN = 0.12
"""No foot stands farther above or below its line, as a share of the height of the writing."""

LEVEL, STEEPEST = np.tan(np.radians(5.0)), np.tan(np.radians(25.0))
"""Rows for each column: less harms no reading and may be chance, more is no line of writing."""


def slope(lines: list[list[Box]]) -> float:
    """By how many rows the writing falls for each column to the right; 0 where it cannot be told.

    Args:
        lines: the bounding boxes of the digits in each line of writing.
    """
    across, down = np.zeros(0), np.zeros(0)
    for boxes in lines:
        top, left, bottom, right = np.array(boxes, np.float64).T
        height = (bottom - top).max()
        high = bottom - top >= LOW * height
        x, y = ((left + right) / 2)[high], bottom[high]
        if len(x) >= FEWEST and np.ptp(x) >= LONG * height:
            across = np.append(across, (x - x.mean()) / height)
            down = np.append(down, (y - y.mean()) / height)
    if not len(across):
        return 0.0
    found = float(across @ down / (across @ across))
    steady = np.abs(down - found * across).max() <= UNEVEN
    return found if steady and LEVEL <= abs(found) <= STEEPEST else 0.0


def levelled(picture: Pixels, fall: float) -> Pixels:
    """The picture `(height, width)` turned until writing with this slope is level.

    It grows so that nothing is cut off.
    """
    turned = Image.fromarray(picture).rotate(
        float(np.degrees(np.arctan(fall))), Image.Resampling.BILINEAR, expand=True
    )
    return np.asarray(turned)

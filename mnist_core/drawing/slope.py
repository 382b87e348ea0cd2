"""How far the lines of writing in a picture rise or fall, and the picture turned until they do not.

The feet of a line's digits lie on a straight line, one slope for all lines: least squares with an
own height for each line. Their tops must agree.
"""

import numpy as np
from PIL import Image

from mnist_core.arrays import Floats, Pixels
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
    measured = [_measured(np.array(boxes, np.float64)) for boxes in lines]
    across, tops, feet = np.concatenate([np.zeros((3, 0)), *measured], axis=1)
    if not len(across):
        return 0.0
    of_tops, of_feet = (float(across @ down / (across @ across)) for down in (tops, feet))
    steady = np.abs(feet - of_feet * across).max() <= UNEVEN
    agree = of_tops * of_feet > 0 and abs(of_tops) >= LEVEL / 2
    return of_feet if steady and agree and LEVEL <= abs(of_feet) <= STEEPEST else 0.0


def _measured(boxes: Floats) -> Floats:
    """Where a line's digits stand, their tops and their feet `(3, digits)`.

    Each is relative to its mean and in heights of the line; empty for a line that tells no slope.
    """
    top, left, bottom, right = boxes.T
    height = (bottom - top).max()
    high = bottom - top >= LOW * height
    found: Floats = np.stack([(left + right) / 2, top, bottom])[:, high] / height
    if high.sum() < FEWEST or np.ptp(found[0]) < LONG:
        return np.zeros((3, 0))
    found -= found.mean(axis=1, keepdims=True)
    return found


def levelled(picture: Pixels, fall: float) -> Pixels:
    """The picture `(height, width)` turned until writing with this slope is level.

    It grows so that nothing is cut off.
    """
    turned = Image.fromarray(picture).rotate(
        float(np.degrees(np.arctan(fall))), Image.Resampling.BILINEAR, expand=True
    )
    return np.asarray(turned)

"""Measures the slope of the lines of writing in a picture, and rotates the picture to level them.

One slope is fitted to the feet of the digits of all lines, by least squares with a separate height
for each line. The tops must agree.
"""

import numpy as np
from PIL import Image

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.normalisation import Box

LONG, FEWEST = 2.0, 3
"""The least length, in heights of the line, and the fewest marks of a line that is measured."""

LOW = 0.5
"""Marks lower than this share of their line's height are no whole digits."""

UNEVEN = 0.12
"""The greatest distance of a foot from its line, as a share of the height of the writing."""

LEVEL, STEEPEST = np.tan(np.radians(5.0)), np.tan(np.radians(25.0))
"""Rows for each column: a smaller slope is harmless and may be chance, a greater one an error."""


def slope(lines: list[list[Box]]) -> float:
    """Return the rows that the writing falls for each column to the right; 0 if it is uncertain.

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
    """Return the middles, tops and feet of a line's digits `(3, digits)`.

    Each is relative to its mean and in heights of the line; empty for a line that is too short.
    """
    top, left, bottom, right = boxes.T
    height = (bottom - top).max()
    high = bottom - top >= LOW * height
    digits: Floats = np.stack([(left + right) / 2, top, bottom])[:, high] / height
    if high.sum() < FEWEST or np.ptp(digits[0]) < LONG:
        return np.zeros((3, 0))
    digits -= digits.mean(axis=1, keepdims=True)
    return digits


def levelled(picture: Pixels, fall: float) -> Pixels:
    """Rotate the picture `(height, width)` until writing with this slope is level.

    It grows so that nothing is cut off.
    """
    turned = Image.fromarray(picture).rotate(
        float(np.degrees(np.arctan(fall))), Image.Resampling.BILINEAR, expand=True
    )
    return np.asarray(turned)

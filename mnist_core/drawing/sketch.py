"""A sketch: the strokes of a pen and of an eraser, in the order drawn, and the picture of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.strokes import Stroke, draw
from mnist_core.errors import LabError

MOST_MARKS = 300
MOST_POINTS = 10_000
WIDEST = 200.0
FARTHEST = 1_000.0
"""Pixels: the pen may leave the paper, but coordinates are clipped to this."""

MOST_WORK = 1_000_000.0
"""The most points times longest step between two, in pixels: proportional to the drawing time."""


@dataclass(frozen=True, eq=False)
class Mark:
    """One stroke: its path and width in pixels, and whether it erases instead of drawing."""

    path: Stroke
    width: float
    erases: bool = False


Sketch: TypeAlias = tuple[Mark, ...]


def checked_mark(points: Sequence[Any], width: Any, erases: bool) -> Mark:
    """Make a mark from untrusted numbers, such as a file's or a browser's.

    Raises:
        LabError: the points are not at least one pair of finite numbers, or the width is not in
            (0, `WIDEST`].
    """
    try:
        path, width = np.array(points, np.float64), float(width)
    except (TypeError, ValueError, OverflowError) as error:
        raise LabError("A stroke could not be read: draw it again.") from error
    if path.ndim != 2 or path.shape[1] != 2 or not len(path) or not np.isfinite(path).all():
        raise LabError("A stroke could not be read: draw it again.")
    if not 0 < width <= WIDEST:
        raise LabError(
            f"A stroke is {width:g} pixels wide; the limit is {WIDEST:g}: use a thinner pen."
        )
    return Mark(path.clip(-FARTHEST, FARTHEST), width, erases)


def checked_sketch(marks: Sequence[Mark]) -> Sketch:
    """Check the number and length of the marks and return them as a sketch.

    Raises:
        LabError: there are too many of them, or of their points, or they are too far apart.
    """
    points = sum(len(mark.path) for mark in marks)
    if len(marks) > MOST_MARKS or points > MOST_POINTS:
        raise LabError(
            f"The drawing has {len(marks):,} strokes of {points:,} points; the lab reads up to "
            f"{MOST_MARKS:,} of {MOST_POINTS:,}: start a new one."
        )
    if sum(map(_work, marks)) > MOST_WORK:
        raise LabError("The drawing is too long a scribble: start a new one.")
    return tuple(marks)


def _work(mark: Mark) -> float:
    steps = np.abs(np.diff(mark.path, axis=0)).sum(axis=1)
    return len(mark.path) * float(steps.max(initial=0))


def ink(sketch: Sequence[Mark], height: int, width: int) -> Pixels:
    """Draw the sketch as a picture `(height, width)` uint8, bright ink on black.

    Each mark lies over those before it; ink outside is cut off.

    Raises:
        LabError: a path is not finite points, or a size is out of the range of `strokes.draw`.
    """
    picture = np.zeros((height, width), np.uint8)
    for (erases, brush), marks in groupby(sketch, lambda mark: (mark.erases, mark.width)):
        layer = draw([mark.path for mark in marks], max(height, width), brush)[:height, :width]
        picture = np.minimum(picture, 255 - layer) if erases else np.maximum(picture, layer)
    return picture

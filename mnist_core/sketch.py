"""What a visitor drew: marks of a pen and of an eraser, in the order drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.strokes import Stroke, draw


@dataclass(frozen=True, eq=False)
class Mark:
    """One movement of the pen: its path in pixels, how wide it is, and whether it wipes ink off."""

    path: Stroke
    width: float
    erases: bool = False


Sketch: TypeAlias = tuple[Mark, ...]


def ink(sketch: Sequence[Mark], height: int, width: int) -> Pixels:
    """The sketch as a picture `(height, width)` uint8, bright ink on black.

    Each mark lies over those before it; what lies outside is cut off.

    Raises:
        LabError: a path is not finite points, or a size is out of the range of `strokes.draw`.
    """
    picture = np.zeros((height, width), np.uint8)
    for (erases, brush), marks in groupby(sketch, lambda mark: (mark.erases, mark.width)):
        layer = draw([mark.path for mark in marks], max(height, width), brush)[:height, :width]
        picture = np.minimum(picture, 255 - layer) if erases else np.maximum(picture, layer)
    return picture

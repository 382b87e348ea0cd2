"""Thins the strokes of a pen that was too thick for the size of the writing.

Measured with 700 digits drawn with a pen (`benchmarks.pen` reads them): up to a width of 0.18 of
the digit's longer side, `conv` reads 98 to 99 % of them, of 0.26 94 %, of 0.4 77 %, of 0.5 53 %.
"""

from dataclasses import replace

import numpy as np

from mnist_core.drawing.sketch import Mark, Sketch

TOO_THICK, FITTING = 0.19, 0.14
"""Shares of the writing's height: a wider pen is too thick, and the width of MNIST's ink."""

FLATTEST = 3.0
"""The height of flatter writing counts as a third of its width: a bar is not a low digit."""

DOT = 0.5
"""Writing less than half as high as its pen is wide is a dot, whose width is its size."""


def thinned(sketch: Sketch) -> Sketch:
    """Thin the marks of a sketch that are too thick for its writing.

    The height of the writing is that of the highest mark's path. A sketch in which anything was
    erased stays as it is: the eraser fitted the ink that was there.
    """
    if not sketch or any(mark.erases for mark in sketch):
        return sketch
    height = max(map(_height, sketch))
    return tuple(
        replace(mark, width=FITTING * height)
        if TOO_THICK * height < mark.width <= height / DOT
        else mark
        for mark in sketch
    )


def _height(mark: Mark) -> float:
    width, height = np.ptp(mark.path, axis=0).tolist()
    return float(max(height, width / FLATTEST))

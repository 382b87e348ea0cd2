"""Measures how much darker than its paper each pixel of a photograph is, in uneven light.

The paper's brightness varies, so it is estimated at every pixel by a morphological closing, which
removes everything dark that is narrower than a thick stroke: the largest value around each pixel,
then the smallest of those. Darkness is relative to the paper, so a shadow does not count.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

from mnist_core.arrays import Floats

COARSE = 128
"""Pixels along the longer side of the small copy on which the paper is estimated."""

WIDEST_STROKE = 0.24
"""A share of the picture: MNIST's ink is 0.14 of a digit, and a digit at most the picture."""


def darkness(grey: Floats) -> Floats:
    """Return each pixel's darkness: its difference from the paper there, as a share of the paper.

    Args:
        grey: `(height, width)`, 0 to 255; inverted where the ink is lighter than its paper.

    Returns:
        `(height, width)`, around 0 on paper, up to 1.
    """
    height, width = grey.shape
    share = min(1, COARSE / max(height, width))
    coarse = _resized(
        grey, max(1, round(height * share)), max(1, round(width * share)), Image.Resampling.BOX
    )
    if _is_light_on_dark(coarse):
        grey, coarse = 255 - grey, 255 - coarse
    paper = _resized(_closed(coarse), height, width, Image.Resampling.BILINEAR).clip(min=1)
    darker = _blurred(1 - grey / paper, 1)
    return darker - np.median(darker)


def _is_light_on_dark(grey: Floats) -> bool:
    """Return whether the ink is lighter than the paper."""
    around = _blurred(grey, max(grey.shape) // 16)
    # A high odd power: ink is little but strong, and light from the side is much but weak.
    return bool(np.median(grey) < 128 and ((grey - around) ** 5).sum() > 0)


def _closed(grey: Floats) -> Floats:
    """Return the closing: the picture without dark things narrower than a thick stroke."""
    reach = max(1, round(max(grey.shape) * WIDEST_STROKE / 2))
    closed = grey
    for smoothed in (np.max, np.min):
        for axis in (0, 1):
            closed = smoothed(_around(closed, reach, axis), axis=-1)
    return closed


def _blurred(grey: Floats, reach: int) -> Floats:
    """Return the mean of each pixel and its neighbours up to `reach` away."""
    rows = _around(grey, reach, 0).mean(axis=-1)
    blurred: Floats = _around(rows, reach, 1).mean(axis=-1)
    return blurred


def _around(grey: Floats, reach: int, axis: int) -> Floats:
    """Return each pixel's neighbours along `axis`, up to `reach` away, on a new last axis: a view.

    Outside the picture, brightness that falls towards the edge goes on falling; brightness that
    rises stays at the edge's.
    """
    margin = [(reach, reach) if each == axis else (0, 0) for each in (0, 1)]
    falling = np.pad(grey, margin, mode="reflect", reflect_type="odd")
    wider = np.minimum(falling, np.pad(grey, margin, mode="edge"))
    return sliding_window_view(wider, 2 * reach + 1, axis)


def _resized(grey: Floats, height: int, width: int, by: Image.Resampling) -> Floats:
    return np.asarray(Image.fromarray(grey).resize((width, height), by))

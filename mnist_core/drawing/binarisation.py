"""Grey values of a picture -> ink: what is darker than its paper, whatever the light.

On a screenshot the paper is one grey value. On a photograph it is brighter here and darker there,
so it is estimated at every pixel by a morphological closing, which removes everything dark that is
narrower than a thick stroke: the largest value around each pixel, then the smallest of those. Ink
is how much darker a pixel is than its paper, relative to the paper, so a shadow does not count.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PIL import Image

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.connected_components import components
from mnist_core.drawing.ruling import without_ruling


@dataclass(frozen=True)
class Tolerance:
    """How far a picture's grey values may be from those that were drawn, as thresholds."""

    flat_share: float
    """The share of the picture, and of its edge, that must have one grey value to be flat paper."""

    contrast: float
    """Ink that differs less from flat paper than this share of the grey scale is none."""

    trace: float
    """A pixel below this share of the ink's contrast is a trace around ink, not ink."""

    dust: float
    """Marks whose longer side is below this share of the largest one's are dust."""


LEAST_CONTRAST = 0.15
"""Marks that are not this much darker than photographed paper are creases or noise."""

DUST = 0.1

AS_DRAWN = Tolerance(flat_share=0.5, contrast=0, trace=0, dust=0)
"""For grey values as they were drawn: a screenshot, kept without loss."""

ALTERED = Tolerance(flat_share=0.9, contrast=LEAST_CONTRAST, trace=0.15, dust=DUST)
"""For grey values that a scanner or lossy compression has changed."""

FLAT = 2
"""Grey values by which paper of one colour may vary."""

GRAIN = 0.05
"""If more of the pixels than this differ from flat paper by at most `FLAT`, it is a scan."""

TOO_SMALL = 64
"""Pixels: a picture with no longer side is no photograph."""

NOISE = 6.0
"""On a photograph, ink is this many standard deviations of the paper's noise darker than it."""

ALONG = 0.35
"""A mark that lies along an edge for more than this share of its longer side is no ink."""

CROPPED = 0.9
"""A mark of this share of the picture's height and width is a digit cropped closely..."""

FRAME = 0.3
"""... unless it covers more than this share of the four edges."""

COARSE = 128
"""Pixels along the longer side of the small copy on which the paper is estimated."""

WIDEST_STROKE = 0.24
"""As a share of the picture. MNIST's ink is 0.14 of a digit, a digit at most the whole picture."""


def ink_on_paper(grey: Pixels, tolerance: Tolerance) -> Pixels:
    """Tell ink from paper.

    Args:
        grey: `(height, width)` uint8, dark on light or light on dark.
        tolerance: `AS_DRAWN` or `ALTERED`, as the picture was stored.

    Returns:
        `(height, width)` uint8, bright ink on black; all zero on blank paper.
    """
    paper = int(np.bincount(_edge(grey)).argmax())
    contrast = grey.astype(np.int16) - paper
    like_paper = np.abs(contrast) <= FLAT
    flat = min(like_paper.mean(), _edge(like_paper).mean()) >= tolerance.flat_share
    if not flat and max(grey.shape) > TOO_SMALL:
        return _on_uneven_paper(grey.astype(np.float32))
    scanned = np.mean(like_paper & (contrast != 0)) >= GRAIN
    return _on_flat_paper(contrast, ALTERED if scanned else tolerance)


def _edge(picture: NDArray[Any]) -> NDArray[Any]:
    """The pixels along the four sides of a picture."""
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])


def _on_flat_paper(contrast: NDArray[np.int16], tolerance: Tolerance) -> Pixels:
    """Ink on paper of one grey value, given how much brighter than it each pixel is."""
    if (contrast.astype(np.int64) ** 3).sum() < 0:  # a high odd power: see _is_light_on_dark
        contrast = -contrast
    cleared = np.rint(255 * without_ruling(contrast / 255)).astype(np.int16)
    if not np.array_equal(cleared, contrast):
        contrast, tolerance = cleared, ALTERED  # traces of the lines are left
    strongest = int(contrast.max())
    if strongest <= FLAT or strongest < tolerance.contrast * 255:
        return np.zeros(contrast.shape, np.uint8)
    # MNIST's brightest pixel is 254 or 255: a picture that reaches this is left as it is.
    white = 255.0 if strongest >= 254 else float(strongest)
    ink = _stretched(contrast, tolerance.trace * strongest, white)
    return _without_dust(ink, tolerance.dust)


def _on_uneven_paper(grey: Floats) -> Pixels:
    """Ink on photographed paper, given grey values."""
    height, width = grey.shape
    share = min(1, COARSE / max(height, width))
    coarse = _resized(
        grey, max(1, round(height * share)), max(1, round(width * share)), Image.Resampling.BOX
    )
    if _is_light_on_dark(coarse):
        grey, coarse = 255 - grey, 255 - coarse
    paper = _resized(_closed(coarse), height, width, Image.Resampling.BILINEAR).clip(min=1)
    darkness = _blurred(1 - grey / paper, 1)
    contrast = without_ruling(darkness - float(np.median(darkness)))
    noise = 1.4826 * float(np.median(np.abs(contrast)))  # of a normal distribution
    marks = _without_surroundings(contrast > max(0.5 * LEAST_CONTRAST, 3 * noise))
    strongest = float(contrast.max(initial=0, where=marks))
    if strongest < max(LEAST_CONTRAST, NOISE * noise):
        return np.zeros(grey.shape, np.uint8)
    ink = _stretched(contrast, 0.25 * strongest, 0.6 * strongest)
    return _without_dust(np.where(marks, ink, np.uint8(0)), DUST)


def _is_light_on_dark(grey: Floats) -> bool:
    """Whether the ink is lighter than the paper."""
    around = _blurred(grey, max(grey.shape) // 16)
    # A high odd power: ink is little but strong, and light from the side is much but weak.
    return bool(np.median(grey) < 128 and ((grey - around) ** 5).sum() > 0)


def _closed(grey: Floats) -> Floats:
    """A closing: the picture without anything dark that is narrower than a thick stroke."""
    reach = max(1, round(max(grey.shape) * WIDEST_STROKE / 2))
    closed = grey
    for smoothed in (np.max, np.min):
        for axis in (0, 1):
            closed = smoothed(_around(closed, reach, axis), axis=-1)
    return closed


def _blurred(grey: Floats, reach: int) -> Floats:
    """The mean of each pixel and its neighbours up to `reach` away."""
    rows = _around(grey, reach, 0).mean(axis=-1)
    blurred: Floats = _around(rows, reach, 1).mean(axis=-1)
    return blurred


def _around(grey: Floats, reach: int, axis: int) -> Floats:
    """Each pixel's neighbours along `axis`, up to `reach` away, along a new last axis: a view.

    Outside the picture, brightness that falls towards the edge goes on falling; brightness that
    rises stays at the edge's.
    """
    margin = [(reach, reach) if each == axis else (0, 0) for each in (0, 1)]
    falling = np.pad(grey, margin, mode="reflect", reflect_type="odd")
    wider = np.minimum(falling, np.pad(grey, margin, mode="edge"))
    return sliding_window_view(wider, 2 * reach + 1, axis)


def _resized(grey: Floats, height: int, width: int, by: Image.Resampling) -> Floats:
    return np.asarray(Image.fromarray(grey).resize((width, height), by))


def _stretched(contrast: NDArray[Any], black: float, white: float) -> Pixels:
    """Scale contrasts linearly so that `black` becomes 0 and `white` 255, and cut off the rest."""
    ink: Pixels = (
        np.rint((contrast - black) * (255 / (white - black))).clip(0, 255).astype(np.uint8)
    )
    return ink


def _without_dust(ink: Pixels, dust: float) -> Pixels:
    """The ink without marks whose longer side is below `dust` times the largest one's."""
    marks = components(ink > 0)
    large = marks.longer_side >= dust * marks.longer_side.max(initial=0)
    return np.where(marks.pixels(large), ink, np.uint8(0))


def _without_surroundings(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink without what lies along the picture's edge: a table, a shadow, the paper's border.

    A digit that reaches the edge, or that the picture was cropped to, meets it in few pixels.
    """
    marks = components(ink)
    labels = marks.labels
    edges = labels[0], labels[-1], labels[:, 0], labels[:, -1]
    along = np.array([np.bincount(edge[edge >= 0], minlength=len(marks)) for edge in edges])
    height, width = ink.shape
    cropped = np.minimum(marks.height / height, marks.width / width) > CROPPED
    frame = along.sum(axis=0) > FRAME * 2 * (height + width)
    beside = along.max(axis=0) > ALONG * marks.longer_side
    return marks.pixels(~np.where(cropped, frame, beside))

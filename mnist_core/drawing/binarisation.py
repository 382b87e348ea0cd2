"""Separates the ink of a picture from its paper by grey values, in any light.

On a screenshot the paper is one grey value; on a photograph `uneven_paper` estimates it at every
pixel. Lines of ruled paper, the surroundings of the paper, traces and dust are left out.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.connected_components import components
from mnist_core.drawing.ruling import without_ruling
from mnist_core.drawing.uneven_paper import darkness


@dataclass(frozen=True)
class Tolerance:
    """Thresholds for the difference between a picture's grey values and those that were drawn."""

    flat_share: float
    """The share of the picture, and of its edge, that must have one grey value to be flat paper."""

    contrast: float
    """The least difference of ink from flat paper, as a share of the grey scale."""

    trace: float
    """A pixel below this share of the ink's contrast is a trace around ink, not ink."""

    dust: float
    """Marks whose longer side is below this share of the largest one's are dust."""


LEAST_CONTRAST = 0.15
"""Marks that are not this much darker than photographed paper are creases or noise."""

DUST = 0.1

AS_DRAWN = Tolerance(flat_share=0.5, contrast=0, trace=0, dust=0)
"""The tolerance for grey values as they were drawn: a screenshot, stored without loss."""

ALTERED = Tolerance(flat_share=0.9, contrast=LEAST_CONTRAST, trace=0.15, dust=DUST)
"""The tolerance for grey values that a scanner or lossy compression has changed."""

FLAT = 2
"""Grey values by which paper of one colour may vary."""

GRAIN = 0.05
"""The least share of pixels that differ from flat paper by 1 to `FLAT` in a scan."""

TOO_SMALL = 64
"""Pixels: a picture whose longer side is at most this is no photograph."""

NOISE = 6.0
"""Ink on a photograph is darker than the paper by this many standard deviations of its noise."""

ALONG = 0.35
"""A mark that lies along an edge for more than this share of its longer side is no ink."""

CROPPED = 0.9
"""A mark of this share of the picture's height and width is a digit cropped closely..."""

FRAME = 0.3
"""... unless it covers more than this share of the four edges."""


def ink_on_paper(grey: Pixels, tolerance: Tolerance) -> Pixels:
    """Separate ink from paper.

    Args:
        grey: `(height, width)` uint8, dark on light or light on dark.
        tolerance: `AS_DRAWN` or `ALTERED`, by the format of the picture's file.

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
    """Return the pixels along the four sides of a picture."""
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])


def _on_flat_paper(contrast: NDArray[np.int16], tolerance: Tolerance) -> Pixels:
    """Return the ink on paper of one grey value, given each pixel's difference from it."""
    if (contrast.astype(np.int64) ** 3).sum() < 0:  # a high odd power: see uneven_paper
        contrast = -contrast
    cleared = np.rint(255 * without_ruling(contrast / 255)).astype(np.int16)
    if not np.array_equal(cleared, contrast):
        contrast, tolerance = cleared, ALTERED  # traces of the lines remain
    strongest = int(contrast.max())
    if strongest <= FLAT or strongest < tolerance.contrast * 255:
        return np.zeros(contrast.shape, np.uint8)
    # MNIST's brightest pixel is 254 or 255: a picture that reaches this is left as it is.
    white = 255.0 if strongest >= 254 else float(strongest)
    ink = _stretched(contrast, tolerance.trace * strongest, white)
    return _without_dust(ink, tolerance.dust)


def _on_uneven_paper(grey: Floats) -> Pixels:
    """Return the ink on photographed paper, given grey values."""
    contrast = without_ruling(darkness(grey))
    noise = 1.4826 * float(np.median(np.abs(contrast)))  # of a normal distribution
    marks = _without_surroundings(contrast > max(0.5 * LEAST_CONTRAST, 3 * noise))
    strongest = float(contrast.max(initial=0, where=marks))
    if strongest < max(LEAST_CONTRAST, NOISE * noise):
        return np.zeros(grey.shape, np.uint8)
    ink = _stretched(contrast, 0.25 * strongest, 0.6 * strongest)
    return _without_dust(np.where(marks, ink, np.uint8(0)), DUST)


def _stretched(contrast: NDArray[Any], black: float, white: float) -> Pixels:
    """Scale contrasts linearly so that `black` becomes 0 and `white` 255, and cut off the rest."""
    ink: Pixels = (
        np.rint((contrast - black) * (255 / (white - black))).clip(0, 255).astype(np.uint8)
    )
    return ink


def _without_dust(ink: Pixels, dust: float) -> Pixels:
    """Remove marks whose longer side is below `dust` times the largest one's."""
    marks = components(ink > 0)
    large = marks.longer_side >= dust * marks.longer_side.max(initial=0)
    return np.where(marks.pixels(large), ink, np.uint8(0))


def _without_surroundings(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Remove marks along the picture's edge: a table, a shadow, the paper's border.

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

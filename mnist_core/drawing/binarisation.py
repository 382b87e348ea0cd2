"""Grey values of a picture -> ink: what stands out from the paper, whatever the light.

On a screenshot the paper is one grey value. On a photograph it is brighter here and darker there,
so it is estimated at every pixel: as the picture would be if everything dark that is narrower than
a thick stroke were gone (a closing: the largest value around each pixel, then the smallest of
those). Ink is how much darker a pixel is than its paper, as a share, so a shadow does not count.
"""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PIL import Image

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.connected_components import Components, components

FLAT = 2
"""Grey values by which paper of one colour may vary."""

FLAT_SHARE = {True: 0.5, False: 0.9}
"""The least share of a picture's edge that is paper, if that is flat: exact pictures, others."""

TOO_SMALL = 64
"""Pixels: a picture with no longer side is no photograph."""

GRAIN = 0.05
"""If more of the pixels than this differ from flat paper by a trace, it is a scan."""

LOSS = 0.15
"""Scanning and lossy compression leave traces around ink below this share of its contrast."""

LEAST_CONTRAST = 0.15
"""On a photograph, marks that are not this much darker than their paper are creases or noise."""

NOISE = 6.0
"""... nor are those less than this many standard deviations of the paper's noise."""

COARSE = 128
"""Pixels along the longer side of the small copy on which the paper is estimated."""

WIDEST_STROKE = 0.24
"""As a share of the picture. MNIST's ink is 0.14 of a digit, a digit at most the whole picture."""

DUST = 0.1
"""Marks whose longer side is below this share of the largest one's are dust."""


def ink_on_paper(grey: Pixels, exact: bool) -> Pixels:
    """Tell ink from paper.

    Args:
        grey: `(height, width)` uint8, dark on light or light on dark.
        exact: the values are as they were drawn, not changed by lossy compression.

    Returns:
        `(height, width)` uint8, bright ink on black; all zero on blank paper.
    """
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = int(np.bincount(edge).argmax())
    contrast = grey.astype(np.int16) - paper
    like_paper = np.abs(contrast) <= FLAT
    at_edge = np.concatenate([like_paper[0], like_paper[-1], like_paper[:, 0], like_paper[:, -1]])
    flat = min(like_paper.mean(), at_edge.mean()) >= FLAT_SHARE[exact]
    if not flat and max(grey.shape) > TOO_SMALL:
        return _on_uneven_paper(grey.astype(np.float32))
    grain = np.mean(like_paper & (contrast != 0))
    return _on_flat_paper(contrast, exact and grain < GRAIN)


def _on_flat_paper(contrast: NDArray[np.int16], exact: bool) -> Pixels:
    """Ink on paper of one grey value, given how much brighter than it each pixel is."""
    if (contrast.astype(np.int64) ** 3).sum() < 0:  # a high odd power: see _is_light_on_dark
        contrast = -contrast
    strongest = int(contrast.max())
    if strongest <= FLAT or (not exact and strongest < LEAST_CONTRAST * 255):
        return np.zeros(contrast.shape, np.uint8)
    faintest = 0.0 if exact else LOSS * strongest
    # MNIST's brightest pixel is 254 or 255: a picture that reaches this is left as it is.
    ink = _stretched(contrast, faintest, 255.0 if strongest >= 254 else float(strongest))
    return ink if exact else _without_dust(ink)


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
    contrast = darkness - float(np.median(darkness))
    noise = 1.4826 * float(np.median(np.abs(contrast)))  # of a normal distribution
    marks = _away_from_the_edge(contrast > max(0.5 * LEAST_CONTRAST, 3 * noise))
    strongest = float(contrast.max(initial=0, where=marks))
    if strongest < max(LEAST_CONTRAST, NOISE * noise):
        return np.zeros(grey.shape, np.uint8)
    ink = _stretched(contrast, 0.25 * strongest, 0.6 * strongest)
    return _without_dust(np.where(marks, ink, np.uint8(0)))


def _is_light_on_dark(grey: Floats) -> bool:
    """Are what stands out most from a dark picture its light parts?"""
    around = _blurred(grey, max(grey.shape) // 16)
    # A high odd power: ink is little but strong, and light from the side is much but weak.
    return bool(np.median(grey) < 128 and ((grey - around) ** 5).sum() > 0)


def _closed(grey: Floats) -> Floats:
    """The picture without anything dark that is narrower than a thick stroke."""
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

    Outside the picture, light that falls off towards the edge goes on falling; nothing gets
    brighter than the edge.
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


def _without_dust(ink: Pixels) -> Pixels:
    """The ink without marks that are tiny beside the largest."""
    parts = components(ink > 0)
    longer = np.maximum(parts.height, parts.width)
    return np.where(_of(parts, longer >= DUST * longer.max(initial=0)), ink, np.uint8(0))


def _away_from_the_edge(marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The marks without those that reach the picture's edge.

    A table, a shadow or the paper's own border does so on a photograph; a digit seldom.
    """
    parts = components(marks)
    height, width = marks.shape
    reaches = (parts.top == 0) | (parts.left == 0)
    reaches |= (parts.bottom == height) | (parts.right == width)
    return _of(parts, ~reaches)


def _of(parts: Components, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which pixels belong to the chosen parts; label -1, no ink, is never chosen."""
    return np.append(chosen, False)[parts.labels]

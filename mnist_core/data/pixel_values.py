"""Arrays of pictures in all forms -> grey `(n, height, width)`; their numbers -> 0 to 255."""

from collections.abc import Sequence
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Pixels
from mnist_core.errors import LabError

SMALLEST_SIDE = 5
"""Pixels: fewer than 5x5 in a row are the features of another kind of data."""

LARGEST_SIDE = 128
"""Pixels: pictures that are larger on one side are refused, since no network here is made for
them."""

BRIGHTEST = 255

SCALES = (1, 16, 255)
"""The largest number of pictures in common forms: a share, scikit-learn's digits, a byte."""

TO_GREY = np.array([0.299, 0.587, 0.114], np.float32)
"""The luma of red, green and blue (ITU-R BT.601)."""

RUN = 4_096
"""Pictures that are converted at once, which keeps the memory for it small."""


def side_of(pixels: int) -> int | None:
    """Find the side of a square of that many pixels; None if there is none of 5 or more."""
    side = isqrt(pixels)
    return side if side * side == pixels and side >= SMALLEST_SIDE else None


def picture_shape(row: int) -> tuple[int, ...] | None:
    """Find the shape of a picture in that many numbers: `(h, w)`, `(h, w, 3)` if coloured.

    None if they are no square picture.
    """
    if side := side_of(row):
        return side, side
    if row % 3 == 0 and (side := side_of(row // 3)):
        return side, side, 3
    return None


def looks_like_pictures(array: NDArray[Any]) -> bool:
    """Tell whether an array has the shape of pictures, at most 4 dimensions."""
    if array.ndim == 2:
        return picture_shape(array.shape[1]) is not None
    return array.ndim in (3, 4)


def as_pictures(array: NDArray[Any], name: str) -> NDArray[Any]:
    """Bring pictures into the form `(n, height, width)`, grey.

    Args:
        array: `(n, h * w)` of squares, `(n, h, w)`, `(n, h, w, c)` or `(n, c, h, w)` with one
            channel, three (red, green and blue) or four (and alpha, which is ignored).
        name: what an error calls it.

    Raises:
        LabError: it has another shape, a side is too long, or numbers are not finite.
    """
    found = array.shape
    if array.ndim == 2 and (shape := picture_shape(array.shape[1])):
        array = array.reshape(-1, *shape)
    if array.ndim == 4:
        if array.shape[3] not in (1, 3, 4) and array.shape[1] in (1, 3, 4):
            array = np.moveaxis(array, 1, 3)
        array = array[..., 0] if array.shape[3] == 1 else _grey(array, name)
    if array.ndim != 3 or array.dtype.kind not in "biuf":
        raise LabError(
            f"{name} has the shape {found} of {array.dtype}: the lab takes numbers, grey "
            "(n, height, width) or coloured (n, height, width, 3)."
        )
    if not array.size:
        raise LabError(f"{name} contains no images: bring at least one.")
    if max(array.shape[1:]) > LARGEST_SIDE:
        raise LabError(
            f"{name} has the shape {found}: the lab takes pictures of at most {LARGEST_SIDE} by "
            f"{LARGEST_SIDE} pixels. Make them smaller, for instance 28 by 28."
        )
    return array


def as_bytes(arrays: Sequence[NDArray[Any]], names: Sequence[str]) -> list[Pixels]:
    """Scale all pictures alike, so that the largest number that their form has is 255.

    Numbers up to 1 are shares, up to 16 scikit-learn's, up to 255 bytes; -1 to 1 is as it is
    prepared for some networks, and whole numbers beyond 255 have 16 bits. `names` are what an error
    calls the arrays.

    Raises:
        LabError: there are negative, larger or undefined numbers.
    """
    with np.errstate(invalid="ignore"):
        lows, highs = (
            np.array([getattr(array, end)() for array in arrays], np.float64)
            for end in ("min", "max")
        )
    undefined = ~np.isfinite(lows + highs)
    if undefined.any():
        name = names[int(undefined.argmax())]
        raise LabError(f"{name} holds numbers that are not finite (NaN): replace them by 0.")
    lowest, highest = float(lows.min()), float(highs.max())
    if -1 <= lowest < 0 and highest <= 1:
        return [_scaled(array, 1, BRIGHTEST / 2) for array in arrays]
    sixteen_bits = all(array.dtype.kind in "iu" for array in arrays) and highest < 1 << 16
    scales = (*SCALES, (1 << 16) - 1) if sixteen_bits else SCALES
    largest = next((scale for scale in scales if highest <= scale), None)
    if lowest < 0 or largest is None:
        name = names[int(lows.argmin() if lowest < 0 else highs.argmax())]
        raise LabError(
            f"{name} holds numbers from {lowest:g} to {highest:g}: the lab takes 0 to 255, or 0 "
            "to 1. Scale them so."
        )
    return [_scaled(array, 0, BRIGHTEST / largest) for array in arrays]


@np.errstate(over="ignore", invalid="ignore")
def _grey(images: NDArray[Any], name: str) -> NDArray[Any]:
    """Make grey pictures `(n, h, w)` of coloured ones `(n, h, w, 3)`, in the same numbers."""
    if images.shape[3] not in (3, 4) or images.dtype.kind not in "biuf":
        raise LabError(
            f"{name} has the shape {images.shape} of {images.dtype}: the lab takes grey or "
            "coloured pictures, with 1 or 3 channels."
        )
    grey = np.empty(images.shape[:3], images.dtype)
    whole = images.dtype.kind in "biu"
    for start in range(0, len(images), RUN):
        # What is too large for these floats becomes infinite, and is refused with all that is not
        # finite.
        luma = images[start : start + RUN, ..., :3].astype(np.float32) @ TO_GREY
        grey[start : start + RUN] = np.rint(luma) if whole else luma
    return grey


def _scaled(array: NDArray[Any], shift: float, factor: float) -> Pixels:
    """Round `(array + shift) * factor`; bytes that stay what they are are not copied."""
    if array.dtype == np.uint8 and shift == 0 and factor == 1:
        return np.ascontiguousarray(array)
    scaled = np.empty(array.shape, np.uint8)
    for start in range(0, len(array), RUN):
        run = array[start : start + RUN].astype(np.float32)
        scaled[start : start + RUN] = np.rint((run + np.float32(shift)) * np.float32(factor))
    return scaled

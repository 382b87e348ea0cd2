"""Give pictures the size that the lab's networks have: as a whole, or centred as drawings are."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from PIL import Image

from mnist_core.arrays import Pixels
from mnist_core.data.choices import Framing
from mnist_core.drawing.normalisation import FRAME, to_mnist

Frame: TypeAlias = Callable[[Pixels], Pixels]
"""Makes one picture `(height, width)` into another."""


def framed(framing: Framing) -> Frame:
    """Choose what is done to each picture."""
    return FRAMES[framing]


def border_of(picture: Pixels) -> Pixels:
    """Collect the outermost pixels of a picture `(height, width)`, or of `(n, height, width)`."""
    top, bottom = picture[..., 0, :], picture[..., -1, :]
    left, right = picture[..., 1:-1, 0], picture[..., 1:-1, -1]
    return np.concatenate([top, bottom, left, right], axis=-1)


def fitted(picture: Pixels, side: int) -> Pixels:
    """Scale a picture to a square of `side` pixels; what is missing gets the border's grey."""
    height, width = picture.shape
    if (height, width) == (side, side):
        return picture
    longer = max(height, width)
    size = [max(1, round(one * side / longer)) for one in (width, height)]
    image = Image.fromarray(picture).resize((size[0], size[1]), Image.Resampling.BICUBIC)
    square = np.full((side, side), np.median(border_of(picture)), np.uint8)
    top, left = (side - size[1]) // 2, (side - size[0]) // 2
    square[top : top + size[1], left : left + size[0]] = np.asarray(image)
    return square


def _as_found(picture: Pixels) -> Pixels:
    return picture


def _resized(picture: Pixels) -> Pixels:
    return fitted(picture, FRAME)


FRAMES: dict[Framing, Frame] = {
    "as found": _as_found,
    "resized": _resized,
    "centred": to_mnist,
}

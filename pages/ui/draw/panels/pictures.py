"""Pictures of a drawing: with its box, with the ink that spoke for and against."""

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.normalisation import Box
from pages.ui.charts import inked, signed
from pages.ui.charts.images import Tiles
from pages.ui.charts.theme import Look, rgb

RIM = 2
"""How many pixels wide a box is drawn."""

GHOST = 0.25
"""How much of the ink shows through where it said nothing."""


def boxed(drawing: Pixels, box: Box, look: Look) -> Tiles:
    """A drawing `(h, w)` in colour, with a frame around `box`."""
    picture: Tiles = inked(drawing[None], look)[0]
    top, left, bottom, right = box
    inner = picture[top + RIM : bottom - RIM, left + RIM : right - RIM].copy()
    picture[top:bottom, left:right] = rgb(look.accent)
    picture[top + RIM : top + RIM + len(inner), left + RIM : left + RIM + inner.shape[1]] = inner
    return picture


def spoken(image: Pixels, values: Floats, look: Look) -> Tiles:
    """An image `(h, w)` with what its ink said in the diverging scale, over a ghost of the ink."""
    ghost = inked((image * GHOST).astype(np.uint8)[None], look)[0].astype(np.float32)
    limit = float(np.abs(values).max(initial=0)) or 1.0
    share = (np.abs(values) / limit)[..., None] ** 0.5
    ends = signed(np.sign(values)[None], look, 1.0)[0]
    picture: Tiles = np.rint(ghost + (ends - ghost) * share).astype(np.uint8)
    return picture


def squared(picture: Tiles, look: Look) -> Tiles:
    """A picture in the middle of the smallest square that holds it, on paper."""
    height, width, _ = picture.shape
    side = max(height, width)
    square: Tiles = np.empty((side, side, 3), np.uint8)
    square[...] = rgb(look.paper)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = picture
    return square


def enlarged(picture: Tiles, zoom: int) -> Tiles:
    """Every pixel as a square of `zoom` by `zoom`."""
    return picture.repeat(zoom, axis=0).repeat(zoom, axis=1)

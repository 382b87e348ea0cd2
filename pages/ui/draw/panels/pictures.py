"""Images of a drawing in colour: in its bounding box, or with the contributions of its ink."""

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.normalisation import Box
from pages.ui.charts import inked, signed
from pages.ui.charts.images import Tiles
from pages.ui.charts.theme import Look, rgb

RIM = 2
"""The width of the frame in pixels."""

GHOST = 0.25
"""The fraction of the ink's brightness that is left where its contribution is 0."""


def boxed(drawing: Pixels, box: Box, look: Look) -> Tiles:
    """Draw a frame around `box` of a drawing `(h, w)`; return `(h, w, 3)`."""
    picture = inked(drawing, look)
    framed: Tiles = picture.copy()
    top, left, bottom, right = box
    inner = np.s_[top + RIM : bottom - RIM, left + RIM : right - RIM]
    framed[top:bottom, left:right] = rgb(look.accent)
    framed[inner] = picture[inner]
    return framed


def attributed(image: Pixels, values: Floats, look: Look) -> Tiles:
    """Colour the pale ink of an image `(h, w)` by signed values `(h, w)`; return `(h, w, 3)`."""
    ghost = inked((image * GHOST).astype(np.uint8), look).astype(np.float32)
    limit = float(np.abs(values).max(initial=0)) or 1.0
    opacity = (np.abs(values) / limit)[..., None] ** 0.5
    ends = signed(np.sign(values), look, 1.0)
    picture: Tiles = np.rint(ghost + (ends - ghost) * opacity).astype(np.uint8)
    return picture


def squared(picture: Tiles, look: Look) -> Tiles:
    """Centre a picture `(h, w, 3)` in the smallest square that holds it, in the paper's colour."""
    height, width, _ = picture.shape
    side = max(height, width)
    square: Tiles = np.full((side, side, 3), rgb(look.paper), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = picture
    return square


def enlarged(picture: Tiles, zoom: int) -> Tiles:
    """Enlarge every pixel of a picture to `zoom` by `zoom` pixels."""
    return picture.repeat(zoom, axis=0).repeat(zoom, axis=1)

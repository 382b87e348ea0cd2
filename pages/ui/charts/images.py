"""Many small images as one: a single picture is many times faster to show than a hundred.

A tile is an image in colour, `(height, width, 3)` uint8; tiles are `(n, height, width, 3)`.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from pages.ui.charts.theme import Look, rgb

Tiles: TypeAlias = NDArray[np.uint8]

GAP = 3
"""Pixels between two tiles, before enlarging."""


def inked(images: Pixels, look: Look) -> Tiles:
    """Grey values `(n, h, w)` as the mode's ink on its paper, `(n, h, w, 3)`."""
    share = images[..., None].astype(np.float32) / 255
    return _blend(rgb(look.paper), rgb(look.ink), share)


def signed(values: Floats, look: Look, limit: float | None = None) -> Tiles:
    """Signed values `(n, h, w)` in the diverging scale, zero neutral, `(n, h, w, 3)`.

    `limit` is the absolute value that gets the full colour; without it, the largest one there is.
    Pass one limit for images that are to be compared.
    """
    if limit is None:
        limit = float(np.abs(values).max(initial=0))
    strength = np.clip(values[..., None] / (limit or 1.0), -1, 1).astype(np.float32)
    ends = np.where(strength < 0, rgb(look.against), rgb(look.speaks_for))
    return _blend(rgb(look.paper), ends, np.abs(strength))


def montage(tiles: Tiles, columns: int, *, zoom: int = 1) -> NDArray[np.uint8]:
    """Tiles side by side, row by row, on a transparent ground.

    Args:
        tiles: `(n, h, w, 3)`, at least one.
        columns: tiles in a row; the last row may be shorter.
        zoom: how many pixels a side each pixel becomes; more keeps it crisp when stretched.

    Returns:
        An RGBA picture, uint8 `(height, width, 4)`.
    """
    n, h, w, _ = tiles.shape
    rows = -(-n // columns)
    canvas = np.zeros((rows * (h + GAP) - GAP, columns * (w + GAP) - GAP, 4), dtype=np.uint8)
    for i, tile in enumerate(tiles):
        top, left = i // columns * (h + GAP), i % columns * (w + GAP)
        place = canvas[top : top + h, left : left + w]
        place[..., :3] = tile
        place[..., 3] = 255
    return canvas.repeat(zoom, axis=0).repeat(zoom, axis=1)


def _blend(start: Floats, end: Floats, share: Floats) -> Tiles:
    return np.rint(start + (end - start) * share).astype(np.uint8)

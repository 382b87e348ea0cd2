"""Images in colour, and montages: one picture is many times faster to show than a hundred.

A tile is an image in colour, `(height, width, 3)` uint8; tiles are `(n, height, width, 3)`.
"""

import base64
import io
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.arrays import Floats, Indices, Pixels
from pages.ui.charts.theme import Look, rgb

Tiles: TypeAlias = NDArray[np.uint8]

GAP = 3
"""Pixels between two tiles, before enlarging."""

MARKED_ZOOM = 4
"""Pixels a side of each pixel of a marked tile."""

FADED = 0.2
"""Opacity of a faded tile."""

FRAME = 3
"""Width of the frame around a part of a marked tile, in enlarged pixels."""


def inked(images: Pixels, look: Look) -> Tiles:
    """Draw grey values `(n, h, w)` as the mode's ink on its paper, `(n, h, w, 3)`."""
    share = images[..., None].astype(np.float32) / 255
    return _blend(rgb(look.paper), rgb(look.ink), share)


def signed(values: Floats, look: Look, limit: float | None = None) -> Tiles:
    """Draw signed values `(n, h, w)` in the diverging scale, zero neutral, `(n, h, w, 3)`.

    `limit` is the absolute value that gets the full colour; without it, the largest one there is.
    Pass one limit for images that are to be compared.
    """
    if limit is None:
        limit = float(np.abs(values).max(initial=0))
    strength = np.clip(values[..., None] / (limit or 1.0), -1, 1).astype(np.float32)
    ends = np.where(strength < 0, rgb(look.against), rgb(look.speaks_for))
    return _blend(rgb(look.paper), ends, np.abs(strength))


def marked(
    tiles: Tiles, rows: Indices, columns: Indices, height: int, width: int, look: Look
) -> Tiles:
    """Enlarge tiles `(n, h, w, 3)`, and draw a frame around one part of each.

    The part is `height` by `width` pixels and begins at a tile's `rows`, `columns` `(n,)`; the
    frame, in the accent colour, lies around it, or at the rim of the tile where the part ends.
    """
    enlarged = tiles.repeat(MARKED_ZOOM, axis=1).repeat(MARKED_ZOOM, axis=2)
    framed = enlarged.copy()
    for tile, original, row, column in zip(framed, enlarged, rows, columns, strict=True):
        tall = _frame(row * MARKED_ZOOM, height * MARKED_ZOOM, len(tile))
        wide = _frame(column * MARKED_ZOOM, width * MARKED_ZOOM, tile.shape[1])
        tile[tall[0], wide[0]] = rgb(look.accent)
        tile[tall[1], wide[1]] = original[tall[1], wide[1]]
    return framed


def _frame(start: int, length: int, end: int) -> tuple[slice, slice]:
    """Return the extent of a frame along one side, outside and inside, within 0 to `end`."""
    outside = slice(max(0, start - FRAME), start + length + FRAME)
    inside = slice(max(FRAME, start), min(end - FRAME, start + length))
    return outside, inside


def faded_tiles(tiles: Tiles, look: Look) -> Tiles:
    """Fade tiles `(n, h, w, 3)` almost to the background of the page."""
    return _blend(rgb(look.background), tiles.astype(np.float32), np.float32(FADED))


def montage(tiles: Tiles, columns: int, *, zoom: int = 1, gap: int = GAP) -> NDArray[np.uint8]:
    """Place tiles side by side, row by row, on a transparent ground.

    Args:
        tiles: `(n, h, w, 3)`, at least one.
        columns: tiles in a row; the last row may be shorter.
        zoom: pixels a side of each pixel; more keeps it crisp when stretched.
        gap: pixels between two tiles, before enlarging.

    Returns:
        An RGBA picture, uint8 `(height, width, 4)`.
    """
    n, h, w, _ = tiles.shape
    rows = -(-n // columns)
    canvas = np.zeros((rows * (h + gap) - gap, columns * (w + gap) - gap, 4), dtype=np.uint8)
    for i, tile in enumerate(tiles):
        top, left = i // columns * (h + gap), i % columns * (w + gap)
        place = canvas[top : top + h, left : left + w]
        place[..., :3] = tile
        place[..., 3] = 255
    return canvas.repeat(zoom, axis=0).repeat(zoom, axis=1)


def png(picture: NDArray[np.uint8]) -> bytes:
    """Encode a picture `(height, width, 3 or 4)`, RGB or RGBA, as a PNG file."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG", compress_level=1)
    return file.getvalue()


def data_url(picture: NDArray[np.uint8]) -> str:
    """Encode a picture as the `data:` URL of a PNG, which is a part of the page.

    A file that the server kept may be gone by the time that a slow browser asks for it.
    """
    return f"data:image/png;base64,{base64.b64encode(png(picture)).decode()}"


def _blend(start: Floats, end: Floats, share: Floats | np.float32) -> Tiles:
    return np.rint(start + (end - start) * share).astype(np.uint8)

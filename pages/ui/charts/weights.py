"""Weights as pictures, a map of all votes, and the key to the colours."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from mnist_core.arrays import Floats, Pixels
from pages.ui.charts.images import Tiles, inked, signed
from pages.ui.charts.theme import Look, rgb

UNIT_SIDE = 56
"""About the width of a unit's picture in pixels, so that the gaps in it look thin."""

GAP = 2
"""Pixels between the windows of one unit."""


def unit_tiles(images: Floats, look: Look, limit: float) -> Tiles:
    """Draw the weights of units `(units, channels, h, w)` as one tile each, `(units, H, W, 3)`.

    A unit that looks at several channels gets one picture for each, side by side in its tile.
    `limit` is the absolute weight that gets the full colour.
    """
    return _side_by_side(signed(images, look, limit), look)


def patch_tiles(patches: Pixels, look: Look) -> Tiles:
    """Draw the patches of units `(units, n, h, w)`, a tile a unit, `(units, H, W, 3)`."""
    return _side_by_side(inked(patches, look), look)


def _side_by_side(windows: Tiles, look: Look) -> Tiles:
    """Place windows `(units, n, h, w, 3)`, those of a unit in one tile, about square."""
    units, n, h, w, _ = windows.shape
    rows = max(rows for rows in range(1, int(n**0.5) + 1) if n % rows == 0)
    columns = n // rows
    enlarged = max(1, UNIT_SIDE // (columns * w))
    windows = windows.repeat(enlarged, axis=2).repeat(enlarged, axis=3)
    h, w = h * enlarged, w * enlarged
    tiles = np.empty((units, rows, h + GAP, columns, w + GAP, 3), np.uint8)
    tiles[...] = rgb(look.line)
    tiles[:, :, :h, :, :w] = windows.reshape(units, rows, columns, h, w, 3).swapaxes(2, 3)
    return tiles.reshape(units, rows * (h + GAP), columns * (w + GAP), 3)[:, :-GAP, :-GAP]


def votes_map(votes: Floats, units: Sequence[str], classes: Sequence[str], look: Look) -> go.Figure:
    """Draw every unit's vote for every class, `(classes, units)`, in the diverging scale."""
    figure = go.Figure(
        go.Heatmap(
            z=votes.astype(np.float32),
            x=units,
            y=classes,
            colorscale=look.diverging(),
            zmid=0,
            hovertemplate="%{x} for %{y}: %{z:+.3f}<extra></extra>",
            colorbar={"thickness": 10, "outlinewidth": 0},
        )
    )
    return figure.update_layout(
        **look.titled("How every unit votes"),
        height=100 + 26 * len(classes),
        xaxis={"showticklabels": False, "showgrid": False},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False},
    )


def colour_key(negative: str, zero: str, positive: str, look: Look) -> str:
    """Draw the diverging scale as a strip of HTML, with words at its two ends and its middle."""
    scale = ", ".join(colour for _, colour in look.diverging())
    words = "".join(
        f'<span style="flex: 1; text-align: {side}">{word}</span>'
        for side, word in (("left", negative), ("center", zero), ("right", positive))
    )
    return (
        f'<div style="height: 0.9rem; border-radius: 0.3rem; border: 1px solid {look.line}; '
        f'background: linear-gradient(to right, {scale})"></div>'
        f'<div style="display: flex; gap: 1rem; font-size: 0.875rem; color: {look.muted}">'
        f"{words}</div>"
    )

"""Small pictures that a page can redraw each second, without a library in the browser."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pages.ui.charts.images import Tiles, data_url, montage
from pages.ui.charts.theme import Look

WIDTH, HEIGHT = 420, 170
LEFT, RIGHT, TOP, BOTTOM = 36, 10, 10, 34
GRID = (0.0, 0.5, 1.0)
ZOOM = 2
CURVE_TITLE = "Correct out of 100, as it learns"


def small_curve(points: Sequence[tuple[float, float]], end: float, look: Look) -> str:
    """Draw an accuracy curve as SVG.

    Args:
        points: pairs of the pictures trained on and the accuracy, 0 to 1.
        end: the number of pictures at the right end.
    """

    def x(pictures: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * pictures / end

    def y(share: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    lines = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(at):.0f}" y2="{y(at):.0f}" '
        f'stroke="{look.line}"/><text x="{LEFT - 6}" y="{y(at) + 4:.0f}" text-anchor="end">'
        f"{at * 100:.0f}</text>"
        for at in GRID
    )
    path = " ".join(f"{x(pictures):.1f},{y(share):.1f}" for pictures, share in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-size="13" font-family="sans-serif" fill="{look.muted}">{lines}'
        f'<polyline points="{path}" fill="none" stroke="{look.accent}" stroke-width="2.5"/>'
        f'<text x="{LEFT}" y="{HEIGHT - 10}">{CURVE_TITLE}</text>'
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 10}" text-anchor="end">{end:,.0f} pictures</text>'
        "</svg>"
    )


def answered(
    tiles: Tiles, predicted: NDArray[np.intp], right: NDArray[np.bool_], look: Look
) -> str:
    """Draw pictures `(n, h, w, 3)` in a row, each with a network's answer to it, as HTML."""
    figures = "".join(
        f'<figure style="margin: 0; text-align: center"><img alt="" width="34" '
        f'src="{data_url(montage(tile[None], 1, zoom=ZOOM))}"><figcaption style="color: '
        f'{look.text if correct else look.second}">{digit}{"" if correct else " ✗"}</figcaption>'
        "</figure>"
        for tile, digit, correct in zip(tiles, predicted, right, strict=True)
    )
    name = f"Its answers to {len(right)} pictures: {int(right.sum())} of them are correct"
    return (
        f'<div role="img" aria-label="{name}" style="display: flex; gap: 4px; flex-wrap: wrap">'
        f"{figures}</div>"
    )

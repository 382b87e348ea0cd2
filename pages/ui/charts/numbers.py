"""One image as its grey values."""

from itertools import product

from mnist_core.arrays import Pixels
from pages.ui.charts.theme import SANS, Look

CELL = 24
"""The side of one pixel's square, in the drawing's own units."""

MIDDLE = 115
"""From this value on, paper-coloured figures are easier to read than ink-coloured ones."""


def pixel_numbers(image: Pixels, look: Look) -> str:
    """Draw an image `(h, w)` as an SVG: each pixel a square of its grey with its value on it.

    It is a drawing and not a chart, so that it scales to any width of a page.
    """
    height, width = image.shape
    cells = "".join(
        _cell(r, c, int(image[r, c]), look) for r, c in product(*map(range, image.shape))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {width * CELL} {height * CELL}" width="{width * CELL}" '
        f'font-family="{SANS.replace(chr(34), chr(39))}" font-size="13" text-anchor="middle" '
        f'stroke-width="0"><rect width="100%" height="100%" fill="{look.paper}"/>{cells}</svg>'
    )


def _cell(row: int, column: int, value: int, look: Look) -> str:
    x, y = column * CELL, row * CELL
    square = (
        f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" '
        f'fill="{look.ink}" fill-opacity="{value / 255:.3f}"/>'
        if value
        else ""
    )
    colour = look.muted if value == 0 else look.ink if value < MIDDLE else look.paper
    return f'{square}<text x="{x + CELL / 2}" y="{y + CELL / 2 + 4}" fill="{colour}">{value}</text>'

"""Draws pen strokes as a picture, as the lab's canvas does.

The points of a stroke are joined by quadratic Bézier curves through the middles between neighbours,
with the points as control points, and drawn with a round brush. A point closer than 0.4 pixels to
the last one kept is dropped first.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.arrays import Pixels
from mnist_core.errors import LabError

Stroke: TypeAlias = NDArray[np.float64]
"""`(k, 2)`: the x and y of each point in pixels, y pointing down, in the order drawn."""

CANVAS = 280
"""Pixels along each side of the lab's canvas."""

BRUSH = 20.0
"""The canvas's brush in pixels: 0.14 of a digit of half its size, as thick as MNIST's ink."""

LARGEST_CANVAS = 4096

CLOSEST = 0.4
"""Pixels: a point nearer to the last one kept is dropped."""

FINE = 4
"""Each pixel is drawn as 4 x 4 smaller ones, whose mean is its anti-aliased grey value."""

CURVE_STEP = 6.0
"""The longest step in pixels between samples of a curve, which straight lines join."""


def draw(strokes: Sequence[Stroke], size: int = CANVAS, brush: float = BRUSH) -> Pixels:
    """Draw strokes with a round brush `brush` pixels wide, bright on black.

    Returns:
        `(size, size)` uint8. What lies outside the square is cut off; a single point is a dot.

    Raises:
        LabError: a stroke is not `(k, 2)` finite numbers with k >= 1, or a size is out of range.
    """
    if not 1 <= size <= LARGEST_CANVAS or not 0 < brush <= LARGEST_CANVAS:
        raise LabError(
            f"A canvas of {size} pixels and a brush of {brush}: choose 1 to {LARGEST_CANVAS}."
        )
    picture = np.zeros((size, size), np.uint8)
    paths = [smooth(stroke) for stroke in strokes]
    if not paths:
        return picture
    left, top, right, bottom = _bounds(np.concatenate(paths), brush, size)
    if left >= right or top >= bottom:
        return picture
    canvas = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE))
    pen = ImageDraw.Draw(canvas)
    for path in paths:
        _draw_path(pen, (path - [left, top]) * FINE, brush * FINE)
    picture[top:bottom, left:right] = np.asarray(canvas.reduce(FINE))
    return picture


def _bounds(points: Stroke, brush: float, size: int) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of the pixels of the canvas that a brush may reach."""
    reach = brush / 2 + 1
    low = np.floor(points.min(axis=0) - reach).clip(0, size).astype(int)
    high = np.ceil(points.max(axis=0) + reach).clip(0, size).astype(int)
    return low[0], low[1], high[0], high[1]


def smooth(stroke: Stroke) -> Stroke:
    """Sample the curve that the canvas draws for a stroke, densely enough for straight lines.

    Raises:
        LabError: the stroke is not `(k, 2)` finite numbers with k >= 1.
    """
    points = _thin(_checked(stroke))
    if len(points) < 3:
        return points
    middles = (points[:-1] + points[1:]) / 2
    start, control, end = middles[:-1, None], points[1:-1, None], middles[1:, None]
    longest = np.abs(np.diff(points, axis=0)).sum(axis=1).max()
    t = np.linspace(0, 1, 1 + int(longest / CURVE_STEP), endpoint=False)[:, None]
    curves = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
    return np.concatenate([points[:1], curves.reshape(-1, 2), middles[-1:], points[-1:]])


def _draw_path(pen: ImageDraw.ImageDraw, path: Stroke, width: float) -> None:
    """Draw a thick line through the path, and a disc on each point: round caps and joins."""
    pen.line(path.ravel().tolist(), fill=255, width=max(1, round(width)))
    # Pillow paints both edges of a disc's box, which makes it one pixel wider than the box.
    radius = (width - 1) / 2
    for x, y in path.tolist():
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _thin(points: Stroke) -> Stroke:
    """Return the first and the last point, and those between that are not too close together."""
    kept = [points[0]]
    for point in points[1:-1]:
        if np.hypot(*(point - kept[-1])) >= CLOSEST:
            kept.append(point)
    return np.array([*kept, points[-1]]) if len(points) > 1 else points


def _checked(stroke: Stroke) -> Stroke:
    points = np.asarray(stroke, np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points) or not np.isfinite(points).all():
        raise LabError(
            f"A stroke of shape {points.shape} cannot be drawn: "
            "give one row of finite x and y for each point, at least one."
        )
    return points

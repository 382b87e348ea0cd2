"""Finds the lines of ruled and squared paper in a picture's contrasts, and removes them.

Ruling runs from one edge of the picture to the other, straight, thin and more than once; ink does
not. The picture is cut into strips across the lines' direction. Where most strips are dark at the
same height, allowing for a tilt of the paper, there is a line. The pixels that a line covers are
then filled in from just above and below it, so that a stroke that crosses it stays whole.
"""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Indices

STRIPS = 32
SMALLEST = 2 * STRIPS
"""Pixels: in a smaller picture, lines cannot be distinguished from strokes."""

ABSENT = 0.2
"""A line may be missing from this share of the strips."""

TILT = 0.09
"""The largest slope of a line, about 5 degrees."""

STEP = 3.0
"""Difference between the slopes that are tried first, in rows over the picture's width."""

FAINTEST = 0.03
"""A line is at least this much darker than the paper, as a share."""

THICKEST = 0.016
"""A line is at most this thick, as a share of the picture's longer side."""

FEWEST = 2
"""The fewest lines of a ruling: one line alone may be anything."""

STRONGER = 1.35
"""A pixel on a line is ink if it is darker than this times the line."""


@dataclass(frozen=True)
class Ruling:
    """Parallel lines: each covers the rows `top` to `bottom - 1` in the middle of the picture."""

    slope: float
    """Rows that a line falls for each column to the right."""

    top: Indices
    bottom: Indices

    strength: Floats
    """The contrast of each line."""


def without_ruling(contrast: Floats) -> Floats:
    """Remove the lines of ruled or squared paper from a picture.

    Args:
        contrast: `(height, width)`, the darkness of each pixel relative to the paper, as a share.

    Returns:
        The contrasts without them, unchanged if there are no lines.
    """
    return _without_rows(_without_rows(contrast).T).T


def _without_rows(contrast: Floats) -> Floats:
    """Remove the lines that run roughly along the rows."""
    ruling = find_ruling(contrast)
    return contrast if ruling is None else _cleared(contrast, ruling)


def find_ruling(contrast: Floats) -> Ruling | None:
    """Find the lines that run roughly along a picture's rows; None if there are not several."""
    height, width = contrast.shape
    if min(height, width) < SMALLEST:
        return None
    edges = np.linspace(0, width, STRIPS + 1).astype(int)
    strips = np.add.reduceat(contrast, edges[:-1], axis=1) / np.diff(edges)
    middles = (edges[:-1] + edges[1:] - width) / 2
    step = STEP / width
    best = _best_slope(strips, middles, np.arange(-TILT, TILT, step))
    best = _best_slope(strips, middles, np.array([best - step / 3, best, best + step / 3]))
    return _lines(_profile(strips, middles, best), best, THICKEST * max(height, width))


def _best_slope(strips: Floats, middles: Floats, slopes: Floats) -> float:
    """Return the slope along which the picture has the darkest lines."""
    return float(max(slopes, key=lambda slope: (_profile(strips, middles, slope) ** 2).sum()))


def _profile(strips: Floats, middles: Floats, slope: float) -> Floats:
    """Return the darkness of nearly all strips along lines of a slope, by row in the middle.

    It is `(height,)`. Strips in which a line lies outside the picture count as dark.
    """
    height, count = strips.shape
    rows = np.arange(height)[:, None] + np.rint(slope * middles).astype(int)
    inside = (rows >= 0) & (rows < height)
    along = np.where(inside, strips[rows.clip(0, height - 1), np.arange(count)], np.inf)
    rank = int(ABSENT * count)
    profile: Floats = np.partition(along, rank, axis=1)[:, rank].clip(min=0)
    return profile


def _lines(profile: Floats, slope: float, thickest: float) -> Ruling | None:
    """Find the thin lines in a profile, and continue them at their spacing at both ends."""
    dark = np.concatenate([[0], (profile > FAINTEST).astype(np.int8), [0]])
    top, bottom = np.flatnonzero(np.diff(dark) == 1), np.flatnonzero(np.diff(dark) == -1)
    thin = bottom - top <= thickest
    top, bottom = top[thin], bottom[thin]
    if len(top) < FEWEST:
        return None
    strength = np.array([profile[a:b].max() for a, b in zip(top, bottom, strict=True)])
    spacing = int(np.median(np.diff(top)))
    beyond = 1 + int(TILT * len(profile) / spacing)
    before, after = (-spacing * np.arange(beyond, 0, -1), spacing * np.arange(1, beyond + 1))
    return Ruling(
        slope,
        np.concatenate([top[0] + before, top, top[-1] + after]),
        np.concatenate([bottom[0] + before, bottom, bottom[-1] + after]),
        np.concatenate([np.full(beyond, strength[0]), strength, np.full(beyond, strength[-1])]),
    )


def _cleared(contrast: Floats, ruling: Ruling) -> Floats:
    """Return the contrasts without the lines."""
    height, width = contrast.shape
    cleared = contrast.copy()
    columns = np.arange(width)
    falls = np.rint(ruling.slope * (columns - width / 2)).astype(int)
    for top, bottom, strength in zip(ruling.top, ruling.bottom, ruling.strength, strict=True):
        above, below = ((row + falls).clip(0, height - 1) for row in (top - 2, bottom + 1))
        beside = np.minimum(contrast[above, columns], contrast[below, columns])
        for row in range(top - 1, bottom + 1):
            rows = row + falls
            inside = (rows >= 0) & (rows < height)
            pixels = rows[inside], columns[inside]
            cleared[pixels] = np.maximum(contrast[pixels] - STRONGER * strength, beside[inside])
    return cleared

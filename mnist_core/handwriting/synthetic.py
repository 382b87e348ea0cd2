"""Synthetic digits: the styles of `pen_styles.json`, distorted at random as hands differ.

They teach a network the ways of writing that MNIST hardly has. A style's points are displaced, the
digit is slanted, rotated, narrowed, drawn with a thin or thick round brush as on the lab's canvas,
and normalised as every drawing is.
"""

import numpy as np
from numpy.typing import ArrayLike

from mnist_core.arrays import Pixels
from mnist_core.data import Dataset
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.strokes import Stroke, draw
from mnist_core.handwriting.styles import STYLES, Style

PAPER = 96
"""Pixels along each side of the paper: enough for the 20 that the digit will have."""

DIGIT = 64
"""Pixels of the digit's longer side on it."""

# How much hands differ: the standard deviation of each change.
SHAKE = 0.03
"""Of each point, as a part of the digit's side."""
SLANT = 0.22
"""Sideways for each step down."""
TURN = 0.08
"""Radians."""
NARROW = 0.2
"""Logarithm of width over height."""
REACH = 0.25
"""Logarithm of the size of the first half of a stroke against the second: big and small loops."""

BRUSHES = 0.08, 0.19
"""The brush as a part of the digit's longer side, thinnest and thickest."""

CURVE_POINTS = 6
"""Points drawn between two points of a style."""


def synthetic_digits(n: int, rng: np.random.Generator) -> Dataset:
    """Draw n digits, equally many of each class, in random order: `(n, 28, 28)` uint8."""
    labels = rng.permutation(np.arange(n) % len(STYLES)).astype(np.uint8)
    return Dataset(np.stack([synthetic_digit(int(label), rng) for label in labels]), labels)


def synthetic_digit(label: int, rng: np.random.Generator) -> Pixels:
    """Draw one digit in one of its styles and prepare it: `(28, 28)` uint8."""
    styles = STYLES[label]
    return written(by_hand(styles[rng.integers(len(styles))], rng), rng)


def written(strokes: list[Stroke], rng: np.random.Generator) -> Pixels:
    """Draw strokes with a brush of random thickness and prepare them: `(28, 28)` uint8."""
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = DIGIT / extent.max()
    corner = (PAPER - scale * extent) / 2
    placed = [(stroke - low) * scale + corner for stroke in strokes]
    return to_mnist(draw(placed, PAPER, DIGIT * rng.uniform(*BRUSHES)))


def by_hand(style: Style, rng: np.random.Generator) -> list[Stroke]:
    """The strokes of a style, distorted at random as one hand would write them once."""
    turn, slant = rng.normal(0, TURN), rng.normal(0, SLANT)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix = matrix @ [[1, -slant], [0, 1]] @ np.diag([np.exp(rng.normal(0, NARROW)), 1])
    bend = rng.normal(0, REACH)
    return [curve(_displaced(stroke, bend, rng)) @ matrix.T for stroke in style]


def curve(points: ArrayLike) -> Stroke:
    """A smooth curve through the points (Catmull & Rom 1974); a point given twice is a corner."""
    p = np.asarray(points, np.float64)
    before = np.concatenate([p[:1], p[:-2]])
    after = np.concatenate([p[2:], p[-1:]])
    t = np.linspace(0, 1, CURVE_POINTS, endpoint=False)[:, None, None]
    pieces = (
        2 * p[:-1]
        + t * (p[1:] - before)
        + t**2 * (2 * before - 5 * p[:-1] + 4 * p[1:] - after)
        + t**3 * (3 * p[:-1] - before - 3 * p[1:] + after)
    ) / 2
    return np.concatenate([pieces.swapaxes(0, 1).reshape(-1, 2), p[-1:]])


def _displaced(stroke: Stroke, bend: float, rng: np.random.Generator) -> Stroke:
    """The points, each displaced a little; repeated ones alike. `bend` moves the middle."""
    exact = stroke.copy()
    exact[:, 1] = exact[:, 1] ** np.exp(bend)
    shake = rng.normal(0, SHAKE, exact.shape)
    repeated = np.flatnonzero((exact[1:] == exact[:-1]).all(axis=1)) + 1
    shake[repeated] = shake[repeated - 1]
    return exact + shake

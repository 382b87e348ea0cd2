"""Distorts a style at random, as it differs from hand to hand and from one time to the next.

Points are displaced, strokes begin late, end early or with a hook, or are out of place; the pen
trembles or is sampled too seldom; the whole is slanted, rotated and narrowed. Every change is a
random variable whose spread stands here.
"""

import numpy as np
from numpy.typing import ArrayLike

from mnist_core.drawing.strokes import Stroke
from mnist_core.synthetic.styles import Style

# Standard deviations; lengths are shares of the digit's side.
SHAKE = 0.03
"""Displacement of each point of a style."""
STRAY = 0.03
"""Displacement of every stroke but the first, as a whole."""
SLANT = 0.22
"""Shift sideways for each step down."""
TURN = 0.1
"""Rotation in radians."""
NARROW = 0.22
"""Logarithm of width over height."""
REACH = 0.25
"""Logarithm of the size of the first half of a stroke against the second: big and small loops."""
TREMBLE = 0.008
"""Displacement of the points along a curve, each relative to the one before."""

CUT = 0.025
"""The share of a stroke by which it begins late, and ends early: the mean of an exponential."""

HOOKED, HOOK = 0.12, 0.1
"""The share of strokes that begin, and that end, with a hook; twice a hook's mean length."""

SPARSE, APART = 0.2, (2, 6)
"""The share of strokes with few points, as from a slow browser; one of 2 to 5 is kept."""

CURVE_POINTS = 6
"""Points drawn between two points of a style."""


def jittered(style: Style, rng: np.random.Generator) -> list[Stroke]:
    """Distort the strokes of a style at random, as one hand would write them once."""
    turn, slant = rng.normal(0, TURN), rng.normal(0, SLANT)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix = matrix @ [[1, -slant], [0, 1]] @ np.diag([np.exp(rng.normal(0, NARROW)), 1])
    bend = rng.normal(0, REACH)
    tremble = abs(rng.normal(0, TREMBLE))
    strokes = [_moved(curve(_displaced(stroke, bend, rng)), tremble, rng) for stroke in style]
    strayed = [rng.normal(0, STRAY, 2) if number else 0 for number in range(len(strokes))]
    return [(stroke + away) @ matrix.T for stroke, away in zip(strokes, strayed, strict=True)]


def curve(points: ArrayLike) -> Stroke:
    """Draw a smooth curve through points (Catmull & Rom 1974); a point given twice is a corner."""
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
    """Displace each point a little, repeated ones alike; `bend` moves the middle."""
    exact = stroke.copy()
    exact[:, 1] = exact[:, 1].clip(min=0) ** np.exp(bend) + exact[:, 1].clip(max=0)
    shake = rng.normal(0, SHAKE, exact.shape)
    repeated = np.flatnonzero((exact[1:] == exact[:-1]).all(axis=1)) + 1
    shake[repeated] = shake[repeated - 1]
    return exact + shake


def _moved(path: Stroke, tremble: float, rng: np.random.Generator) -> Stroke:
    """Follow a curve as a pen does: from a late begin to an early end, with hooks and trembling."""
    begin, end = np.rint(rng.exponential(CUT, 2) * len(path)).astype(int)
    cut = path[min(begin, len(path) // 4) : len(path) - min(end, len(path) // 4)]
    trembling = np.cumsum(rng.normal(0, tremble, cut.shape), axis=0)
    drift = np.linspace(trembling[0], trembling[-1], len(cut))
    hooked = _hooked(_hooked(cut + trembling - drift, rng)[::-1], rng)[::-1]
    return _sampled(hooked, rng) if rng.random() < SPARSE else hooked


def _hooked(path: Stroke, rng: np.random.Generator) -> Stroke:
    """Begin a curve with a hook in some hands: a short way that turns sharply into it."""
    if rng.random() > HOOKED:
        return path
    along = path[min(2, len(path) - 1)] - path[0]
    ahead = np.arctan2(along[1], along[0]) + rng.choice([-1, 1]) * rng.uniform(0.5, 2.4)
    start = path[0] + rng.exponential(HOOK / 2) * np.array([np.cos(ahead), np.sin(ahead)])
    return np.concatenate([[start], path])


def _sampled(path: Stroke, rng: np.random.Generator) -> Stroke:
    """Return only some of the points, and both ends."""
    step = int(rng.integers(*APART))
    return np.concatenate([path[:-1:step], path[-1:]])

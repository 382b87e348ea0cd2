"""Draws out-of-distribution images: letters, shapes and scribbles, as hands draw them.

They are made as the synthetic digits are: from the lab's own templates (`other_marks.json`), each
distorted at random, or entirely at random. Letters that are written like a digit (B, I, O, S, Z, b,
g, l, o, q, z) are left out. Some kinds are held out of the training, to measure how a network
responds to kinds that it has never seen.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.strokes import Stroke
from mnist_core.synthetic.stroke_jitter import curve, jittered
from mnist_core.synthetic.styles import read_styles
from mnist_core.synthetic.synthetic import written

MARKS = read_styles(Path(__file__).with_name("other_marks.json"))

HELD_OUT = (
    *("F", "N", "R", "X", "h", "n"),
    *("star", "house", "smiley", "question", "loops", "triangle", "hash", "tick", "lines"),
)
"""Kinds that no network is trained on."""

POINTS = 6, 22
"""The fewest points of a scribble, and one more than the most."""

WANDER = 0.25
"""Standard deviation of a scribble's step from point to point, as a share of the paper."""

RINGS = (1, 0.8, 0.6, 0.4, 0.2)
"""Sizes of the rings that fill a blob."""

CORNERS = 20


class Outliers(NamedTuple):
    """Pictures `(n, 28, 28)` uint8, and the kind of each."""

    images: Pixels
    kinds: tuple[str, ...]


def outliers(n: int, kinds: Sequence[str], rng: np.random.Generator) -> Outliers:
    """Draw n pictures of some kinds in turn."""
    shown = tuple(kinds[number % len(kinds)] for number in range(n))
    return Outliers(np.stack([outlier(kind, rng) for kind in shown]), shown)


def outlier(kind: str, rng: np.random.Generator) -> Pixels:
    """Draw one picture of a kind and prepare it: `(28, 28)` uint8."""
    if kind in BY_CHANCE:
        return written(BY_CHANCE[kind](rng), rng)
    styles = MARKS[kind]
    return written(jittered(styles[rng.integers(len(styles))], rng), rng)


def scribble(rng: np.random.Generator) -> list[Stroke]:
    """Draw one stroke that wanders about, or jumps from place to place."""
    points = int(rng.integers(*POINTS))
    wandering = np.cumsum(rng.normal(0, WANDER, (points, 2)), axis=0)
    return [curve(wandering if rng.random() < 0.5 else rng.random((points, 2)))]


def lines(rng: np.random.Generator) -> list[Stroke]:
    """Draw a few straight strokes, independent of one another."""
    return [rng.random((2, 2)) for _ in range(rng.integers(2, 6))]


def blob(rng: np.random.Generator) -> list[Stroke]:
    """Draw a filled shape, such as a dot: rings of one uneven outline, each within the other."""
    angles = np.linspace(0, 2 * np.pi, CORNERS)
    reach = rng.uniform(0.6, 1, CORNERS)
    wide = rng.uniform(0.6, 1)
    outline = np.stack([wide * reach * np.cos(angles), reach * np.sin(angles)], axis=1)
    return [0.5 + size / 2 * outline for size in RINGS]


BY_CHANCE: dict[str, Callable[[np.random.Generator], list[Stroke]]] = {
    "scribble": scribble,
    "lines": lines,
    "blob": blob,
}

KINDS = (*MARKS, *BY_CHANCE)
TAUGHT = tuple(kind for kind in KINDS if kind not in HELD_OUT)

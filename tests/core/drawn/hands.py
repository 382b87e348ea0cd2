"""Drawings as a mouse would make them: shapes of a few strokes, each a little different."""

from math import cos, pi, sin

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.sketch import Mark, ink
from mnist_core.drawn.drawing_set import DrawingSet

HEART = [
    [
        (16 * sin(t) ** 3, 5 * cos(2 * t) + 2 * cos(3 * t) + cos(4 * t) - 13 * cos(t))
        for t in np.linspace(0, 2 * pi, 40)
    ]
]
STAR = [[(16 * sin(4 * pi * n / 5), -16 * cos(4 * pi * n / 5)) for n in range(6)]]
RING = [(16 * cos(t), 16 * sin(t)) for t in np.linspace(0, 2 * pi, 40)]
SMILEY = [
    RING,
    [(-6, -5), (-6, -4)],
    [(6, -5), (6, -4)],
    [(8 * cos(t), 2 + 6 * sin(t)) for t in np.linspace(pi, 0, 12)],
]
SHAPES = {"heart": HEART, "star": STAR, "smiley": SMILEY}
HEIGHT, WIDTH, PEN = 280, 336, 20.0


def sketch(name: str, rng: np.random.Generator) -> tuple[Mark, ...]:
    """One of `SHAPES`, of a size, a lean, a place and a tremble of its own."""
    turn = rng.uniform(-0.25, 0.25)
    size = rng.uniform(4, 7) * rng.uniform(0.8, 1.2, 2)
    place = rng.uniform((130, 120), (200, 160))
    turned = np.array([[cos(turn), sin(turn)], [-sin(turn), cos(turn)]])
    return tuple(
        Mark(
            (np.array(stroke) * size) @ turned
            + place
            + rng.normal(0, 2, (len(stroke), 2)).cumsum(0) / 3,
            PEN,
        )
        for stroke in SHAPES[name]
    )


def image(name: str, rng: np.random.Generator) -> Pixels:
    """The same as the image that the lab makes of it."""
    return to_mnist(ink(sketch(name, rng), HEIGHT, WIDTH))


def shapes(of_each: int, seed: int = 0) -> DrawingSet:
    """A set of so many drawings of each shape, drawn in turn."""
    rng = np.random.default_rng(seed)
    found = DrawingSet("Shapes", of_each)
    for name in SHAPES:
        found = found.with_class(name)
    for _ in range(of_each):
        for entry in found.classes:
            found = found.with_drawing(entry.key, image(entry.name, rng))
    return found

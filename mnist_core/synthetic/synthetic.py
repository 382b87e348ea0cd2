"""Synthetic digits: templates and random glyphs, as random hands write them.

They train a network on styles of writing that are rare in MNIST. A digit is drawn with a thin or
thick round brush as on the lab's canvas, and normalised as every drawing is.
"""

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.data import Dataset
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.strokes import Stroke, draw
from mnist_core.synthetic.glyph_generators import GLYPH_GENERATORS
from mnist_core.synthetic.stroke_jitter import jittered
from mnist_core.synthetic.styles import STYLES, Style

PAPER = 96
"""Pixels along each side of the paper: enough for the 20 that the digit will have."""

DIGIT = 64
"""Pixels of the digit's longer side on the paper."""

BRUSHES = 0.08, 0.19
"""The brush as a share of the digit's longer side, thinnest and thickest."""

TEMPLATES = 0.5
"""The share of digits that follow a template; the others come from a glyph generator."""


def synthetic_digits(n: int, rng: np.random.Generator) -> Dataset:
    """Draw n digits, equally many of each class, in random order: `(n, 28, 28)` uint8."""
    labels = rng.permutation(np.arange(n) % len(STYLES)).astype(np.uint8)
    return Dataset(np.stack([synthetic_digit(int(label), rng) for label in labels]), labels)


def synthetic_digit(label: int, rng: np.random.Generator) -> Pixels:
    """Draw one digit in one of its styles and prepare it: `(28, 28)` uint8."""
    return written(jittered(style(label, rng), rng), rng)


def style(label: int, rng: np.random.Generator) -> Style:
    """Choose one of a digit's templates, or draw from one of its glyph generators."""
    if rng.random() < TEMPLATES:
        templates = STYLES[label]
        return templates[rng.integers(len(templates))]
    generators = GLYPH_GENERATORS[label]
    return generators[rng.integers(len(generators))](rng)


def written(strokes: list[Stroke], rng: np.random.Generator) -> Pixels:
    """Draw strokes with a brush of random thickness and prepare them: `(28, 28)` uint8."""
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = DIGIT / extent.max()
    corner = (PAPER - scale * extent) / 2
    placed = [(stroke - low) * scale + corner for stroke in strokes]
    return to_mnist(draw(placed, PAPER, DIGIT * rng.uniform(*BRUSHES)))

"""Corruptions of pictures, each kind in five strengths, to test a network's robustness.

Shifted, turned and smaller are among the fifteen kinds of MNIST-C (Mu & Gilmer 2019, "MNIST-C: A
Robustness Benchmark for Computer Vision") and take its strengths. So do noise, out of focus and
faded: not of the fifteen, but in the code that made them (`corruptions.py` of
google-research/mnist-c). The strengths of the others are the lab's own, from hardly visible to
hardly legible. All take and return images `(n, h, w)` uint8.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.exploration.changes import add_noise, blur, lower_contrast
from mnist_core.training.augmentation import GRID, Augmenter, Distortions

STRENGTHS = 5


@dataclass(frozen=True)
class Corruption:
    """One kind of corruption.

    Attributes:
        title: for visitors.
        unit: of the strengths, for visitors.
        strengths: five, rising.
        apply: corrupts images at a strength, with a random generator.
    """

    title: str
    unit: str
    strengths: tuple[float, ...]
    apply: Callable[[Pixels, float, np.random.Generator], Pixels]


def shifted(images: Pixels, pixels: float, rng: np.random.Generator) -> Pixels:
    """Move each image by `pixels` up or down and as many to a side, drawn at random."""
    shift = pixels * rng.choice([-1, 1], (2, len(images)))
    return _distorted(images, shift=shift.astype(np.float32))


def rotated(images: Pixels, degrees: float, rng: np.random.Generator) -> Pixels:
    """Rotate each image about its centre of mass (MNIST-C: its middle), one way or the other."""
    angle = np.deg2rad(degrees) * rng.choice([-1, 1], len(images))
    cos, sin = np.cos(angle), np.sin(angle)
    matrix = np.stack([np.stack([cos, -sin], 1), np.stack([sin, cos], 1)])
    return _distorted(images, matrix=matrix.astype(np.float32))


def scaled(images: Pixels, factor: float, _rng: np.random.Generator) -> Pixels:
    """Scale the ink by `factor` about its centre of mass."""
    matrix = np.broadcast_to(np.eye(2, dtype=np.float32)[:, None] / factor, (2, len(images), 2))
    return _distorted(images, matrix=matrix)


def thickened(images: Pixels, pixels: float, _rng: np.random.Generator) -> Pixels:
    """Make strokes thicker by `pixels` on each side, or thinner where it is negative."""
    sign = float(np.sign(pixels))
    for _ in range(int(abs(pixels))):
        images = _distorted(images, thickness=sign)
    rest = abs(pixels) % 1
    return _distorted(images, thickness=sign * rest) if rest else images


def covered(images: Pixels, side: float, rng: np.random.Generator) -> Pixels:
    """Cover a square of each image, `side` pixels long, with paper at a random position."""
    n, height, width = images.shape
    spoilt, length = images.copy(), int(side)
    tops = rng.integers(0, height - length + 1, n)
    lefts = rng.integers(0, width - length + 1, n)
    for image, top, left in zip(spoilt, tops, lefts, strict=True):
        image[top : top + length, left : left + length] = 0
    return spoilt


def dirtied(images: Pixels, specks: float, rng: np.random.Generator) -> Pixels:
    """Put a number of specks of full ink, two pixels a side, at random positions of each image."""
    n, height, width = images.shape
    spoilt, count = images.copy(), int(specks)
    rows, columns = rng.integers(0, height - 1, (n, count)), rng.integers(0, width - 1, (n, count))
    which = np.arange(n)[:, None]
    for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
        spoilt[which, rows + down, columns + right] = 255
    return spoilt


def _distorted(
    images: Pixels,
    matrix: Floats | None = None,
    shift: Floats | None = None,
    thickness: float = 0.0,
) -> Pixels:
    """Map the images affinely about their centres of mass, and change their strokes' thickness."""
    n, height, width = images.shape
    same = np.broadcast_to(np.eye(2, dtype=np.float32)[:, None], (2, n, 2))
    by = Distortions(
        same if matrix is None else matrix,
        np.zeros((2, n), np.float32) if shift is None else shift,
        np.zeros((2, n, GRID**2), np.float32),
        np.full(n, thickness, np.float32),
    )
    return Augmenter(1.0, (height, width)).distort(images, by)


CORRUPTIONS: Mapping[str, Corruption] = {
    "shift": Corruption("Shifted", "squares sideways and up or down", (1, 2, 3, 4, 5), shifted),
    "rotation": Corruption("Turned", "degrees", (11.5, 22.9, 34.4, 45.8, 57.3), rotated),
    "larger": Corruption("Larger", "times", (1.1, 1.2, 1.3, 1.45, 1.6), scaled),
    "smaller": Corruption("Smaller", "times", (0.9, 0.8, 0.7, 0.6, 0.5), scaled),
    "thicker": Corruption("Thicker", "squares a side", (0.5, 1, 1.5, 2, 3), thickened),
    "thinner": Corruption("Thinner", "squares a side", (-0.25, -0.5, -0.75, -1, -1.25), thickened),
    "noise": Corruption(
        "Noisy",
        "of full ink",
        (0.08, 0.12, 0.18, 0.26, 0.38),
        add_noise,
    ),
    "blur": Corruption(
        "Out of focus",
        "squares",
        (1, 2, 3, 4, 6),
        lambda images, sigma, _rng: blur(images, sigma),
    ),
    "contrast": Corruption(
        "Faded",
        "of the contrast lost",
        (0.6, 0.7, 0.8, 0.9, 0.95),
        lambda images, share, _rng: lower_contrast(images, share),
    ),
    "occlusion": Corruption("Partly covered", "squares a side", (4, 7, 10, 12, 14), covered),
    "dirt": Corruption("Dirty", "specks", (2, 5, 10, 20, 40), dirtied),
}

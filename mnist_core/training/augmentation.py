"""Augmentation: in each epoch every image is distorted at random, as if drawn by someone else.

An output pixel at p takes its grey from the point q(p) of the input, between four pixels:

    q(p) = centre + M (p - centre) + bumps(p) + shift

M rotates, slants and scales (an affine map); `bumps` is a smooth random field, the elastic
distortion of Simard, Steinkraus and Platt, "Best practices for convolutional neural networks
applied to visual document analysis" (2003). All of q is linear in the random numbers, so the maps
of many images are one matrix product. Before that, strokes are made thicker or thinner.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.errors import LabError

# The largest changes at strength 1; strength s draws from s times the range, both signs alike.
# A drawn digit reaches the network centred by its mass and 20 pixels long, so position and size
# vary little; writers differ in slant, proportions, thickness and the course of a stroke.
TURN = 0.3
"""Radians, 17 degrees: paper lies askew, but a digit rotated far becomes another."""
SLANT = 0.4
"""Pixels sideways for each pixel of height, 22 degrees: the slant of handwriting."""
SIZE = 0.1
"""Logarithm of the scale of both axes: the longer side is scaled to 20 pixels, give or take 2."""
ASPECT = 0.15
"""Logarithm of the scale of one axis, and of the other's inverse: narrow and wide writing."""
THICKNESS = 0.8
"""Fraction of the change to one pixel thicker or thinner on each side: 1 would erase hairlines."""
SHIFT = 0.03
"""Fraction of the side, 0.8 pixels of 28: MNIST centres the mass by whole pixels."""
BEND = 0.05
"""Fraction of the side, the bumps' standard deviation: 1.4 pixels of 28, as sigma 4 and alpha 34
give in the paper's method for noise between -1 and 1."""
REACH = 0.2
"""Fraction of the side, the bumps' width: 5.6 pixels of 28, since a pen's strokes are smooth."""
GRID = 6
"""Bumps along each side: about as far apart as they are wide."""

CHUNK_PIXELS = 64 * 28 * 28
"""Pixels distorted at a time: their buffers, about 40 bytes a pixel, stay near the cache."""


@dataclass(frozen=True)
class Distortions:
    """The random distortions of n images. Axis 0 is (down, right), except in `thickness`."""

    matrix: Floats
    """M, (2, n, 2)."""
    shift: Floats
    """Pixels, (2, n)."""
    bumps: Floats
    """Pixels, (2, n, GRID²): the height of each bump, row by row."""
    thickness: Floats
    """(n,): the fraction of the change to one pixel more (positive) or less (negative) a side."""


def draw_distortions(
    count: int, shape: tuple[int, int], strength: float, rng: np.random.Generator
) -> Distortions:
    """Draw distortions for `count` images of `shape` (height, width) pixels."""
    sides = np.array(shape, np.float32)[:, None]
    ranges = [TURN, SLANT, SIZE, ASPECT, THICKNESS, SHIFT, SHIFT]
    turn, slant, size, aspect, thickness, *shift = strength * (
        np.array(ranges)[:, None] * rng.uniform(-1, 1, (len(ranges), count))
    )
    cos, sin = np.cos(turn), np.sin(turn)
    down = np.exp(size + aspect) * [cos, -sin]
    right = np.exp(size - aspect) * [slant * cos + sin, cos - slant * sin]
    bumps = rng.standard_normal((2, count, GRID**2), np.float32)
    bumps *= np.float32(strength * BEND) * sides[:, :, None]
    return Distortions(
        np.stack([down.T, right.T]).astype(np.float32),
        np.stack(shift).astype(np.float32) * sides,
        bumps,
        thickness.astype(np.float32),
    )


@lru_cache(maxsize=8)
def _basis(shape: tuple[int, int]) -> NDArray[np.float32]:
    """Return the functions of p that q is a sum of, (3 + GRID², pixels): 1, down, right, bumps."""
    height, width = shape
    down, right = np.indices(shape).reshape(2, -1)
    rows = [np.ones(height * width), down - height / 2, right - width / 2]
    return np.vstack([rows, np.kron(_bumps(height), _bumps(width))]).astype(np.float32)


def _bumps(length: int) -> NDArray[np.float64]:
    """Return GRID Gaussian bumps along a line, (GRID, length).

    Their squares add up to 1 everywhere, so standard normal heights make a field of variance 1.
    """
    tops = np.linspace(0, length - 1, GRID)[:, None]
    bumps = np.exp(-(((np.arange(length) - tops) / (REACH * length)) ** 2) / 2)
    return np.asarray(bumps / np.sqrt(np.square(bumps).sum(axis=0)))


class Augmenter:
    """Distorts images of one shape (height, width), in buffers reused from call to call.

    One thread at a time may use it. `strength` goes from 0 (images stay as they are) to 1 (strong).

    Raises:
        LabError: the strength is not in 0 to 1, or the shape has no pixels.
    """

    def __init__(self, strength: float, shape: tuple[int, int]) -> None:
        if not 0 <= strength <= 1:
            raise LabError(f"An augmentation of strength {strength} is not possible: use 0 to 1.")
        if len(shape) != 2 or min(shape) < 1:
            raise LabError(f"Images of shape {shape} have no pixels to augment: give (n, h, w).")
        self.strength = strength
        self.shape = height, width = shape
        self.chunk = n = max(1, CHUNK_PIXELS // (height * width))
        pixels = height * width
        framed = n, height + 2, width + 2
        # A frame of paper, one pixel wide, surrounds each image.
        self.images, self.thicker, self.thinner = np.zeros((3, *framed), np.uint8)
        self.greys, self.change = np.zeros((2, *framed), np.float32)
        self.places = np.empty((2, n, pixels), np.float32)
        self.whole = np.empty((2, n, pixels), np.float32)
        self.cells = np.empty((2, n, pixels), np.int32)
        self.cell = np.empty((n, pixels), np.intp)
        self.corners = np.empty((4, n, pixels), np.float32)
        self.first = (np.arange(n, dtype=np.int32) * (height + 2) * (width + 2))[:, None]

    def __call__(self, images: Pixels, rng: np.random.Generator) -> Pixels:
        """Return a copy of `images` (n, height, width) uint8, distorted by draws from `rng`.

        Raises:
            LabError: the images are not uint8 of this augmenter's shape.
        """
        if images.dtype != np.uint8 or images.shape[1:] != self.shape:
            raise LabError(
                f"Images of {images.shape} {images.dtype} cannot be augmented here: "
                f"give uint8 of (n, {self.shape[0]}, {self.shape[1]})."
            )
        if self.strength == 0:
            return images.copy()
        return self.distort(images, draw_distortions(len(images), self.shape, self.strength, rng))

    def distort(self, images: Pixels, by: Distortions) -> Pixels:
        """Return a copy of `images` (n, height, width) uint8, distorted by `by`."""
        distorted = np.empty_like(images, order="C")
        for start in range(0, len(images), self.chunk):
            part = slice(start, start + self.chunk)
            self._load(images[part], by.thickness[part])
            self._map(images[part], by, part)
            self._sample(distorted[part])
        return distorted

    def _load(self, images: Pixels, thickness: Floats) -> None:
        """Write the images, their strokes thickened or thinned, to `greys`."""
        n = len(images)
        framed, change, greys = self.images[:n], self.change[:n], self.greys[:n]
        framed[:, 1:-1, 1:-1] = images
        towards, thinner = self.thicker[:n], self.thinner[:n]
        towards[:] = thinner[:] = framed
        # Frames are contiguous, so a neighbour is a fixed offset along one line for all images.
        line, most, least = framed.ravel(), towards.reshape(-1), thinner.reshape(-1)
        for step in (1, framed.shape[2]):
            for here, there in ((np.s_[step:], np.s_[:-step]), (np.s_[:-step], np.s_[step:])):
                np.maximum(most[here], line[there], out=most[here])
                np.minimum(least[here], line[there], out=least[here])
        towards[thickness < 0] = thinner[thickness < 0]
        greys[:], change[:] = framed, towards
        change -= greys
        change *= np.abs(thickness)[:, None, None]
        greys += change
        greys[:, [0, -1]] = greys[:, :, [0, -1]] = 0

    def _map(self, images: Pixels, by: Distortions, part: slice) -> None:
        """Write q of every output pixel, in pixels of the framed images, to `places`."""
        n, basis = len(images), _basis(self.shape)
        weights = np.concatenate(
            [by.shift[:, part, None], by.matrix[:, part], by.bumps[:, part]], 2
        )
        ink = images.reshape(n, -1).astype(np.float32)
        # Undo the map's mean displacement of the ink, so that its centre stays in place.
        mean = ink @ basis.T / np.maximum(ink.sum(axis=1, keepdims=True), 1)
        weights[:, :, 0] -= np.einsum("ank,nk->an", weights[:, :, 1:], mean[:, 1:]) - mean[:, 1:3].T
        weights[:, :, 0] += np.array(self.shape, np.float32)[:, None] / 2 + 1
        places = self.places[:, :n]
        np.matmul(weights, basis, out=places)
        for axis, side in zip(places, self.shape, strict=True):
            np.clip(axis, 0, side + 1, out=axis)

    def _sample(self, out: Pixels) -> None:
        """Fill `out` with the greys at `places`, interpolated between four pixels."""
        n, width = len(out), self.shape[1] + 2
        fraction, whole, cells = self.places[:, :n], self.whole[:, :n], self.cells[:, :n]
        np.floor(fraction, out=whole)
        fraction -= whole
        cells[:] = whole
        cells[0] *= width
        cells[0] += cells[1]
        cells[0] += self.first[:n]
        cell, corners, line = self.cell[:n], self.corners[:, :n], self.greys.reshape(-1)
        cell[:] = cells[0]
        for corner, step in zip(corners, (0, 1, width, width + 1), strict=True):
            # Past the last pixel the fraction is 0, so clipping changes nothing.
            line[step:].take(cell, out=corner, mode="clip")
        down, right = fraction
        _blend(corners[0], corners[1], right)
        _blend(corners[2], corners[3], right)
        _blend(corners[0], corners[2], down)
        corners[0] += 0.5
        out.reshape(n, -1)[:] = corners[0]


def _blend(a: NDArray[Any], b: NDArray[Any], part: NDArray[Any]) -> None:
    """Move `a` the fraction `part` of the way to `b`, in place; `b` is overwritten."""
    b -= a
    b *= part
    a += b

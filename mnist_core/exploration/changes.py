"""Corruptions of a picture, each with a strength from 0 (none) upwards.

All take and return one image `(h, w)` uint8, all but `occlude` also many `(n, h, w)`. Corruptions
that a network has never seen may mislead it, although people can still read the picture: Mu &
Gilmer, "MNIST-C: A Robustness Benchmark for Computer Vision" (2019).
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels


def add_noise(images: Pixels, strength: float, rng: np.random.Generator) -> Pixels:
    """Add to every pixel a normal deviate with standard deviation `strength` · 255."""
    return _grey(images + rng.normal(0, 255 * strength, images.shape))


def blur(images: Pixels, sigma: float) -> Pixels:
    """Convolve with a Gaussian whose standard deviation is `sigma` pixels; outside is paper."""
    if sigma == 0:
        return images
    height, width = images.shape[-2:]
    return _grey(_smoothing(height, sigma) @ images @ _smoothing(width, sigma).T)


def _smoothing(length: int, sigma: float) -> NDArray[np.float64]:
    """Return the matrix `(length, length)` that convolves a line of pixels with a Gaussian."""
    reach = int(np.ceil(3 * sigma))
    kernel = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * sigma**2))
    apart = np.subtract.outer(np.arange(length), np.arange(length))
    weights = np.zeros((length, length))
    near = np.abs(apart) <= reach
    weights[near] = (kernel / kernel.sum())[apart[near] + reach]
    return weights


def occlude(image: Pixels, share: float, rng: np.random.Generator) -> Pixels:
    """Cover a part with paper, at a random place; each of its sides is `share` of the picture's."""
    height, width = image.shape
    tall, wide = round(share * height), round(share * width)
    top, left = rng.integers(0, height - tall + 1), rng.integers(0, width - wide + 1)
    covered = image.copy()
    covered[top : top + tall, left : left + wide] = 0
    return covered


def lower_contrast(images: Pixels, share: float) -> Pixels:
    """Bring every grey value nearer to the picture's mean by a share of the way, 0 to 1."""
    mean = images.mean(axis=(-2, -1), keepdims=True)
    return _grey(mean + (1 - share) * (images - mean))


def _grey(values: Floats) -> Pixels:
    return np.rint(np.clip(values, 0, 255)).astype(np.uint8)

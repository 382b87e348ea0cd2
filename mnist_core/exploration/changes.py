"""Changes that a picture may suffer, each with a strength from 0 (none) upwards.

All take and return one image `(h, w)` uint8. What a network has never seen may mislead it, although
people read it still: Mu & Gilmer, "MNIST-C: A Robustness Benchmark for Computer Vision" (2019).
"""

import numpy as np

from mnist_core.arrays import Floats, Pixels


def add_noise(image: Pixels, strength: float, rng: np.random.Generator) -> Pixels:
    """Add to every pixel a normal deviate with standard deviation `strength` · 255."""
    return _grey(image + rng.normal(0, 255 * strength, image.shape))


def blur(image: Pixels, sigma: float) -> Pixels:
    """Convolve with a Gaussian whose standard deviation is `sigma` pixels; outside is paper."""
    if sigma == 0:
        return image
    reach = int(np.ceil(3 * sigma))
    kernel = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * sigma**2))
    kernel /= kernel.sum()
    blurred = np.pad(image.astype(np.float64), reach)
    for axis in (0, 1):
        blurred = np.apply_along_axis(np.convolve, axis, blurred, kernel, mode="same")
    return _grey(blurred[reach:-reach, reach:-reach])


def occlude(image: Pixels, share: float, rng: np.random.Generator) -> Pixels:
    """Cover a part with paper, at a random place; each of its sides is `share` of the picture's."""
    height, width = image.shape
    tall, wide = round(share * height), round(share * width)
    top, left = rng.integers(0, height - tall + 1), rng.integers(0, width - wide + 1)
    covered = image.copy()
    covered[top : top + tall, left : left + wide] = 0
    return covered


def lower_contrast(image: Pixels, share: float) -> Pixels:
    """Bring every grey value nearer to the picture's mean by a share of the way, 0 to 1."""
    return _grey(image.mean() + (1 - share) * (image - image.mean()))


def _grey(values: Floats) -> Pixels:
    return np.rint(np.clip(values, 0, 255)).astype(np.uint8)

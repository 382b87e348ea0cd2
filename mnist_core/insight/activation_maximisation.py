"""Activation maximization: pictures that a unit responds to as strongly as it can.

Gradient ascent on the picture itself, from noise. Erhan et al. 2009, "Visualizing Higher-Layer
Features of a Deep Network". Without regularization the result is noise, unlike any drawing; so the
picture is smoothed and kept small as it climbs (Yosinski et al. 2015, "Understanding Neural
Networks Through Deep Visualization", section 3), and shifted a little before each step (jitter:
Mordvintsev, Olah & Tyka 2015, "Inceptionism", and the DeepDream code that came with it).
"""

from collections.abc import Sequence

import numpy as np

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.insight.subnetworks import up_to
from mnist_core.nn.cache import Caches
from mnist_core.nn.network import Network

STEPS = 96
RATE = 0.1
"""The length of a step: the pixels' root mean square change, as a fraction of full ink."""

DECAY = 0.01
"""The fraction of its ink that a picture loses in each step (an L2 penalty)."""

BLUR_EVERY = 8
"""The number of steps between two smoothings."""

SHIFT = 1
"""The largest shift of a picture before a step, in pixels."""

NOISE = 0.1


def maximize_activation(
    network: Network, layer: int, units: Sequence[int], rng: np.random.Generator
) -> Pixels:
    """Draw the picture that each of some units of a layer responds to most: `(units, h, w)` uint8.

    The objective is the unit's sum before its activation; for a filter, the sum in the middle of
    its map, so that only its receptive field gets ink.
    """
    part = up_to(network, layer)
    caches = part.caches()
    x = NOISE * rng.random((len(units), *part.shapes[0][1:]), np.float32)
    for step in range(STEPS):
        shift = tuple(rng.integers(-SHIFT, SHIFT + 1, 2).tolist())
        moved = np.roll(x, shift, axis=(1, 2))
        slope = np.roll(_slope(part, caches, moved, units), (-shift[0], -shift[1]), axis=(1, 2))
        size = np.sqrt(np.square(slope).mean(axis=(1, 2), keepdims=True))
        x += RATE * slope / np.where(size > 0, size, 1)
        x *= 1 - DECAY
        if step % BLUR_EVERY == 0:
            x = blurred(x)
        np.clip(x, 0, 1, out=x)
    pixels: Pixels = np.rint(255 * x).astype(np.uint8)
    return pixels


def _slope(part: Network, caches: Caches, images: Floats, units: Sequence[int]) -> Floats:
    """Return the gradient of each unit's sum by the pixels of its own picture, `(units, h, w)`."""
    x = part.prepare_input(np.zeros(images.shape, np.uint8), caches)
    x[0] = images.transpose(1, 2, 0)
    output = part.forward(x, caches)
    target = np.zeros_like(output)
    target[_middles(output, np.asarray(units))] = 1
    slope: Floats = part.input_gradient(target, caches)[0].transpose(2, 0, 1)
    return slope


def _middles(output: Floats, units: Indices) -> tuple[Indices, ...]:
    """Return the index of each unit's output for its own picture, in the middle of its map."""
    pictures = np.arange(len(units))
    middle = (np.full(len(units), side // 2) for side in output.shape[1:-1])
    return (units, *middle, pictures)


def blurred(images: Floats) -> Floats:
    """Smooth images `(n, h, w)` by the binomial filter (1, 2, 1) / 4 along both axes."""
    padded = np.pad(images, ((0, 0), (1, 1), (0, 0)), mode="edge")
    images = (padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]) / 4
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1)), mode="edge")
    smoothed: Floats = (padded[..., :-2] + 2 * padded[..., 1:-1] + padded[..., 2:]) / 4
    return smoothed

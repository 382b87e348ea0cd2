"""Explanations of a class's logit by the ink of an image: saliency, occlusion, erasure."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.nn.network import Network

PATCH = 5
"""The side of the square that `occlusion` erases, in pixels: a stroke and a half."""

STRIDE = 2
"""Pixels from one square to the next."""


def saliency(network: Network, image: Pixels, label: int, rival: int | None = None) -> Floats:
    """Attribute the logit of class `label` to each pixel's ink: gradient times input `(h, w)`.

    The gradient is that of the logit minus the logit of class `rival`, or minus the mean of all
    logits without one. A pixel without ink gets 0. Without biases and with ReLU the values add up
    to that difference of logits. Shrikumar, Greenside & Kundaje 2017, section 2.
    """
    caches = network.caches()
    x = network.prepare_input(image[np.newaxis], caches)
    network.forward(x, caches)
    dlogits = _contrast(label, rival, network.classes)[:, np.newaxis].astype(network.dtype)
    gradient = network.input_gradient(dlogits, caches)
    attribution: Floats = (gradient * x)[0, :, :, 0]
    return attribution


def occlusion(network: Network, image: Pixels, label: int, rival: int | None = None) -> Floats:
    """Measure the fall of class `label`'s logit when a pixel's neighbourhood is erased `(h, w)`.

    The logit is taken minus the logit of class `rival`, or minus the mean of all. A square slides
    over the image; each inked pixel gets the mean fall over all squares that cover it, a pixel
    without ink 0. Negative: without this ink the logit would be larger. Zeiler & Fergus 2014,
    section 4.2.
    """
    contrast = _contrast(label, rival, network.classes)
    squares = _squares(*image.shape)
    erased = np.stack([np.where(square, np.uint8(0), image) for square in squares])
    scores = contrast @ network.logits(np.concatenate([image[np.newaxis], erased]))
    falls = scores[0] - scores[1:]
    total = np.tensordot(falls, squares, axes=1)
    mean: Floats = total / squares.sum(axis=0)
    return np.where(image > 0, mean, 0).astype(network.dtype)


def erasure(network: Network, image: Pixels, label: int, rival: int | None = None) -> float:
    """Measure the fall of the logit of class `label` when all ink of the image is erased.

    The logit is taken as in `occlusion`, whose values do not add up to this: squares overlap.
    """
    both = np.stack([image, np.zeros_like(image)])
    whole, nothing = _contrast(label, rival, network.classes) @ network.logits(both)
    return float(whole - nothing)


def _contrast(label: int, rival: int | None, classes: int) -> Floats:
    """Return the weights `(classes,)` of the label's logit minus the rival's, or minus the mean."""
    weights = np.full(classes, -1 / classes) if rival is None else np.zeros(classes)
    if rival is not None:
        weights[rival] -= 1
    weights[label] += 1
    return weights


def _squares(height: int, width: int) -> NDArray[np.bool_]:
    """Return masks `(n, height, width)` of the squares; each pixel lies in at least one."""
    rows = np.arange(1 - PATCH // 2, height + PATCH // 2, STRIDE)
    columns = np.arange(1 - PATCH // 2, width + PATCH // 2, STRIDE)
    in_row = np.abs(rows[:, None] - np.arange(height)) <= PATCH // 2
    in_column = np.abs(columns[:, None] - np.arange(width)) <= PATCH // 2
    masks = in_row[:, None, :, None] & in_column[None, :, None, :]
    squares: NDArray[np.bool_] = masks.reshape(-1, height, width)
    return squares

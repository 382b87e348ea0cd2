"""Which ink of an image raises the logit of a class, and which lowers it: saliency, occlusion."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.nn.network import Network, ReadingTape

PATCH = 5
"""Pixels along each side of the square that `occlusion` wipes out: a stroke and a half."""

STRIDE = 2
"""Pixels from one such square to the next."""


def saliency(network: Network, image: Pixels, label: int, rival: int | None = None) -> Floats:
    """How much each pixel's ink speaks for a class, in logits: gradient times input `(h, w)`.

    It is the slope of the class's logit, less that of `rival` or else the mean logit, times the
    pixel. Bare paper says nothing. Without biases and with ReLU the pixels add up to the logit.
    Shrikumar, Greenside & Kundaje 2017, section 2.
    """
    tape = ReadingTape(network)
    x = network.prepare_input(image[np.newaxis], tape)
    network.forward(x, tape)
    dlogits = _contrast(label, rival, network.classes)[:, np.newaxis].astype(network.dtype)
    gradient = network.input_gradient(dlogits, tape)
    spoken: Floats = (gradient * x)[0, :, :, 0]
    return spoken


def occlusion(network: Network, image: Pixels, label: int, rival: int | None = None) -> Floats:
    """How much the class loses when a pixel's surroundings are wiped out, in logits `(h, w)`.

    A square slides over the image; each pixel gets the mean of the losses of all squares that
    cover it. Positive ink is missed, negative ink was in the way. Zeiler & Fergus 2014, section
    4.2.
    """
    contrast = _contrast(label, rival, network.classes)
    squares = _squares(*image.shape)
    wiped = np.stack([np.where(square, np.uint8(0), image) for square in squares])
    scores = contrast @ network.logits(np.concatenate([image[np.newaxis], wiped]))
    lost = scores[0] - scores[1:]
    total = np.tensordot(lost, squares, axes=1)
    mean: Floats = total / squares.sum(axis=0)
    return np.where(image > 0, mean, 0).astype(network.dtype)


def _contrast(label: int, rival: int | None, classes: int) -> Floats:
    """The weights of the logits in "this class rather than" its rival, or than all on average."""
    weights = np.full(classes, -1 / classes) if rival is None else np.zeros(classes)
    if rival is not None:
        weights[rival] -= 1
    weights[label] += 1
    return weights


def _squares(height: int, width: int) -> NDArray[np.bool_]:
    """Masks `(n, height, width)` of the squares, together covering every pixel."""
    rows = np.arange(1 - PATCH // 2, height + PATCH // 2, STRIDE)
    columns = np.arange(1 - PATCH // 2, width + PATCH // 2, STRIDE)
    in_row = np.abs(rows[:, None] - np.arange(height)) <= PATCH // 2
    in_column = np.abs(columns[:, None] - np.arange(width)) <= PATCH // 2
    masks = in_row[:, None, :, None] & in_column[None, :, None, :]
    squares: NDArray[np.bool_] = masks.reshape(-1, height, width)
    return squares

"""Attacks: changes of a picture's grey values, at most ε each, that make a network err.

Here a picture is the network's input, `(channels, height, width, n)` with values 0 to 1. ε is one
number for all pictures, or one for each `(n,)`. An attack looks for a change that misleads, not for
the smallest one, and may miss existing ones.
"""

from collections.abc import Iterator, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Labels, Pixels
from mnist_core.data import Dataset
from mnist_core.nn.losses import softmax
from mnist_core.nn.network import Network
from mnist_core.training.metrics import examples_for

STRENGTHS = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3)
"""The values of ε, in fractions of full ink, at which the accuracy under attack is measured."""

PGD_STEPS = 10
BLOCK = 250
"""Pictures attacked between two intermediate results."""

STEP = 2.5
"""The length of a step as a multiple of ε / steps: enough to reach every corner (Madry et al.)."""


def ascent(network: Network, x: Floats, labels: Labels) -> Floats:
    """Return a direction of rising cross-entropy for each picture, by its own pixels, shaped as x.

    It is the gradient divided by 1 - p, where p is the label's probability: dz = q - y, where q is
    the softmax of all classes but the label and y its one-hot vector. So it has the gradient's
    signs, and does not vanish where the network is so sure that 1 - p rounds to 0 (Carlini & Wagner
    2017, section VIII).
    """
    caches = network.caches()
    dlogits = network.forward(x, caches)
    samples = np.arange(labels.size)
    dlogits[labels, samples] = np.finfo(dlogits.dtype).min
    dlogits = softmax(dlogits)
    dlogits[labels, samples] = -1
    return network.input_gradient(dlogits, caches)


def fgsm(network: Network, x: Floats, labels: Labels, epsilon: float | Floats) -> Floats:
    """Return x + ε sign(∇ₓ loss), within 0 to 1. Goodfellow, Shlens & Szegedy 2015, section 4."""
    return _moved(x, np.sign(ascent(network, x, labels)), np.asarray(epsilon, network.dtype))


def _moved(x: Floats, signs: Floats, epsilon: Floats) -> Floats:
    attacked: Floats = np.clip(x + epsilon * signs, 0, 1)
    return attacked


def pgd(network: Network, x: Floats, labels: Labels, epsilon: float | Floats) -> Floats:
    """Take `PGD_STEPS` smaller steps of FGSM, each projected to within ε of x and 0 to 1.

    Madry, Makelov, Schmidt, Tsipras & Vladu 2018, section 2.1, started at x itself.
    """
    attacked = x.copy()
    epsilon = np.asarray(epsilon, network.dtype)
    step = np.asarray(STEP * epsilon / PGD_STEPS, network.dtype)
    low, high = np.maximum(x - epsilon, 0), np.minimum(x + epsilon, 1)
    for _ in range(PGD_STEPS):
        attacked += step * np.sign(ascent(network, attacked, labels))
        attacked = np.clip(attacked, low, high).astype(x.dtype)
    return attacked


def inputs(network: Network, images: Pixels) -> Floats:
    """Convert images `(n, height, width)` uint8 to a network's input, in a new array."""
    return network.prepare_input(images, network.caches())


def survivors(
    network: Network, dataset: Dataset, strengths: Sequence[float]
) -> Iterator[NDArray[np.int64]]:
    """Attack a data set by FGSM, `BLOCK` pictures at a time.

    One gradient serves all strengths: it does not depend on ε.

    Yields:
        for each block, the number of its pictures that are still classified correctly, by strength:
        `(strengths,)`.
    """
    images, labels = examples_for(network, dataset)
    for start in range(0, len(images), BLOCK):
        part = slice(start, start + BLOCK)
        yield _survivors(network, images[part], labels[part], strengths)


def _survivors(
    network: Network, images: Pixels, labels: Labels, strengths: Sequence[float]
) -> NDArray[np.int64]:
    right = np.zeros(len(strengths), np.int64)
    for start in range(0, len(images), network.samples_per_pass):
        part = slice(start, start + network.samples_per_pass)
        x = inputs(network, images[part])
        signs = np.sign(ascent(network, x, labels[part]))
        for index, strength in enumerate(strengths):
            attacked = _moved(x, signs, np.asarray(strength, network.dtype))
            predicted = network.forward(attacked, network.caches()).argmax(axis=0)
            right[index] += np.count_nonzero(predicted == labels[part])
    return right


def blocks(dataset: Dataset) -> int:
    """Return the number of blocks that `survivors` makes of a data set."""
    return ceil(len(dataset) / BLOCK)


def accuracy_under_attack(
    network: Network, dataset: Dataset, strengths: Sequence[float]
) -> NDArray[np.float64]:
    """Return the accuracy on a data set under FGSM by each strength, `(strengths,)`, 0 to 1."""
    right = sum(survivors(network, dataset, strengths), np.zeros(len(strengths), np.int64))
    return right / len(dataset)

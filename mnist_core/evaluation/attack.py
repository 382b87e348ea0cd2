"""Attacks: the smallest change of a picture's grey values that makes a network err.

Here a picture is the network's input, `(channels, height, width, n)` with values 0 to 1, and a
change is at most ε in every pixel: one ε for all pictures, or one for each `(n,)`.
"""

import numpy as np

from mnist_core.arrays import Floats, Labels, Pixels
from mnist_core.data import Dataset
from mnist_core.nn.losses import softmax_cross_entropy
from mnist_core.nn.network import Network, ReadingTape

STRENGTHS = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3)
"""Of full ink: the ε at which the accuracy under attack is told."""

PGD_STEPS = 10
STEP = 2.5
"""Times ε / steps is the length of a step: far enough to reach every corner (Madry et al.)."""


def loss_gradient(network: Network, x: Floats, labels: Labels) -> Floats:
    """The gradient of each picture's cross-entropy by its own pixels, shaped as x."""
    tape = ReadingTape(network)
    logits = network.forward(x, tape)
    dlogits = np.empty_like(logits)
    softmax_cross_entropy(logits, labels, dlogits, 1)
    return network.input_gradient(dlogits, tape)


def fgsm(network: Network, x: Floats, labels: Labels, epsilon: float | Floats) -> Floats:
    """x + ε sign(∇ₓ loss), within 0 to 1. Goodfellow, Shlens & Szegedy 2015, section 4."""
    step = np.asarray(epsilon, network.dtype) * np.sign(loss_gradient(network, x, labels))
    attacked: Floats = np.clip(x + step, 0, 1)
    return attacked


def pgd(network: Network, x: Floats, labels: Labels, epsilon: float | Floats) -> Floats:
    """`PGD_STEPS` smaller steps of FGSM, each brought back to within ε of x and 0 to 1.

    Madry, Makelov, Schmidt, Tsipras & Vladu 2018, section 2.1, begun at x itself.
    """
    attacked = x.copy()
    epsilon = np.asarray(epsilon, network.dtype)
    step = np.asarray(STEP * epsilon / PGD_STEPS, network.dtype)
    low, high = np.maximum(x - epsilon, 0), np.minimum(x + epsilon, 1)
    for _ in range(PGD_STEPS):
        attacked += step * np.sign(loss_gradient(network, attacked, labels))
        attacked = np.clip(attacked, low, high).astype(x.dtype)
    return attacked


def inputs(network: Network, images: Pixels) -> Floats:
    """Images `(n, height, width)` uint8 as a network's input of its own."""
    return network.prepare_input(images, ReadingTape(network)).copy()


def accuracy_under_attack(network: Network, dataset: Dataset, epsilon: float) -> float:
    """The share of a data set's pictures that is still read right after FGSM by ε, 0 to 1."""
    right, images, labels = 0, dataset.images, dataset.labels
    for start in range(0, len(images), network.samples_per_pass):
        part = slice(start, start + network.samples_per_pass)
        x = fgsm(network, inputs(network, images[part]), labels[part], epsilon)
        said = network.forward(x, ReadingTape(network)).argmax(axis=0)
        right += int(np.count_nonzero(said == labels[part]))
    return right / len(images)

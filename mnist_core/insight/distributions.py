"""Distributions of the numbers of a network: weights, biases, activations and gradients."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Floats, Labels, Pixels
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.insight.units import activation_behind
from mnist_core.nn.network import Network

BINS = 48
MARGIN = 0.002
"""The fraction of the numbers at each end that the common range leaves out."""

SAMPLE = 4_000
"""The most numbers that are kept of an array, drawn at random."""


class Numbers(NamedTuple):
    """A summary of many numbers: count, mean, standard deviation, and at most `SAMPLE` of them."""

    total: int
    mean: float
    deviation: float
    sample: Floats


@dataclass(frozen=True)
class LayerNumbers:
    """All numbers of one layer with weights.

    Attributes:
        layer: counts all layers of the network from 0.
        weights: as they are.
        biases: as they are.
        activations: the outputs of all units for all pictures.
        gradients: of the mean loss by each weight.
    """

    layer: int
    weights: Numbers
    biases: Numbers
    activations: Numbers
    gradients: Numbers


def layer_numbers(network: Network, images: Pixels, labels: Labels) -> list[LayerNumbers]:
    """Return the numbers of every layer with weights, first to last, for images `(n, h, w)`."""
    numbers = weighted_layers(network)
    gradients = mean_gradients(network, images, labels)
    layers = []
    for layer, gradient in zip(numbers, gradients, strict=True):
        weights, biases = network.parameters.by_layer[layer]
        passed_on = network.layer_output(images, activation_behind(network, layer))
        layers.append(LayerNumbers(layer, *map(_summed_up, (weights, biases, passed_on, gradient))))
    return layers


def _summed_up(numbers: Floats) -> Numbers:
    flat = numbers.ravel()
    count = min(SAMPLE, flat.size)
    sample = np.random.default_rng(0).choice(flat, count, replace=False, shuffle=False)
    return Numbers(flat.size, float(flat.mean()), float(flat.std()), sample)


def mean_gradients(network: Network, images: Pixels, labels: Labels) -> list[Floats]:
    """Return the gradient of the mean loss by the weights of each layer, without dropout."""
    total = network.zeros()
    for start in range(0, len(images), network.samples_per_pass):
        part = slice(start, start + network.samples_per_pass)
        _, gradient = network.loss_and_gradient(images[part], labels[part], len(images))
        total.flat += gradient.flat
    return [layer[0] for layer in total.by_layer if layer]


def shares(several: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Compute histograms of several arrays over one common range.

    Returns:
        the edges `(BINS + 1,)`, and for each array the fraction of its numbers in each bin
        `(arrays, BINS)`; numbers beyond the range are counted in the outermost bins.
    """
    ends = np.array([np.quantile(numbers, (MARGIN, 1 - MARGIN)) for numbers in several])
    low, high = float(ends[:, 0].min()), float(ends[:, 1].max())
    if low == high:
        low, high = low - 0.5, high + 0.5
    edges = np.linspace(low, high, BINS + 1)
    counts = [np.histogram(np.clip(numbers, low, high), edges)[0] for numbers in several]
    return edges, np.array([count / max(1, count.sum()) for count in counts])

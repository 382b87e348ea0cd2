"""Contributions of connections to the sum of a unit: each weight times the gradient by it.

The target is the sum z of one unit, or one logit. A weight w contributes w · ∂target/∂w to it: for
the target's own weights that is weight times activation; for those before it, the same times the
derivative of the target by their unit's sum. Where all activations on the way are linear or ReLU
and nothing is biased, the contributions of each layer add up to the target (Montavon et al. 2019,
"Layer-Wise Relevance Propagation: An Overview", section 2: gradient times input is the rule LRP-0).
"""

from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.insight.subnetworks import up_to, weighted_layers
from mnist_core.insight.units import activation_behind
from mnist_core.nn.network import Network


class LayerContributions(NamedTuple):
    """The contributions of the connections into one layer to the target.

    `layer` counts all layers of the network from 0; `by_connection` `(units, units before)` adds
    up a filter's window over all its positions. The units before the first layer are the channels
    of the image.
    """

    layer: int
    by_connection: Floats


def contributions(
    network: Network, image: Pixels, layer: int, unit: int
) -> list[LayerContributions]:
    """Return the contribution of every connection up to a unit of `layer`, for an image `(h, w)`.

    They contribute to the unit's sum; for a filter, to the sum at the position where it is largest.
    The layers are those with weights, from the first to `layer` itself.
    """
    part = up_to(network, layer)
    caches, gradient = part.caches(), part.zeros()
    output = part.forward(part.prepare_input(image[np.newaxis], caches), caches)
    target = np.zeros_like(output)
    position = np.unravel_index(output[unit].argmax(), output[unit].shape)
    target[unit][position] = 1
    part.backward(target, caches, gradient)
    return [
        LayerContributions(
            number,
            _by_connection(
                part.parameters.by_layer[number][0] * gradient.by_layer[number][0],
                _units_before(network, number),
            ),
        )
        for number in weighted_layers(part)
    ]


def incoming(network: Network, layer: int, images: Pixels) -> Floats:
    """Return the mean contribution of each unit before a `Dense` layer to each of its units.

    Returns:
        `(units, units before)`: weight times activation, averaged over the images and summed over
        a filter's positions.
    """
    passed_on = network.layer_output(images, layer - 1).mean(axis=-1)
    weights, _ = network.parameters.by_layer[layer]
    return _by_connection(weights * passed_on.ravel(), _units_before(network, layer))


def _units_before(network: Network, layer: int) -> int:
    """Count the units of the layer with weights before this one, or the image's channels."""
    before = [i for i in weighted_layers(network) if i < layer]
    return (
        network.shapes[activation_behind(network, before[-1]) + 1][0]
        if before
        else network.shapes[0][0]
    )


def _by_connection(by_weight: Floats, before: int) -> Floats:
    summed: Floats = by_weight.reshape(len(by_weight), before, -1).sum(axis=2)
    return summed

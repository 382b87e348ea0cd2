"""Which connections made a unit answer: each weight times what came through it, and what it led to.

The target is the sum z of one unit, or one logit. What a weight w contributes to it is
w · ∂target/∂w: for the target's own weights that is weight times activation; for those before it,
the same times the slope of the target by their unit's sum. Where all activations on the way are
linear or ReLU and nothing is biased, the contributions of each layer add up to the target
(Montavon et al. 2019, "Layer-Wise Relevance Propagation: An Overview", section 2: gradient times
input is the rule LRP-0).
"""

from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.insight.subnetworks import up_to, weighted_layers
from mnist_core.insight.units import activation_behind
from mnist_core.nn.network import Network


class LayerContributions(NamedTuple):
    """What the connections into one layer contribute to the target.

    `layer` counts all layers of the network from 0; `by_connection` `(units, units before)` adds
    up a filter's window over all its places. The units before the first layer are the channels of
    the image.
    """

    layer: int
    by_connection: Floats


def contributions(
    network: Network, image: Pixels, layer: int, unit: int
) -> list[LayerContributions]:
    """What every connection up to a unit of `layer` contributes to its sum for an image `(h, w)`.

    Of a filter, it is the sum at the place where that is largest. The layers are those with
    weights, from the first to `layer` itself.
    """
    part = up_to(network, layer)
    caches, gradient = part.caches(), part.zeros()
    output = part.forward(part.prepare_input(image[np.newaxis], caches), caches)
    target = np.zeros_like(output)
    place = np.unravel_index(output[unit].argmax(), output[unit].shape)
    target[unit][place] = 1
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
    """What each unit before a layer adds to each unit of a `Dense`, on average over images.

    Returns:
        `(units, units before)`: weight times activation; a filter's places are added up.
    """
    passed_on = network.layer_output(images, layer - 1).mean(axis=-1)
    weights, _ = network.parameters.by_layer[layer]
    return _by_connection(weights * passed_on.ravel(), _units_before(network, layer))


def _units_before(network: Network, layer: int) -> int:
    """How many units the layer with weights before this one has; the image's channels for none."""
    before = [i for i in weighted_layers(network) if i < layer]
    return (
        network.shapes[activation_behind(network, before[-1]) + 1][0]
        if before
        else network.shapes[0][0]
    )


def _by_connection(by_weight: Floats, before: int) -> Floats:
    summed: Floats = by_weight.reshape(len(by_weight), before, -1).sum(axis=2)
    return summed

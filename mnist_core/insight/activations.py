"""The activations of a network's layers for one image, from the pixels to the probabilities."""

from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.insight.units import activation_behind
from mnist_core.nn.losses import softmax
from mnist_core.nn.network import Network


class LayerActivation(NamedTuple):
    """The output of a layer with weights.

    `layer` counts all layers of the network from 0. `values` are `(filters, height, width)` of a
    `Conv2D` and `(units,)` of a `Dense`, each behind the pool and the activation that follow it.
    """

    layer: int
    values: Floats


def layer_activations(network: Network, image: Pixels) -> list[LayerActivation]:
    """Return the activations for an image `(height, width)`; the last are the probabilities."""
    (outputs,) = network.outputs(image[np.newaxis], len(network.layers) - 1)
    weighted = weighted_layers(network)
    passed_on = [outputs[activation_behind(network, layer)][..., 0] for layer in weighted]
    passed_on[-1] = softmax(passed_on[-1][:, np.newaxis])[:, 0]
    return [
        LayerActivation(layer, values) for layer, values in zip(weighted, passed_on, strict=True)
    ]

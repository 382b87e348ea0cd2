"""Single units: their activations for images, and their effect on the logits.

A unit is one row of a layer's weights: a unit of a `Dense`, or a filter of a `Conv2D`. Its output
is taken behind the activation function that follows it, for a filter behind the pooling too.
"""

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network


def unit_activations(network: Network, layer: int, images: Pixels) -> Floats:
    """Return each unit's output for each of `images` `(n, height, width)`: `(units, n)`.

    For a filter, it is the largest over its positions.
    """
    parts = [
        output.reshape(len(output), -1, output.shape[-1]).max(axis=1)
        for *_, output in network.outputs(images, activation_behind(network, layer))
    ]
    return np.concatenate(parts, axis=1)


def feature_maps(network: Network, layer: int, image: Pixels) -> Floats:
    """Return the output of a `Conv2D` for one image, `(filters, height, width)`.

    It is taken after the pool and the activation that follow, at every position.
    """
    return network.layer_output(image[np.newaxis], activation_behind(network, layer))[..., 0]


def logit_attribution(network: Network, layer: int, images: Pixels) -> Floats:
    """Return the effect of each unit's output on the logit of each class: `(classes, units)`.

    It is the derivative of the logit by the unit's output, summed over the positions of a filter,
    averaged over `images` `(n, height, width)`, minus its mean over the classes, since softmax
    depends on differences of logits only. With a single hidden layer it is the unit's outgoing
    weights minus their mean, for any images.
    """
    caches = network.caches()
    logits = network.forward(network.prepare_input(images, caches), caches)
    output = activation_behind(network, layer)
    slopes = []
    for label in range(network.classes):
        dlogits = np.zeros_like(logits)
        dlogits[label] = 1
        dy = network.output_gradient(output, dlogits, caches)
        slopes.append(dy.reshape(len(dy), -1, dy.shape[-1]).sum(axis=1).mean(axis=1))
    by_class = np.stack(slopes)
    effects: Floats = by_class - by_class.mean(axis=0)
    return effects


def activation_behind(network: Network, layer: int) -> int:
    """Return the activation layer that the output of `layer` goes through, or `layer` itself."""
    following = range(layer, len(network.layers))
    return next((i for i in following if isinstance(network.layers[i], Activation)), layer)

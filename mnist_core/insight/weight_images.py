"""The weights of a network as images: the current ones, or their change by training."""

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.layers import Dense, Flatten
from mnist_core.nn.network import Network
from mnist_core.training.model import Model

COLOURED_SHARE = 0.995
"""The fraction of weights within a colour scale; the largest ones get its end colour."""


def picture_layers(network: Network) -> tuple[int, ...]:
    """Return the layers whose input is an image: each `Conv2D`, the `Dense` behind `Flatten`."""
    behind_flatten = (isinstance(before, Flatten) for before in (None, *network.layers))
    return tuple(
        i
        for i, (layer, flat) in enumerate(zip(network.layers, behind_flatten, strict=False))
        if isinstance(layer, Conv2D) or (isinstance(layer, Dense) and flat)
    )


def weight_images(network: Network, layer: int) -> Floats:
    """View the weights of a layer as `(units, channels, height, width)`.

    For a `Dense` behind another one, each input is a channel of a single number.
    """
    weights, _ = network.parameters.by_layer[layer]
    described = network.layers[layer]
    if isinstance(described, Conv2D):
        window = described.size, described.size
        return weights.reshape(described.channels, -1, *window)
    if layer in picture_layers(network):
        return weights.reshape(-1, *network.shapes[layer - 1])
    return weights[:, :, np.newaxis, np.newaxis]


def templates(effects: Floats, images: Floats) -> Floats:
    """Sum all units' weight images for each class, each times its effect on the logit.

    With a single hidden layer this is W₂ W₁ minus its mean over the classes: the matrix that an
    image is multiplied with while all units are active.

    Args:
        effects: `(classes, units)`, of `logit_attribution`.
        images: `weight_images` `(units, 1, height, width)` of a `Dense` behind the input image.

    Returns:
        `(classes, height, width)`
    """
    return np.tensordot(effects, images[:, 0], axes=1)


def before_learning(model: Model) -> Network:
    """Draw the first weights of a model's training again, from its seed."""
    config, shape = model.config, model.network.shapes[0][1:]
    return config.initial_network(shape, model.network.classes, np.random.default_rng(config.seed))


def change(before: Network, after: Network) -> Network:
    """Return a network of the parameter differences of two networks with the same layers."""
    difference = after.copy()
    difference.parameters.flat -= before.parameters.flat
    return difference


def colour_limit(weights: Floats) -> float:
    """Return the absolute weight at the end of the colour scale: a quantile, robust to outliers."""
    return float(np.quantile(np.abs(weights), COLOURED_SHARE))

"""The weights of a network as images, those of now or what training has changed in them."""

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.layers import Dense, Flatten
from mnist_core.nn.network import Network
from mnist_core.training.model import Model

COLOURED_SHARE = 0.995
"""The share of weights that lie within a colour scale; the largest ones get its end colour."""


def picture_layers(network: Network) -> tuple[int, ...]:
    """The layers whose input is an image: each `Conv2D`, and the `Dense` behind the `Flatten`."""
    behind_flatten = (isinstance(before, Flatten) for before in (None, *network.layers))
    return tuple(
        i
        for i, (layer, flat) in enumerate(zip(network.layers, behind_flatten, strict=False))
        if isinstance(layer, Conv2D) or (isinstance(layer, Dense) and flat)
    )


def weight_images(network: Network, layer: int) -> Floats:
    """A view of the weights of a layer, `(units, channels, height, width)`.

    Of a `Dense` behind another one, each input is a channel of a single number.
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
    """For each class the sum of all units' weight images, each times its effect on the logit.

    With a single hidden layer this is W₂ W₁ less its mean over the classes: the matrix that an
    image is multiplied with while all units are active.

    Args:
        effects: `(classes, units)`, of `logit_attribution`.
        images: `weight_images` `(units, 1, height, width)` of a `Dense` behind the input image.

    Returns:
        `(classes, height, width)`
    """
    return np.tensordot(effects, images[:, 0], axes=1)


def before_learning(model: Model) -> Network:
    """The network with the first weights of a model's training, drawn again from its seed."""
    config, shape = model.config, model.network.shapes[0][1:]
    return config.initial_network(shape, model.network.classes, np.random.default_rng(config.seed))


def change(before: Network, after: Network) -> Network:
    """A network whose parameters are the differences between those of two with the same layers."""
    difference = after.copy()
    difference.parameters.flat -= before.parameters.flat
    return difference


def colour_limit(weights: Floats) -> float:
    """The absolute weight at the end of the colour scale: a quantile, which no outlier moves."""
    return float(np.quantile(np.abs(weights), COLOURED_SHARE))

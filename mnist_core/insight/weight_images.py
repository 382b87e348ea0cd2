"""What a network has learnt, as pictures: its weights, its templates, and what its units answer.

A unit here is one row of a layer's weights: a unit of a `Dense`, or a filter of a `Conv2D`. What
it passes on is its output after the activation that follows, in a convolution after the pool too.
"""

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.files.storage import Model
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.layers import Activation, Dense, Flatten
from mnist_core.nn.network import Network, Tape

BOLD_SHARE = 0.995
"""The share of weights that a scale of colours tells apart; the few beyond get its full colour."""


def picture_layers(network: Network) -> tuple[int, ...]:
    """The layers that look at an image: each `Conv2D`, and the `Dense` behind the `Flatten`."""
    behind_flatten = (isinstance(before, Flatten) for before in (None, *network.layers))
    return tuple(
        i
        for i, (layer, flat) in enumerate(zip(network.layers, behind_flatten, strict=False))
        if isinstance(layer, Conv2D) or (isinstance(layer, Dense) and flat)
    )


def weight_images(network: Network, layer: int) -> Floats:
    """The weights of a picture layer as images `(units, channels, height, width)`, not copied."""
    weights, _ = network.parameters.by_layer[layer]
    described = network.layers[layer]
    if isinstance(described, Conv2D):
        window = described.size, described.size
        return weights.reshape(described.channels, -1, *window)
    return weights.reshape(-1, *network.shapes[layer - 1])


def votes(network: Network, layer: int, images: Pixels) -> Floats:
    """How a unit's answer moves each class's score, `(classes, units)`, against the mean class.

    The gradient of the logits by what the units pass on, added up over the positions of a filter
    and averaged over `images` `(n, height, width)`. Behind a single hidden layer that is its
    outgoing weights, whatever the images.
    """
    tape = Tape(network)
    logits = network.forward(network.read(images, tape), tape)
    found = np.stack(
        [_mean_slope(network, layer, label, logits, tape) for label in range(network.classes)]
    )
    return _against_mean(found)


def _against_mean(by_class: Floats) -> Floats:
    difference: Floats = by_class - by_class.mean(axis=0)
    return difference


def _mean_slope(network: Network, layer: int, label: int, logits: Floats, tape: Tape) -> Floats:
    dy = np.zeros_like(logits)
    dy[label] = 1
    for i in range(len(network.layers) - 1, _passed_on_by(network, layer), -1):
        dy = network.layers[i].input_gradient(network.parameters.by_layer[i], dy, tape.memos[i])
    slope: Floats = dy.reshape(len(dy), -1, dy.shape[-1]).sum(axis=1).mean(axis=1)
    return slope


def templates(votes: Floats, images: Floats) -> Floats:
    """What raises each class's score, `(classes, height, width)`: the units' pictures by vote.

    `images` are `weight_images` `(units, 1, height, width)` of units that see the whole image.
    Behind a single hidden layer this is W₂ W₁ less its mean: what the network multiplies an image
    with while every unit is on.
    """
    return np.tensordot(votes, images[:, 0], axes=1)


def answers(network: Network, layer: int, images: Pixels) -> Floats:
    """What each unit passes on for each image, `(units, n)`; of a filter, the largest number."""
    tape = Tape(network)
    last = _passed_on_by(network, layer)
    parts = []
    for start in range(0, len(images), network.samples_per_pass):
        output = _output(network, last, images[start : start + network.samples_per_pass], tape)
        parts.append(output.reshape(len(output), -1, output.shape[-1]).max(axis=1))
    return np.concatenate(parts, axis=1)


def feature_maps(network: Network, layer: int, image: Pixels) -> Floats:
    """What a convolution passes on for one image, `(filters, height, width)`.

    That is its output after the pool and the activation that follow, at every position.
    """
    last = _passed_on_by(network, layer)
    return _output(network, last, image[np.newaxis], Tape(network))[..., 0]


def _passed_on_by(network: Network, layer: int) -> int:
    """The activation that the output of `layer` goes through, or `layer` if there is none."""
    following = range(layer, len(network.layers))
    return next((i for i in following if isinstance(network.layers[i], Activation)), layer)


def _output(network: Network, last: int, images: Pixels, tape: Tape) -> Floats:
    x = network.read(images, tape)
    for i in range(last + 1):
        x = network.layers[i].forward(network.parameters.by_layer[i], x, tape.memos[i])
    return x


def before_learning(model: Model) -> Network:
    """The network that a model's training began with, drawn anew from its seed."""
    network = model.config.network(model.network.shapes[0][1:], model.network.classes)
    network.initialize(model.config.initializer, np.random.default_rng(model.config.seed))
    return network


def change(before: Network, after: Network) -> Network:
    """A network whose weights are what lies between two networks of the same layers."""
    difference = after.copy()
    difference.parameters.flat -= before.parameters.flat
    return difference


def bold_limit(weights: Floats) -> float:
    """The absolute value that deserves the full colour, so that one outlier pales no picture."""
    return float(np.quantile(np.abs(weights), BOLD_SHARE))

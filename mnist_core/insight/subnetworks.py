"""A network made over: its first layers, all of it without dropout, or in double precision."""

from collections.abc import Sequence

import numpy as np

from mnist_core.nn.layers import Dropout, Layer
from mnist_core.nn.network import Network


def up_to(network: Network, layer: int) -> Network:
    """The first layers of a network, `layer` being the last: its output is that layer's.

    At least one of them has weights.
    """
    return _with_layers(network, network.layers[: layer + 1], range(layer + 1))


def without_dropout(network: Network) -> Network:
    """A copy of a network that drops no units."""
    kept = [i for i, layer in enumerate(network.layers) if not isinstance(layer, Dropout)]
    return _with_layers(network, tuple(network.layers[i] for i in kept), kept)


def in_double_precision(network: Network) -> Network:
    """The same network in float64: what is small has digits, and what nearly cancels out."""
    exact = Network(network.layers, network.shapes[0], np.float64)
    exact.parameters.flat[:] = network.parameters.flat
    return exact


def weighted_layers(network: Network) -> list[int]:
    """The numbers of the layers that have weights, first to last."""
    return [i for i, parameters in enumerate(network.parameters.by_layer) if parameters]


def _with_layers(network: Network, layers: tuple[Layer, ...], numbers: Sequence[int]) -> Network:
    part = Network(layers, network.shapes[0], network.dtype)
    for own, number in zip(part.parameters.by_layer, numbers, strict=True):
        for mine, given in zip(own, network.parameters.by_layer[number], strict=True):
            mine[...] = given
    return part

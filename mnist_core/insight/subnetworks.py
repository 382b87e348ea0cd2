"""Copies of a network: its first layers, all of it without dropout, or in double precision."""

from collections.abc import Sequence

import numpy as np

from mnist_core.nn.layers import Dropout, Layer
from mnist_core.nn.network import Network


def up_to(network: Network, layer: int) -> Network:
    """Copy the first layers of a network, up to `layer`: the copy's output is that layer's.

    At least one of them has weights.
    """
    return _with_layers(network, network.layers[: layer + 1], range(layer + 1))


def without_dropout(network: Network) -> Network:
    """Copy a network without its dropout layers."""
    numbers = [i for i, layer in enumerate(network.layers) if not isinstance(layer, Dropout)]
    return _with_layers(network, tuple(network.layers[i] for i in numbers), numbers)


def in_double_precision(network: Network) -> Network:
    """Copy a network to float64, for the digits of small numbers and of small differences."""
    exact = Network(network.layers, network.shapes[0], np.float64)
    exact.parameters.flat[:] = network.parameters.flat
    return exact


def weighted_layers(network: Network) -> list[int]:
    """Return the numbers of the layers that have weights, first to last."""
    return [i for i, parameters in enumerate(network.parameters.by_layer) if parameters]


def _with_layers(network: Network, layers: tuple[Layer, ...], numbers: Sequence[int]) -> Network:
    part = Network(layers, network.shapes[0], network.dtype)
    for own, number in zip(part.parameters.by_layer, numbers, strict=True):
        for mine, given in zip(own, network.parameters.by_layer[number], strict=True):
            mine[...] = given
    return part

"""The sum of a filter at one position of a picture: its window, its weights, their products."""

from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.network import Network


class WeightedSum(NamedTuple):
    """One sum of a filter.

    `inputs` and `weights` are `(channels, size, size)`; `z` is the sum of their products and the
    bias.
    """

    inputs: Floats
    weights: Floats
    bias: float
    z: float

    @property
    def products(self) -> Floats:
        """The products weight times input, `(channels, size, size)`."""
        return self.inputs * self.weights


def weighted_sum(
    network: Network, layer: int, image: Pixels, unit: int, row: int, column: int
) -> WeightedSum:
    """Compute the sum of filter `unit` of a `Conv2D` at a map position, for an image `(h, w)`."""
    described = network.layers[layer]
    if not isinstance(described, Conv2D):
        raise TypeError(f"layer {layer} is {type(described).__name__}: only Conv2D has windows.")
    if layer:
        x = network.layer_output(image[np.newaxis], layer - 1)[..., 0]
    else:
        x = (image / np.float32(255)).astype(network.dtype)[np.newaxis]
    side = described.size
    weights, biases = network.parameters.by_layer[layer]
    top, left = row * described.stride, column * described.stride
    inputs = x[:, top : top + side, left : left + side]
    own = weights[unit].reshape(inputs.shape)
    bias = float(biases[unit, 0])
    return WeightedSum(inputs.copy(), own.copy(), bias, float((inputs * own).sum()) + bias)

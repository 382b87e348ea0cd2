"""Hidden units that no longer learn: silent ones output 0 whatever the image, saturated ones lie on
the flat part of their function whatever the image, so that no error comes through them.
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network

FLAT = 0.01
"""A slope is flat below this share of the steepest that the function has anywhere."""


def silent_units(network: Network, images: Pixels) -> dict[int, NDArray[np.bool_]]:
    """Which units of each `Activation` layer output exactly 0 for all `images` `(n, h, w)`.

    A filter is one unit: it is silent if it is 0 at every position. `(units,)` by layer number.
    """
    hidden = [i for i, layer in enumerate(network.layers) if isinstance(layer, Activation)]
    silent = {i: np.ones(network.shapes[i + 1][0], bool) for i in hidden}
    for outputs in network.outputs(images, max(hidden, default=-1)):
        for i in hidden:
            silent[i] &= (outputs[i] == 0).reshape(len(outputs[i]), -1).all(axis=1)
    return silent


def saturated_units(network: Network, images: Pixels) -> dict[int, NDArray[np.bool_]]:
    """Which units of each `Activation` layer lie on its flat part for all `images` `(n, h, w)`.

    Silent ones are left out. A filter is saturated if it is so at every position. `(units,)` by
    layer number. Glorot & Bengio 2010, section 3.
    """
    silent = silent_units(network, images)
    flat = {i: ~units for i, units in silent.items()}
    for outputs in network.outputs(images, max(silent, default=-1)):
        for i in silent:
            slopes = _slopes(network.layers[i], outputs[i - 1], outputs[i])
            flat[i] &= (slopes < FLAT).reshape(len(slopes), -1).all(axis=1)
    return flat


def _slopes(layer: object, z: Floats, a: Floats) -> Floats:
    """The slope of an activation at z, as a share of its steepest."""
    assert isinstance(layer, Activation)
    function = ACTIVATIONS[layer.function]
    grid = np.linspace(-8, 8, 1_601, dtype=z.dtype)
    values, steep = np.empty_like(grid), np.empty_like(grid)
    function.forward(grid, values)
    function.slope(grid, values, steep, np.empty_like(grid))
    found = np.empty_like(z)
    function.slope(z, a, found, np.empty_like(z))
    found /= steep.max()
    return np.abs(found)


def silent_share(network: Network, images: Pixels) -> float:
    """The share of all hidden units that output exactly 0 for all `images` `(n, h, w)`, 0 to 1."""
    silent = silent_units(network, images)
    return float(np.mean(np.concatenate([*silent.values()]))) if silent else 0.0

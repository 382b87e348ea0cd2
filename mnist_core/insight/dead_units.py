"""Hidden units that no longer learn: silent ones output 0 whatever the image, saturated ones lie on
the flat part of their function whatever the image, so that no error comes through them.
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Pixels
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network

FLAT = 0.005
"""A slope is flat below this share of the steepest that the function has anywhere.

It is half of leaky ReLU's slope on its shallow side, on which units still learn.
"""


def dead_units(network: Network, images: Pixels) -> dict[int, NDArray[np.bool_]]:
    """Which units of each `Activation` layer output exactly 0 for all `images` `(n, h, w)`.

    A filter is one unit: it is silent if it is 0 at every position. `(units,)` by layer number.
    """
    hidden = _activations(network)
    silent = {i: np.ones(network.shapes[i + 1][0], bool) for i in hidden}
    for outputs in network.outputs(images, max(hidden, default=-1)):
        for i in hidden:
            silent[i] &= _everywhere(outputs[i] == 0)
    return silent


def saturated_units(network: Network, images: Pixels) -> dict[int, NDArray[np.bool_]]:
    """Which units of each `Activation` layer lie on its flat part for all `images` `(n, h, w)`.

    Silent ones are left out. A filter is saturated if it is so at every position. `(units,)` by
    layer number. Glorot & Bengio 2010, section 3.
    """
    hidden = _activations(network)
    steepest = {i: _largest_derivative(layer) for i, layer in hidden.items()}
    flat = {i: np.ones(network.shapes[i + 1][0], bool) for i in hidden}
    silent = {i: units.copy() for i, units in flat.items()}
    for outputs in network.outputs(images, max(hidden, default=-1)):
        for i, layer in hidden.items():
            z, a = outputs[i - 1], outputs[i]
            slopes = np.empty_like(z)
            ACTIVATIONS[layer.function].derivative(z, a, slopes, np.empty_like(z))
            flat[i] &= _everywhere(np.abs(slopes) < FLAT * steepest[i])
            silent[i] &= _everywhere(a == 0)
    return {i: units & ~silent[i] for i, units in flat.items()}


def _activations(network: Network) -> dict[int, Activation]:
    """The activation layers of a network by their numbers."""
    return {i: layer for i, layer in enumerate(network.layers) if isinstance(layer, Activation)}


def _everywhere(holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For which units, the first axis, something holds at every position and for every image."""
    units: NDArray[np.bool_] = np.logical_and.reduce(holds.reshape(len(holds), -1), axis=1)
    return units


def _largest_derivative(layer: Activation) -> float:
    """The largest slope that an activation has anywhere."""
    function = ACTIVATIONS[layer.function]
    z = np.linspace(-8, 8, 1_601, dtype=np.float32)
    a, slopes = np.empty_like(z), np.empty_like(z)
    function.forward(z, a)
    function.derivative(z, a, slopes, np.empty_like(z))
    return float(slopes.max())


def dead_share(network: Network, images: Pixels) -> float:
    """The share of all hidden units that output exactly 0 for all `images` `(n, h, w)`, 0 to 1."""
    silent = dead_units(network, images)
    return float(np.mean(np.concatenate([*silent.values()]))) if silent else 0.0

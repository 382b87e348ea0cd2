"""Hidden units that no longer learn.

Dead units output 0 for every image; saturated ones lie on the flat part of their function for every
image, so that no error passes through them.
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Pixels
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network

FLAT = 0.005
"""A derivative counts as flat below this fraction of the function's largest one.

It is half of leaky ReLU's derivative on its shallow side, on which units still learn.
"""


def dead_units(network: Network, images: Pixels) -> dict[int, NDArray[np.bool_]]:
    """Find the units of each `Activation` layer that output exactly 0 for all images `(n, h, w)`.

    A filter is one unit: it is dead if it is 0 at every position. `(units,)` by layer number.
    """
    hidden = _activations(network)
    silent = {i: np.ones(network.shapes[i + 1][0], bool) for i in hidden}
    for outputs in network.outputs(images, max(hidden, default=-1)):
        for i in hidden:
            silent[i] &= _everywhere(outputs[i] == 0)
    return silent


def saturated_units(network: Network, images: Pixels) -> dict[int, NDArray[np.bool_]]:
    """Find the units of each `Activation` layer on its flat part for all `images` `(n, h, w)`.

    Dead ones are left out. A filter is saturated if it is so at every position. `(units,)` by
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
    """Return the activation layers of a network by their numbers."""
    return {i: layer for i, layer in enumerate(network.layers) if isinstance(layer, Activation)}


def _everywhere(holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return for each unit, along the first axis, whether `holds` is True everywhere."""
    units: NDArray[np.bool_] = np.logical_and.reduce(holds.reshape(len(holds), -1), axis=1)
    return units


def _largest_derivative(layer: Activation) -> float:
    """Return the largest derivative of an activation on a grid from -8 to 8."""
    function = ACTIVATIONS[layer.function]
    z = np.linspace(-8, 8, 1_601, dtype=np.float32)
    a, slopes = np.empty_like(z), np.empty_like(z)
    function.forward(z, a)
    function.derivative(z, a, slopes, np.empty_like(z))
    return float(slopes.max())


def dead_share(network: Network, images: Pixels) -> float:
    """Return the fraction of hidden units that output exactly 0 for all `images` `(n, h, w)`."""
    silent = dead_units(network, images)
    return float(np.mean(np.concatenate([*silent.values()]))) if silent else 0.0

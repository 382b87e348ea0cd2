"""Hidden units that output 0 whatever the image: with ReLU they no longer learn."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Pixels
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network


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


def silent_share(network: Network, images: Pixels) -> float:
    """The share of all hidden units that output exactly 0 for all `images` `(n, h, w)`, 0 to 1."""
    silent = silent_units(network, images)
    return float(np.mean(np.concatenate([*silent.values()]))) if silent else 0.0

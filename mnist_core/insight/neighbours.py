"""Which examples a network finds alike: distances between their activations in a hidden layer."""

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.exploration.neighbours import Neighbours
from mnist_core.nn.network import Network


def embedding(network: Network, images: Pixels) -> Floats:
    """The output of the last hidden layer for images `(n, h, w)`: a column of `(features, n)` each.

    It is the input of the last layer; without a hidden layer, that is the pixels.
    """
    return network.layer_output(images, len(network.layers) - 2)


def nearest(points: Floats, query: Floats, count: int) -> Neighbours:
    """The `count` columns of `points` `(features, n)` nearest to `query` `(features,)`."""
    # |p - q|² = |p|² - 2 p·q + |q|²; the last term is the same for all.
    order = np.einsum("fn,fn->n", points, points) - 2 * (query @ points)
    closest = np.argpartition(order, min(count, len(order)) - 1)[:count]
    distances = np.linalg.norm(points[:, closest] - query[:, np.newaxis], axis=0)
    nearest_first = np.argsort(distances, kind="stable")
    return Neighbours(closest[nearest_first], distances[nearest_first])

"""Nearest neighbours of an example, by the distances of activations in a hidden layer."""

from collections.abc import Iterator

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.exploration.neighbours import Neighbours, smallest
from mnist_core.nn.network import Network


def embedding(network: Network, images: Pixels) -> Floats:
    """Return the last hidden layer's output for images `(n, h, w)`, as columns `(features, n)`.

    It is the input of the last layer; without a hidden layer, the pixels.
    """
    return network.layer_output(images, len(network.layers) - 2)


def embedding_step_by_step(network: Network, images: Pixels) -> Iterator[tuple[float, Floats]]:
    """Compute the embedding pass by pass.

    Yields:
        the fraction of the images that is done, 0 to 1, and their columns `(features, done)`.
    """
    points = np.empty((*network.shapes[-2], len(images)), network.dtype)
    for start in range(0, len(images), network.samples_per_pass):
        end = min(start + network.samples_per_pass, len(images))
        points[:, start:end] = embedding(network, images[start:end])
        yield end / len(images), points[:, :end]


def nearest(points: Floats, query: Floats, count: int) -> Neighbours:
    """Return the `count` columns of `points` `(features, n)` nearest to `query` `(features,)`.

    Of equals, the first. Differences are squared, since |p|² - 2 p·q + |q|² loses digits in float32
    where a point lies near.
    """
    squares = np.zeros(points.shape[1])
    for along, at in zip(points, query, strict=True):
        squares += np.square(along - at, dtype=np.float64)
    return smallest(np.sqrt(squares), count)

"""Hidden representations of pictures: the first two principal components of each layer."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Labels, Pixels
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.insight.units import activation_behind
from mnist_core.nn.network import Network

PIXELS = -1
"""The number of the input, before all layers: the picture itself."""


@dataclass(frozen=True)
class Space:
    """The representation of pictures in one layer.

    Attributes:
        layer: counts all layers of the network from 0; `PIXELS` for the input.
        places: `(2, n)`, the first two principal components.
        held: the fraction of the layer's variance that these hold, 0 to 1.
        told_apart: the fraction of pictures that lie nearest to the mean of their own class among
            the means of all classes, in all dimensions of the layer.
    """

    layer: int
    places: Floats
    held: float
    told_apart: float


def spaces(network: Network, images: Pixels, labels: Labels) -> Iterator[Space]:
    """Yield the representation of images `(n, h, w)` in the input and each layer with weights."""
    pixels = images.reshape(len(images), -1).T.astype(np.float32) / 255
    yield space(PIXELS, pixels, labels)
    for layer in weighted_layers(network):
        outputs = network.layer_output(images, activation_behind(network, layer))
        yield space(layer, outputs.reshape(-1, len(images)), labels)


def space(layer: int, features: Floats, labels: Labels) -> Space:
    """Compute the representation of pictures from a layer's outputs `(features, n)`."""
    centred = features - features.mean(axis=1, keepdims=True)
    # The eigenvectors of the n x n matrix of inner products, times the roots of their eigenvalues,
    # are the principal coordinates: cheaper than the covariance where features outnumber pictures.
    variances, vectors = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    widest = np.maximum(variances[:-3:-1], 0)
    total = float(np.maximum(variances, 0).sum())
    places = (vectors[:, :-3:-1] * np.sqrt(widest)).T.astype(np.float32)
    held = float(widest.sum()) / total if total else 0.0
    return Space(layer, places, held, told_apart(centred, labels))


def told_apart(features: Floats, labels: Labels) -> float:
    """Return the fraction of columns `(features, n)` that are nearest to their own class's mean."""
    classes = np.unique(labels)
    means = np.stack([features[:, labels == label].mean(axis=1) for label in classes])
    # |x - m|² = |x|² - 2 m·x + |m|²; the first term is the same for all means.
    distances = np.einsum("cf,cf->c", means, means)[:, np.newaxis] - 2 * (means @ features)
    return float((classes[distances.argmin(axis=0)] == labels).mean())


def turned_like(places: Floats, model: Floats) -> Floats:
    """Rotate and mirror points `(2, n)` to lie as near as possible to those of `model`.

    Principal components have no sign, and similar ones may change their order. Orthogonal
    Procrustes: Schönemann 1966.
    """
    left, _, right = np.linalg.svd(model @ places.T)
    turned: Floats = (left @ right).astype(np.float32) @ places
    return turned

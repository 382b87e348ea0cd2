"""The patches of real pictures that a unit responds to most, and their receptive fields.

A filter of a `Conv2D` responds at every position of its map, each time to one part of the image:
its receptive field. A unit behind a `Flatten` responds once, to the whole image.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.layers import Activation, Flatten
from mnist_core.nn.network import Network


@dataclass(frozen=True)
class ReceptiveField:
    """The part of the image that one output depends on: `height` by `width` pixels.

    It moves by `stride` pixels from one position of the map to the next.
    """

    height: int
    width: int
    stride: int


@dataclass(frozen=True)
class Patches:
    """The pictures that each unit responds to most, strongest first, all `(units, count)`.

    `images` are indices of pictures; `rows` and `columns` are the top left of the receptive field
    `field` in the picture, in pixels; `activations` are the unit's outputs there, after the
    activation that follows.
    """

    field: ReceptiveField
    images: Indices
    rows: Indices
    columns: Indices
    activations: Floats

    def cut_out(self, images: Pixels) -> Pixels:
        """Cut the patches `(units, count, height, width)` out of the pictures `(n, h, w)`."""
        size = self.field.height, self.field.width
        windows = sliding_window_view(images, size, axis=(1, 2))
        cut: Pixels = windows[self.images, self.rows, self.columns]
        return cut


def receptive_field(network: Network, layer: int) -> ReceptiveField:
    """Compute the receptive field of one output of a layer. The layers of this package do not pad.

    Each layer adds its size less 1, times the strides of the layers before it. Araujo, Norris &
    Sim 2019, "Computing Receptive Fields of Convolutional Neural Networks", equation 2.
    """
    side, stride = 1, 1
    for described in network.layers[: layer + 1]:
        if isinstance(described, Flatten):
            _, height, width = network.shapes[0]
            return ReceptiveField(height, width, 1)
        if isinstance(described, Conv2D | MaxPool2D):
            side += (described.size - 1) * stride
        if isinstance(described, MaxPool2D):
            stride *= described.size
        if isinstance(described, Conv2D):
            stride *= described.stride
    return ReceptiveField(side, side, stride)


def strongest_patches(network: Network, layer: int, images: Pixels, count: int) -> Patches:
    """Find the `count` pictures that each unit of a layer responds to most, and where in them.

    Args:
        network: that the unit belongs to.
        layer: a `Conv2D` or a `Dense`.
        images: `(n, height, width)`.
        count: pictures a unit; all n where there are fewer. A picture counts once a unit, at the
            position of the unit's strongest response.
    """
    strengths, positions = _strongest_positions(network, layer, images)
    strongest = np.argsort(-strengths, axis=1, kind="stable")[:, :count]
    field = receptive_field(network, layer)
    across = network.shapes[layer + 1][-1] if len(network.shapes[layer + 1]) > 1 else 1
    rows, columns = np.divmod(np.take_along_axis(positions, strongest, axis=1), across)
    return Patches(
        field,
        strongest,
        rows * field.stride,
        columns * field.stride,
        _activated(network, layer, np.take_along_axis(strengths, strongest, axis=1)),
    )


def _activated(network: Network, layer: int, z: Floats) -> Floats:
    """Apply a layer's activation to its outputs; a pool before it keeps the largest of them."""
    following = (one for one in network.layers[layer + 1 :] if not isinstance(one, MaxPool2D))
    described = next(following, None)
    if not isinstance(described, Activation):
        return z
    a = np.empty_like(z)
    ACTIVATIONS[described.function].forward(z, a)
    return a


def _strongest_positions(network: Network, layer: int, images: Pixels) -> tuple[Floats, Indices]:
    """Return each unit's largest output in each image and its map position, both `(units, n)`."""
    units = network.shapes[layer + 1][0]
    strengths, positions = [], []
    for *_, output in network.outputs(images, layer):
        maps = output.reshape(units, -1, output.shape[-1])
        positions.append(maps.argmax(axis=1))
        strengths.append(maps.max(axis=1))
    return np.concatenate(strengths, axis=1), np.concatenate(positions, axis=1)

"""One training step with one picture: every number of backpropagation, layer by layer.

For dense networks. The formulas are those of `nn/layers.py` and `nn/losses.py`; the numbers are
those of one forward and one backward pass of the network's own layers, so they cannot differ from
them. The passes are in double precision: a page shows small numbers, and differences of two losses.
"""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.insight.subnetworks import in_double_precision, weighted_layers
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.layers import Activation
from mnist_core.nn.losses import softmax, softmax_cross_entropy
from mnist_core.nn.network import FlatParameters, Network


@dataclass(frozen=True)
class LayerStep:
    """The forward and backward pass of one dense layer of u units and i inputs.

    Attributes:
        layer: counts all layers of the network from 0.
        x: `(i,)` the inputs.
        weights: `(u, i)`, biases: `(u,)`.
        z: `(u,)` the sums: weights x + biases.
        a: `(u,)` the outputs: f(z), and z itself where no activation follows.
        derivative: `(u,)` f'(z).
        dz: `(u,)` the derivative of the loss by z.
    """

    layer: int
    x: Floats
    weights: Floats
    biases: Floats
    z: Floats
    a: Floats
    derivative: Floats
    dz: Floats

    def blame(self, unit: int) -> Floats:
        """Return the derivative of the loss by each weight of a unit, `(i,)`: dz x."""
        blame: Floats = self.dz[unit] * self.x
        return blame


@dataclass(frozen=True)
class PassTrace:
    """One picture's forward and backward pass through a network.

    Attributes:
        layers: the dense layers, first to last.
        probabilities: `(classes,)`, softmax of the last sums.
        label: the picture's class.
        loss: -ln of the label's probability.
    """

    layers: tuple[LayerStep, ...]
    probabilities: Floats
    label: int
    loss: float

    @property
    def predicted(self) -> int:
        """The likeliest class."""
        return int(self.probabilities.argmax())


def can_be_taken_apart(network: Network) -> bool:
    """Return whether it is a dense network with a hidden layer."""
    return not network.convolutional and len(weighted_layers(network)) > 1


def take_apart(network: Network, image: Pixels, label: int) -> PassTrace:
    """Return every number of a step with an image `(height, width)`, before the weights change.

    `network` has no dropout; see `subnetworks.without_dropout`.
    """
    exact = in_double_precision(network)
    images, labels = image[np.newaxis], np.array([label], np.uint8)
    loss, gradient = exact.loss_and_gradient(images, labels)
    (outputs,) = exact.outputs(images, len(exact.layers) - 1)
    values = [output[..., 0] for output in outputs]
    layers = tuple(_layer_step(exact, i, values, gradient) for i in weighted_layers(exact))
    return PassTrace(layers, softmax(outputs[-1])[:, 0], label, float(loss.total))


def _layer_step(
    network: Network, layer: int, values: list[Floats], gradient: FlatParameters
) -> LayerStep:
    weights, biases = network.parameters.by_layer[layer]
    _, dz = gradient.by_layer[layer]  # of one picture, db = Σ dz is dz itself
    z, a = values[layer], values[layer]
    slope = np.ones_like(z)
    following = network.layers[layer + 1] if layer + 1 < len(network.layers) else None
    if isinstance(following, Activation):
        a = values[layer + 1]
        ACTIVATIONS[following.function].derivative(z, a, slope, np.empty_like(z))
    return LayerStep(layer, values[layer - 1], weights, biases[:, 0], z, a, slope, dz[:, 0])


def loss_after_nudge(
    network: Network, image: Pixels, label: int, layer: int, place: tuple[int, int], by: float
) -> float:
    """Return the loss of an image after one weight, at (unit, input) of a layer, grew by `by`."""
    nudged = in_double_precision(network)
    nudged.parameters.by_layer[layer][0][place] += by
    logits = nudged.logits(image[np.newaxis])
    loss, _ = softmax_cross_entropy(logits, np.array([label], np.uint8))
    return float(loss.total)

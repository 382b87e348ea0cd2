"""One step of learning with one picture, taken apart: every number of backpropagation by layer.

For dense networks. The formulas are those of `nn/layers.py` and `nn/losses.py`; what stands here is
read off one forward and one backward pass of the network's own layers, so it cannot differ from
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
    """What one dense layer of u units does with i inputs, forward and backward.

    Attributes:
        layer: counts all layers of the network from 0.
        x: `(i,)` what comes in.
        weights: `(u, i)`, biases: `(u,)`.
        z: `(u,)` the sums: weights x + biases.
        a: `(u,)` what is passed on: f(z), and z itself where no activation follows.
        derivative: `(u,)` f'(z).
        dz: `(u,)` the error that arrives at the sums: the slope of the loss by z.
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
        """The blame `(i,)` of each weight of a unit, dz x: the slope of the loss by it."""
        blame: Floats = self.dz[unit] * self.x
        return blame


@dataclass(frozen=True)
class PassTrace:
    """One picture's way through a network and back.

    Attributes:
        layers: the dense layers, first to last.
        probabilities: `(classes,)`, softmax of the last sums.
        label: what the picture is.
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
    """Whether it is a dense network, with a hidden layer."""
    return not network.convolutional and len(weighted_layers(network)) > 1


def take_apart(network: Network, image: Pixels, label: int) -> PassTrace:
    """Every number of a step with an image `(height, width)`, before the weights are changed.

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
    """The loss of an image once one weight, at (unit, input) of a layer, is larger by `by`."""
    nudged = in_double_precision(network)
    nudged.parameters.by_layer[layer][0][place] += by
    logits = nudged.logits(image[np.newaxis])
    loss, _ = softmax_cross_entropy(logits, np.array([label], np.uint8))
    return float(loss.total)

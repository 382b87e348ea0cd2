"""A network: an ordered list of layers over one flat buffer of parameters."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from mnist_core.arrays import Floats, Pixels, Shape
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.initializers import INITIALIZERS
from mnist_core.nn.layers import Layer, Memo, Parameters
from mnist_core.nn.losses import softmax

DENSE_PASS = 1120
CONVOLUTION_PASS = 48
"""Samples that go through a network at a time, so that what they need stays in the cache."""


@dataclass
class FlatParameters:
    """One number for every parameter in one array, and the same memory as each layer sees it."""

    flat: Floats
    by_layer: tuple[Parameters, ...]


class Tape:
    """What one pass over a batch leaves behind for the way back, layer by layer.

    A tape belongs to one thread; its buffers are used again by the next batch. With a generator,
    dropout is on.
    """

    def __init__(self, network: "Network", rng: np.random.Generator | None = None) -> None:
        self.memos = tuple(Memo(network.dtype, rng) for _ in network.layers)
        self.input = Memo(network.dtype)
        self.output = Memo(network.dtype)


def trace_shapes(
    layers: tuple[Layer, ...], input_shape: Shape
) -> tuple[tuple[Shape, ...], tuple[tuple[Shape, ...], ...]]:
    """The shape of one sample before each layer and at the end, and each layer's parameters'."""
    shapes = [input_shape]
    for layer in layers:
        shapes.append(layer.output_shape(shapes[-1]))
    parameter_shapes = (
        layer.parameter_shapes(before) for layer, before in zip(layers, shapes, strict=False)
    )
    return tuple(shapes), tuple(parameter_shapes)


def parameter_count(parameter_shapes: tuple[tuple[Shape, ...], ...]) -> int:
    """The number of weights and biases, given the shapes of each layer's."""
    return sum(prod(shape) for shapes in parameter_shapes for shape in shapes)


class Network:
    """Layers and their parameters; reading with it changes nothing in it.

    Args:
        layers: from the image to the logits.
        input_shape: of one image, `(channels, height, width)`.
        dtype: float32, or float64 for a gradient check.
    """

    def __init__(
        self, layers: tuple[Layer, ...], input_shape: Shape, dtype: Any = np.float32
    ) -> None:
        self.layers = layers
        self.dtype = np.dtype(dtype)
        self.shapes, self.parameter_shapes = trace_shapes(layers, input_shape)
        self.parameters = self.zeros()
        self.convolutional = any(isinstance(layer, Conv2D) for layer in layers)
        self.samples_per_pass = CONVOLUTION_PASS if self.convolutional else DENSE_PASS
        self.first_learner = next(i for i, shapes in enumerate(self.parameter_shapes) if shapes)

    def zeros(self) -> FlatParameters:
        """Room for one number for every parameter: for a gradient, or an optimizer's memory.

        All weights lie before all biases, so that weight decay is one slice.
        """
        flat = np.zeros(self.size, self.dtype)
        views: list[dict[int, Floats]] = [{} for _ in self.layers]
        end = 0
        for kind in (0, 1):
            for view, shapes in zip(views, self.parameter_shapes, strict=True):
                if shapes:
                    start, end = end, end + prod(shapes[kind])
                    view[kind] = flat[start:end].reshape(shapes[kind])
        return FlatParameters(flat, tuple(tuple(view.values()) for view in views))

    @property
    def size(self) -> int:
        """The number of parameters."""
        return parameter_count(self.parameter_shapes)

    @property
    def weight_count(self) -> int:
        """The number of weights: the parameters that are not biases."""
        return sum(prod(shapes[0]) for shapes in self.parameter_shapes if shapes)

    @property
    def classes(self) -> int:
        """The number of classes it tells apart."""
        return self.shapes[-1][0]

    def initialize(self, initializer: str, rng: np.random.Generator) -> None:
        """Draw all weights and biases anew, layer by layer."""
        for parameters in self.parameters.by_layer:
            if parameters:
                weights, biases = parameters
                INITIALIZERS[initializer].fill(weights, biases, rng)

    def copy(self) -> "Network":
        """A network that starts as this one is and learns on its own."""
        twin = Network(self.layers, self.shapes[0], self.dtype)
        twin.parameters.flat[:] = self.parameters.flat
        return twin

    def read(self, images: Pixels, tape: Tape) -> Floats:
        """Pixels `(n, height, width)` 0 to 255 as the network's input, 0 to 1, sample last.

        A convolution wants the batch innermost in memory; a dense layer multiplies fastest with
        every sample in one piece, as stored.
        """
        n = len(images)
        if self.convolutional:
            x = tape.input.buffer("x", *self.shapes[0], n)
        else:
            x = tape.input.buffer("x", n, *self.shapes[0]).transpose(1, 2, 3, 0)
        x[...] = images.transpose(1, 2, 0)
        x *= 1 / 255
        return x

    def forward(self, x: Floats, tape: Tape) -> Floats:
        """Logits `(classes, n)` for the input x `(channels, height, width, n)`."""
        for layer, parameters, memo in zip(
            self.layers, self.parameters.by_layer, tape.memos, strict=True
        ):
            x = layer.forward(parameters, x, memo)
        return x

    def backward(self, dlogits: Floats, tape: Tape, gradient: FlatParameters) -> None:
        """Write the gradient by every parameter, given the loss's gradient by the logits.

        Backpropagation: Rumelhart, Hinton & Williams 1986.
        """
        dy = dlogits
        for i in range(len(self.layers) - 1, self.first_learner, -1):
            layer, memo = self.layers[i], tape.memos[i]
            layer.parameter_gradient(dy, memo, gradient.by_layer[i])
            dy = layer.input_gradient(self.parameters.by_layer[i], dy, memo)
        first = self.first_learner
        self.layers[first].parameter_gradient(dy, tape.memos[first], gradient.by_layer[first])

    def input_gradient(self, dlogits: Floats, tape: Tape) -> Floats:
        """The gradient by the input of any function of the logits, given its gradient by them."""
        dy = dlogits
        for i in range(len(self.layers) - 1, -1, -1):
            dy = self.layers[i].input_gradient(self.parameters.by_layer[i], dy, tape.memos[i])
        return dy

    def logits(self, images: Pixels) -> Floats:
        """Logits `(classes, n)` for images `(n, height, width)`; any thread may call it."""
        tape = Tape(self)
        logits = np.empty((self.classes, len(images)), self.dtype)
        for start in range(0, len(images), self.samples_per_pass):
            part = slice(start, start + self.samples_per_pass)
            logits[:, part] = self.forward(self.read(images[part], tape), tape)
        return logits

    def probabilities(self, images: Pixels) -> Floats:
        """The probability of each class `(classes, n)` for images `(n, height, width)`."""
        return softmax(self.logits(images))

"""A network: an ordered list of layers over one flat buffer of parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from mnist_core.arrays import Floats, Labels, Pixels, Shape
from mnist_core.nn.cache import Cache, Caches
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.initializers import INITIALIZERS
from mnist_core.nn.layers import Layer, Parameters
from mnist_core.nn.losses import BatchLoss, softmax, softmax_cross_entropy

DENSE_PASS = 1120
CONVOLUTION_PASS = 48
"""Samples in one pass through a network: so few that their activations stay in the processor's
cache."""

DENSE_SHARD = 64
CONVOLUTION_SHARD = 32
"""The fewest samples of a batch that are worth another process."""


@dataclass
class FlatParameters:
    """An array with one element a parameter, and views of it in the shapes of each layer."""

    flat: Floats
    by_layer: tuple[Parameters, ...]


def trace_shapes(
    layers: tuple[Layer, ...], input_shape: Shape
) -> tuple[tuple[Shape, ...], tuple[tuple[Shape, ...], ...]]:
    """Return the shapes of the input and of all outputs, and those of each layer's parameters."""
    shapes = [input_shape]
    for layer in layers:
        shapes.append(layer.output_shape(shapes[-1]))
    parameter_shapes = (
        layer.parameter_shapes(before) for layer, before in zip(layers, shapes, strict=False)
    )
    return tuple(shapes), tuple(parameter_shapes)


def parameter_count(parameter_shapes: tuple[tuple[Shape, ...], ...]) -> int:
    """Count the parameters, given the shapes of each layer's."""
    return sum(prod(shape) for shapes in parameter_shapes for shape in shapes)


class Network:
    """Layers and their parameters; prediction does not change it.

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
        self.smallest_shard = CONVOLUTION_SHARD if self.convolutional else DENSE_SHARD
        self.first_learner = next(i for i, shapes in enumerate(self.parameter_shapes) if shapes)

    def zeros(self) -> FlatParameters:
        """Return zeros in the parameters' shapes, for a gradient or an optimizer's state."""
        return self.views(np.zeros(self.size, self.dtype))

    def views(self, flat: Floats) -> FlatParameters:
        """Return views of `flat` `(size,)`, one number a parameter, in the shapes of each layer.

        The weights of all layers lie before all else, so that weight decay is one slice; then come
        their second arrays, the biases of the lab's own layers, and so on.
        """
        views: list[list[Floats]] = [[] for _ in self.layers]
        end = 0
        for kind in range(max(map(len, self.parameter_shapes))):
            for view, shapes in zip(views, self.parameter_shapes, strict=True):
                if kind < len(shapes):
                    start, end = end, end + prod(shapes[kind])
                    view.append(flat[start:end].reshape(shapes[kind]))
        return FlatParameters(flat, tuple(map(tuple, views)))

    @property
    def size(self) -> int:
        """The number of parameters."""
        return parameter_count(self.parameter_shapes)

    @property
    def weight_count(self) -> int:
        """The number of weights: the first array of each layer that learns."""
        return sum(prod(shapes[0]) for shapes in self.parameter_shapes if shapes)

    @property
    def classes(self) -> int:
        """The number of classes."""
        return self.shapes[-1][0]

    def initialize(self, initializer: str, rng: np.random.Generator) -> None:
        """Draw all parameters anew, layer by layer, by the initializer of this name."""
        for layer, parameters in zip(self.layers, self.parameters.by_layer, strict=True):
            layer.initialize(parameters, INITIALIZERS[initializer], rng)

    def copy(self) -> "Network":
        """Return a network with the same layers and a copy of the parameters."""
        return _with_parameters(self.layers, self.shapes[0], self.dtype, self.parameters.flat)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the network without the views of its parameters, which are rebuilt on loading."""
        stored = (self.layers, self.shapes[0], self.dtype, self.parameters.flat)
        return _with_parameters, stored

    def caches(self, rng: np.random.Generator | None = None) -> Caches:
        """Return the memory of a pass, a cache a layer, which one thread reuses pass after pass.

        Dropout draws from `rng` during training. Without it nothing is dropped, and gradients are
        those of the network as it predicts.
        """
        return [Cache(self.dtype, rng) for _ in self.layers]

    def loss_and_gradient(
        self,
        images: Pixels,
        labels: Labels,
        batch_size: int | None = None,
        caches: Caches | None = None,
        gradient: FlatParameters | None = None,
    ) -> tuple[BatchLoss, FlatParameters]:
        """Return the loss of images `(n, height, width)` and the gradient of its mean.

        Args:
            images: pixels 0 to 255, and `labels` `(n,)`, the class of each.
            batch_size: of the whole batch, where these images are a part of it.
            caches: the memory of the pass, by default new; see `caches`.
            gradient: the buffer that the gradient is written to, by default new.
        """
        caches = caches or self.caches()
        gradient = gradient or self.zeros()
        x = self.prepare_input(images, caches)
        logits = self.forward(x, caches)
        loss, dlogits = softmax_cross_entropy(logits, labels, batch_size)
        self.backward(dlogits, caches, gradient)
        return loss, gradient

    def prepare_input(self, images: Pixels, caches: Caches) -> Floats:
        """Scale pixels `(n, height, width)` to the network's input: 0 to 1, sample last.

        In memory, the batch is innermost for a convolution; for a dense layer each sample is
        contiguous, as stored, which multiplies fastest. The next input reuses the same memory.
        """
        n = len(images)
        if self.convolutional:
            x = caches[0].array("input", *self.shapes[0], n)
        else:
            x = caches[0].array("input", n, *self.shapes[0]).transpose(1, 2, 3, 0)
        x[...] = images.transpose(1, 2, 0)
        x *= 1 / 255
        return x

    def forward(self, x: Floats, caches: Caches) -> Floats:
        """Return the logits `(classes, n)` of the input x `(channels, height, width, n)`.

        They are a new array. The caches hold the arrays that `backward` needs until the next pass.
        """
        for layer, parameters, cache in zip(
            self.layers, self.parameters.by_layer, caches, strict=True
        ):
            x = layer.forward(parameters, x, cache)
        return x.copy()

    def backward(self, dlogits: Floats, caches: Caches, gradient: FlatParameters) -> None:
        """Write the loss's gradient with respect to every parameter into `gradient`.

        `dlogits` `(classes, n)` is the loss's gradient with respect to the logits of the last
        forward pass with these caches. Backpropagation: Rumelhart, Hinton & Williams 1986.
        """
        dy = dlogits
        for i in range(len(self.layers) - 1, self.first_learner, -1):
            layer, cache = self.layers[i], caches[i]
            layer.parameter_gradient(dy, cache, gradient.by_layer[i])
            dy = layer.input_gradient(self.parameters.by_layer[i], dy, cache)
        first = self.first_learner
        self.layers[first].parameter_gradient(dy, caches[first], gradient.by_layer[first])

    def input_gradient(self, dlogits: Floats, caches: Caches) -> Floats:
        """Return the gradient of a function of the logits with respect to the input, shaped as it.

        `dlogits` `(classes, n)` is the function's gradient with respect to the logits of the last
        forward pass with these caches.
        """
        return self.output_gradient(-1, dlogits, caches)

    def output_gradient(self, layer: int, dlogits: Floats, caches: Caches) -> Floats:
        """Return the gradient of a function of the logits with respect to the output of `layer`.

        `layer` -1 stands for the network's input; `dlogits` is as for `input_gradient`. The result
        is a new array.
        """
        dy = dlogits
        for i in range(len(self.layers) - 1, layer, -1):
            dy = self.layers[i].input_gradient(self.parameters.by_layer[i], dy, caches[i])
        return dy.copy()

    def outputs(self, images: Pixels, last: int) -> Iterator[list[Floats]]:
        """Yield the outputs of layers 0 to `last` for images `(n, height, width)`, pass by pass.

        A pass covers the next `samples_per_pass` images, so that any number of them needs the
        memory of one pass. Dropout is off. Safe to call from any thread.

        Yields:
            for each pass one array a layer, `(*shape, batch)`.
        """
        for part in self._passes(images):
            caches = self.caches()
            x, outputs = self.prepare_input(part, caches), []
            for i in range(last + 1):
                x = self.layers[i].forward(self.parameters.by_layer[i], x, caches[i])
                outputs.append(x)
            yield outputs

    def layer_output(self, images: Pixels, layer: int) -> Floats:
        """Return the output of one layer for all images `(n, height, width)`, `(*shape, n)`."""
        result = np.empty((*self.shapes[layer + 1], len(images)), self.dtype)
        start = 0
        for *_, output in self.outputs(images, layer):
            end = start + output.shape[-1]
            result[..., start:end] = output
            start = end
        return result

    def _passes(self, images: Pixels) -> Iterator[Pixels]:
        for start in range(0, len(images), self.samples_per_pass):
            yield images[start : start + self.samples_per_pass]

    def logits(self, images: Pixels) -> Floats:
        """Return the logits `(classes, n)` of images `(n, height, width)`, from any thread."""
        caches = self.caches()
        logits = np.empty((self.classes, len(images)), self.dtype)
        end = 0
        for part in self._passes(images):
            start, end = end, end + len(part)
            logits[:, start:end] = self.forward(self.prepare_input(part, caches), caches)
        return logits

    def probabilities(self, images: Pixels) -> Floats:
        """Return the probability of each class `(classes, n)` for images `(n, height, width)`."""
        return softmax(self.logits(images))


def _with_parameters(
    layers: tuple[Layer, ...], input_shape: Shape, dtype: Any, flat: Floats
) -> Network:
    network = Network(layers, input_shape, dtype)
    network.parameters.flat[:] = flat
    return network

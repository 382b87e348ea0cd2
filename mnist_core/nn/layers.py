"""The layers of a network: what each computes forward, and its gradients backward.

A layer is a frozen description. Its parameters, and the `Cache` of one pass, are arguments, so a
layer can be compared, saved and shared, and many threads can use one network at once.
Shapes below leave out the batch, which is always the last axis. dY stands for the gradient of the
loss with respect to a layer's output Y, and likewise for every other quantity.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mnist_core.arrays import Floats, Shape
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.cache import Cache
from mnist_core.nn.initializers import Fans, Initializer
from mnist_core.nn.matmul import matmul, matmul_transposed

Parameters = tuple[Floats, ...]
"""A layer's weights and whatever else it learns, such as biases; empty for a layer without.

The first array are the weights: weight decay acts on these alone.
"""


class Layer(Protocol):
    """The methods that a network calls."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """The shape of one sample after this layer."""

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """The shapes of the arrays that it learns, weights first; empty for a layer without."""

    def initialize(
        self, parameters: Parameters, initializer: Initializer, rng: np.random.Generator
    ) -> None:
        """Draw the parameters, in place, by `initializer` or as the layer itself begins."""

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """The layer's output for the batch x."""

    def parameter_gradient(self, dy: Floats, cache: Cache, gradient: Parameters) -> None:
        """Write the loss's gradient with respect to the parameters into `gradient`, given dy."""

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """The loss's gradient with respect to the input, given dy."""


class Unlearned:
    """A base for layers without parameters."""

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """None"""
        return ()

    def initialize(
        self, parameters: Parameters, initializer: Initializer, rng: np.random.Generator
    ) -> None:
        """There is nothing to draw."""

    def parameter_gradient(self, dy: Floats, cache: Cache, gradient: Parameters) -> None:
        """There is none to write."""


@dataclass(frozen=True)
class Dense:
    """A fully connected layer: Z = W X + b."""

    units: int

    def output_shape(self, input_shape: Shape) -> Shape:
        """`(units,)`"""
        return (self.units,)

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """W `(units, inputs)`, b `(units, 1)`"""
        return (self.units, input_shape[0]), (self.units, 1)

    def initialize(
        self, parameters: Parameters, initializer: Initializer, rng: np.random.Generator
    ) -> None:
        """Each unit hears all inputs, and each input is heard by all units."""
        w, b = parameters
        initializer.fill(w, b, Fans(fan_in=w.shape[1], fan_out=self.units), rng)

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """Z = W X + b"""
        w, b = parameters
        cache["x"] = x
        z = cache.array("z", self.units, x.shape[1])
        matmul(w, x, out=z)
        z += b
        return z

    def parameter_gradient(self, dy: Floats, cache: Cache, gradient: Parameters) -> None:
        """dW = dZ Xᵀ, db = Σ dZ over the samples"""
        dw, db = gradient
        matmul_transposed(dy, cache["x"], out=dw)
        np.add.reduce(dy, axis=1, out=db, keepdims=True)

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """dX = Wᵀ dZ"""
        w, _ = parameters
        dx = cache.array("dx", *cache["x"].shape)
        matmul(w.T, dy, out=dx)
        return dx


@dataclass(frozen=True)
class Activation(Unlearned):
    """A = f(Z), element by element. `function` is a name in `ACTIVATIONS`."""

    function: str

    def output_shape(self, input_shape: Shape) -> Shape:
        """The input's"""
        return input_shape

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """A = f(Z)"""
        y = cache.array("y", *x.shape)
        ACTIVATIONS[self.function].forward(x, y)
        cache["x"], cache["y"] = x, y
        return y

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """dZ = f'(Z) ⊙ dA"""
        dx, scratch = cache.array("dx", *dy.shape), cache.array("scratch", *dy.shape)
        ACTIVATIONS[self.function].derivative(cache["x"], cache["y"], dx, scratch)
        dx *= dy
        return dx


@dataclass(frozen=True)
class Dropout(Unlearned):
    """Where the cache has an `rng`, zeroes each number with probability `rate`; else the identity.

    What is kept is divided by 1 - rate, so that its expected value stays the same. Srivastava et
    al. 2014, section 10 ("inverted" dropout).
    """

    rate: float

    def output_shape(self, input_shape: Shape) -> Shape:
        """The input's"""
        return input_shape

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """Y = mask ⊙ X / (1 - rate)"""
        if cache.rng is None:
            return x
        cache["mask"] = mask = cache.array("mask", *x.shape)
        cache.rng.random(dtype=cache.dtype, out=mask)
        np.greater_equal(mask, self.rate, out=mask)
        mask *= 1 / (1 - self.rate)
        y = cache.array("y", *x.shape)
        np.multiply(x, mask, out=y)
        return y

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """dX = mask ⊙ dY / (1 - rate)"""
        if cache.rng is None:
            return dy
        dx = cache.array("dx", *dy.shape)
        np.multiply(dy, cache["mask"], out=dx)
        return dx


@dataclass(frozen=True)
class Flatten(Unlearned):
    """An image `(channels, height, width)` as one column of numbers."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """`(channels · height · width,)`"""
        return (int(np.prod(input_shape)),)

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """The same numbers in one column a sample"""
        cache["x"] = x
        return x.reshape(-1, x.shape[-1])

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """The same numbers as an image"""
        return dy.reshape(cache["x"].shape)

"""Layers of a network: the output of each, forward, and its gradients, backward.

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
"""A layer's parameters: its weights first, then the rest, such as biases; empty for none.

Weight decay acts on the first array alone.
"""


class Layer(Protocol):
    """The methods that a network calls."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of one sample after this layer."""

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """Return the shapes of the layer's parameters, weights first; empty for none."""

    def initialize(
        self, parameters: Parameters, initializer: Initializer, rng: np.random.Generator
    ) -> None:
        """Draw the parameters in place, by `initializer` or by the layer's own rule."""

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """Compute the layer's output for the batch x."""

    def parameter_gradient(self, dy: Floats, cache: Cache, gradient: Parameters) -> None:
        """Write the loss's gradient with respect to the parameters into `gradient`, given dy."""

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """Compute the loss's gradient with respect to the input, given dy."""


class Unlearned:
    """Base of the layers without parameters."""

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """Return no shapes."""
        return ()

    def initialize(
        self, parameters: Parameters, initializer: Initializer, rng: np.random.Generator
    ) -> None:
        """Do nothing: there are no parameters."""

    def parameter_gradient(self, dy: Floats, cache: Cache, gradient: Parameters) -> None:
        """Do nothing: there are no parameters."""


@dataclass(frozen=True)
class Dense:
    """A fully connected layer: Z = W X + b."""

    units: int

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return `(units,)`."""
        return (self.units,)

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """Return the shapes W `(units, inputs)`, b `(units, 1)`."""
        return (self.units, input_shape[0]), (self.units, 1)

    def initialize(
        self, parameters: Parameters, initializer: Initializer, rng: np.random.Generator
    ) -> None:
        """Draw W and b: each unit sums all inputs, and each input reaches all units."""
        w, b = parameters
        initializer.fill(w, b, Fans(fan_in=w.shape[1], fan_out=self.units), rng)

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """Compute Z = W X + b."""
        w, b = parameters
        cache["x"] = x
        z = cache.array("z", self.units, x.shape[1])
        matmul(w, x, out=z)
        z += b
        return z

    def parameter_gradient(self, dy: Floats, cache: Cache, gradient: Parameters) -> None:
        """Compute dW = dZ Xᵀ and db = Σ dZ over the samples."""
        dw, db = gradient
        matmul_transposed(dy, cache["x"], out=dw)
        np.add.reduce(dy, axis=1, out=db, keepdims=True)

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """Compute dX = Wᵀ dZ."""
        w, _ = parameters
        dx = cache.array("dx", *cache["x"].shape)
        matmul(w.T, dy, out=dx)
        return dx


@dataclass(frozen=True)
class Activation(Unlearned):
    """Applies A = f(Z) to each element. `function` is a name in `ACTIVATIONS`."""

    function: str

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the input's shape."""
        return input_shape

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """Compute A = f(Z)."""
        y = cache.array("y", *x.shape)
        ACTIVATIONS[self.function].forward(x, y)
        cache["x"], cache["y"] = x, y
        return y

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """Compute dZ = f'(Z) ⊙ dA."""
        dx, scratch = cache.array("dx", *dy.shape), cache.array("scratch", *dy.shape)
        ACTIVATIONS[self.function].derivative(cache["x"], cache["y"], dx, scratch)
        dx *= dy
        return dx


@dataclass(frozen=True)
class Dropout(Unlearned):
    """Zeroes each number with probability `rate` where the cache has an `rng`; else the identity.

    The other numbers are divided by 1 - rate, which keeps the expected value. Srivastava et al.
    2014, section 10 ("inverted" dropout).
    """

    rate: float

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the input's shape."""
        return input_shape

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """Compute Y = mask ⊙ X / (1 - rate)."""
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
        """Compute dX = mask ⊙ dY / (1 - rate)."""
        if cache.rng is None:
            return dy
        dx = cache.array("dx", *dy.shape)
        np.multiply(dy, cache["mask"], out=dx)
        return dx


@dataclass(frozen=True)
class Flatten(Unlearned):
    """Reshapes an image `(channels, height, width)` to one column of numbers."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return `(channels · height · width,)`."""
        return (int(np.prod(input_shape)),)

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """Reshape x to one column a sample."""
        cache["x"] = x
        return x.reshape(-1, x.shape[-1])

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """Reshape dy to images."""
        return dy.reshape(cache["x"].shape)

"""The layers of a network: what each computes, and how it passes the error back.

A layer is a frozen description. Its parameters, and the memory of one pass (`Memo`), are handed to
it, so a layer can be compared, saved and shared, and many threads can read with one network.
Shapes below leave out the batch, which is always the last axis.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from mnist_core.arrays import Floats, Shape
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.matmul import matmul, matmul_transposed

Parameters = tuple[Floats, ...]
"""A layer's weights and biases, or nothing."""


NOTHING: Floats = np.empty(0)


class Memo:
    """What one layer remembers of its forward pass, and the buffers that it uses again.

    `rng` is where dropout draws from; None in a pass that only reads, where nothing is dropped.
    """

    def __init__(self, dtype: Any, rng: np.random.Generator | None = None) -> None:
        self.dtype = dtype
        self.rng = rng
        self.x = NOTHING
        self.y = NOTHING
        self.buffers: dict[tuple[str, Shape], Floats] = {}

    def buffer(self, name: str, *shape: int) -> Floats:
        """An array to write into: the same one whenever name and shape are the same."""
        key = name, shape
        array = self.buffers.get(key)
        if array is None:
            array = self.buffers[key] = np.empty(shape, self.dtype)
        return array


class Layer(Protocol):
    """What a network asks of a layer."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """The shape of one sample after this layer."""

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """The shapes of the weights and biases; empty where there is nothing to learn."""

    def forward(self, parameters: Parameters, x: Floats, memo: Memo) -> Floats:
        """The layer's output for the batch x."""

    def parameter_gradient(self, dy: Floats, memo: Memo, gradient: Parameters) -> None:
        """Write the loss's gradient by the parameters, given its gradient dy by the output."""

    def input_gradient(self, parameters: Parameters, dy: Floats, memo: Memo) -> Floats:
        """The loss's gradient by the input, given its gradient dy by the output."""


class Unlearned:
    """What layers share that have no parameters."""

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """Nothing to learn."""
        return ()

    def parameter_gradient(self, dy: Floats, memo: Memo, gradient: Parameters) -> None:
        """Nothing to learn."""


@dataclass(frozen=True)
class Dense:
    """Every unit sees every input: Z = W X + b."""

    units: int

    def output_shape(self, input_shape: Shape) -> Shape:
        """`(units,)`"""
        return (self.units,)

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """W `(units, inputs)`, b `(units, 1)`"""
        return (self.units, input_shape[0]), (self.units, 1)

    def forward(self, parameters: Parameters, x: Floats, memo: Memo) -> Floats:
        """Z = W X + b"""
        w, b = parameters
        memo.x = x
        z = memo.buffer("z", self.units, x.shape[1])
        matmul(w, x, out=z)
        z += b
        return z

    def parameter_gradient(self, dy: Floats, memo: Memo, gradient: Parameters) -> None:
        """dW = dZ Xᵀ, db = Σ dZ over the samples"""
        dw, db = gradient
        matmul_transposed(dy, memo.x, out=dw)
        np.add.reduce(dy, axis=1, out=db, keepdims=True)

    def input_gradient(self, parameters: Parameters, dy: Floats, memo: Memo) -> Floats:
        """dX = Wᵀ dZ"""
        w, _ = parameters
        dx = memo.buffer("dx", *memo.x.shape)
        matmul(w.T, dy, out=dx)
        return dx


@dataclass(frozen=True)
class Activation(Unlearned):
    """A = f(Z), for every number on its own. `function` is a name in `ACTIVATIONS`."""

    function: str

    def output_shape(self, input_shape: Shape) -> Shape:
        """The input's"""
        return input_shape

    def forward(self, parameters: Parameters, x: Floats, memo: Memo) -> Floats:
        """A = f(Z)"""
        memo.x = x
        memo.y = memo.buffer("y", *x.shape)
        ACTIVATIONS[self.function].forward(x, memo.y)
        return memo.y

    def input_gradient(self, parameters: Parameters, dy: Floats, memo: Memo) -> Floats:
        """dZ = f'(Z) ⊙ dA"""
        dx = memo.buffer("dx", *dy.shape)
        scratch = memo.buffer("scratch", *dy.shape)
        ACTIVATIONS[self.function].slope(memo.x, memo.y, dx, scratch)
        dx *= dy
        return dx


@dataclass(frozen=True)
class Dropout(Unlearned):
    """While training, each number is zeroed with probability `rate` and the rest made larger.

    What is kept is divided by 1 - rate, so a pass that only reads needs no change. Srivastava et
    al. 2014, section 10 ("inverted" dropout).
    """

    rate: float

    def output_shape(self, input_shape: Shape) -> Shape:
        """The input's"""
        return input_shape

    def forward(self, parameters: Parameters, x: Floats, memo: Memo) -> Floats:
        """Y = mask ⊙ X / (1 - rate)"""
        if memo.rng is None:
            return x
        mask = memo.buffer("mask", *x.shape)
        memo.rng.random(dtype=memo.dtype, out=mask)
        np.greater_equal(mask, self.rate, out=mask)
        mask *= 1 / (1 - self.rate)
        y = memo.buffer("y", *x.shape)
        np.multiply(x, mask, out=y)
        return y

    def input_gradient(self, parameters: Parameters, dy: Floats, memo: Memo) -> Floats:
        """dX = mask ⊙ dY / (1 - rate)"""
        if memo.rng is None:
            return dy
        dx = memo.buffer("dx", *dy.shape)
        np.multiply(dy, memo.buffer("mask", *dy.shape), out=dx)
        return dx


@dataclass(frozen=True)
class Flatten(Unlearned):
    """An image `(channels, height, width)` as one column of numbers."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """`(channels · height · width,)`"""
        return (int(np.prod(input_shape)),)

    def forward(self, parameters: Parameters, x: Floats, memo: Memo) -> Floats:
        """The same numbers in one column a sample"""
        memo.x = x
        return x.reshape(-1, x.shape[-1])

    def input_gradient(self, parameters: Parameters, dy: Floats, memo: Memo) -> Floats:
        """The same numbers as an image"""
        return dy.reshape(memo.x.shape)

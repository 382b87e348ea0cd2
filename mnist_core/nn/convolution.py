"""Convolution and max pooling: layers that slide a small window over an image.

The batch is the last axis of every array, so one pixel of all samples is contiguous in memory.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided

from mnist_core.arrays import Floats, Shape
from mnist_core.nn.cache import Cache
from mnist_core.nn.initializers import Fans, Initializer
from mnist_core.nn.layers import Parameters, Unlearned
from mnist_core.nn.matmul import matmul, matmul_transposed


@dataclass(frozen=True)
class Conv2D:
    """Convolves with `channels` filters of size x size, no padding: Y = W · windows(X) + b.

    Windows are `stride` pixels apart. Each one, over all input channels, is copied into a column,
    so the convolution is one matrix product (im2col; Chellapilla, Puri & Simard 2006).
    """

    channels: int
    size: int
    stride: int = 1

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return `(channels, (height - size) // stride + 1, (width - size) // stride + 1)`."""
        _, height, width = input_shape
        rows, columns = height - self.size, width - self.size
        return self.channels, rows // self.stride + 1, columns // self.stride + 1

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """Return the shapes W `(channels, input channels · size · size)`, b `(channels, 1)`."""
        return (self.channels, input_shape[0] * self.size**2), (self.channels, 1)

    def initialize(
        self, parameters: Parameters, initializer: Initializer, rng: np.random.Generator
    ) -> None:
        """Draw W and b: an output sees one window, an input lies in size² windows of each filter.

        The stride is left out of both fans, as in PyTorch and Keras.
        """
        w, b = parameters
        fans = Fans(fan_in=w.shape[1], fan_out=self.channels * self.size**2)
        initializer.fill(w, b, fans, rng)

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """Compute Y = W · windows(X) + b."""
        w, b = parameters
        windows = self._windows(x)
        *_, height, width, batch = windows.shape
        columns = cache.array("columns", w.shape[1], height * width * batch)
        np.copyto(columns.reshape(windows.shape), windows)
        cache["x"], cache["columns"] = x, columns
        y = cache.array("y", self.channels, height * width * batch)
        matmul(w, columns, out=y)
        y += b
        return y.reshape(self.channels, height, width, batch)

    def parameter_gradient(self, dy: Floats, cache: Cache, gradient: Parameters) -> None:
        """Compute dW = dY · windows(X)ᵀ and db = Σ dY over positions and samples."""
        dw, db = gradient
        dy = dy.reshape(self.channels, -1)
        matmul_transposed(dy, cache["columns"], out=dw)
        np.add.reduce(dy, axis=1, out=db, keepdims=True)

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """Compute dX: add Wᵀ dY to the pixels that each window was copied from (col2im).

        The loop takes one element of all windows at a time, so that the product is still in the
        processor's cache when it is added.
        """
        w, _ = parameters
        _, height, width, batch = dy.shape
        shape = cache["x"].shape
        dx = cache.array("dx", *shape)
        dx[...] = 0
        part = cache.array("part", shape[0], height * width * batch)
        by_element = w.reshape(self.channels, -1, self.size, self.size).transpose(2, 3, 1, 0).copy()
        for row in range(self.size):
            for column in range(self.size):
                matmul(by_element[row, column], dy.reshape(self.channels, -1), out=part)
                covered = dx[
                    :,
                    row : row + height * self.stride : self.stride,
                    column : column + width * self.stride : self.stride,
                ]
                covered += part.reshape(covered.shape)
        return dx

    def _windows(self, x: Floats) -> Floats:
        """View all windows of x as `(input channels, size, size, height, width, batch)`."""
        _, height, width = self.output_shape(x.shape[:3])
        channel, row, column, sample = x.strides
        return as_strided(
            x,
            (x.shape[0], self.size, self.size, height, width, x.shape[3]),
            (channel, row, column, row * self.stride, column * self.stride, sample),
        )


@dataclass(frozen=True)
class MaxPool2D(Unlearned):
    """The maximum of each size x size tile, stride `size`; rows and columns left over are dropped.

    The gradient goes to the maximum of a tile, or to the first of several equal ones.
    """

    size: int

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return `(channels, height // size, width // size)`."""
        channels, height, width = input_shape
        return channels, height // self.size, width // self.size

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        """Compute Y, the maximum of each tile."""
        y = cache.array("y", *self.output_shape(x.shape[:3]), x.shape[3])
        cache["x"], cache["y"] = x, y
        first, *others = self._corners(x)
        np.copyto(y, first)
        for corner in others:
            np.maximum(y, corner, out=y)
        return y

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        """Compute dX: dY where X is the maximum of its tile, else 0."""
        _, height, width, _ = dy.shape
        x, y = cache["x"], cache["y"]
        dx = cache.array("dx", *x.shape)
        dx[:, height * self.size :] = 0
        dx[:, :, width * self.size :] = 0
        unclaimed = np.ones(dy.shape, bool)
        for x_corner, dx_corner in zip(self._corners(x), self._corners(dx), strict=True):
            largest = np.equal(x_corner, y)
            largest &= unclaimed
            unclaimed ^= largest
            np.multiply(dy, largest, out=dx_corner)
        return dx

    def _corners(self, x: Floats) -> list[Floats]:
        """View the first element of every tile of x, the second of every tile, and so on."""
        _, height, width = self.output_shape(x.shape[:3])
        rows, columns = height * self.size, width * self.size
        return [
            x[:, row : rows : self.size, column : columns : self.size]
            for row in range(self.size)
            for column in range(self.size)
        ]

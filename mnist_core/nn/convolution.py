"""The layers that look at an image through small windows.

The batch is the last axis of every array, so what a window slides over is a run of contiguous
memory that holds the same pixel of every sample.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided

from mnist_core.arrays import Floats, Shape
from mnist_core.nn.layers import Memo, Parameters, Unlearned
from mnist_core.nn.matmul import matmul, matmul_transposed


@dataclass(frozen=True)
class Conv2D:
    """`channels` filters of size x size slide over the image: Y = W · windows(X) + b.

    Every position of a filter where it fits whole gives one number of its output channel. The
    windows are laid out as columns, so the convolution is one matrix product (im2col; Chellapilla,
    Puri & Simard 2006).
    """

    channels: int
    size: int

    def output_shape(self, input_shape: Shape) -> Shape:
        """`(channels, height - size + 1, width - size + 1)`"""
        _, height, width = input_shape
        return self.channels, height - self.size + 1, width - self.size + 1

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """W `(channels, input channels · size · size)`, b `(channels, 1)`"""
        return (self.channels, input_shape[0] * self.size**2), (self.channels, 1)

    def forward(self, parameters: Parameters, x: Floats, memo: Memo) -> Floats:
        """Y = W · windows(X) + b"""
        w, b = parameters
        _, height, width = self.output_shape(x.shape[:3])
        batch = x.shape[3]
        memo.x = x
        columns = memo.buffer("columns", w.shape[1], height * width * batch)
        windows = self._windows(x)
        np.copyto(columns.reshape(windows.shape), windows)
        y = memo.buffer("y", self.channels, height * width * batch)
        matmul(w, columns, out=y)
        y += b
        return y.reshape(self.channels, height, width, batch)

    def parameter_gradient(self, dy: Floats, memo: Memo, gradient: Parameters) -> None:
        """dW = dY · windows(X)ᵀ, db = Σ dY over positions and samples"""
        dw, db = gradient
        dy = dy.reshape(self.channels, -1)
        matmul_transposed(dy, memo.buffer("columns", dw.shape[1], dy.shape[1]), out=dw)
        np.add.reduce(dy, axis=1, out=db, keepdims=True)

    def input_gradient(self, parameters: Parameters, dy: Floats, memo: Memo) -> Floats:
        """dX: Wᵀ dY, each pixel of the windows added where it was cut out (col2im).

        One pixel of all windows at a time, so that what is added is still in the cache.
        """
        w, _ = parameters
        _, height, width, batch = dy.shape
        dx = memo.buffer("dx", *memo.x.shape)
        dx[...] = 0
        part = memo.buffer("part", memo.x.shape[0], height * width * batch)
        by_pixel = w.reshape(self.channels, -1, self.size, self.size).transpose(2, 3, 1, 0).copy()
        for row in range(self.size):
            for column in range(self.size):
                matmul(by_pixel[row, column], dy.reshape(self.channels, -1), out=part)
                covered = dx[:, row : row + height, column : column + width]
                covered += part.reshape(covered.shape)
        return dx

    def _windows(self, x: Floats) -> Floats:
        """A view `(input channels, size, size, height, width, batch)` of all windows of x."""
        _, height, width = self.output_shape(x.shape[:3])
        channel, row, column, sample = x.strides
        return as_strided(
            x,
            (x.shape[0], self.size, self.size, height, width, x.shape[3]),
            (channel, row, column, row, column, sample),
        )


@dataclass(frozen=True)
class MaxPool2D(Unlearned):
    """The largest number of each size x size tile; rows and columns left over are dropped.

    The gradient goes to the number that was the largest, the first one if several were.
    """

    size: int

    def output_shape(self, input_shape: Shape) -> Shape:
        """`(channels, height // size, width // size)`"""
        channels, height, width = input_shape
        return channels, height // self.size, width // self.size

    def forward(self, parameters: Parameters, x: Floats, memo: Memo) -> Floats:
        """Y = the largest of each tile"""
        memo.x = x
        memo.y = memo.buffer("y", *self.output_shape(x.shape[:3]), x.shape[3])
        first, *others = self._corners(x)
        np.copyto(memo.y, first)
        for corner in others:
            np.maximum(memo.y, corner, out=memo.y)
        return memo.y

    def input_gradient(self, parameters: Parameters, dy: Floats, memo: Memo) -> Floats:
        """dX = dY where X was the largest of its tile, else 0"""
        _, height, width, _ = dy.shape
        dx = memo.buffer("dx", *memo.x.shape)
        dx[:, height * self.size :] = 0
        dx[:, :, width * self.size :] = 0
        unclaimed = np.ones(dy.shape, bool)
        for x_corner, dx_corner in zip(self._corners(memo.x), self._corners(dx), strict=True):
            largest = np.equal(x_corner, memo.y)
            largest &= unclaimed
            unclaimed ^= largest
            np.multiply(dy, largest, out=dx_corner)
        return dx

    def _corners(self, x: Floats) -> list[Floats]:
        """Views of x: every tile's first number, every tile's second, and so on."""
        _, height, width = self.output_shape(x.shape[:3])
        rows, columns = height * self.size, width * self.size
        return [
            x[:, row : rows : self.size, column : columns : self.size]
            for row in range(self.size)
            for column in range(self.size)
        ]

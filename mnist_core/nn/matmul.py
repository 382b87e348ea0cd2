"""The two matrix products of a layer, in blocks of samples that OpenBLAS multiplies fastest.

A layer with few units makes long, thin products, and OpenBLAS spends more time on rearranging
their operands than on multiplying. Products of at most 100³ terms it multiplies where they lie
(`sgemm_small_kernel_permit` in its source), which is twice to three times as fast. So the samples
are cut into blocks under that size; NumPy runs over a stack of blocks within one call.
"""

import numpy as np

from mnist_core.arrays import Floats

SMALL_PRODUCT = 100**3
SHORTEST_BLOCK = 32
"""Blocks shorter than this are not worth their calls: the product is left whole."""

VECTOR = 16
"""float32 numbers in one AVX-512 register: a block is a multiple of this."""


def times(w: Floats, x: Floats, out: Floats) -> None:
    """`out = w @ x`, with w `(m, k)`, x `(k, n)` and out `(m, n)`."""
    block = _block_length(w.shape[0] * w.shape[1])
    n = x.shape[1]
    if not block or n <= block:
        np.matmul(w, x, out=out)
        return
    whole = n // block * block
    np.matmul(w, _stack(x[:, :whole], block), out=_stack(out[:, :whole], block))
    if whole < n:
        np.matmul(w, x[:, whole:], out=out[:, whole:])


def times_transposed(dz: Floats, x: Floats, out: Floats) -> None:
    """`out = dz @ x.T`, with dz `(m, n)`, x `(k, n)` and out `(m, k)`: a sum over samples.

    Where samples lie side by side in memory, `x @ dz.T` is the same product at twice the speed.
    """
    block = _block_length(dz.shape[0] * x.shape[0])
    n = x.shape[1]
    if not block or n <= block:
        np.matmul(dz, x.T, out=out)
        return
    whole = n // block * block
    dz_blocks, x_blocks = _stack(dz[:, :whole], block), _stack(x[:, :whole], block)
    if x.strides[1] == x.itemsize:
        np.add.reduce(x_blocks @ dz_blocks.swapaxes(1, 2), axis=0, out=out.T)
    else:
        np.add.reduce(dz_blocks @ x_blocks.swapaxes(1, 2), axis=0, out=out)
    if whole < n:
        out += dz[:, whole:] @ x[:, whole:].T


def _block_length(terms_per_sample: int) -> int:
    """The most samples of a small product, or 0 where blocks would be too short to pay."""
    block = SMALL_PRODUCT // terms_per_sample // VECTOR * VECTOR
    return block if block >= SHORTEST_BLOCK else 0


def _stack(x: Floats, block: int) -> Floats:
    """A view of x `(k, n)` as `(n / block, k, block)`."""
    return x.reshape(x.shape[0], -1, block).swapaxes(0, 1)

"""The two matrix products of a layer, computed block by block where that is faster.

A layer with few units makes long, thin products, and OpenBLAS spends more time on copying their
operands into its own layout than on multiplying. It multiplies products of at most 100³ terms
without copying (`sgemm_small_kernel_permit` in its source), two to three times as fast. So the
samples are split into blocks that stay below that size; one call of `np.matmul` multiplies a whole
stack of blocks.
"""

import numpy as np

from mnist_core.arrays import Floats

SMALL_PRODUCT = 100**3
"""Terms (multiply-adds) of the largest product that OpenBLAS multiplies without copying."""

SHORTEST_BLOCK = 32
"""Samples: in shorter blocks a call costs more than it saves."""

VECTOR = 16
"""float32 numbers in one AVX-512 register: the length of a block is a multiple of this."""


def matmul(w: Floats, x: Floats, out: Floats) -> None:
    """Compute `out = w @ x`, with w `(m, k)`, x `(k, n)` and out `(m, n)`."""
    block = _block_length(w.shape[0] * w.shape[1])
    n = x.shape[1]
    if not block or n <= block:
        np.matmul(w, x, out=out)
        return
    whole = n // block * block
    np.matmul(w, _stack(x[:, :whole], block), out=_stack(out[:, :whole], block))
    if whole < n:
        np.matmul(w, x[:, whole:], out=out[:, whole:])


def matmul_transposed(dz: Floats, x: Floats, out: Floats) -> None:
    """Compute `out = dz @ x.T`, a sum over the samples: dz `(m, n)`, x `(k, n)` and out `(m, k)`.

    Where each row of x is contiguous in memory, the blocks are multiplied as `x @ dz.T`, the same
    product transposed, which is twice as fast.
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
    """Return the number of samples in a block, or 0 to compute the product in one piece."""
    block = SMALL_PRODUCT // terms_per_sample // VECTOR * VECTOR
    return block if block >= SHORTEST_BLOCK else 0


def _stack(x: Floats, block: int) -> Floats:
    """View x `(k, n)` as `(n / block, k, block)`."""
    return x.reshape(x.shape[0], -1, block).swapaxes(0, 1)

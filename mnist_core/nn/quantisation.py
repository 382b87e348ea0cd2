"""Quantization of weights to few bits: each row of a layer on an even grid of its own.

Symmetric linear quantization, a step a row, as in Jacob et al. 2018, "Quantization and Training of
Neural Networks for Efficient Integer-Arithmetic-Only Inference", section 2.1, with zero point 0.
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats

MOST_BITS = 8


def quantise(weights: Floats, bits: int) -> tuple[NDArray[np.int8], Floats]:
    """Round weights `(units, inputs)` to whole numbers of a step of each row's own.

    Args:
        weights: a row a unit.
        bits: 2 to 8. The largest weight of a row becomes 2^(bits - 1) - 1.

    Returns:
        int8 `(units, inputs)`, and the step of each row, `(units, 1)` in the weights' dtype.
    """
    largest = np.abs(weights).max(axis=1, keepdims=True)
    steps = largest / (2 ** (bits - 1) - 1)
    levels = np.rint(weights / np.where(steps > 0, steps, 1)).astype(np.int8)
    return levels, steps.astype(weights.dtype)


def dequantise(levels: NDArray[np.int8], steps: Floats) -> Floats:
    """Return the weights of whole numbers `(units, inputs)` and steps `(units, 1)`."""
    weights: Floats = levels * steps
    return weights

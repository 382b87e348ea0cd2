"""The names that this package gives to the arrays it passes around.

Everywhere a column is a sample: activations are `(features, batch)`, images for a convolution
`(channels, height, width, batch)`. Only stored data sets keep the sample first, `(n, h, w)`.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]
"""Weights, activations and gradients: float32, or float64 where a caller asks for it."""

Pixels: TypeAlias = NDArray[np.uint8]
"""Grey values, 0 (paper) to 255 (ink)."""

Labels: TypeAlias = NDArray[np.uint8]
"""Class numbers, the only form of labels in any interface."""

Indices: TypeAlias = NDArray[np.intp]

Batch: TypeAlias = Indices | range
"""Which examples of a data set: a range where they lie side by side, which saves a copy."""

Shape: TypeAlias = tuple[int, ...]

quiet_overflow = np.errstate(over="ignore", invalid="ignore")
"""A decorator for what a diverging run goes through: its loss tells of it, not NumPy's warnings."""

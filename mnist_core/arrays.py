"""Type names of the arrays that this package passes around.

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
"""Indices of examples in a data set: a range where they are contiguous, which avoids a copy."""

Shape: TypeAlias = tuple[int, ...]

quiet_overflow = np.errstate(over="ignore", invalid="ignore")
"""Decorator that silences NumPy's overflow warnings: a diverging run shows in its loss instead."""

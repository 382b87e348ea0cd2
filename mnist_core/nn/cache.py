"""The arrays that a layer keeps from its forward pass for its backward pass, and working memory."""

from typing import Any, TypeAlias

import numpy as np

from mnist_core.arrays import Floats, Shape


class Cache:
    """The cache of one layer for one pass: arrays by name.

    `cache["x"] = x` keeps an array for the backward pass, which reads it as `cache["x"]`. `array`
    returns memory that is allocated once for each name and shape and reused by the next pass. A
    cache belongs to one thread.

    Args:
        dtype: of the arrays that it allocates.
        rng: the generator that dropout draws from; None for a pass without dropout.
    """

    def __init__(self, dtype: Any, rng: np.random.Generator | None = None) -> None:
        self.dtype = dtype
        self.rng = rng
        self._kept: dict[str, Floats] = {}
        self._arrays: dict[tuple[str, Shape], Floats] = {}

    def __setitem__(self, name: str, array: Floats) -> None:
        self._kept[name] = array

    def __getitem__(self, name: str) -> Floats:
        try:
            return self._kept[name]
        except KeyError:
            raise RuntimeError(
                f"The backward pass needs {name!r}, which no forward pass has kept in this cache: "
                "run the layer's forward pass with the same cache first."
            ) from None

    def array(self, name: str, *shape: int) -> Floats:
        """Return the array of this name and shape, with undefined content: write before reading."""
        key = name, shape
        array = self._arrays.get(key)
        if array is None:
            array = self._arrays[key] = np.empty(shape, self.dtype)
        return array


Caches: TypeAlias = list[Cache]
"""One cache for each layer of a network; see `Network.caches`."""

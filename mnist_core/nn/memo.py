"""The memory of one layer in a pass: what forward saves for backward, and arrays to work in."""

from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from mnist_core.arrays import Floats, Shape

Record = TypeVar("Record")


class Workspace:
    """Arrays that are allocated once: one for each name and shape, handed out again on each call.

    What an array holds when it is handed out is undefined: write before you read.
    """

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype
        self._arrays: dict[tuple[str, Shape], Floats] = {}

    def array(self, name: str, *shape: int) -> Floats:
        """The array of this name and shape."""
        key = name, shape
        array = self._arrays.get(key)
        if array is None:
            array = self._arrays[key] = np.empty(shape, self.dtype)
        return array


class Memo(Workspace):
    """What one layer keeps between its forward and its backward pass over a batch.

    Its own arrays are for what the layer returns or saves. They keep their content until the
    layer's next pass, so forward and backward must use different names.

    Args:
        dtype: of all arrays.
        rng: what dropout draws from; None where nothing is dropped.
    """

    def __init__(self, dtype: Any, rng: np.random.Generator | None = None) -> None:
        super().__init__(dtype)
        self.rng = rng
        self._saved: object = None

    @cached_property
    def scratch(self) -> Workspace:
        """For the intermediate values of one method call, which mean nothing after it."""
        return Workspace(self.dtype)

    def save(self, record: object) -> None:
        """Keep what the backward pass needs: a record of a class that the layer declares."""
        self._saved = record

    def recall(self, kind: type[Record]) -> Record:
        """The record of this kind that the last forward pass saved.

        Raises:
            RuntimeError: if there is none, or one of another layer.
        """
        if isinstance(self._saved, kind):
            return self._saved
        found = "nothing" if self._saved is None else f"a {type(self._saved).__name__}"
        raise RuntimeError(
            f"The backward pass needs a {kind.__name__}, but this memo holds {found}: run the "
            "layer's forward pass with the same memo first."
        )

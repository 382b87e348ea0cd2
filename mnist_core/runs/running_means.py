"""A record of every step that stays short however many steps there are."""

from copy import deepcopy
from typing import Self

import numpy as np
from numpy.typing import NDArray

MOST_POINTS = 256


class RunningMeans:
    """Means over equally long stretches of a series of tuples of `width` numbers.

    When `MOST_POINTS` stretches are full, neighbours are merged and a stretch gets twice as long.
    """

    def __init__(self, width: int) -> None:
        self._means = np.zeros((MOST_POINTS, width))
        self._full = 0
        self._stretch = 1
        self._sum = np.zeros(width)
        self._added = 0

    @classmethod
    def of(cls, points: NDArray[np.float64]) -> Self:
        """Build a record from means `(points, width)`, whose first number counts the steps."""
        means = cls(points.shape[1])
        means._full = len(points)
        means._means[: len(points)] = points
        if len(points) > 1:
            means._stretch = round(points[1, 0] - points[0, 0])
        return means

    def copy(self) -> Self:
        """Return an independent copy."""
        return deepcopy(self)

    def add(self, *values: float) -> None:
        """Add the numbers of the next step."""
        self._sum += values
        self._added += 1
        if self._added == self._stretch:
            self._means[self._full] = self._sum / self._stretch
            self._full += 1
            self._sum[:] = 0
            self._added = 0
            if self._full == MOST_POINTS:
                self._merge()

    def points(self) -> NDArray[np.float64]:
        """Return a copy of the means so far `(points, width)`, oldest first."""
        return self._means[: self._full].copy()

    def _merge(self) -> None:
        pairs = self._means.reshape(MOST_POINTS // 2, 2, -1)
        self._means[: MOST_POINTS // 2] = pairs.mean(axis=1)
        self._full //= 2
        self._stretch *= 2

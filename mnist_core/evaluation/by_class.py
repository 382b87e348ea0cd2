"""How well each class is read: precision, recall and F1."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Shares = NDArray[np.float64]


class ByClass(NamedTuple):
    """One number a class `(classes,)`, 0 to 1; NaN where there is nothing to take a share of.

    Attributes:
        precision: of the pictures that were called so, how many are so.
        recall: of the pictures that are so, how many were called so.
        f1: the harmonic mean of the two: 2 · right / (called so + are so).
    """

    precision: Shares
    recall: Shares
    f1: Shares


def by_class(confusion: Counts) -> ByClass:
    """The figures of each class, from a confusion matrix whose rows are the true classes."""
    right, true, called = np.diag(confusion), confusion.sum(axis=1), confusion.sum(axis=0)
    return ByClass(_share(right, called), _share(right, true), _share(2 * right, true + called))


def _share(part: Counts, whole: Counts) -> Shares:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)

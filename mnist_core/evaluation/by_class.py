"""Precision, recall and F1 of each class."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Shares = NDArray[np.float64]


class ByClass(NamedTuple):
    """One number a class `(classes,)`, 0 to 1; NaN where its denominator is 0.

    Attributes:
        precision: of the pictures predicted as the class, the fraction that belongs to it.
        recall: of the pictures of the class, the fraction that is predicted as it.
        f1: the harmonic mean of the two: 2 · correct / (predicted + true).
    """

    precision: Shares
    recall: Shares
    f1: Shares


def by_class(confusion: Counts) -> ByClass:
    """Compute the figures of each class from a confusion matrix with a row a true class."""
    right, true, called = np.diag(confusion), confusion.sum(axis=1), confusion.sum(axis=0)
    return ByClass(_share(right, called), _share(right, true), _share(2 * right, true + called))


def _share(part: Counts, whole: Counts) -> Shares:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)

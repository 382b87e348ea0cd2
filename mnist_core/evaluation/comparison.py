"""A comparison of two networks on the same pictures: their differences, and a test of chance."""

from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Indices
from mnist_core.evaluation.predictions import Predictions

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Comparison:
    """The pictures of each of the four cases, as indices into the set that both have classified."""

    both_right: Indices
    only_first: Indices
    only_second: Indices
    both_wrong: Indices

    @property
    def p_value(self) -> float:
        """The probability that two equally good networks differ at least so much."""
        return mcnemar(len(self.only_first), len(self.only_second))


def compare(first: Predictions, second: Predictions) -> Comparison:
    """Sort the pictures by which of the two networks classifies them correctly.

    Raises:
        ValueError: the two have not classified the same pictures.
    """
    if not np.array_equal(first.labels, second.labels):
        raise ValueError("Both networks have to read the same pictures.")
    one, other = first.right, second.right
    cases: tuple[Flags, ...] = (one & other, one & ~other, ~one & other, ~one & ~other)
    return Comparison(*map(np.flatnonzero, cases))


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the p-value of McNemar's exact test, two-sided.

    Of the pictures that just one of two networks classifies correctly, each is equally likely
    either's if they are equally good: min(1, 2 Σ_{k ≤ m} C(n, k) / 2ⁿ) with m the smaller number
    and n the sum of both. McNemar 1947; exact form: Fagerland, Lydersen & Laake 2013, section "The
    McNemar exact conditional test".
    """
    n, fewer = only_first + only_second, min(only_first, only_second)
    tail = sum(exp(_log_chance(k, n)) for k in range(fewer + 1))
    return min(1.0, 2 * tail)


def _log_chance(k: int, n: int) -> float:
    """Return ln(C(n, k) / 2ⁿ)."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * log(2)

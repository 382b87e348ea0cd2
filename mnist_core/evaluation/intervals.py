"""Confidence intervals of a proportion that was counted in a sample."""

from math import sqrt
from typing import NamedTuple

Z_95 = 1.959963984540054
"""95% of the normal distribution lies within so many standard deviations."""


class Interval(NamedTuple):
    """An interval from `low` to `high`, both within 0 to 1."""

    low: float
    high: float


def wilson(successes: int, n: int) -> Interval:
    """Return the 95% score interval of a proportion of which `successes` of `n` were counted.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) with p = successes / n. Wilson 1927; see
    Newcombe 1998, method 3. Without a sample it is 0 to 1.
    """
    if n == 0:
        return Interval(0.0, 1.0)
    p, spread = successes / n, Z_95**2 / n
    half = Z_95 * sqrt(p * (1 - p) / n + spread / (4 * n))
    low, high = (p + spread / 2 - half) / (1 + spread), (p + spread / 2 + half) / (1 + spread)
    return Interval(max(0.0, low), min(1.0, high))

"""The stops of the sliders: round numbers within the range that a hyperparameter allows."""

from collections.abc import Iterator, Sequence
from math import floor, log10
from typing import TypeAlias

from mnist_core.training.settings import Kind

Number: TypeAlias = int | float | None
"""A place on a slider; None is all at once."""

ROUND = (1, 2, 3, 5, 7)


def logarithmic(low: float, high: float, whole: bool = False) -> list[int | float]:
    """Round numbers from `low` to `high`, about as many in each decade, both ends included."""
    stops = {low, *_round_numbers(low, high), high}
    return sorted(int(stop) if whole else stop for stop in stops)


def even(low: float, high: float, step: float) -> list[float]:
    """`low`, `low` + `step`, … up to `high`, without the dust of binary fractions."""
    count = round((high - low) / step)
    return [round(low + i * step, 6) for i in range(count + 1)]


def within(stops: Sequence[Number], kind: Kind) -> list[Number]:
    """The stops that a hyperparameter of this kind may have."""
    return [stop for stop in stops if stop in kind]


def with_value(stops: Sequence[Number], value: Number) -> list[Number]:
    """The stops and one more, which may lie between two of them; None comes last."""
    return sorted({*stops, value}, key=lambda stop: (stop is None, stop or 0))


def _round_numbers(low: float, high: float) -> Iterator[float]:
    for exponent in range(floor(log10(low)), floor(log10(high)) + 1):
        for digit in ROUND:
            number = float(f"{digit}e{exponent}")
            if low <= number <= high:
                yield number

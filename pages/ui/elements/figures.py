"""Numbers with significant digits: as many as it takes for the arithmetic on a page to be right.

A fixed number of decimals would show anything small as 0.000. Here a number has three significant
digits, whatever its size, and operands have as many more as it takes for them, as they are shown,
to give the result that is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats

DIGITS = 3
MOST_DIGITS = 15
"""Significant digits of a double."""

SMALLEST_POWER, LARGEST_POWER = -6, 8
"""Powers of ten of numbers that are written out; others are written with their power."""

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LEAST_SHARE = 1e-6
"""Probabilities nearer than this to 0 or to 1 are written as "less than" or "more than"."""


@dataclass(frozen=True)
class Figure:
    """A finite number, shown with `digits` significant digits."""

    value: float
    digits: int = DIGITS

    @property
    def seen(self) -> float:
        """The number as it is shown, which is rounded."""
        return round(float(self.value), self._decimals)

    def __str__(self) -> str:
        mantissa, power = self._scientific()
        if SMALLEST_POWER <= power <= LARGEST_POWER:
            return f"{self.seen:,.{self._decimals}f}" if self.value else "0"
        return f"{mantissa} × 10{str(power).translate(SUPERSCRIPTS)}"

    @property
    def signed(self) -> str:
        """The number with its sign, for a change."""
        return f"+{self}" if self.value > 0 else str(self)

    @property
    def _decimals(self) -> int:
        _, power = self._scientific()
        decimals = self.digits - 1 - power
        return decimals if power > LARGEST_POWER else max(0, decimals)

    def _scientific(self) -> tuple[str, int]:
        """Split the rounded number into mantissa and power of ten."""
        mantissa, _, power = f"{self.value:.{self.digits - 1}e}".partition("e")
        return mantissa, int(power)


def giving(result: Figure, of: Callable[..., float], *values: float) -> tuple[Figure, ...]:
    """Round operands to the fewest digits with which `of` them, as shown, gives the result."""
    for digits in range(result.digits, MOST_DIGITS + 1):
        figures = tuple(Figure(value, digits) for value in values)
        if str(Figure(of(*(figure.seen for figure in figures)), result.digits)) == str(result):
            return figures
    return tuple(Figure(value, result.digits) for value in values)


def share(value: float) -> Figure:
    """Round a fraction, 0 to 1, so that its distance from 1 has enough digits as well."""
    (figure,) = giving(Figure(1 - value), lambda seen: 1 - seen, value)
    return figure


def number(value: float, digits: int = DIGITS) -> str:
    """Write a number in significant digits."""
    return str(Figure(value, digits))


def percentage(value: float, digits: int = DIGITS) -> str:
    """Write a probability in percent, never as 0 or 100."""
    if value < LEAST_SHARE:
        return f"less than {LEAST_SHARE * 100:.4f}%"
    if value > 1 - LEAST_SHARE:
        return f"more than {100 - LEAST_SHARE * 100:.4f}%"
    return f"{Figure(100 * value, max(digits, share(value).digits))}%"


def apart(
    before: float, after: float, write: Callable[[float, int], str] = number
) -> tuple[str, str]:
    """Write two numbers in the fewest digits that tell them apart, if any do."""
    for digits in range(DIGITS, MOST_DIGITS + 1):
        pair = write(before, digits), write(after, digits)
        if pair[0] != pair[1]:
            return pair
    return write(before, DIGITS), write(after, DIGITS)


def figure_table(rows: Sequence[Mapping[str, str | float]]) -> None:
    """Show rows of texts, whole numbers and rounded numbers, the latter as they were rounded."""
    column = st.column_config.NumberColumn(format=f"%.{MOST_DIGITS}g")
    rounded = [name for name, value in rows[0].items() if isinstance(value, float)]
    st.dataframe(
        rows, hide_index=True, height="content", column_config=dict.fromkeys(rounded, column)
    )


def product_table(
    total: Figure,
    x: Floats,
    w: Floats,
    count: int,
    headings: tuple[str, str, str, str],
    name: Callable[[int], str | float],
) -> Figure:
    """Show the `count` largest products of a sum Σ x · w as a table; return the sum of the others.

    `x` and `w` are `(n,)`, `headings` those of the name, both factors and the product. Factors as
    shown give the products as shown, and these and the others give `total`.
    """
    parts = x * w
    order = np.argsort(-np.abs(parts), kind="stable")[:count]
    rest = parts.sum() - parts[order].sum()
    *shown, others = giving(total, lambda *seen: sum(seen), *parts[order], rest)
    rows = []
    for source, part in zip(map(int, order), shown, strict=True):
        numbers = (*giving(part, mul, x[source], w[source]), part)
        cells = (name(source), *(figure.seen for figure in numbers))
        rows.append(dict(zip(headings, cells, strict=True)))
    figure_table(rows)
    return others

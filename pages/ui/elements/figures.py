"""Numbers with significant digits: as many as it takes for arithmetic to be right as it is shown.

A fixed number of decimals says 0.000 of whatever is small. Here a number has three digits that
count, whatever its size, and those that another one is worked out from have as many more as it
takes for what is on the page to give the one beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

DIGITS = 3
MOST_DIGITS = 15
"""What a double is good for."""

SMALLEST_POWER, LARGEST_POWER = -6, 8
"""Powers of ten of the numbers that are written out; others are written as such a power."""

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LEAST_SHARE = 1e-6
"""What is nearer to 0 or to 1 is not told from its neighbours."""


@dataclass(frozen=True)
class Figure:
    """A finite number as it is shown, with so many significant digits."""

    value: float
    digits: int = DIGITS

    @property
    def seen(self) -> float:
        """The number that is to be read, which is rounded."""
        return round(float(self.value), self._decimals)

    def __str__(self) -> str:
        mantissa, power = self._scientific()
        if SMALLEST_POWER <= power <= LARGEST_POWER:
            return f"{self.seen:,.{self._decimals}f}" if self.value else "0"
        return f"{mantissa} × 10{str(power).translate(SUPERSCRIPTS)}"

    @property
    def signed(self) -> str:
        """With its sign, as a change is told."""
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
    """Numbers in as few digits as it takes for `of` them, as they are seen, to give the result."""
    for digits in range(result.digits, MOST_DIGITS + 1):
        figures = tuple(Figure(value, digits) for value in values)
        if str(Figure(of(*(figure.seen for figure in figures)), result.digits)) == str(result):
            return figures
    return tuple(Figure(value, result.digits) for value in values)


def share(value: float) -> Figure:
    """A share, 0 to 1: what it lacks of 1 has its digits as well."""
    (figure,) = giving(Figure(1 - value), lambda seen: 1 - seen, value)
    return figure


def number(value: float, digits: int = DIGITS) -> str:
    """A number in significant digits."""
    return str(Figure(value, digits))


def percentage(value: float, digits: int = DIGITS) -> str:
    """A share, 0 to 1, in percent: neither 0 nor 100, which no probability is."""
    if value < LEAST_SHARE:
        return f"less than {LEAST_SHARE * 100:.4f}%"
    if value > 1 - LEAST_SHARE:
        return f"more than {100 - LEAST_SHARE * 100:.4f}%"
    return f"{Figure(100 * value, max(digits, share(value).digits))}%"


def apart(
    before: float, after: float, told: Callable[[float, int], str] = number
) -> tuple[str, str]:
    """Two numbers in as few digits as it takes to tell one from the other, if any do."""
    for digits in range(DIGITS, MOST_DIGITS + 1):
        pair = told(before, digits), told(after, digits)
        if pair[0] != pair[1]:
            return pair
    return told(before, DIGITS), told(after, DIGITS)


def figure_table(rows: Sequence[Mapping[str, str | float]]) -> None:
    """Show rows of texts, whole numbers and rounded numbers, the latter as they were rounded."""
    column = st.column_config.NumberColumn(format=f"%.{MOST_DIGITS}g")
    rounded = [name for name, value in rows[0].items() if isinstance(value, float)]
    st.dataframe(
        rows, hide_index=True, height="content", column_config=dict.fromkeys(rounded, column)
    )

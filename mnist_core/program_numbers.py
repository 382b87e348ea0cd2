"""Constants of a formula as text in an exported program."""

import numpy as np

DIGITS = 10
"""Significant digits: more than float32 has, and few enough that 1 - 0.9 is 0.1."""

SMALL = 1e-3
"""Numbers below this are written with an exponent."""


def written(number: float) -> str:
    """Format a number as one would type it: 0.1, 0.044715, 1e-8."""
    rounded = f"{number:.{DIGITS}g}"
    if number == 0 or abs(number) >= SMALL:
        return rounded
    return np.format_float_scientific(float(rounded), trim="-", exp_digits=1)

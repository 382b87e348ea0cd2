"""Checks the numbers in a file: JSON allows more than our files may hold."""

from math import isfinite
from typing import Any


def is_figure(value: Any) -> bool:
    """Return whether a value is a finite number, and not a truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)

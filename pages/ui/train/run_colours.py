"""The colour of a run: the same in the chart, in its legend and in the table of runs."""

from functools import cache

import numpy as np

from pages.ui import charts
from pages.ui.charts.theme import class_colour, rgb

PATCH = 12
"""Pixels."""


def run_colour(number: int) -> str:
    """The colour of the run of this number, which counts from 1 within a visit."""
    return class_colour(number - 1)


@cache
def colour_patch(number: int) -> str:
    """A square of that colour, as the address of an image."""
    return charts.data_url(np.full((PATCH, PATCH, 3), rgb(run_colour(number)), np.uint8))

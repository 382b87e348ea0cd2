"""The colour of a run: the same in the chart, in its legend and in the table of runs."""

from pages.ui.charts.theme import class_colour


def run_colour(number: int) -> str:
    """The colour of the run of this number, which counts from 1 within a visit."""
    return class_colour(number - 1)

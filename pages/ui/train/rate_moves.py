"""The marks in the chart of the curves where learning rates were moved by hand."""

from collections.abc import Sequence

from pages.ui.charts.theme import Look
from pages.ui.train.curve_lines import Axis, Drawn, Line, place

ROW = 0.05
"""The height of a label, as a share of the chart's."""


def moves(runs: Sequence[Line], axis: Axis, look: Look) -> Drawn:
    """A line of the run's colour wherever a rate was moved; the last of each run says to how much.

    A label stands on that side of its line on which there is more room, and above those of the runs
    before.
    """
    moved = [run for run in runs if run.now.moves]
    end = max(place(run.now, run.end, axis) for run in runs)
    return {
        "shapes": [
            _mark(place(run.now, move.iteration, axis), run.colour)
            for run in moved
            for move in run.now.moves
        ],
        "annotations": [_label(run, axis, end, row, look) for row, run in enumerate(moved)],
    }


def _mark(x: float, colour: str) -> Drawn:
    line = {"color": colour, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _label(run: Line, axis: Axis, end: float, row: int, look: Look) -> Drawn:
    move = run.now.moves[-1]
    x = place(run.now, move.iteration, axis)
    return {
        "x": x,
        "yref": "paper",
        "y": 0.4 + ROW * row,
        "text": f"rate × {move.learning_rate / run.rate:g}",
        "showarrow": False,
        "xanchor": "right" if x > end / 2 else "left",
        "yanchor": "bottom",
        "font": {"size": 12, "color": look.muted},
        "bgcolor": look.background,
    }

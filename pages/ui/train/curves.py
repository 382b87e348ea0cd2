"""The chart of the curves: accuracy above, loss below, on one common axis."""

from collections.abc import Sequence
from functools import cache

from mnist_core.runs.snapshot import Snapshot
from pages.ui.charts.theme import Look
from pages.ui.train.curve_lines import Axis, Drawn, Line, lines_alone, lines_beside, per_unit

AXES: dict[Axis, str] = {
    "epochs": "times through the pictures (epochs)",
    "steps": "steps of learning (iterations)",
    "seconds": "seconds of training",
}
"""What can be along the bottom, and its title."""

LOSS_TICKS = [mantissa * 10.0**power for power in range(-5, 3) for mantissa in (1, 3)]
HUGE_LOSS_TICKS = [10.0**power for power in range(0, 40, 9)]
"""For a run that diverges: a billion times more from line to line."""


def curves(shown: Line, others: Sequence[Line], axis: Axis, look: Look) -> Drawn:
    """Accuracy and loss of one run, and of any number of others beside it."""
    largest = max((point.loss for point in shown.now.history), default=0.0)
    ticks = HUGE_LOSS_TICKS if largest > LOSS_TICKS[-1] else LOSS_TICKS
    layout = {
        "template": _template(look),
        "hovermode": "x unified",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom", "xanchor": "left"},
        "margin": {"t": 30},
        "xaxis": {
            "title": {"text": AXES[axis], "standoff": 8},
            "anchor": "y2",
            "autorangeoptions": _whole(shown, others, axis),
            "uirevision": f"{shown.number} {axis}",
        },
        "yaxis": {
            "domain": [0.4, 1],
            "title": {"text": "read right", "standoff": 12},
            "range": [0, 1.01],
            "tickformat": ".0%",
        },
        "yaxis2": {
            "domain": [0, 0.32],
            "type": "log",
            "title": {"text": "loss", "standoff": 12},
            "tickvals": ticks,
            "ticktext": [f"{tick:g}" for tick in ticks],
        },
        "uirevision": shown.number,
        **_moves(shown.now, axis, look),
    }
    return {
        "data": [*lines_alone(shown, axis, look), *lines_beside(others, axis)],
        "layout": layout,
    }


@cache
def _template(look: Look) -> Drawn:
    template: Drawn = look.template().to_plotly_json()
    return template


def _whole(shown: Line, others: Sequence[Line], axis: Axis) -> Drawn:
    """What the axis shows as long as nobody zooms: all of the longest run, also what is to come.

    A range of the axis itself would replace the visitor's as soon as it changes.
    """
    if axis == "seconds":
        return {"include": 0}
    ends = [
        (line.now.iteration if line.now.status.over else line.now.iterations)
        / per_unit(line.now, axis)
        for line in (shown, *others)
    ]
    end = max(ends) or 1
    return {"include": [0, end], "clipmin": 0, "clipmax": end}


def _moves(now: Snapshot, axis: Axis, look: Look) -> Drawn:
    """A mark on the curve wherever the learning rate was moved by hand."""
    if axis == "seconds":
        return {}
    line = {"color": look.muted, "width": 1, "dash": "dot"}
    font = {"size": 12, "color": look.muted}
    places = [(move.iteration / per_unit(now, axis), move.learning_rate) for move in now.moves]
    return {
        "shapes": [
            {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}
            for x, _ in places
        ],
        "annotations": [
            {
                "x": x,
                "yref": "paper",
                "y": 0.4,
                "text": f"rate {rate:g}",
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "bottom",
                "font": font,
            }
            for x, rate in places
        ],
    }

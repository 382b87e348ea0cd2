"""The chart of the curves: accuracy above, loss below, on one common axis."""

from collections.abc import Sequence
from functools import cache
from math import ceil, floor, log10

from mnist_core.training.events import Measured
from pages.ui.charts.theme import Look
from pages.ui.train.curve_lines import (
    Axis,
    Drawn,
    Line,
    View,
    lines_alone,
    lines_beside,
    per_unit,
)

AXES: dict[Axis, str] = {
    "epochs": "times through the pictures (epochs)",
    "steps": "steps of learning (iterations)",
    "seconds": "seconds of training",
}
"""What can be along the bottom, and its title."""

POINTED_AT: dict[Axis, str] = {
    "epochs": "epochs: %{x:.3g}",
    "steps": "step %{x:,.0f}",
    "seconds": "%{x:.3g} s",
}
"""What is said of the place that a visitor points at."""

MOST_DECADES = 3
FEW = 3
"""About how many numbers the axis of losses has where its range is narrow."""

MISTAKE_TICKS = [1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001]
ALWAYS_SHOWN = [0.01, 1.0]
"""Shares of mistakes that are on the chart however good or bad a network is."""


def curves(shown: Line, others: Sequence[Line], view: View, look: Look) -> Drawn:
    """Accuracy and loss of one run, and of any number of others beside it."""
    ticks = loss_ticks(shown.now.history)
    layout = {
        "template": _template(look),
        "hovermode": "x unified",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom", "xanchor": "left"},
        "margin": {"t": 30},
        "xaxis": {
            "title": {"text": AXES[view.axis], "standoff": 8},
            "unifiedhovertitle": {"text": POINTED_AT[view.axis]},
            "anchor": "y2",
            "autorangeoptions": _whole(shown, others, view.axis),
            "uirevision": f"{shown.number} {view.axis}",
        },
        "yaxis": {
            "domain": [0.4, 1],
            "title": {"text": view.scale, "standoff": 12},
            "uirevision": f"{shown.number} {view.scale}",
            **_upright(view),
        },
        "yaxis2": {
            "domain": [0, 0.32],
            "type": "log",
            "title": {"text": "loss", "standoff": 12},
            "tickvals": ticks,
            "ticktext": [f"{tick:g}" for tick in ticks],
        },
        "uirevision": shown.number,
        **_moves(shown, view.axis, look),
    }
    return {
        "data": [*lines_alone(shown, view, look), *lines_beside(others, view)],
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
    ends = [line.end / per_unit(line.now, axis) for line in (shown, *others)]
    end = max(ends) or 1
    return {"include": [0, end], "clipmin": 0, "clipmax": end}


def _upright(view: View) -> Drawn:
    """The axis of the pictures that are read right, or of the mistakes, enlarged towards none."""
    if view.scale == "read right":
        return {"range": [0, 1.01], "tickformat": ".0%"}
    return {
        "type": "log",
        "autorangeoptions": {"include": ALWAYS_SHOWN, "clipmin": MISTAKE_TICKS[-1]},
        "tickvals": MISTAKE_TICKS,
        "ticktext": [f"{100 * tick:.3g}%" for tick in MISTAKE_TICKS],
    }


def loss_ticks(history: Sequence[Measured]) -> list[float]:
    """Where the axis of losses has numbers: two at least, however wide or narrow its range."""
    losses = [loss for point in history for loss in (point.loss, point.dev_loss) if loss > 0]
    if not losses:
        return [1.0]
    low, high = min(losses), max(losses)
    decades = log10(high / low)
    if decades > MOST_DECADES:
        every = ceil(decades / MOST_DECADES)
        return [10.0**power for power in range(floor(log10(low)), ceil(log10(high)) + 1, every)]
    if decades > 1:
        powers = range(floor(log10(low)), ceil(log10(high)) + 1)
        return [mantissa * 10.0**power for power in powers for mantissa in (1, 3)]
    step = _round_step((high - low) / FEW) or low
    return [step * count for count in range(ceil(low / step), floor(high / step) + 1)]


def _round_step(size: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above `size`."""
    if size <= 0:
        return 0.0
    power = 10.0 ** floor(log10(size))
    return max(digit * power for digit in (1, 2, 5) if digit * power <= size or digit == 1)


def _moves(run: Line, axis: Axis, look: Look) -> Drawn:
    """A line wherever the learning rate was moved by hand; the last one says to how much."""
    if axis == "seconds":
        return {}
    line = {"color": look.muted, "width": 1, "dash": "dot"}
    moves = run.now.moves
    places = [move.iteration / per_unit(run.now, axis) for move in moves]
    told = [
        {
            "x": place,
            "yref": "paper",
            "y": 0.4,
            "text": f"rate × {move.learning_rate / run.rate:g}",
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "font": {"size": 12, "color": look.muted},
        }
        for place, move in zip(places[-1:], moves[-1:], strict=True)
    ]
    return {
        "shapes": [
            {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}
            for x in places
        ],
        "annotations": told,
    }

"""The chart of the curves: accuracy above, loss below, on one common axis."""

from collections.abc import Sequence
from functools import cache

from pages.ui.charts.theme import Look
from pages.ui.train.curve_lines import (
    Axis,
    Drawn,
    Line,
    View,
    lines_alone,
    lines_beside,
    place,
)
from pages.ui.train.loss_axis import loss_range, loss_ticks
from pages.ui.train.rate_moves import moves

AXES: dict[Axis, str] = {
    "epochs": "passes through the pictures (epochs)",
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

MISTAKE_TICKS = [1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001]
ALWAYS_SHOWN = [0.01, 1.0]
"""Shares of mistakes that are on the chart however good or bad a network is."""


def curves(shown: Line, others: Sequence[Line], view: View, look: Look) -> Drawn:
    """Accuracy and loss of one run, and of any number of others beside it."""
    runs = [shown, *others]
    ticks = loss_ticks(*loss_range(runs, view))
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
            "autorangeoptions": _whole(runs, view.axis),
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
        **moves(runs, view.axis, look),
    }
    return {
        "data": [*lines_alone(shown, view, look), *lines_beside(others, view)],
        "layout": layout,
    }


@cache
def _template(look: Look) -> Drawn:
    template: Drawn = look.template().to_plotly_json()
    return template


def _whole(runs: Sequence[Line], axis: Axis) -> Drawn:
    """What the axis shows as long as nobody zooms: all of the longest run, also what is to come.

    A range of the axis itself would replace the visitor's as soon as it changes.
    """
    if axis == "seconds":
        return {"include": 0}
    end = max(place(run.now, run.end, axis) for run in runs) or 1
    return {"include": [0, end], "clipmin": 0, "clipmax": end}


def _upright(view: View) -> Drawn:
    """The axis of the pictures read correctly, or of the mistakes, enlarged towards none."""
    if view.scale == "correct":
        return {"range": [0, 1.01], "tickformat": ".0%"}
    return {
        "type": "log",
        "autorangeoptions": {"include": ALWAYS_SHOWN, "clipmin": MISTAKE_TICKS[-1]},
        "tickvals": MISTAKE_TICKS,
        "ticktext": [f"{100 * tick:.3g}%" for tick in MISTAKE_TICKS],
    }

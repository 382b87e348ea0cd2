"""The charts of the Train page: arrays in, Plotly figures out."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.events import Measured
from pages.ui.theme import Look, class_colour

Axis: TypeAlias = Literal["epochs", "steps", "seconds"]

AXES: Mapping[Axis, str] = {
    "epochs": "times through the pictures (epochs)",
    "steps": "steps of learning (iterations)",
    "seconds": "seconds of training",
}

Drawn: TypeAlias = dict[str, Any]
"""A figure as plotly.js takes it. The curves are drawn five times a second: to build a `go.Figure`,
which checks every value, took sixty times as long and held the training up."""

MOST_POINTS = 250
"""Points of a line that are drawn: more would not be seen, and cost time at each update."""

LOSS_TICKS = [mantissa * 10.0**power for power in range(-5, 3) for mantissa in (1, 3)]
HUGE_LOSS_TICKS = [10.0**power for power in range(0, 40, 9)]
"""For a run that breaks down: a billion times more from line to line."""

EACH_BATCH = "each batch"

HEIGHT = 560
TALL_HEIGHT = 680
PANEL_HEIGHT = 300


@dataclass(frozen=True)
class Line:
    """A run as it is drawn: the one that is looked at has all lines, others only one."""

    name: str
    now: Snapshot
    colour: str


def curves(
    shown: Line, others: Sequence[Line], axis: Axis, look: Look, height: int = HEIGHT
) -> Drawn:
    """Accuracy above, loss below, on one common axis, of one run and any number beside it."""
    largest = max((point.loss for point in shown.now.history), default=0.0)
    ticks = HUGE_LOSS_TICKS if largest > LOSS_TICKS[-1] else LOSS_TICKS
    layout = {
        "template": _template(look),
        "title": {"text": "How many pictures it reads right"},
        "height": height,
        "hovermode": "x unified",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": -0.16, "yanchor": "top", "xanchor": "left"},
        "margin": {"t": 44},
        "xaxis": {"title": {"text": AXES[axis]}, "anchor": "y2"} | _range(shown, others, axis),
        "yaxis": {"domain": [0.42, 1], "range": [0, 1.01], "tickformat": ".0%"},
        "yaxis2": {
            "domain": [0, 0.32],
            "type": "log",
            "title": {"text": "loss", "standoff": 12},
            "tickvals": ticks,
            "ticktext": [f"{tick:g}" for tick in ticks],
        },
        "uirevision": f"{shown.name} {axis}",
        **_moves(shown.now, axis, look),
    }
    return {"data": [*_shown(shown, axis, look), *_beside(others, axis)], "layout": layout}


@cache
def _template(look: Look) -> Drawn:
    template: Drawn = look.template().to_plotly_json()
    return template


def confusion(counts: NDArray[np.int64], look: Look) -> go.Figure:
    """Which class `(row)` is taken for which `(column)`; only the mistakes are coloured."""
    labels = [str(label) for label in range(len(counts))]
    mistakes = counts.astype(np.float32)
    np.fill_diagonal(mistakes, np.nan)
    figure = go.Figure(
        go.Heatmap(
            z=mistakes,
            x=labels,
            y=labels,
            colorscale=[(0, look.paper), (1, look.second)],
            zmin=0,
            showscale=False,
            xgap=1,
            ygap=1,
            hovertemplate="a %{y} taken for a %{x}: %{z} times<extra></extra>",
        )
    )
    right = np.trace(counts)
    figure.update_layout(
        template=look.template(),
        title={
            "text": "What it mixes up",
            "subtitle": {"text": f"{counts.sum() - right:,} mistakes in {counts.sum():,} pictures"},
        },
        height=PANEL_HEIGHT + 20,
        margin={"t": 56},
        xaxis={"title": {"text": "what it says"}, "type": "category", "fixedrange": True},
        yaxis={
            "title": {"text": "what it is", "standoff": 14},
            "type": "category",
            "autorange": "reversed",
            "fixedrange": True,
        },
    )
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(showgrid=False)
    return figure


def gradients(norms: Sequence[float], look: Look) -> go.Figure:
    """How strongly the error reaches each layer, first to last, on a logarithmic scale."""
    names = [f"layer {i + 1}" for i in range(len(norms))]
    figure = go.Figure(
        go.Bar(
            x=np.maximum(norms, 1e-12),
            y=names,
            orientation="h",
            marker={"color": look.accent},
            text=[f"{norm:.2g}" for norm in norms],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.3g}<extra></extra>",
        )
    )
    figure.update_layout(
        template=look.template(),
        title={
            "text": "What each layer hears of the error",
            "subtitle": {"text": "Size of the gradient of its weights"},
        },
        height=80 + 34 * len(norms),
        margin={"t": 56},
        xaxis={"type": "log", "range": [-7, 2], "visible": False, "fixedrange": True},
        yaxis={"autorange": "reversed", "showgrid": False, "fixedrange": True},
    )
    return figure


def _shown(line: Line, axis: Axis, look: Look) -> Iterator[Drawn]:
    now = line.now
    history = thinned(now.history)
    x = _positions(history, axis)
    if axis != "seconds" and len(now.batches):
        at = now.batches[:, 0] / (now.iterations_per_epoch if axis == "epochs" else 1)
        for column, yaxis in ((2, "y"), (1, "y2")):
            yield _scatter(at, now.batches[:, column], EACH_BATCH, look.line, yaxis, width=1)
    for field, yaxis in (("accuracy", "y"), ("loss", "y2")):
        yield _scatter(x, _values(history, field), "pictures it learns from", look.accent, yaxis)
        yield _scatter(
            x, _values(history, f"dev_{field}"), "new pictures", look.second, yaxis, dash="dash"
        )


def _beside(lines: Sequence[Line], axis: Axis) -> Iterator[Drawn]:
    for line in lines:
        history = thinned(line.now.history)
        x = _positions(history, axis)
        for field, yaxis in (("dev_accuracy", "y"), ("dev_loss", "y2")):
            yield _scatter(x, _values(history, field), line.name, line.colour, yaxis, width=2)


def _scatter(
    x: NDArray[Any],
    y: NDArray[Any],
    name: str,
    colour: str,
    yaxis: str,
    *,
    dash: str = "solid",
    width: float = 2.5,
) -> Drawn:
    hover = "%{y:.1%}" if yaxis == "y" else "%{y:.3g}"
    return {
        "type": "scatter",
        "x": _packed(x),
        "y": _packed(y),
        "name": name,
        "legendgroup": name,
        "showlegend": yaxis == "y",
        "yaxis": yaxis,
        "mode": "lines+markers" if len(x) == 1 else "lines",
        "line": {"color": colour, "dash": dash, "width": width},
        **({"hoverinfo": "skip"} if name == EACH_BATCH else {"hovertemplate": hover}),
    }


def _packed(values: NDArray[Any]) -> Drawn:
    """Numbers as plotly.js unpacks them: float32, base64."""
    content = values.astype("<f4").tobytes()
    return {"dtype": "f4", "bdata": base64.b64encode(content).decode()}


def thinned(history: Sequence[Measured]) -> Sequence[Measured]:
    """At most `MOST_POINTS` of the points, evenly spread, the first and the last among them."""
    if len(history) <= MOST_POINTS:
        return history
    chosen = np.linspace(0, len(history) - 1, MOST_POINTS).round().astype(int)
    return [history[i] for i in chosen]


def other_colour(place: int) -> str:
    """The colour of the run at a place among those beside the shown one."""
    return class_colour(place)


def _positions(history: Sequence[Measured], axis: Axis) -> NDArray[Any]:
    field = {"epochs": "epoch", "steps": "iteration", "seconds": "seconds"}[axis]
    return _values(history, field)


def _values(history: Sequence[Measured], field: str) -> NDArray[Any]:
    return np.array([getattr(point, field) for point in history], np.float64)


def _range(shown: Line, others: Sequence[Line], axis: Axis) -> Drawn:
    """Room up to the end of the longest run, so that a curve grows into its place."""
    if axis == "seconds":
        return {}
    ends = [
        (line.now.iteration if line.now.status.over else line.now.iterations)
        / (line.now.iterations_per_epoch if axis == "epochs" else 1)
        for line in (shown, *others)
    ]
    return {"range": [0, max(ends) or 1]}


def _moves(now: Snapshot, axis: Axis, look: Look) -> Drawn:
    """A mark on the curve wherever the learning rate was moved by hand."""
    if axis == "seconds":
        return {}
    per = now.iterations_per_epoch if axis == "epochs" else 1
    line = {"color": look.muted, "width": 1, "dash": "dot"}
    return {
        "shapes": [
            {
                "type": "line",
                "x0": move.iteration / per,
                "x1": move.iteration / per,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": line,
            }
            for move in now.moves
        ],
        "annotations": [
            {
                "x": move.iteration / per,
                "yref": "paper",
                "y": 0.42,
                "text": f"rate {move.learning_rate:g}",
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "bottom",
                "font": {"size": 12, "color": look.muted},
            }
            for move in now.moves
        ],
    }

"""The traces of a run in the training chart, as plotly.js takes them."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.events import Measured
from pages.ui.charts.theme import Look, class_colour
from pages.ui.elements import accuracy_text
from pages.ui.elements.literal import in_chart

Axis: TypeAlias = Literal["epochs", "steps", "seconds"]
"""The unit of the horizontal axis."""

Scale: TypeAlias = Literal["correct", "mistakes"]
"""The scale of the upper vertical axis."""

Values: TypeAlias = NDArray[Any]

Drawn: TypeAlias = dict[str, Any]
"""A part of a figure as plotly.js takes it. The curves are drawn five times a second: building a
`go.Figure`, which checks every value, took sixty times as long and slowed the training."""

MOST_POINTS = 250
"""Most points of a trace: more would not be visible, and would slow each update."""

UNTOLD = {"hoverinfo": "skip", "hovertemplate": None}
"""The properties of a trace without hover text."""

FAINT = 0.3
"""The opacity of a trace behind its smoothed one."""

NO_MISTAKE = 1e-5
"""The stand-in for an error rate of 0 on the logarithmic axis: below the range of the chart."""

EACH_BATCH = "each batch"
LAST = 1_001
"""A rank in the legend after all unranked traces: so the legend takes two lines on a phone."""
LEARNT = accuracy_text.LEARNING
NEW = accuracy_text.PRACTICE
KEPT = "the best, kept"


def run_colour(number: int) -> str:
    """Return the colour of a run by its number, counted from 1 within a visit."""
    return class_colour(number - 1)


@dataclass(frozen=True)
class View:
    """The chosen view of the curves: unit of the horizontal axis, scale of the upper vertical axis,
    and smoothing."""

    axis: Axis = "epochs"
    scale: Scale = "correct"
    smooth: bool = False


@dataclass(frozen=True)
class CurveLine:
    """A run in the chart.

    Attributes:
        number: the identity of the run.
        name: the visitor's name for it.
        now: the snapshot to draw.
        end: the iteration up to which the horizontal axis has room for it.
        rate: the learning rate in its settings, to which changes by hand are relative.
    """

    number: int
    name: str
    now: Snapshot
    end: int
    rate: float

    @property
    def colour(self) -> str:
        """The colour of its traces."""
        return run_colour(self.number)


def lines_alone(line: CurveLine, view: View, look: Look) -> Iterator[Drawn]:
    """Yield the traces of the shown run: batches, training set, validation set, kept network."""
    yield from _batches(line, view, look)
    yield from _pair(line, view, LEARNT, "", {"width": 2.5})
    yield from _pair(line, view, NEW, "dev_", {"width": 2.5, "dash": "dash"})
    yield from _kept(line, view)


def lines_beside(lines: Sequence[CurveLine], view: View) -> Iterator[Drawn]:
    """Yield the traces of the runs compared with it, each with one entry in the legend."""
    for line in lines:
        for drawn in _pair(line, view, line.name, "", {"width": 1.5}):
            yield drawn | {"showlegend": False}
        yield from _pair(line, view, line.name, "dev_", {"width": 1.5, "dash": "dash"})


def _pair(line: CurveLine, view: View, name: str, half: str, stroke: Drawn) -> Iterator[Drawn]:
    """Yield accuracy and loss on the training set, or, if `half` is "dev_", the validation set."""
    history = thinned(line.now.history)
    x = _positions(history, view.axis)
    values = _values(history, f"{half}accuracy"), _values(history, f"{half}loss")
    uid = f"{line.number} {half or 'learnt'}"
    if view.smooth:
        for drawn in _two_traces(x, values, view, name, f"{uid} raw", line.colour, stroke):
            yield drawn | {"opacity": FAINT, "showlegend": False, **UNTOLD}
        values = smoothed(values[0]), smoothed(values[1])
    yield from _two_traces(x, values, view, name, uid, line.colour, stroke)


def smoothed(values: Values) -> Values:
    """Return the moving average over a tenth of the values; over fewer at both ends."""
    if not len(values):
        return values
    window = np.ones(2 * (len(values) // 20) + 1)
    many: Values = np.convolve(np.ones(len(values)), window, mode="same")
    mean: Values = np.convolve(values, window, mode="same") / many
    return mean


def _batches(line: CurveLine, view: View, look: Look) -> Iterator[Drawn]:
    """Yield accuracy and loss of each batch; nothing over seconds, as batches have no time."""
    batches = line.now.batches
    if view.axis == "seconds" or not len(batches):
        return
    x = batches[:, 0] * place(line.now, 1, view.axis)
    values, uid = (batches[:, 2], batches[:, 1]), f"{line.number} batches"
    for drawn in _two_traces(x, values, view, EACH_BATCH, uid, look.line, {"width": 1}):
        yield drawn | UNTOLD | {"legendrank": LAST}


def _kept(line: CurveLine, view: View) -> Iterator[Drawn]:
    """Yield a mark at the point whose network was kept, if one was."""
    if line.now.kept is None:
        return
    point = [line.now.kept]
    values = _values(point, "dev_accuracy"), _values(point, "dev_loss")
    x, uid = _positions(point, view.axis), f"{line.number} kept"
    marker = {"symbol": "star", "size": 14, "color": line.colour}
    for drawn in _two_traces(x, values, view, KEPT, uid, line.colour, {}):
        yield drawn | {"mode": "markers", "marker": marker}


def place(now: Snapshot, iteration: int, axis: Axis) -> float:
    """Convert an iteration to the unit of the axis; seconds are interpolated from the history."""
    if axis == "seconds":
        history = now.history
        steps, seconds = _values(history, "iteration"), _values(history, "seconds")
        return float(np.interp(iteration, steps, seconds)) if history else 0.0
    return iteration / (now.iterations_per_epoch if axis == "epochs" else 1)


def thinned(history: Sequence[Measured]) -> Sequence[Measured]:
    """Return at most `MOST_POINTS` points, evenly spread, including the first and the last."""
    if len(history) <= MOST_POINTS:
        return history
    chosen = np.linspace(0, len(history) - 1, MOST_POINTS).round().astype(int)
    return [history[i] for i in chosen]


def _two_traces(
    x: Values,
    values: tuple[Values, Values],
    view: View,
    name: str,
    uid: str,
    colour: str,
    pen: Drawn,
) -> Iterator[Drawn]:
    """Yield a trace of accuracies or error rates for the upper axis, and one of losses for the
    lower axis; only the first has an entry in the legend."""
    accuracies, losses = values
    line = {
        "type": "scatter",
        "x": _encoded(x),
        "name": in_chart(name),
        "legendgroup": in_chart(name),
        "mode": "lines+markers" if len(x) == 1 else "lines",
        "line": {"color": colour, **pen},
    }
    right = view.scale == "correct"
    yield line | {
        "y": _encoded(accuracies if right else np.maximum(1 - accuracies, NO_MISTAKE)),
        "yaxis": "y",
        "uid": f"{uid} y",
        "hovertemplate": "%{y:.1%}" if right else "%{y:.2%} wrong",
    }
    yield line | {
        "y": _encoded(losses),
        "yaxis": "y2",
        "uid": f"{uid} y2",
        "hovertemplate": "%{y:.3g}",
        "showlegend": False,
    }


def _encoded(values: Values) -> Drawn:
    """Encode numbers as plotly.js decodes them: float32 in base64."""
    content = values.astype("<f4").tobytes()
    return {"dtype": "f4", "bdata": base64.b64encode(content).decode()}


def _positions(history: Sequence[Measured], axis: Axis) -> Values:
    field = {"epochs": "epoch", "steps": "iteration", "seconds": "seconds"}[axis]
    return _values(history, field)


def _values(history: Sequence[Measured], field: str) -> Values:
    return np.array([getattr(point, field) for point in history], np.float64)

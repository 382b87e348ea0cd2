"""The traces of a run in the training chart, as plotly.js takes them."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mnist_core.runs.curve_points import FIELDS, Axis, position, smoothed, thinned
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.events import Measured
from pages.ui.charts.theme import Look, class_colour
from pages.ui.elements.accuracy_text import LEARNING, PRACTICE
from pages.ui.elements.literal import in_chart

Scale: TypeAlias = Literal["correct", "mistakes"]
"""The scale of the upper vertical axis."""

Prefix: TypeAlias = Literal["", "dev_"]
"""The beginning of the figures' names in `Measured`: of the training set, of the validation set."""

Values: TypeAlias = NDArray[Any]

Drawn: TypeAlias = dict[str, Any]
"""A part of a figure as plotly.js takes it. The curves are drawn five times a second: building a
`go.Figure`, which checks every value, took sixty times as long and slowed the training."""

NO_HOVER: Drawn = {"hoverinfo": "skip", "hovertemplate": None}

FAINT: Drawn = {"opacity": 0.3, "showlegend": False, **NO_HOVER}
"""The properties of a trace behind its smoothed one."""

NO_MISTAKE = 1e-5
"""The stand-in for an error rate of 0 on the logarithmic axis: below the range of the chart."""

BEST = "the best, kept"


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

    @property
    def points(self) -> Sequence[Measured]:
        """The points of its curve that the traces show: more would not be visible, and would slow
        each update."""
        return thinned(self.now.history, 250)


def lines_alone(line: CurveLine, view: View, look: Look) -> Iterator[Drawn]:
    """Yield the traces of the shown run: batches, training set, validation set, kept network."""
    columns: tuple[Values, ...]
    batches = line.now.batches
    if view.axis != "seconds" and len(batches):  # their time is not known
        columns = batches[:, 0] * position(line.now, 1, view.axis), batches[:, 2], batches[:, 1]
        pen, uid = {"color": look.line, "width": 1}, f"{line.number} batches"
        for drawn in _two_traces(columns, view, "each batch", uid, pen):
            yield drawn | NO_HOVER | {"legendrank": 1_001}  # last: two lines on a phone
    yield from _pair(line, view, LEARNING, "", 2.5)
    yield from _pair(line, view, PRACTICE, "dev_", 2.5)
    if line.now.kept is not None:
        columns = _columns([line.now.kept], view.axis, "dev_")
        marker = {"symbol": "star", "size": 14, "color": line.colour}
        pen, uid = {"color": line.colour}, f"{line.number} kept"
        for drawn in _two_traces(columns, view, BEST, uid, pen):
            yield drawn | {"mode": "markers", "marker": marker}


def lines_beside(lines: Sequence[CurveLine], view: View) -> Iterator[Drawn]:
    """Yield the traces of the runs compared with it, each with one entry in the legend."""
    for line in lines:
        for drawn in _pair(line, view, line.name, "", 1.5):
            yield drawn | {"showlegend": False}
        yield from _pair(line, view, line.name, "dev_", 1.5)


def _pair(line: CurveLine, view: View, name: str, half: Prefix, width: float) -> Iterator[Drawn]:
    """Yield accuracy and loss on a half of the pictures, dashed on the validation set."""
    x, *values = _columns(line.points, view.axis, half)
    pen: Drawn = {"color": line.colour, "width": width, **({"dash": "dash"} if half else {})}
    uid = f"{line.number} {half or 'learnt'}"
    if view.smooth:
        for drawn in _two_traces((x, *values), view, name, f"{uid} raw", pen):
            yield drawn | FAINT
        values = [smoothed(column) for column in values]
    yield from _two_traces((x, *values), view, name, uid, pen)


def _columns(points: Sequence[Measured], axis: Axis, half: Prefix) -> tuple[Values, ...]:
    """Return the positions of the points, their accuracies, and their losses."""
    fields = (FIELDS[axis], f"{half}accuracy", f"{half}loss")
    return tuple(np.array([getattr(one, field) for one in points], float) for field in fields)


def _two_traces(
    columns: Sequence[Values], view: View, name: str, uid: str, pen: Drawn
) -> Iterator[Drawn]:
    """Yield a trace of accuracies or error rates for the upper axis, and one of losses for the
    lower axis; only the first has an entry in the legend.

    `columns` are as `_columns` returns them.
    """
    x, accuracies, losses = columns
    common = {
        "type": "scatter",
        "x": _encoded(x),
        "name": in_chart(name),
        "legendgroup": in_chart(name),
        "mode": "lines+markers" if len(x) == 1 else "lines",
        "line": pen,
    }
    right = view.scale == "correct"
    yield common | {
        "y": _encoded(accuracies if right else np.maximum(1 - accuracies, NO_MISTAKE)),
        "yaxis": "y",
        "uid": f"{uid} y",
        "hovertemplate": "%{y:.1%}" if right else "%{y:.2%} wrong",
    }
    yield common | {
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

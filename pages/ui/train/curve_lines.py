"""The lines of a run in the chart of the curves, as plotly.js takes them."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.events import Measured
from pages.ui import exams
from pages.ui.charts.theme import Look

Axis: TypeAlias = Literal["epochs", "steps", "seconds"]
"""What is along the bottom."""

Drawn: TypeAlias = dict[str, Any]
"""A part of a figure as plotly.js takes it. The curves are drawn five times a second: to build a
`go.Figure`, which checks every value, took sixty times as long and held the training up."""

MOST_POINTS = 250
"""Points of a line that are drawn: more would not be seen, and cost time at each update."""

EACH_BATCH = "each batch"
LEARNT = "pictures it learns from"
NEW = exams.PRACTICE
KEPT = "its best, which is kept"


@dataclass(frozen=True)
class Line:
    """A run as it is drawn; `number` is what tells it from all others."""

    number: int
    name: str
    now: Snapshot
    colour: str


def lines_alone(line: Line, axis: Axis, look: Look) -> Iterator[Drawn]:
    """All lines of the run that is looked at: its batches, its training and its dev pictures."""
    now = line.now
    history = thinned(now.history)
    x = _positions(history, axis)
    if axis != "seconds" and len(now.batches):
        at = now.batches[:, 0] / per_unit(now, axis)
        stroke = {"color": look.line, "width": 1}
        for column, yaxis in ((2, "y"), (1, "y2")):
            batches = _scatter(at, now.batches[:, column], EACH_BATCH, stroke, yaxis)
            yield batches | {"uid": f"{line.number} batches {yaxis}", "hoverinfo": "skip"}
    learnt = {"color": look.accent, "width": 2.5}
    new = {"color": look.second, "width": 2.5, "dash": "dash"}
    for field, yaxis in (("accuracy", "y"), ("loss", "y2")):
        y, dev_y = _values(history, field), _values(history, f"dev_{field}")
        yield _scatter(x, y, LEARNT, learnt, yaxis) | {"uid": f"{line.number} learnt {yaxis}"}
        yield _scatter(x, dev_y, NEW, new, yaxis) | {"uid": f"{line.number} new {yaxis}"}
    yield from _kept(line, axis, look)


def _kept(line: Line, axis: Axis, look: Look) -> Iterator[Drawn]:
    """A mark on the point whose network is kept, where that is not the last one."""
    if line.now.kept is None:
        return
    point = [line.now.kept]
    for field, yaxis in (("dev_accuracy", "y"), ("dev_loss", "y2")):
        mark = _scatter(_positions(point, axis), _values(point, field), KEPT, {}, yaxis)
        marker = {"symbol": "star", "size": 14, "color": look.second}
        yield mark | {"mode": "markers", "marker": marker, "uid": f"{line.number} kept {yaxis}"}


def lines_beside(lines: Sequence[Line], axis: Axis) -> Iterator[Drawn]:
    """What is drawn of the runs beside it: their dev pictures."""
    for line in lines:
        history = thinned(line.now.history)
        x = _positions(history, axis)
        stroke = {"color": line.colour, "width": 2}
        for field, yaxis in (("dev_accuracy", "y"), ("dev_loss", "y2")):
            beside = _scatter(x, _values(history, field), line.name, stroke, yaxis)
            yield beside | {"uid": f"{line.number} new {yaxis}"}


def per_unit(now: Snapshot, axis: Axis) -> int:
    """How many iterations one unit of the axis has, which is not "seconds"."""
    return now.iterations_per_epoch if axis == "epochs" else 1


def thinned(history: Sequence[Measured]) -> Sequence[Measured]:
    """At most `MOST_POINTS` of the points, evenly spread, the first and the last among them."""
    if len(history) <= MOST_POINTS:
        return history
    chosen = np.linspace(0, len(history) - 1, MOST_POINTS).round().astype(int)
    return [history[i] for i in chosen]


def _scatter(x: NDArray[Any], y: NDArray[Any], name: str, stroke: Drawn, yaxis: str) -> Drawn:
    return {
        "type": "scatter",
        "x": _packed(x),
        "y": _packed(y),
        "name": name,
        "legendgroup": name,
        "showlegend": yaxis == "y",
        "yaxis": yaxis,
        "mode": "lines+markers" if len(x) == 1 else "lines",
        "line": stroke,
        "hovertemplate": "%{y:.1%}" if yaxis == "y" else "%{y:.3g}",
    }


def _packed(values: NDArray[Any]) -> Drawn:
    """Numbers as plotly.js unpacks them: float32, base64."""
    content = values.astype("<f4").tobytes()
    return {"dtype": "f4", "bdata": base64.b64encode(content).decode()}


def _positions(history: Sequence[Measured], axis: Axis) -> NDArray[Any]:
    field = {"epochs": "epoch", "steps": "iteration", "seconds": "seconds"}[axis]
    return _values(history, field)


def _values(history: Sequence[Measured], field: str) -> NDArray[Any]:
    return np.array([getattr(point, field) for point in history], np.float64)

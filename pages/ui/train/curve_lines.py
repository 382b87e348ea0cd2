"""The lines of a run in the chart of the curves, as plotly.js takes them."""

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
"""A part of a figure as plotly.js takes it. The curves are drawn five times a second: to build a
`go.Figure`, which checks every value, took sixty times as long and held the training up."""

MOST_POINTS = 250
"""Points of a line that are drawn: more would not be seen, and cost time at each update."""

UNTOLD = {"hoverinfo": "skip", "hovertemplate": None}
"""Of a line whose numbers are not told where a visitor points."""

FAINT = 0.3
"""How much is left of a line behind its smoothed one."""

NO_MISTAKE = 1e-5
"""The stand-in for no mistake at all on a logarithmic scale: less than the chart shows."""

EACH_BATCH = "each batch"
LAST = 1_001
"""A place in the legend behind all that have none: so it takes two lines on a telephone."""
LEARNT = accuracy_text.LEARNING
NEW = accuracy_text.PRACTICE
KEPT = "the best, kept"


def run_colour(number: int) -> str:
    """Pick the colour of the run of this number, which counts from 1 within a visit."""
    return class_colour(number - 1)


@dataclass(frozen=True)
class View:
    """What the visitor wants to see: the unit along the bottom, the scale up the side, the lines as
    they are or smoothed."""

    axis: Axis = "epochs"
    scale: Scale = "correct"
    smooth: bool = False


@dataclass(frozen=True)
class CurveLine:
    """A run as it is drawn.

    Attributes:
        number: its identity.
        name: as the visitor calls it.
        now: the snapshot to draw.
        end: up to which iteration the chart has room for it.
        rate: the learning rate of its settings, which the moves by hand are multiples of.
    """

    number: int
    name: str
    now: Snapshot
    end: int
    rate: float

    @property
    def colour(self) -> str:
        """Return the colour of all its lines."""
        return run_colour(self.number)


def lines_alone(line: CurveLine, view: View, look: Look) -> Iterator[Drawn]:
    """Draw all lines of the shown run: its batches, its training and its dev pictures."""
    yield from _batches(line, view, look)
    yield from _pair(line, view, LEARNT, "", {"width": 2.5})
    yield from _pair(line, view, NEW, "dev_", {"width": 2.5, "dash": "dash"})
    yield from _kept(line, view)


def lines_beside(lines: Sequence[CurveLine], view: View) -> Iterator[Drawn]:
    """Draw the runs beside it, each with one entry in the legend."""
    for line in lines:
        for drawn in _pair(line, view, line.name, "", {"width": 1.5}):
            yield drawn | {"showlegend": False}
        yield from _pair(line, view, line.name, "dev_", {"width": 1.5, "dash": "dash"})


def _pair(line: CurveLine, view: View, name: str, half: str, stroke: Drawn) -> Iterator[Drawn]:
    """Draw accuracy and loss of a run's training pictures, or of its dev pictures."""
    history = thinned(line.now.history)
    x = _positions(history, view.axis)
    values = _values(history, f"{half}accuracy"), _values(history, f"{half}loss")
    uid = f"{line.number} {half or 'learnt'}"
    if view.smooth:
        for drawn in _both(x, values, view, name, f"{uid} raw", line.colour, stroke):
            yield drawn | {"opacity": FAINT, "showlegend": False, **UNTOLD}
        values = smoothed(values[0]), smoothed(values[1])
    yield from _both(x, values, view, name, uid, line.colour, stroke)


def smoothed(values: Values) -> Values:
    """Average each value with its neighbours, a tenth of all; at the ends there are fewer."""
    if not len(values):
        return values
    window = np.ones(2 * (len(values) // 20) + 1)
    many: Values = np.convolve(np.ones(len(values)), window, mode="same")
    mean: Values = np.convolve(values, window, mode="same") / many
    return mean


def _batches(line: CurveLine, view: View, look: Look) -> Iterator[Drawn]:
    """Draw what was measured of each batch. It does not say when that was."""
    batches = line.now.batches
    if view.axis == "seconds" or not len(batches):
        return
    x = batches[:, 0] * place(line.now, 1, view.axis)
    values, uid = (batches[:, 2], batches[:, 1]), f"{line.number} batches"
    for drawn in _both(x, values, view, EACH_BATCH, uid, look.line, {"width": 1}):
        yield drawn | UNTOLD | {"legendrank": LAST}


def _kept(line: CurveLine, view: View) -> Iterator[Drawn]:
    """Mark the point whose network is kept, where that is not the last one."""
    if line.now.kept is None:
        return
    point = [line.now.kept]
    values = _values(point, "dev_accuracy"), _values(point, "dev_loss")
    x, uid = _positions(point, view.axis), f"{line.number} kept"
    marker = {"symbol": "star", "size": 14, "color": line.colour}
    for drawn in _both(x, values, view, KEPT, uid, line.colour, {}):
        yield drawn | {"mode": "markers", "marker": marker}


def place(now: Snapshot, iteration: int, axis: Axis) -> float:
    """Convert an iteration to the unit of the axis; to seconds, as far as the curve tells."""
    if axis == "seconds":
        history = now.history
        steps, seconds = _values(history, "iteration"), _values(history, "seconds")
        return float(np.interp(iteration, steps, seconds)) if history else 0.0
    return iteration / (now.iterations_per_epoch if axis == "epochs" else 1)


def thinned(history: Sequence[Measured]) -> Sequence[Measured]:
    """Pick at most `MOST_POINTS` points, evenly spread, the first and the last among them."""
    if len(history) <= MOST_POINTS:
        return history
    chosen = np.linspace(0, len(history) - 1, MOST_POINTS).round().astype(int)
    return [history[i] for i in chosen]


def _both(
    x: Values,
    values: tuple[Values, Values],
    view: View,
    name: str,
    uid: str,
    colour: str,
    pen: Drawn,
) -> Iterator[Drawn]:
    """Draw a line of accuracies, or of what they lack of 1, and below it a line of losses, for
    which the upper one stands in the legend."""
    accuracies, losses = values
    line = {
        "type": "scatter",
        "x": _packed(x),
        "name": in_chart(name),
        "legendgroup": in_chart(name),
        "mode": "lines+markers" if len(x) == 1 else "lines",
        "line": {"color": colour, **pen},
    }
    right = view.scale == "correct"
    yield line | {
        "y": _packed(accuracies if right else np.maximum(1 - accuracies, NO_MISTAKE)),
        "yaxis": "y",
        "uid": f"{uid} y",
        "hovertemplate": "%{y:.1%}" if right else "%{y:.2%} wrong",
    }
    yield line | {
        "y": _packed(losses),
        "yaxis": "y2",
        "uid": f"{uid} y2",
        "hovertemplate": "%{y:.3g}",
        "showlegend": False,
    }


def _packed(values: Values) -> Drawn:
    """Encode numbers as plotly.js unpacks them: float32, base64."""
    content = values.astype("<f4").tobytes()
    return {"dtype": "f4", "bdata": base64.b64encode(content).decode()}


def _positions(history: Sequence[Measured], axis: Axis) -> Values:
    field = {"epochs": "epoch", "steps": "iteration", "seconds": "seconds"}[axis]
    return _values(history, field)


def _values(history: Sequence[Measured], field: str) -> Values:
    return np.array([getattr(point, field) for point in history], np.float64)

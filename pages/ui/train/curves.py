"""The training chart: accuracy above, loss below, on a common horizontal axis, with marks at
learning rates changed by hand."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import ceil, floor, log10

from mnist_core.runs.curve_points import Axis, position
from pages.ui.charts.theme import Look
from pages.ui.train.curve_lines import CurveLine, Drawn, View, lines_alone, lines_beside

AXES: dict[Axis, str] = {
    "epochs": "passes through the pictures (epochs)",
    "steps": "steps of learning (iterations)",
    "seconds": "seconds of training",
}
"""The titles of the horizontal axis by its unit."""

HOVER: dict[Axis, str] = {
    "epochs": "epochs: %{x:.3g}",
    "steps": "step %{x:,.0f}",
    "seconds": "%{x:.3g} s",
}
"""The hover texts of the horizontal axis by its unit."""

MISTAKE_TICKS = [1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001]


def curves(shown: CurveLine, others: Sequence[CurveLine], view: View, look: Look) -> Drawn:
    """Draw accuracy and loss of the shown run, and of those compared with it."""
    runs = [shown, *others]
    ticks = loss_ticks(*_loss_range(runs, view))
    layout = {
        "template": _template(look),
        "hovermode": "x unified",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom", "xanchor": "left"},
        "margin": {"t": 30},
        "xaxis": {
            "title": {"text": AXES[view.axis], "standoff": 8},
            "unifiedhovertitle": {"text": HOVER[view.axis]},
            "anchor": "y2",
            "autorangeoptions": _full_range(runs, view.axis),
            "uirevision": f"{shown.number} {view.axis}",
        },
        "yaxis": {
            "domain": [0.4, 1],
            "title": {"text": view.scale, "standoff": 12},
            "uirevision": f"{shown.number} {view.scale}",
            **_upper_axis(view),
        },
        "yaxis2": {
            "domain": [0, 0.32],
            "type": "log",
            "title": {"text": "loss", "standoff": 12},
            "tickvals": ticks,
            "ticktext": [f"{tick:g}" for tick in ticks],
        },
        "uirevision": shown.number,
        **_rate_marks(runs, view.axis, look),
    }
    return {
        "data": [*lines_alone(shown, view, look), *lines_beside(others, view)],
        "layout": layout,
    }


@cache
def _template(look: Look) -> Drawn:
    template: Drawn = look.template().to_plotly_json()
    return template


def _full_range(runs: Sequence[CurveLine], axis: Axis) -> Drawn:
    """Return the range of the horizontal axis before any zoom: the longest run to its last step.

    A fixed `range` would replace the visitor's zoom as soon as it changes.
    """
    if axis == "seconds":
        return {"include": 0}
    end = max(position(run.now, run.end, axis) for run in runs) or 1
    return {"include": [0, end], "clipmin": 0, "clipmax": end}


def _upper_axis(view: View) -> Drawn:
    """Return the vertical axis for accuracies, or a logarithmic one for error rates,
    which includes 1% and 100% for every network."""
    if view.scale == "correct":
        return {"range": [0, 1.01], "tickformat": ".0%"}
    return {
        "type": "log",
        "autorangeoptions": {"include": [0.01, 1.0], "clipmin": MISTAKE_TICKS[-1]},
        "tickvals": MISTAKE_TICKS,
        "ticktext": [f"{100 * tick:.3g}%" for tick in MISTAKE_TICKS],
    }


def _loss_range(runs: Sequence[CurveLine], view: View) -> tuple[float, float]:
    """Return the smallest and the largest loss in the chart, or 1 and 1 if there is none.

    Of the first run, batches are drawn too.
    """
    points = [point for run in runs for point in run.points]
    losses = [loss for point in points for loss in (point.loss, point.dev_loss)]
    if view.axis != "seconds":
        losses += runs[0].now.batches[:, 1].tolist()
    above_zero = [loss for loss in losses if loss > 0] or [1.0]
    return min(above_zero), max(above_zero)


def loss_ticks(low: float, high: float) -> list[float]:
    """Return the ticks of the loss axis: the coarsest round numbers of which it has three.

    They are a sixth of its height apart, which is six lines of type. A range that is narrower than
    a millionth of the losses gets a single tick.
    """
    if high <= low * (1 + 1e-6):
        return [high]
    closest = log10(high / low) / 6
    ticks: list[float] = []
    for candidates in _candidate_ticks(low, high):
        ticks = []
        for tick in candidates:
            far_enough = not ticks or log10(tick / ticks[-1]) >= closest
            if low <= tick <= high and far_enough:
                ticks.append(tick)
        if len(ticks) >= 3:
            break
    return ticks


def _candidate_ticks(low: float, high: float) -> Iterator[list[float]]:
    """Yield lists of ticks: powers of ten, with 3, with 2 and 5, then at ever smaller distances."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    for mantissas in ((1,), (1, 3), (1, 2, 5)):
        yield [mantissa * 10.0**power for power in powers for mantissa in mantissas]
    largest = floor(log10(high - low))
    for power in (largest, largest - 1):
        for digit in (5, 2, 1):
            step = digit * 10.0**power
            yield [step * count for count in range(ceil(low / step), floor(high / step) + 1)]


def _rate_marks(runs: Sequence[CurveLine], axis: Axis, look: Look) -> Drawn:
    """Return a line of the run's colour at each changed rate, and a label at each run's last one.

    A label is on the side of its line with more room, and above the labels of the runs before.
    """
    end = max(position(run.now, run.end, axis) for run in runs)
    shapes: list[Drawn] = []
    labels: list[Drawn] = []
    for run in runs:
        if not run.now.rate_changes:
            continue
        line = {"color": run.colour, "width": 1.5, "dash": "dot"}
        across = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": line}
        at = [position(run.now, change.iteration, axis) for change in run.now.rate_changes]
        shapes += [{**across, "x0": x, "x1": x} for x in at]
        label = {
            "x": at[-1],
            "yref": "paper",
            "y": 0.4 + 0.05 * len(labels),
            "text": f"rate × {run.now.rate_factor(run.rate):g}",
            "showarrow": False,
            "xanchor": "right" if at[-1] > end / 2 else "left",
            "yanchor": "bottom",
            "font": {"size": 12, "color": look.muted},
            "bgcolor": look.background,
        }
        labels.append(label)
    return {"shapes": shapes, "annotations": labels}

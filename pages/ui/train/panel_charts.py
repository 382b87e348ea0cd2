"""The charts beside the curve: the gradient norm of each layer, and the learning rate."""

from collections.abc import Sequence
from math import ceil, floor, log10

import plotly.graph_objects as go

from mnist_core.runs.rates import learning_rates
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig
from pages.ui.charts.theme import Look
from pages.ui.train import messages

NORMS, RATE = "How much of the error reaches each layer", "The learning rate"
"""The titles of the charts."""

USUAL_DECADES = (-4, 1)
"""The range of the gradient axis in powers of ten, unless a gradient lies outside."""

FEW = 5
"""Most tick labels of the gradient axis: a phone has room for no more."""

MARGIN = {"t": 68}


def gradients(norms: Sequence[float], look: Look) -> go.Figure:
    """Draw the gradient norm of each layer, first to last, as points on a logarithmic axis.

    A bar would begin at zero, which a logarithmic axis does not have: its length would mean
    nothing.
    """
    decades = [log10(norm) for norm in norms if norm]
    low, high = USUAL_DECADES
    low, high = min([low, *map(floor, decades)]), max([high, *map(ceil, decades)])
    powers = range(low, high + 1)
    every = ceil(len(powers) / FEW)
    sizes = [messages.size(norm) if norm else "nothing arrives" for norm in norms]
    figure = go.Figure(
        go.Scatter(
            x=[norm or None for norm in norms],
            y=[f"layer {number}: {size}" for number, size in enumerate(sizes, start=1)],
            mode="lines+markers",
            line={"color": look.muted, "width": 1},
            marker={"color": look.accent, "size": 12},
            cliponaxis=False,
            hovertemplate="%{y}<extra></extra>",
        )
    )
    figure.update_layout(
        **look.titled(NORMS, "Size of the gradient; each line is ten times the one before"),
        margin=MARGIN,
        xaxis={
            "type": "log",
            "range": (low, high),
            "tickvals": [10.0**power for power in powers],
            "ticktext": ["" if (high - power) % every else _in_short(power) for power in powers],
            "fixedrange": True,
        },
        yaxis={"autorange": "reversed", "type": "category", "showgrid": False, "fixedrange": True},
    )
    return figure


def _in_short(power: int) -> str:
    """Write a power of ten as a number, or with its exponent if the number would be long."""
    return messages.size(10.0**power) if -4 <= power <= 4 else f"10<sup>{power}</sup>"


def rate(config: TrainingConfig, now: Snapshot, look: Look) -> go.Figure:
    """Draw the learning rate of every step, dotted for the steps to come."""
    steps, rates = learning_rates(config, now)
    made, per_epoch = steps < now.iteration, now.iterations_per_epoch
    figure = go.Figure()
    for part, stroke in ((made, "solid"), (~made, "dot")):
        figure.add_scatter(
            x=steps[part] / per_epoch,
            y=rates[part],
            mode="lines",
            line={"color": look.accent, "width": 2.5, "dash": stroke},
            hovertemplate="%{y:.3g}<extra></extra>",
        )
    last = f"at the last step: {messages.rate(rates[made][-1])}" if made.any() else ""
    figure.update_layout(
        **look.titled(RATE, last),
        margin=MARGIN,
        showlegend=False,
        xaxis={
            "title": {"text": "epochs", "standoff": 8},
            "fixedrange": True,
            "autorangeoptions": {"include": [0, (steps.max(initial=-1) + 1) / per_epoch]},
        },
        yaxis={"rangemode": "tozero", "fixedrange": True, "exponentformat": "none"},
    )
    return figure

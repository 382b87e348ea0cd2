"""The charts beside the curve: each layer's gradient, the learning rate."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from mnist_core.runs.rates import learning_rates
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig
from pages.ui.charts.theme import Look
from pages.ui.train import words

GRADIENT_DECADES = (-7, 2)
"""From which power of ten to which the sizes of gradients are shown."""


def gradients(norms: Sequence[float], look: Look) -> go.Figure:
    """How strongly the error reaches each layer, first to last, on a logarithmic scale."""
    names = [f"layer {i + 1}" for i in range(len(norms))]
    figure = go.Figure(
        go.Bar(
            x=np.maximum(norms, 10.0 ** GRADIENT_DECADES[0]),
            y=names,
            orientation="h",
            marker={"color": look.accent},
            text=[f"{norm:.2g}" if norm else "0: nothing arrives" for norm in norms],
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
        margin={"t": 56},
        xaxis={"type": "log", "range": GRADIENT_DECADES, "visible": False, "fixedrange": True},
        yaxis={"autorange": "reversed", "showgrid": False, "fixedrange": True},
    )
    return figure


def rate(config: TrainingConfig, now: Snapshot, look: Look) -> go.Figure:
    """The learning rate of every step: of those made, and dotted of those to come."""
    steps, rates = learning_rates(config, now)
    made = steps < now.iteration
    per_epoch = now.iterations_per_epoch
    figure = go.Figure()
    for part, stroke in ((made, "solid"), (~made, "dot")):
        figure.add_scatter(
            x=steps[part] / per_epoch,
            y=rates[part],
            mode="lines",
            line={"color": look.accent, "width": 2.5, "dash": stroke},
            hovertemplate="%{y:.3g}<extra></extra>",
        )
    last = f"at the last step: {words.rate(rates[made][-1])}" if made.any() else ""
    figure.update_layout(
        template=look.template(),
        title={"text": "The learning rate", "subtitle": {"text": last}},
        margin={"t": 68},
        showlegend=False,
        xaxis={
            "title": {"text": "epochs", "standoff": 8},
            "fixedrange": True,
            "autorangeoptions": {"include": [0, (steps.max(initial=-1) + 1) / per_epoch]},
        },
        yaxis={"rangemode": "tozero", "fixedrange": True, "exponentformat": "none"},
    )
    return figure

"""The charts beside the curve: each layer's gradient, the learning rate."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from mnist_core.training.events import Measured
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


def rate(history: Sequence[Measured], look: Look) -> go.Figure:
    """The learning rate at each point of the curve: schedule and moves by hand included."""
    figure = go.Figure(
        go.Scatter(
            x=[point.epoch for point in history],
            y=[point.learning_rate for point in history],
            mode="lines+markers" if len(history) == 1 else "lines",
            line={"color": look.accent, "width": 2.5, "shape": "hv"},
            hovertemplate="%{y:.3g}<extra></extra>",
        )
    )
    now = f"at the last point: {words.rate(history[-1].learning_rate)}" if history else ""
    figure.update_layout(
        template=look.template(),
        title={"text": "The learning rate", "subtitle": {"text": now}},
        margin={"t": 68},
        xaxis={"title": {"text": "epochs", "standoff": 8}, "fixedrange": True},
        yaxis={"rangemode": "tozero", "fixedrange": True, "exponentformat": "none"},
    )
    return figure

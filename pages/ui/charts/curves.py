"""Curves of a training run."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from pages.ui.theme import Look


def accuracy_curve(
    iterations: Sequence[int],
    training: ArrayLike,
    dev: ArrayLike,
    look: Look,
    *,
    last: int | None = None,
) -> go.Figure:
    """The share of pictures read right, 0 to 1, as the network learns.

    Args:
        iterations: when each value was measured; empty before the first.
        training: accuracy on pictures that the network learns from.
        dev: accuracy on pictures kept back; `nan` where it was not measured.
        last: the iteration at which the run will end, so that the curve grows into its place.
    """
    figure = go.Figure()
    for name, values, colour, dash in (
        ("pictures it learns from", training, look.accent, "solid"),
        ("pictures it has not seen", dev, look.second, "dash"),
    ):
        figure.add_scatter(
            x=np.asarray(iterations, dtype=np.int32),
            y=np.asarray(values, dtype=np.float32),
            name=name,
            mode="lines+markers" if len(iterations) == 1 else "lines",
            connectgaps=True,
            line={"color": colour, "dash": dash, "width": 2.5},
            hovertemplate="%{y:.1%}",
        )
    figure.update_layout(
        template=look.template(),
        title={"text": "How many pictures it reads right"},
        height=380,
        hovermode="x unified",
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "xanchor": "left"},
        margin={"t": 90},
        xaxis={"title": {"text": "steps of learning (iterations)"}, "rangemode": "tozero"},
        yaxis={"range": [0, 1.01], "tickformat": ".0%"},
    )
    if last is not None:
        figure.update_xaxes(range=[0, last])
    return figure

"""The charts of the Train page: arrays in, Plotly figures out."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from mnist_core.training import Measured
from pages.ui.theme import Look

HEIGHT = 420


def accuracy_figure(history: Sequence[Measured], epochs: float, look: Look) -> go.Figure:
    """Accuracy on both parts of the data by the epochs made, up to the last of `epochs`."""
    figure = go.Figure()
    x = np.array([point.epoch for point in history], np.float32)
    for name, values, colour, dash in (
        ("pictures it learns from", [p.accuracy for p in history], look.accent, "solid"),
        ("pictures it has not seen", [p.dev_accuracy for p in history], look.second, "dash"),
    ):
        figure.add_scatter(
            x=x,
            y=np.array(values, np.float32),
            name=name,
            mode="lines+markers" if len(x) == 1 else "lines",
            line={"color": colour, "dash": dash, "width": 2.5},
            hovertemplate="%{y:.1%}",
        )
    figure.update_layout(
        template=look.template(),
        title={"text": "How many pictures it reads right"},
        height=HEIGHT,
        hovermode="x unified",
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left"},
        xaxis={"title": {"text": "times through all pictures (epochs)"}, "range": [0, epochs]},
        yaxis={"range": [0, 1.01], "tickformat": ".0%"},
        uirevision="kept",
    )
    return figure

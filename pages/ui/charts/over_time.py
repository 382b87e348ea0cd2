"""A chart of a network's answer to one picture over its stages."""

from collections.abc import Sequence

import plotly.graph_objects as go

from mnist_core.arrays import Floats
from pages.ui.charts.theme import SHARES, Look, class_colour

NAMED = 0.05
"""A class that never exceeds this probability is left out of the legend."""


def answer_over_time(
    probabilities: Floats, stages: Sequence[str], names: Sequence[str], chosen: int, look: Look
) -> go.Figure:
    """Draw the probability of each named class at each stage, `(classes, stages)`; one is chosen.

    The stages stand at even distances, as on the slider.
    """
    figure = go.Figure()
    for label, (shares, name) in enumerate(zip(probabilities, names, strict=True)):
        figure.add_scatter(
            x=list(range(len(stages))),
            y=shares,
            name=name,
            mode="lines+markers",
            line={"color": class_colour(label), "width": 2.5},
            marker={"size": 5},
            showlegend=bool(shares.max() > NAMED),
            text=stages,
            hovertemplate="%{text}: " + name + " %{y:.1%}<extra></extra>",
        )
    figure.add_vline(x=chosen, line={"color": look.text, "width": 1.5, "dash": "dot"})
    title = "How it made up its mind"
    return figure.update_layout(
        **look.titled(title, "How sure it was of each, from its first step to its last"),
        height=320,
        legend={"y": -0.05, "yanchor": "top"},
        xaxis_visible=False,
        yaxis=SHARES,
    )

"""The charts of how sure a network is: is it right as often, and what does silence gain?"""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from mnist_core.evaluation.calibration import Bin, Coverage
from pages.ui.charts.theme import Look

MOST_POINTS = 400


def reliability_chart(lines: Mapping[str, Sequence[Bin]], look: Look) -> go.Figure:
    """How often a network is right (up) where it is so sure (across), a line a name, the last one
    strongest; on the diagonal it is honest."""
    figure = go.Figure(
        go.Scatter(
            x=[0, 1],
            y=[0, 1],
            mode="lines",
            line={"color": look.muted, "dash": "dot"},
            name="right as often as it says",
            hoverinfo="skip",
        )
    )
    strengths = [(look.second, "dash")] * (len(lines) - 1) + [(look.accent, "solid")]
    for (name, bins), (colour, dash) in zip(lines.items(), strengths, strict=True):
        figure.add_trace(_reliability(name, bins, colour, dash))
    figure.update_layout(
        template=look.template(),
        height=400,
        title={
            "text": "Is it right as often as it says?",
            "subtitle": {"text": "with 95% confidence intervals (reliability diagram)"},
        },
        xaxis={"title": {"text": "how sure it is"}, "range": [0, 1.02], "tickformat": ".0%"},
        yaxis={"title": {"text": "how often it is right"}, "range": [0, 1.02], "tickformat": ".0%"},
        legend={"orientation": "h", "x": 0, "y": -0.25},
    )
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(fixedrange=True)
    return figure


def _reliability(name: str, bins: Sequence[Bin], colour: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=[one.confidence for one in bins],
        y=[one.accuracy for one in bins],
        mode="markers+lines",
        line={"color": colour, "width": 2, "dash": dash},
        marker={"size": 8, "color": colour},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [one.interval.high - one.accuracy for one in bins],
            "arrayminus": [one.accuracy - one.interval.low for one in bins],
            "color": colour,
            "thickness": 1,
        },
        customdata=[one.n for one in bins],
        name=name,
        hovertemplate="%{x:.0%} sure: %{y:.1%} correct, of %{customdata:,} pictures"
        "<extra>%{fullData.name}</extra>",
    )


def coverage_chart(found: Coverage, threshold: float, look: Look) -> go.Figure:
    """How many of the pictures that it answers are read right, by how many it answers."""
    chosen = np.unique(np.linspace(0, len(found.answered) - 1, MOST_POINTS).astype(int))
    figure = go.Figure(
        go.Scatter(
            x=found.answered[chosen],
            y=found.accuracy[chosen],
            customdata=found.threshold[chosen],
            mode="lines",
            line={"color": look.accent, "width": 2.5},
            hovertemplate="answers %{x:.1%}, of these %{y:.2%} correctly "
            "(at least %{customdata:.1%} sure)<extra></extra>",
        )
    )
    answered = int(np.count_nonzero(found.threshold >= threshold))
    if answered:
        figure.add_scatter(
            x=[found.answered[answered - 1]],
            y=[found.accuracy[answered - 1]],
            mode="markers",
            marker={"size": 12, "color": look.second},
            hoverinfo="skip",
        )
    figure.update_layout(
        template=look.template(),
        height=400,
        showlegend=False,
        title={
            "text": "What staying silent gains",
            "subtitle": {"text": "answer only when sure, and be wrong less often"},
        },
        xaxis={"title": {"text": "pictures it answers"}, "tickformat": ".0%"},
        yaxis={"title": {"text": "correct among these"}, "tickformat": ".1%"},
    )
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(fixedrange=True)
    return figure

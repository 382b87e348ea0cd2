"""Charts of accuracy by strength, of reliability and of coverage."""

from collections.abc import Mapping, Sequence
from itertools import cycle

import numpy as np
import plotly.graph_objects as go

from mnist_core.arrays import Floats
from mnist_core.evaluation.calibration import Bin, Coverage
from pages.ui.charts.theme import CLASS_COLOURS, SHARES, Look
from pages.ui.elements.literal import in_chart

MOST_POINTS = 400
DASHES = ("solid", "dash", "dot", "dashdot")


def accuracy_by_strength(
    strengths: Sequence[float],
    accuracies: Mapping[str, Sequence[float]],
    title: str,
    unit: str,
    look: Look,
) -> go.Figure:
    """Draw the accuracy (up) at each strength (across), a line a network."""
    strokes = zip(cycle(CLASS_COLOURS), cycle(DASHES), strict=False)
    figure = go.Figure()
    for (name, shares), stroke in zip(accuracies.items(), strokes, strict=False):
        figure.add_trace(_line(strengths, shares, name, stroke).update(mode="lines+markers"))
    _lay_out(figure, look, title, "pictures still read correctly", unit)
    return figure.update_layout(hovermode="x unified", xaxis_tickvals=list(strengths), yaxis=SHARES)


def probability_by_strength(
    strengths: Sequence[float], chances: Floats, names: Sequence[str], now: float, look: Look
) -> go.Figure:
    """Draw the probability of the label and of its strongest rival, by an attack's strength.

    `chances` are `(2, strengths)`, and `now` is the strength that is shown.
    """
    strokes = (look.accent, "solid"), (look.second, "dash")
    lines = zip(chances, names, strokes, strict=True)
    figure = go.Figure([_line(strengths, *line) for line in lines])
    figure.add_vline(x=now, line={"color": look.muted, "dash": "dot", "width": 1})
    unit = "largest change of a square (of full ink)"
    _lay_out(figure, look, "How likely it finds each", "by the strength of the attack", unit)
    return figure.update_layout(hovermode="x unified", xaxis_tickformat=".0%", yaxis=SHARES)


def _line(
    strengths: Sequence[float], shares: Sequence[float] | Floats, name: str, stroke: tuple[str, str]
) -> go.Scatter:
    colour, dash = stroke
    return go.Scatter(
        x=list(strengths),
        y=list(shares),
        name=in_chart(name),
        mode="lines",
        line={"color": colour, "dash": dash, "width": 2.5},
        hovertemplate="%{y:.1%}<extra>%{fullData.name}</extra>",
    )


def reliability_chart(lines: Mapping[str, Sequence[Bin]], look: Look) -> go.Figure:
    """Draw accuracy (up) by confidence (across), a line a name, the last one strongest.

    On the diagonal a network is right as often as it says.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": look.muted, "dash": "dot"},
        name="right as often as it says",
        hoverinfo="skip",
    )
    strokes = [(look.second, "dash")] * (len(lines) - 1) + [(look.accent, "solid")]
    for (name, bins), (colour, dash) in zip(lines.items(), strokes, strict=True):
        figure.add_scatter(
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
    subtitle = "with 95% confidence intervals (reliability diagram)"
    _lay_out(figure, look, "Is it right as often as it says?", subtitle, "how sure it is")
    share = {"range": [0, 1.02], "tickformat": ".0%"}
    return figure.update_layout(
        height=400,
        legend_y=-0.25,
        xaxis=share,
        yaxis={**share, "title": {"text": "how often it is right"}},
    )


def coverage_chart(curve: Coverage, threshold: float, look: Look) -> go.Figure:
    """Draw the accuracy on the answered pictures by the share that is answered."""
    drawn = np.unique(np.linspace(0, len(curve.answered) - 1, MOST_POINTS).astype(int))
    figure = go.Figure()
    figure.add_scatter(
        x=curve.answered[drawn],
        y=curve.accuracy[drawn],
        customdata=curve.threshold[drawn],
        mode="lines",
        line={"color": look.accent, "width": 2.5},
        hovertemplate="answers %{x:.1%}, of these %{y:.2%} correctly "
        "(at least %{customdata:.1%} sure)<extra></extra>",
    )
    answered = int(np.count_nonzero(curve.threshold >= threshold))
    if answered:
        figure.add_scatter(
            x=[curve.answered[answered - 1]],
            y=[curve.accuracy[answered - 1]],
            mode="markers",
            marker={"size": 12, "color": look.second},
            hoverinfo="skip",
        )
    subtitle = "answer only when sure, and be wrong less often"
    _lay_out(figure, look, "What staying silent gains", subtitle, "pictures it answers")
    return figure.update_layout(
        height=400,
        showlegend=False,
        xaxis_tickformat=".0%",
        yaxis={"tickformat": ".1%", "title": {"text": "correct among these"}},
    )


def _lay_out(figure: go.Figure, look: Look, title: str, subtitle: str, across: str) -> None:
    """Set a chart's titles and the title of its x axis, with a legend below."""
    figure.update_layout(
        **look.titled(title, subtitle),
        height=340,
        showlegend=True,
        xaxis_title=across,
        legend={"x": 0, "y": -0.3},
    )

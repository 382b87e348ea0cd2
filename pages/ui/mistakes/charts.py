"""Charts of accuracy by strength, of reliability and of coverage."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from mnist_core.evaluation.calibration import Bin, Coverage
from pages.ui.charts.theme import CLASS_COLOURS, Look
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
    figure = go.Figure(
        [
            _line(
                strengths,
                shares,
                name,
                CLASS_COLOURS[place % len(CLASS_COLOURS)],
                DASHES[place % len(DASHES)],
            ).update(mode="lines+markers")
            for place, (name, shares) in enumerate(accuracies.items())
        ]
    )
    _lay_out(figure, title, "pictures still read correctly", unit, look)
    figure.update_layout(hovermode="x unified")
    figure.update_xaxes(tickvals=list(strengths))
    figure.update_yaxes(range=[0, 1.03], tickformat=".0%")
    return figure


def probability_by_strength(
    strengths: Sequence[float],
    right: Sequence[float],
    wrong: Sequence[float],
    names: tuple[str, str],
    now: float,
    look: Look,
) -> go.Figure:
    """Draw the probability of the label and of its strongest rival, by an attack's strength."""
    figure = go.Figure(
        [
            _line(strengths, right, names[0], look.accent, "solid"),
            _line(strengths, wrong, names[1], look.second, "dash"),
        ]
    )
    figure.add_vline(x=now, line={"color": look.muted, "dash": "dot", "width": 1})
    unit = "largest change of a square (of full ink)"
    _lay_out(figure, "How likely it finds each", "by the strength of the attack", unit, look)
    figure.update_layout(hovermode="x unified")
    figure.update_xaxes(tickformat=".0%")
    figure.update_yaxes(range=[0, 1.03], tickformat=".0%")
    return figure


def _line(
    strengths: Sequence[float], shares: Sequence[float], name: str, colour: str, dash: str
) -> go.Scatter:
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
    subtitle = "with 95% confidence intervals (reliability diagram)"
    _lay_out(figure, "Is it right as often as it says?", subtitle, "how sure it is", look)
    figure.update_layout(height=400, legend={"y": -0.25})
    figure.update_xaxes(range=[0, 1.02], tickformat=".0%")
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%", title="how often it is right")
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


def coverage_chart(curve: Coverage, threshold: float, look: Look) -> go.Figure:
    """Draw the accuracy on the answered pictures by the share that is answered."""
    chosen = np.unique(np.linspace(0, len(curve.answered) - 1, MOST_POINTS).astype(int))
    figure = go.Figure(
        go.Scatter(
            x=curve.answered[chosen],
            y=curve.accuracy[chosen],
            customdata=curve.threshold[chosen],
            mode="lines",
            line={"color": look.accent, "width": 2.5},
            hovertemplate="answers %{x:.1%}, of these %{y:.2%} correctly "
            "(at least %{customdata:.1%} sure)<extra></extra>",
        )
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
    _lay_out(figure, "What staying silent gains", subtitle, "pictures it answers", look)
    figure.update_layout(height=400, showlegend=False)
    figure.update_xaxes(tickformat=".0%")
    figure.update_yaxes(tickformat=".1%", title="correct among these")
    return figure


def _lay_out(figure: go.Figure, title: str, subtitle: str, across: str, look: Look) -> None:
    """Set a chart's titles and the title of its x axis, with a legend below and no zoom."""
    figure.update_layout(
        **look.titled(title, subtitle),
        height=340,
        showlegend=True,
        xaxis_title=across,
        legend={"orientation": "h", "x": 0, "y": -0.3},
    )
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(fixedrange=True)

"""The charts of when networks break: how many pictures they still read, by strength."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.ui.charts.theme import CLASS_COLOURS, Look
from pages.ui.literal import in_chart

DASHES = ("solid", "dash", "dot", "dashdot")


def accuracy_by_strength(
    strengths: Sequence[float],
    accuracies: Mapping[str, Sequence[float]],
    title: str,
    unit: str,
    look: Look,
) -> go.Figure:
    """One line a network: the share that it reads right (up) at each strength (across)."""
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
    figure.update_xaxes(tickvals=list(strengths))
    return figure


def probability_by_strength(
    strengths: Sequence[float],
    right: Sequence[float],
    wrong: Sequence[float],
    names: tuple[str, str],
    now: float,
    look: Look,
) -> go.Figure:
    """How likely a network finds the label and its strongest rival, by an attack's strength."""
    figure = go.Figure(
        [
            _line(strengths, right, names[0], look.accent, "solid"),
            _line(strengths, wrong, names[1], look.second, "dash"),
        ]
    )
    figure.add_vline(x=now, line={"color": look.muted, "dash": "dot", "width": 1})
    unit = "largest change of a square (of full ink)"
    _lay_out(figure, "How likely it finds each", "by the strength of the attack", unit, look)
    figure.update_xaxes(tickformat=".0%")
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


def _lay_out(figure: go.Figure, title: str, subtitle: str, unit: str, look: Look) -> None:
    figure.update_layout(
        template=look.template(),
        height=340,
        showlegend=True,
        hovermode="x unified",
        title={"text": title, "subtitle": {"text": subtitle}},
        xaxis={"title": {"text": unit}, "fixedrange": True},
        yaxis={"range": [0, 1.03], "tickformat": ".0%", "fixedrange": True},
        legend={"orientation": "h", "x": 0, "y": -0.3},
    )

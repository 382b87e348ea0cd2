"""The charts of when networks break: how many pictures they still read, by strength."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.ui.charts.theme import CLASS_COLOURS, Look

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
            go.Scatter(
                x=list(strengths),
                y=list(shares),
                name=name,
                mode="lines+markers",
                line={
                    "color": CLASS_COLOURS[place % len(CLASS_COLOURS)],
                    "dash": DASHES[place % len(DASHES)],
                    "width": 2.5,
                },
                hovertemplate="%{y:.1%}<extra>%{fullData.name}</extra>",
            )
            for place, (name, shares) in enumerate(accuracies.items())
        ]
    )
    figure.update_layout(
        template=look.template(),
        height=340,
        showlegend=True,
        hovermode="x unified",
        title={"text": title, "subtitle": {"text": "pictures that are still read right"}},
        xaxis={"title": {"text": unit}, "tickvals": list(strengths), "fixedrange": True},
        yaxis={"range": [0, 1.03], "tickformat": ".0%", "fixedrange": True},
        legend={"orientation": "h", "x": 0, "y": -0.3},
    )
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
    lines = (
        (right, names[0], look.accent, "solid"),
        (wrong, names[1], look.second, "dash"),
    )
    figure = go.Figure(
        [
            go.Scatter(
                x=list(strengths),
                y=list(shares),
                name=name,
                mode="lines",
                line={"color": colour, "dash": dash, "width": 2.5},
                hovertemplate="%{y:.1%}<extra>%{fullData.name}</extra>",
            )
            for shares, name, colour, dash in lines
        ]
    )
    figure.add_vline(x=now, line={"color": look.muted, "dash": "dot", "width": 1})
    figure.update_layout(
        template=look.template(),
        height=340,
        showlegend=True,
        hovermode="x unified",
        title={"text": "How likely it finds each", "subtitle": {"text": "by the strength"}},
        xaxis={
            "title": {"text": "change of each square at most (of full ink)"},
            "tickformat": ".0%",
            "fixedrange": True,
        },
        yaxis={"range": [0, 1.03], "tickformat": ".0%", "fixedrange": True},
        legend={"orientation": "h", "x": 0, "y": -0.3},
    )
    return figure

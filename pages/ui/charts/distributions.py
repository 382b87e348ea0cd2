"""Charts of distributions: histograms, spreads, and the variance by component."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from mnist_core.arrays import Floats
from pages.ui.charts.theme import Look, class_colour, faded

HEIGHT = 300
BINS = 32
RIDGE = 1.6
"""Height of a ridge, in distances between two: it may cover a part of the one above."""

MARGIN = 0.001
"""Fraction of the numbers at each end that a histogram leaves out, so that one odd picture does not
squeeze all others together."""


def histogram(title: str, axis: str, values: Mapping[str, Floats], look: Look) -> go.Figure:
    """Draw the distribution of some numbers `(n,)` of each kind, as fractions, a line a kind."""
    together = np.concatenate([*values.values()])
    edges = np.histogram_bin_edges(
        together, BINS, tuple(np.quantile(together, [MARGIN, 1 - MARGIN]))
    )
    middles = (edges[1:] + edges[:-1]) / 2
    figure = go.Figure()
    for place, (name, numbers) in enumerate(values.items()):
        counts, _ = np.histogram(numbers, edges)
        figure.add_scatter(
            x=middles,
            y=counts / max(1, len(numbers)),
            name=name,
            mode="lines",
            line={"shape": "spline", "width": 2.5, "color": look.second if place else look.accent},
            fill="tozeroy" if len(values) == 1 else None,
            hovertemplate="%{y:.1%} of them are near %{x:.2f}<extra>" + name + "</extra>",
        )
    figure.update_layout(
        **look.titled(title),
        height=HEIGHT,
        dragmode=False,
        showlegend=len(values) > 1,
        legend={"orientation": "h", "y": -0.3},
        xaxis={"title": {"text": axis}, "fixedrange": True},
        yaxis={"tickformat": ".0%", "rangemode": "tozero", "fixedrange": True},
    )
    return figure


def ridges(
    title: str,
    subtitle: str,
    edges: Floats,
    shares: Floats,
    names: Sequence[str],
    chosen: int,
    look: Look,
) -> go.Figure:
    """Draw histograms one above the other, the first on top; the chosen one stands out.

    Args:
        title: the name of the numbers.
        subtitle: details about them.
        edges: the edges of the bins, `(bins + 1,)`.
        shares: the fraction in each bin, `(ridges, bins)`; each ridge is scaled to its highest.
        names: the names of the ridges.
        chosen: the index of the chosen ridge.
    """
    middles = (edges[1:] + edges[:-1]) / 2
    figure = go.Figure()
    for place, (of_ridge, name) in enumerate(zip(shares, names, strict=True)):
        floor = len(names) - 1 - place
        colour = look.second if place == chosen else look.accent
        figure.add_scatter(
            x=middles,
            y=np.full(len(middles), floor),
            mode="lines",
            line={"width": 0},
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=middles,
            y=floor + RIDGE * of_ridge / max(float(of_ridge.max()), 1e-12),
            customdata=of_ridge,
            mode="lines",
            line={"width": 2.5 if place == chosen else 1.5, "color": colour},
            fill="tonexty",
            fillcolor=faded(colour, 0.35),
            name=name,
            hovertemplate="%{customdata:.1%} are near %{x:.3g}<extra>" + name + "</extra>",
        )
    figure.add_vline(x=0, line={"color": look.muted, "width": 1, "dash": "dot"})
    figure.update_layout(
        **look.titled(title, subtitle),
        height=120 + 34 * len(names),
        dragmode=False,
        showlegend=False,
        xaxis={"fixedrange": True, "showgrid": False, "range": [edges[0], edges[-1]]},
        yaxis={
            "tickvals": list(range(len(names))),
            "ticktext": list(reversed(names)),
            "range": [-0.1, len(names) - 1 + RIDGE + 0.1],
            "fixedrange": True,
            "showgrid": False,
        },
    )
    return figure


def spreads(names: Sequence[str], values: Floats, look: Look) -> go.Figure:
    """Draw the spread within each class, `(classes,)`, the largest on top."""
    order = np.argsort(values)
    figure = go.Figure(
        go.Bar(
            x=values[order],
            y=[names[label] for label in order],
            orientation="h",
            marker={"color": [class_colour(int(label)) for label in order]},
            text=[f"{values[label]:,.0f}" for label in order],
            textposition="inside",
            insidetextanchor="start",
            hovertemplate="%{y}: %{x:,.0f}<extra></extra>",
        )
    )
    figure.update_layout(
        **look.titled("How much they differ", "Distance from their average, in grey values"),
        height=96 + 31 * len(names),
        dragmode=False,
        bargap=0.25,
        xaxis={"visible": False, "rangemode": "tozero", "fixedrange": True},
        yaxis={"type": "category", "showgrid": False, "fixedrange": True, "ticklabelstandoff": 8},
    )
    return figure


def explained_variance(explained: Floats, shown: int, look: Look) -> go.Figure:
    """Draw the fraction of variance in the first k components, and mark it for `shown`."""
    counts = np.arange(1, len(explained) + 1)
    figure = go.Figure(
        go.Scatter(
            x=counts,
            y=explained,
            mode="lines",
            line={"color": look.accent, "width": 2.5},
            hovertemplate="the first %{x} capture %{y:.1%}<extra></extra>",
        )
    )
    figure.add_scatter(
        x=[shown],
        y=[explained[shown - 1]],
        mode="markers",
        marker={"color": look.second, "size": 12},
        hovertemplate="the first %{x} capture %{y:.1%}<extra></extra>",
    )
    figure.update_layout(
        **look.titled(
            "How much of the differences they capture",
            f"The first {shown}: {explained[shown - 1]:.1%}",
        ),
        height=HEIGHT,
        dragmode=False,
        showlegend=False,
        xaxis={"title": {"text": "components"}, "type": "log", "fixedrange": True},
        yaxis={"tickformat": ".0%", "range": [0, 1.03], "fixedrange": True},
    )
    return figure

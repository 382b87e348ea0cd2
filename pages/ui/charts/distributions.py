"""Charts of distributions: histograms, and the variance by component."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from mnist_core.arrays import Floats
from pages.ui.charts.theme import SHARES, Look, faded

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
    low, high = np.quantile(together, [MARGIN, 1 - MARGIN])
    edges = np.histogram_bin_edges(together, BINS, (low, high))
    figure = go.Figure()
    colours = [look.accent] + [look.second] * (len(values) - 1)
    for (name, numbers), colour in zip(values.items(), colours, strict=True):
        counts, _ = np.histogram(numbers, edges)
        figure.add_scatter(
            x=(edges[1:] + edges[:-1]) / 2,
            y=counts / max(1, len(numbers)),
            name=name,
            mode="lines",
            line={"shape": "spline", "width": 2.5, "color": colour},
            fill="tozeroy" if len(values) == 1 else None,
            hovertemplate="%{y:.1%} of them are near %{x:.2f}<extra>" + name + "</extra>",
        )
    return figure.update_layout(
        **look.titled(title),
        height=HEIGHT,
        showlegend=len(values) > 1,
        legend={"y": -0.3},
        xaxis_title=axis,
        yaxis={"tickformat": ".0%", "rangemode": "tozero"},
    )


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

    `edges` `(bins + 1,)` are those of the bins, `shares` `(ridges, bins)` the fraction in each; a
    ridge is scaled to its highest.
    """
    middles = (edges[1:] + edges[:-1]) / 2
    floors = range(len(names) - 1, -1, -1)
    figure = go.Figure()
    for place, (of_ridge, name, floor) in enumerate(zip(shares, names, floors, strict=True)):
        colour, width = (look.second, 2.5) if place == chosen else (look.accent, 1.5)
        level = np.full(len(middles), floor)
        figure.add_scatter(x=middles, y=level, mode="lines", line={"width": 0}, hoverinfo="skip")
        figure.add_scatter(
            x=middles,
            y=floor + RIDGE * of_ridge / max(float(of_ridge.max()), 1e-12),
            customdata=of_ridge,
            mode="lines",
            line={"width": width, "color": colour},
            fill="tonexty",
            fillcolor=faded(colour, 0.35),
            name=name,
            hovertemplate="%{customdata:.1%} are near %{x:.3g}<extra>" + name + "</extra>",
        )
    figure.add_vline(x=0, line={"color": look.muted, "width": 1, "dash": "dot"})
    return figure.update_layout(
        **look.titled(title, subtitle),
        height=120 + 34 * len(names),
        showlegend=False,
        xaxis={"showgrid": False, "range": [edges[0], edges[-1]]},
        yaxis={
            "tickvals": list(range(len(names))),
            "ticktext": list(reversed(names)),
            "range": [-0.1, len(names) - 1 + RIDGE + 0.1],
            "showgrid": False,
        },
    )


def explained_variance(explained: Floats, shown: int, look: Look) -> go.Figure:
    """Draw the fraction of variance in the first k components, and mark it for `shown`."""
    hover = {"hovertemplate": "the first %{x} capture %{y:.1%}<extra></extra>"}
    line = {"color": look.accent, "width": 2.5}
    marker = {"color": look.second, "size": 12}
    share = explained[shown - 1]
    figure = go.Figure()
    figure.add_scatter(
        x=np.arange(1, len(explained) + 1), y=explained, mode="lines", line=line, **hover
    )
    figure.add_scatter(x=[shown], y=[share], mode="markers", marker=marker, **hover)
    subtitle = f"The first {shown}: {share:.1%}"
    return figure.update_layout(
        **look.titled("How much of the differences they capture", subtitle),
        height=HEIGHT,
        showlegend=False,
        xaxis={"title": {"text": "components"}, "type": "log"},
        yaxis=SHARES,
    )

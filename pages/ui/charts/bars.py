"""Bar charts of a number for each class."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from mnist_core.arrays import Floats
from pages.ui.charts.percent import percent
from pages.ui.charts.theme import Look, class_colour


def class_balance(counts: NDArray[np.intp], names: Sequence[str], look: Look) -> go.Figure:
    """Draw the number of pictures of each named class, `(classes,)`, and an even share."""
    classes = range(len(counts))
    even = counts.sum() / len(counts)
    figure = go.Figure(
        go.Bar(
            x=counts,
            y=names,
            orientation="h",
            marker={"color": [class_colour(label) for label in classes]},
            text=[f"{count:,}" for count in counts],
            textposition="inside",
            insidetextanchor="start",
            customdata=counts / even - 1,
            hovertemplate="%{y}: %{x:,} pictures, %{customdata:+.1%} compared with an equal share"
            "<extra></extra>",
        )
    )
    figure.add_vline(x=even, line={"color": look.text, "width": 1.5, "dash": "dot"})
    figure.update_layout(
        **look.titled("How many pictures of each", f"Dotted line: {even:,.0f}, an equal share"),
        xaxis={"visible": False, "rangemode": "tozero"},
    )
    return list_of_bars(figure, look)


def vote_bars(votes: Floats, names: Sequence[str], look: Look) -> go.Figure:
    """Draw one unit's vote for each named class, `(classes,)`: left is against it, right for it."""
    reach = float(np.abs(votes).max()) or 1.0
    figure = go.Figure(
        go.Bar(
            x=votes,
            y=names,
            orientation="h",
            marker={"color": [look.speaks_for if vote > 0 else look.against for vote in votes]},
            text=[f"{vote:+.2f}" for vote in votes],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:+.3f}<extra></extra>",
        )
    )
    figure.add_vline(x=0, line={"color": look.muted, "width": 1})
    figure.update_layout(
        **look.titled("How it votes", "left: against, right: for"),
        xaxis={"visible": False, "range": [-1.3 * reach, 1.3 * reach]},
    )
    return list_of_bars(figure, look)


def paired_bars(
    before: Floats, after: Floats, kinds: tuple[str, str], names: Sequence[str], look: Look
) -> go.Figure:
    """Draw two fractions, 0 to 1, of each named class, `(classes,)` both, named by `kinds`."""
    figure = go.Figure()
    for shares, kind, colour in zip((before, after), kinds, (look.line, look.accent), strict=True):
        figure.add_bar(
            x=shares,
            y=names,
            orientation="h",
            name=kind,
            marker={"color": colour},
            text=[f"{share:.0%}" for share in shares] if colour == look.accent else None,
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}, " + kind + ": %{x:.1%}<extra></extra>",
        )
    figure.update_layout(
        **look.titled("How much of each it reads correctly"),
        xaxis={"visible": False, "range": [0, 1.2]},
        barmode="overlay",
        legend={"orientation": "h", "y": 0, "yanchor": "top"},
    )
    return list_of_bars(figure, look)


def likelihood_bars(probabilities: Floats, names: Sequence[str], look: Look) -> go.Figure:
    """Draw the probability of each named class, `(classes,)`; the highest stands out."""
    best = int(probabilities.argmax())
    figure = go.Figure(
        bars_of_shares(
            probabilities,
            names,
            [look.accent if label == best else look.muted for label in range(len(names))],
            "%{y}: %{x:.1%}<extra></extra>",
        )
    )
    figure.update_layout(
        **look.titled("How sure it is of each"),
        xaxis={"visible": False, "range": [0, 1.3]},
    )
    return list_of_bars(figure, look)


def bars_of_shares(
    shares: Floats, names: Sequence[str], colours: str | Sequence[str], hover: str
) -> go.Bar:
    """Build bars for named fractions, `(n,)`, each with its percentage behind it."""
    return go.Bar(
        x=shares,
        y=names,
        orientation="h",
        marker={"color": colours},
        text=[percent(share) for share in shares],
        textposition="outside",
        cliponaxis=False,
        hovertemplate=hover,
    )


def list_of_bars(figure: go.Figure, look: Look) -> go.Figure:
    """Lay out bars in rows, the first on top, so that they fit the width of a telephone."""
    rows = len(figure.data[0].y)
    figure.update_layout(height=96 + 31 * rows, dragmode=False, bargap=0.25)
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(
        type="category",
        autorange="reversed",
        showgrid=False,
        ticklabelstandoff=8,
        fixedrange=True,
        tickfont={"size": 15, "color": look.text},
    )
    return figure

"""Bar charts of a number for each class, or for other things with a name."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from mnist_core.arrays import Floats
from pages.ui.charts.percent import percent
from pages.ui.charts.theme import Look, class_colour

BEHIND = {"textposition": "outside", "cliponaxis": False}
WITHIN = {"textposition": "inside", "insidetextanchor": "start"}
"""Where the number of a bar stands."""


def class_balance(counts: NDArray[np.intp], names: Sequence[str], look: Look) -> go.Figure:
    """Draw the number of pictures of each named class, `(classes,)`, and an even share."""
    even = counts.sum() / len(counts)
    colours = [class_colour(label) for label in range(len(counts))]
    hover = "%{y}: %{x:,} pictures, %{customdata:+.1%} compared with an equal share"
    texts = [f"{count:,}" for count in counts]
    figure = in_rows(
        [bars(counts, names, colours, texts, hover, customdata=counts / even - 1, **WITHIN)],
        look,
        "How many pictures of each",
        f"Dotted line: {even:,.0f}, an equal share",
        rangemode="tozero",
    )
    return figure.add_vline(x=even, line={"color": look.text, "width": 1.5, "dash": "dot"})


def spreads(names: Sequence[str], values: Floats, look: Look) -> go.Figure:
    """Draw the spread within each class, `(classes,)`, the largest on top."""
    order = np.argsort(-values)
    sorted_names = [names[label] for label in order]
    colours = [class_colour(int(label)) for label in order]
    texts = [f"{value:,.0f}" for value in values[order]]
    return in_rows(
        [bars(values[order], sorted_names, colours, texts, "%{y}: %{x:,.0f}", **WITHIN)],
        look,
        "How much they differ",
        "Distance from their average, in grey values",
        rangemode="tozero",
    )


def vote_bars(votes: Floats, names: Sequence[str], look: Look) -> go.Figure:
    """Draw one unit's vote for each named class, `(classes,)`: left is against it, right for it."""
    reach = 1.3 * (float(np.abs(votes).max()) or 1.0)
    colours = [look.speaks_for if vote > 0 else look.against for vote in votes]
    texts = [f"{vote:+.2f}" for vote in votes]
    figure = in_rows(
        [bars(votes, names, colours, texts, "%{y}: %{x:+.3f}")],
        look,
        "How it votes",
        "left: against, right: for",
        range=[-reach, reach],
    )
    return figure.add_vline(x=0, line={"color": look.muted, "width": 1})


def paired_bars(
    before: Floats, after: Floats, kinds: tuple[str, str], names: Sequence[str], look: Look
) -> go.Figure:
    """Draw two fractions, 0 to 1, of each named class, `(classes,)` both, named by `kinds`."""
    texts = [f"{share:.0%}" for share in after]
    hovers = [f"%{{y}}, {kind}: %{{x:.1%}}" for kind in kinds]
    pair = [
        bars(before, names, look.line, None, hovers[0], name=kinds[0]),
        bars(after, names, look.accent, texts, hovers[1], name=kinds[1]),
    ]
    figure = in_rows(pair, look, "How much of each it reads correctly", range=[0, 1.2])
    return figure.update_layout(barmode="overlay", legend={"y": 0, "yanchor": "top"})


def likelihood_bars(probabilities: Floats, names: Sequence[str], look: Look) -> go.Figure:
    """Draw the probability of each named class, `(classes,)`; the highest stands out."""
    colours = [look.muted] * len(names)
    colours[int(probabilities.argmax())] = look.accent
    texts = [percent(share) for share in probabilities]
    shares = bars(probabilities, names, colours, texts, "%{y}: %{x:.1%}")
    return in_rows([shares], look, "How sure it is of each", range=[0, 1.3])


def bars(
    values: NDArray[Any],
    names: Sequence[str],
    colours: str | Sequence[str],
    texts: Sequence[str] | None,
    hover: str,
    **options: Any,
) -> go.Bar:
    """Build horizontal bars for named values, `(n,)`, each with its text, behind it by default."""
    return go.Bar(
        x=values,
        y=names,
        orientation="h",
        marker={"color": colours},
        text=texts,
        hovertemplate=f"{hover}<extra></extra>",
        **(BEHIND | options),
    )


def in_rows(
    groups: Sequence[go.Bar], look: Look, title: str, subtitle: str = "", **axis: Any
) -> go.Figure:
    """Lay out bars in rows, the first on top, so that they fit the width of a telephone.

    Args:
        groups: bars of the same names.
        axis: the range of the values.
    """
    figure = go.Figure(groups)
    figure.update_layout(
        **look.titled(title, subtitle), height=96 + 31 * len(groups[0].y), bargap=0.25
    )
    figure.update_xaxes(visible=False, **axis)
    return figure.update_yaxes(
        type="category",
        autorange="reversed",
        showgrid=False,
        ticklabelstandoff=8,
        tickfont={"size": 15, "color": look.text},
    )

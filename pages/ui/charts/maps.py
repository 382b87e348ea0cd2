"""Scatter charts of pictures in two or three dimensions, coloured by group."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from mnist_core.arrays import Floats, Indices
from pages.ui.charts.theme import Look

HEIGHT = 620
POINT = 5


@dataclass(frozen=True)
class PointGroup:
    """Points of one colour, by their indices on the map."""

    name: str
    colour: str
    members: Indices


def picture_map(
    title: str,
    subtitle: str,
    places: Floats,
    names: Sequence[str],
    groups: Sequence[PointGroup],
    look: Look,
    height: int = HEIGHT,
) -> go.Figure:
    """Draw points at `places` `(2 or 3, n)`; each has its index as its `customdata`."""
    flat = len(places) == 2
    figure = go.Figure()
    for group in groups:
        trace = {
            **dict(zip("xyz", places[:, group.members], strict=False)),
            "name": group.name,
            "mode": "markers",
            "marker": {"color": group.colour, "size": POINT if flat else 2.5, "opacity": 0.75},
            "customdata": group.members,
            "text": [names[member] for member in group.members],
            "hovertemplate": "%{text}<extra></extra>",
        }
        figure.add_trace(go.Scattergl(trace) if flat else go.Scatter3d(trace))
    hidden = {"visible": False}
    return figure.update_layout(
        **look.titled(title, subtitle),
        height=height,
        uirevision=title,
        dragmode="pan" if flat else "orbit",
        hovermode="closest",
        legend={"y": 0, "yanchor": "top", "itemsizing": "constant"},
        margin={"t": 44, "l": 0, "r": 0, "b": 0},
        xaxis={"visible": False, "fixedrange": False},
        yaxis={"visible": False, "fixedrange": False, "scaleanchor": "x"},
        scene={"xaxis": hidden, "yaxis": hidden, "zaxis": hidden},
    )

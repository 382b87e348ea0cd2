"""Charts of a search's trials: their history, their settings, and each setting's importance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from mnist_core.arrays import Floats, Indices
from pages.ui.charts.bars import bars_of_shares, list_of_bars
from pages.ui.charts.theme import Look, faded

HEIGHT = 320
FAINTEST = 0.15
"""Opacity of the worst trial's line, 0 to 1."""

CORRECT = "reads correctly"
SHARE = ".4~p"
"""D3's format for a percentage without zeros at its end."""


@dataclass(frozen=True)
class Scale:
    """One number of each trial, on a scale of its own.

    Attributes:
        values: one a trial, `(n,)`.
        ends: the lowest and the highest value that the scale has room for.
        logarithmic: True if equal ratios are equally far apart on it.
        told: the values in words, one a trial.
        ends_told: the ends in words.
    """

    name: str
    values: Floats
    ends: tuple[float, float]
    logarithmic: bool
    told: Sequence[str]
    ends_told: tuple[str, str]

    @property
    def places(self) -> Floats:
        """The positions of the values between the ends, 0 to 1, `(n,)`."""
        ends = np.array(self.ends)
        values, (low, high) = (
            (np.log(self.values), np.log(ends)) if self.logarithmic else (self.values, ends)
        )
        places: Floats = (values - low) / (high - low) if low < high else np.full(len(values), 0.5)
        return places


def search_history(
    numbers: Sequence[int], shares: Floats, told: Sequence[str], look: Look
) -> go.Figure:
    """Draw the accuracy of each trial, `(n,)`, and the best so far; `told` is shown on hover.

    `numbers` are the trials' numbers, ascending.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=numbers,
        y=np.maximum.accumulate(shares),
        mode="lines",
        name="the best so far",
        line={"color": look.accent, "width": 2.5, "shape": "hv"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=numbers,
        y=shares,
        mode="markers",
        name="one trial",
        marker={"color": look.second, "size": 9},
        text=told,
        hovertemplate=f"trial %{{x}} {CORRECT} %{{y:{SHARE}}}<br>%{{text}}<extra></extra>",
    )
    figure.update_layout(
        **look.titled("How the search went"),
        height=HEIGHT,
        margin={"t": 48},
        dragmode=False,
        legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top"},
        xaxis={"title": {"text": "trial", "standoff": 4}, "tickformat": "d", "fixedrange": True},
        yaxis={
            "title": {"text": CORRECT, "standoff": 12},
            "tickformat": SHARE,
            "fixedrange": True,
        },
    )
    return figure


ROW = 62
"""Pixels between two scales."""


def scales_of_trials(
    scales: Sequence[Scale], numbers: Sequence[int], order: Indices, look: Look
) -> go.Figure:
    """Draw parallel coordinates in rows: a row a scale, the first on top, and a line a trial.

    Rows, unlike columns, have room for their names on a telephone.

    Args:
        scales: at least two.
        numbers: the trials' numbers, in the order of the scales' values.
        order: their indices in `numbers`, the worst first and the best last.
    """
    rows = [-row for row in range(len(scales))]
    figure = go.Figure()
    for trial, strength in zip(order, np.linspace(FAINTEST, 1, len(order)), strict=True):
        line = {"color": faded(look.accent, strength), "width": 1.5}
        figure.add_trace(_trial(scales, rows, int(trial), f"trial {numbers[trial]}", line))
    best = {"name": "the best trial", "showlegend": True}
    figure.data[-1].update(best, line={"color": look.second, "width": 3})
    for row, scale in zip(rows, scales, strict=True):
        for end, (text, side) in enumerate(zip(scale.ends_told, ("left", "right"), strict=True)):
            figure.add_annotation(_end(end, row, text, side, look))
    figure.update_layout(
        **look.titled("Which settings go together", "One line per trial: the stronger, the better"),
        height=110 + ROW * len(scales),
        dragmode=False,
        hovermode="closest",
        legend={"orientation": "h", "x": 0, "y": 0, "yanchor": "top"},
        xaxis={"range": [-0.03, 1.03], "visible": False, "fixedrange": True},
        yaxis={
            "tickvals": rows,
            "ticktext": [_in_lines(scale.name) for scale in scales],
            "tickfont": {"color": look.text},
            "range": [rows[-1] - 0.45, 0.2],
            "ticklabelstandoff": 8,
            "fixedrange": True,
        },
    )
    return figure


def _trial(
    scales: Sequence[Scale], rows: Sequence[int], trial: int, name: str, line: dict[str, object]
) -> go.Scatter:
    return go.Scatter(
        x=[scale.places[trial] for scale in scales],
        y=rows,
        mode="lines+markers",
        name=name,
        showlegend=False,
        line=line,
        text=[f"{scale.name}: {scale.told[trial]}" for scale in scales],
        hovertemplate=f"%{{text}}<extra>{name}</extra>",
    )


def _end(place: int, row: int, text: str, side: str, look: Look) -> dict[str, object]:
    """Build the text below one end of a scale; it stays legible where lines pass."""
    return {
        "x": place,
        "y": row,
        "text": text,
        "xanchor": side,
        "yanchor": "top",
        "yshift": -5,
        "showarrow": False,
        "borderpad": 1,
        "bgcolor": faded(look.background, 0.7),
        "font": {"size": 12, "color": look.muted},
    }


LONGEST = 16
"""The most letters of a name in one line."""


def _in_lines(name: str) -> str:
    """Break a name into lines short enough for the edge of a chart."""
    lines = [""]
    for word in name.split():
        together = f"{lines[-1]} {word}".strip()
        if len(together) > LONGEST and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = together
    return "<br>".join(lines)


def importance_bars(shares: Floats, names: Sequence[str], look: Look) -> go.Figure:
    """Draw the importance of each named setting, fractions of 1, `(n,)`, in the order given."""
    figure = go.Figure(bars_of_shares(shares, names, look.second, "%{y}: %{x:.0%}<extra></extra>"))
    figure.update_layout(
        **look.titled("Which setting mattered most", "for being among the best trials"),
        xaxis={"visible": False, "range": [0, 1.2 * float(np.max(shares)) or 1.0]},
    )
    return list_of_bars(figure, look)

"""Charts of a search's trials: their history, their settings, and each setting's importance."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
import plotly.graph_objects as go

from mnist_core.arrays import Floats, Indices
from pages.ui.charts.bars import bars, in_rows
from pages.ui.charts.percent import percent
from pages.ui.charts.theme import Look, faded

FAINTEST = 0.15
"""Opacity of the worst trial's line, 0 to 1."""

CORRECT = "reads correctly"
SHARE = ".4~p"
"""D3's format for a percentage without zeros at its end."""

ROW = 62
"""Pixels between two scales."""

LONGEST = 16
"""The most letters of a scale's name in one line, at the edge of a chart."""


@dataclass(frozen=True)
class Scale:
    """One number of each trial, on a scale of its own.

    Attributes:
        values: one a trial, `(n,)`.
        ends: the lowest and the highest value that the scale has room for.
        logarithmic: True if equal ratios are equally far apart on it.
        texts: the values in words, one a trial.
        end_texts: the ends in words.
    """

    name: str
    values: Floats
    ends: tuple[float, float]
    logarithmic: bool
    texts: Sequence[str]
    end_texts: tuple[str, str]

    @property
    def positions(self) -> Floats:
        """The positions of the values between the ends, 0 to 1, `(n,)`."""
        values, ends = self.values, np.array(self.ends)
        if self.logarithmic:
            values, ends = np.log(values), np.log(ends)
        low, high = ends
        if low == high:
            return np.full(len(values), 0.5)
        return np.asarray((values - low) / (high - low))


def search_history(
    numbers: Sequence[int], shares: Floats, settings: Sequence[str], look: Look
) -> go.Figure:
    """Draw the accuracy of each trial, `(n,)`, and the best so far; `settings` appear on hover.

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
        text=settings,
        hovertemplate=f"trial %{{x}} {CORRECT} %{{y:{SHARE}}}<br>%{{text}}<extra></extra>",
    )
    return figure.update_layout(
        **look.titled("How the search went"),
        height=320,
        margin={"t": 48},
        legend={"x": 0, "y": -0.2, "yanchor": "top"},
        xaxis={"title": {"text": "trial", "standoff": 4}, "tickformat": "d"},
        yaxis={"title": {"text": CORRECT, "standoff": 12}, "tickformat": SHARE},
    )


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
        figure.add_scatter(
            x=[scale.positions[trial] for scale in scales],
            y=rows,
            mode="lines+markers",
            name=f"trial {numbers[trial]}",
            showlegend=False,
            line={"color": faded(look.accent, strength), "width": 1.5},
            text=[f"{scale.name}: {scale.texts[trial]}" for scale in scales],
            hovertemplate=f"%{{text}}<extra>trial {numbers[trial]}</extra>",
        )
    best = {"name": "the best trial", "showlegend": True}
    figure.data[-1].update(best, line={"color": look.second, "width": 3})
    for row, scale in zip(rows, scales, strict=True):
        for end, (text, side) in enumerate(zip(scale.end_texts, ("left", "right"), strict=True)):
            figure.add_annotation(
                x=end,
                y=row,
                text=text,
                xanchor=side,
                yanchor="top",
                yshift=-5,
                showarrow=False,
                borderpad=1,
                bgcolor=faded(look.background, 0.7),  # it stays legible where lines pass
                font={"size": 12, "color": look.muted},
            )
    return figure.update_layout(
        **look.titled("Which settings go together", "One line per trial: the stronger, the better"),
        height=110 + ROW * len(scales),
        hovermode="closest",
        legend={"x": 0, "y": 0, "yanchor": "top"},
        xaxis={"range": [-0.03, 1.03], "visible": False},
        yaxis={
            "tickvals": rows,
            "ticktext": [_in_lines(scale.name) for scale in scales],
            "tickfont": {"color": look.text},
            "range": [rows[-1] - 0.45, 0.2],
            "ticklabelstandoff": 8,
        },
    )


def _in_lines(name: str) -> str:
    """Break a name between words into lines short enough for the edge of a chart."""
    return "<br>".join(wrap(name, LONGEST, break_long_words=False, break_on_hyphens=False))


def importance_bars(shares: Floats, names: Sequence[str], look: Look) -> go.Figure:
    """Draw the importance of each named setting, fractions of 1, `(n,)`, in the order given."""
    texts = [percent(share) for share in shares]
    return in_rows(
        [bars(shares, names, look.second, texts, "%{y}: %{x:.0%}")],
        look,
        "Which setting mattered most",
        "for being among the best trials",
        range=[0, 1.2 * float(np.max(shares)) or 1.0],
    )

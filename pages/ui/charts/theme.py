"""The lab's colours, light and dark, and the Plotly template made of them.

The pages' own colours are in `.streamlit/config.toml`; a test keeps the two together.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

Mode: TypeAlias = Literal["light", "dark"]

SANS = '"Source Sans", sans-serif'
SERIF = '"Source Serif", serif'

CLASS_COLOURS = (
    "#3f90da",
    "#ffa90e",
    "#bd1f01",
    "#94a4a2",
    "#832db6",
    "#a96b59",
    "#e76300",
    "#b9ac70",
    "#717581",
    "#92dadd",
)
"""A colour for each digit, distinguishable with any of the three kinds of colour blindness.

The ten-colour sequence of M. A. Petroff, "Accessible Color Sequences for Data Visualization"
(2021), <https://arxiv.org/abs/2107.02270>.
"""


@dataclass(frozen=True)
class Look:
    """The colours of one mode, as `#rrggbb`.

    `paper` and `ink` draw the images of a data set; `paper` is also the neutral zero between
    `against` (negative) and `speaks_for` (positive) wherever a number has a sign.
    """

    mode: Mode
    background: str
    text: str
    muted: str
    line: str
    paper: str
    ink: str
    accent: str
    second: str
    against: str
    speaks_for: str

    @property
    def colours(self) -> dict[str, str]:
        """Every colour by its name, for the stylesheets of components."""
        return {name: colour for name, colour in asdict(self).items() if name != "mode"}

    def template(self) -> go.layout.Template:
        """Build the template of all charts: transparent, in the fonts of the page, a quiet grid."""
        axis = {
            "gridcolor": self.line,
            "linecolor": self.line,
            "zeroline": False,
            "automargin": True,
            "tickfont": {"color": self.muted, "size": 13},
            "title": {"font": {"color": self.muted, "size": 14}},
        }
        return go.layout.Template(
            layout={
                "paper_bgcolor": "rgba(0,0,0,0)",
                "plot_bgcolor": "rgba(0,0,0,0)",
                "font": {"family": SANS, "size": 14, "color": self.text},
                "title": {
                    "font": {"family": SERIF, "size": 20, "weight": 600},
                    "x": 0,
                    "xref": "container",
                    "xanchor": "left",
                    "subtitle": {"font": {"family": SANS, "size": 13, "color": self.muted}},
                },
                "margin": {"l": 0, "r": 10, "t": 76, "b": 10},
                "colorway": [self.accent, self.second, *CLASS_COLOURS],
                "hoverlabel": {
                    "bgcolor": self.paper,
                    "bordercolor": self.line,
                    "font": {"family": SANS, "size": 14, "color": self.text},
                },
                "xaxis": axis,
                "yaxis": axis,
            }
        )

    def titled(self, title: str, subtitle: str = "") -> dict[str, Any]:
        """Return title and template of a chart without zoom, for `update_layout(**…)`."""
        template = self.template()
        template.layout.update(
            dragmode=False,
            xaxis_fixedrange=True,
            yaxis_fixedrange=True,
            legend_orientation="h",
        )
        text: dict[str, Any] = {"text": title}
        if subtitle:
            text["subtitle"] = {"text": subtitle}
        return {"template": template, "title": text}

    def diverging(self) -> list[tuple[float, str]]:
        """Return the scale for signed numbers, for Plotly: set `zmid=0` so that zero is neutral."""
        return [(0.0, self.against), (0.5, self.paper), (1.0, self.speaks_for)]


LIGHT = Look(
    mode="light",
    background="#faf6ef",
    text="#2a2521",
    muted="#6b6257",
    line="#ddd3c2",
    paper="#ffffff",
    ink="#2a2521",
    accent="#0e675f",
    second="#b8480f",
    against="#1f5fa8",
    speaks_for="#b8480f",
)

DARK = Look(
    mode="dark",
    background="#1b1815",
    text="#efe8dc",
    muted="#a89e8f",
    line="#40392f",
    paper="#0c0a09",
    ink="#f5efe4",
    accent="#4db8aa",
    second="#f0a35e",
    against="#62aef2",
    speaks_for="#f28a3c",
)

SHARES = {"tickformat": ".0%", "range": [0, 1.03]}
"""An axis of fractions, from 0 to 1."""

LOOKS: dict[Mode, Look] = {"light": LIGHT, "dark": DARK}


def class_colour(label: int) -> str:
    """Return the colour of a class; beyond ten classes the colours repeat."""
    return CLASS_COLOURS[label % len(CLASS_COLOURS)]


def rgb(colour: str) -> NDArray[np.float32]:
    """Convert `#rrggbb` to three numbers from 0 to 255, float32 `(3,)`."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float32)


def faded(colour: str, opacity: float) -> str:
    """Make a translucent colour of `#rrggbb`, with an opacity of 0 to 1."""
    red, green, blue = rgb(colour).astype(int)
    return f"rgba({red}, {green}, {blue}, {opacity:g})"

"""A scatter chart whose points are pictures: each is shown on hover, and can be chosen.

Points are reported by their indices in Plotly's `customdata`, because the positions that are
reported for points are not reliable (streamlit issue 8914). All pictures reach the browser as one
sheet of 16 greys.
"""

import base64
import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from PIL import Image

from mnist_core.arrays import Pixels
from pages.ui.charts.theme import Look, rgb
from pages.ui.components import browser, registry
from pages.ui.components.live_chart import PLOTLY_LIBRARY

COLUMNS = 100
ZOOM = 4
GREYS = 16

_component = registry.load(
    "lab_picture_map",
    __file__,
    html='<div class="lab-map"><div class="lab-map-chart" role="img"></div>'
    '<div class="lab-map-card" hidden></div></div>',
    shared=(PLOTLY_LIBRARY,),
    isolate_styles=False,
)


def picture_map(
    figure: go.Figure,
    images: Pixels,
    *,
    key: str,
    on_touch: Callable[[int], None],
    on_select: Callable[[Sequence[int]], None],
) -> None:
    """Show a map.

    Args:
        figure: points whose `customdata` are indices into `images`.
        images: `(n, h, w)`.
        on_touch: called with the index of a picture that is clicked.
        on_select: called with the indices of those in a box or a lasso.
    """

    known = range(len(images))

    def several(reported: Any) -> list[int]:
        return [browser.one_of(known, number) for number in reported]

    touch = browser.when_reported(key, "touched", partial(browser.one_of, known), on_touch)
    select = browser.when_reported(key, "selected", several, on_select)
    look = browser.look()
    data = {
        "figure": figure.to_json(),
        "sheet": _sheet(images, look),
        "columns": COLUMNS,
        "width": images.shape[2],
        "height": images.shape[1],
        "zoom": ZOOM,
        "line": look.line,
    }
    _component(
        key=key,
        data=data,
        height=figure.layout.height,
        on_touched_change=touch,
        on_selected_change=select,
    )


@st.cache_data(max_entries=8, show_spinner=False)
def _sheet(images: Pixels, look: Look) -> str:
    """Draw images `(n, h, w)`, `COLUMNS` in a row, in 16 greys of the mode, as a data URL."""
    n, height, width = images.shape
    rows = -(-n // COLUMNS)
    padded = np.zeros((rows * COLUMNS, height, width), np.uint8)
    padded[:n] = images // (256 // GREYS)
    tiled = padded.reshape(rows, COLUMNS, height, width).swapaxes(1, 2)
    picture = Image.fromarray(tiled.reshape(rows * height, COLUMNS * width), "P")
    shares = np.linspace(0, 1, GREYS)[:, None]
    palette = rgb(look.paper) + (rgb(look.ink) - rgb(look.paper)) * shares
    picture.putpalette(np.rint(palette).astype(np.uint8).tobytes())
    file = io.BytesIO()
    picture.save(file, "PNG", bits=4, compress_level=1)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"

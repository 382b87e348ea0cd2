"""A Plotly chart that is updated where it stands, so that zoom survives and nothing flickers.

`st.plotly_chart` builds its chart anew whenever the data change. This component keeps one node
and hands new data to `Plotly.react`. The library comes from the plotly package itself, at
`PLOTLY_ROUTE`, which `app.py` serves.
"""

from pathlib import Path

import plotly
import plotly.graph_objects as go
import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

PLOTLY_ROUTE = Mount(
    "/vendor", StaticFiles(directory=Path(plotly.__file__).with_name("package_data"))
)
"""Where a visitor's browser gets `plotly.min.js`: a route for `st.App`."""

_component = st.components.v2.component(
    "lab_live_chart",
    html='<div class="live-chart" role="img"></div>',
    js=Path(__file__).with_name("plot.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def live_chart(figure: go.Figure, key: str) -> None:
    """Show a figure under `key`; a new figure under the same key moves the same chart.

    Zoom is kept as long as the figure's `layout.uirevision` stays the same. The figure needs a
    height.
    """
    _component(
        key=key,
        data={"figure": figure.to_json(), "title": figure.layout.title.text or ""},
        height=figure.layout.height,
    )

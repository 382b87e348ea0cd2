"""A Plotly chart that is updated in place, so that zoom survives and nothing flickers.

`st.plotly_chart` builds its chart anew whenever the data change (docs/streamlit.md). This component
keeps one node and hands new data to `Plotly.react`. The library comes from the plotly package
itself, at `PLOTLY_ROUTE`, which `app.py` serves.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import plotly
import plotly.graph_objects as go
import streamlit as st

from pages.ui.components import registry
from pages.ui.server.routes import folder

PLOTLY_ROUTE = folder("/vendor", Path(plotly.__file__).with_name("package_data"))
"""The route of `plotly.min.js`, for `st.App`."""

PLOTLY_LIBRARY = "plotly_library.js"
"""The script that loads it, shared by every component that draws with it."""

_HTML = """
<div class="live-chart" role="img"></div>
<div class="chart-tools">
  <button type="button" hidden>Show all</button>
  <button type="button">Save picture</button>
</div>
"""

_component = registry.load(
    "lab_live_chart", __file__, html=_HTML, shared=(PLOTLY_LIBRARY,), isolate_styles=False
)

_ahead = st.components.v2.component(
    "lab_plotly_ahead",
    js=registry.beside(__file__, PLOTLY_LIBRARY) + "export default function () { rehearse(); }",
)


def fetch_ahead(key: str) -> None:
    """Let the browser load Plotly before there is a chart, because it takes a while."""
    _ahead(key=key)


def live_chart(
    figure: go.Figure | Mapping[str, Any], key: str, description: str, height: str
) -> None:
    """Show a figure under `key`; a new figure under the same key moves the same chart.

    Its type, lines and margins scale with the type of the page.

    Args:
        figure: one of Plotly's, or a mapping as plotly.js takes it, of values that JSON has. Zoom
            is kept for as long as its `layout.uirevision` stays the same.
        description: its content in words, for screen readers.
        height: a length of CSS, such as "20rem".
    """
    text = figure.to_json() if isinstance(figure, go.Figure) else json.dumps(figure)
    data = {"figure": text, "description": description, "height": height}
    _component(key=key, data=data, height="content")

"""The frame's style, and what it makes a visitor's browser do, in one stylesheet and one component.

`frame.css` and `frame.js` say of each piece what a page is like without it.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.ui.components import registry
from pages.ui.elements.mention import ANCHOR

KEY = "lab_frame"
ASKED = "asked"
"""Reported with a term of the glossary that the visitor has touched in a sentence."""

STYLE = Path(__file__).with_suffix(".css")

WATCHED = '<i style="color: var(--st-background-color); transition: color 1ms"></i>'
"""An element whose colour changes with the mode."""

_component = st.components.v2.component(KEY, html=WATCHED, js=registry.beside(__file__, "frame.js"))


def show(page: str, on_asked: Callable[[], None]) -> None:
    """Mount style and script on the page of this title; `on_asked` is called with `ASKED`."""
    st.html(STYLE)
    _component(
        key=KEY,
        data={"page": page, "mode": st.context.theme.type, "anchor": ANCHOR},
        height=1,
        on_asked_change=on_asked,
        on_back_change=lambda: None,
    )

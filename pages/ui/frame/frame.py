"""The style, the browser-side behaviour and the menu of the frame, around every page.

`frame.css` and `frame.js` say for each piece which fault a page has without it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.ui.components import registry
from pages.ui.elements.mention import ANCHOR

KEY = "lab_frame"
MENU = "menu"
ASKED = "asked"
"""The event that reports a clicked term of the glossary in a sentence."""

STYLE = Path(__file__).with_suffix(".css")

WATCHED = '<i style="color: var(--st-background-color); transition: color 1ms"></i>'
"""An element whose colour changes with the mode."""

_component = st.components.v2.component(KEY, html=WATCHED, js=registry.beside(__file__, "frame.js"))


def show(page: str, pages: Sequence[StreamlitPage], on_asked: Callable[[], None]) -> None:
    """Mount style and script on the page of this title, and show the menu of a telephone.

    The menu is a link to each page; `frame.css` shows either it or Streamlit's own navigation, by
    the width of the screen. `on_asked` is called with `ASKED`.
    """
    st.html(STYLE)
    _component(
        key=KEY,
        data={"page": page, "mode": st.context.theme.type, "anchor": ANCHOR},
        height=1,
        on_asked_change=on_asked,
        on_back_change=lambda: None,
    )
    with st.container(horizontal=True, key=MENU):
        for one in pages:
            st.page_link(one, icon="", width="content")

"""The menu on a telephone: a link to each page, side by side, in the bar at the top.

`frame.css` shows either this menu or Streamlit's own navigation, by the width of the screen.
"""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

KEY = "menu"


def show(pages: Sequence[StreamlitPage]) -> None:
    """Show the menu; on wide screens it is hidden."""
    with st.container(horizontal=True, key=KEY):
        for page in pages:
            st.page_link(page, icon="", width="content")

"""The menu on a telephone: a link to each page, side by side, in the bar at the top.

`frame.css` hides it where Streamlit shows its own navigation, and that one where it shows this.
"""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

KEY = "menu"


def show(pages: Sequence[StreamlitPage]) -> None:
    """Show the menu, where the screen is as narrow as that."""
    with st.container(horizontal=True, key=KEY):
        for page in pages:
            st.page_link(page, icon="", width="content")

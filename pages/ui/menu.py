"""The menu on a telephone: a link to each page, side by side, in the bar at the top.

Streamlit's own navigation turns into a drawer there. It is opened by a bare "»", and stays over the
page that one has chosen in it until one taps beside it.
"""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

KEY = "menu"
WIDE = "768px"
"""From this width on, Streamlit shows its navigation as a row of links."""

CSS = f"""
[data-testid=stLayoutWrapper]:has(> .st-key-{KEY}) {{ position: absolute; }}
@media (min-width: {WIDE}) {{ .st-key-{KEY} {{ display: none; }} }}
@media (max-width: calc({WIDE} - 1px)) {{
  [data-testid="stExpandSidebarButton"], [data-testid="stSidebar"] {{ display: none; }}
  .st-key-{KEY} {{
    position: fixed; z-index: 1000000; top: 0.9rem; left: 3rem; width: calc(100vw - 6rem); gap: 0;
    flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none;
  }}
  .st-key-{KEY} a {{ padding: 0.2rem clamp(0.1rem, 1vw, 0.35rem); }}
}}
@media (max-width: 460px) {{
  .st-key-{KEY} {{ left: 2.75rem; width: calc(100vw - 5.25rem); }}
  .st-key-{KEY} a {{ padding: 0.2rem 0.19rem; }}
  .st-key-{KEY} a p {{ font-size: 0.75rem; }}
}}
"""


def show(pages: Sequence[StreamlitPage]) -> None:
    """Show the menu, where the screen is as narrow as that."""
    st.html(f"<style>{CSS}</style>")
    with st.container(horizontal=True, key=KEY):
        for page in pages:
            st.page_link(page, icon="", width="content")

"""On a telephone the close-up is small and stays above the gallery, so that both are seen."""

import streamlit as st

from pages.ui import widgets
from pages.ui.weights.session import Key

NARROW = "640px"
"""From this width on, Streamlit shows columns side by side."""

CSS = """
@media (max-width: {narrow}) {{
  [data-testid="stColumn"]:has(.st-key-{key}) {{
    order: -1; position: sticky; top: 3.75rem; z-index: 99;
    background: {background}; border-bottom: 1px solid {line}; padding-bottom: 0.5rem;
  }}
  .st-key-{key} {{
    display: grid; grid-template-columns: 112px 1fr; gap: 0 0.75rem; align-items: start;
    max-height: 40vh; overflow-y: auto;
  }}
  .st-key-{key} > :has(img) {{ grid-area: 1 / 1 / 3 / 2; width: 112px; }}
  .st-key-{key} [data-testid="stImage"], .st-key-{key} img {{ width: 112px !important; }}
  .st-key-{key} h3 {{ padding: 0; font-size: 1.1rem; }}
  .st-key-{key} [data-testid="stMarkdownContainer"] {{ margin-bottom: 0; }}
}}
"""


def keep_close_up_in_sight() -> None:
    """Arrange the close-up and the gallery beside it for a narrow screen."""
    look = widgets.look()
    css = CSS.format(narrow=NARROW, key=Key.CLOSE_UP, background=look.background, line=look.line)
    st.html(f"<style>{css}</style>")

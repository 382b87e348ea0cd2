"""What Streamlit paints with too little contrast to be read, and no setting of the theme can mend.

WCAG 2.2 asks for a contrast of 4.5 (success criterion 1.4.3).
"""

import streamlit as st

from pages.ui.charts.theme import LIGHT

CAPTION_OPACITY = 0.75
"""Streamlit's own is 0.6, which on the light page is a contrast of 4.0."""

FILLED = LIGHT.accent
"""Behind the white words of a button or a tag. In the dark, the theme's primary colour is lighter:
there it is the colour of words."""

CSS = f"""
div[data-testid="stCaptionContainer"] {{ opacity: {CAPTION_OPACITY}; }}
button[data-testid="stBaseButton-primary"] {{ background: {FILLED}; border-color: {FILLED}; }}
span.katex-display {{ overflow: visible !important; }}
span[data-tag] {{ background: {FILLED}; }}
"""


def mend() -> None:
    """Paint them anew."""
    st.html(f"<style>{CSS}</style>")

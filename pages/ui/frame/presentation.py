"""A page for an audience: larger type, no controls; the address says so."""

import streamlit as st

from pages.ui.visit import current

PARAMETER, YES = "present", "yes"

LARGE = """
<style>
html { font-size: max(16px, min(1.25vw, 2.2vh)) !important; }
@media (min-width: 640px) {
  [data-testid="stMainBlockContainer"] {
    max-width: none; padding-inline: 2.5rem; padding-bottom: 1rem;
  }
}
</style>
"""
"""All measures of Streamlit's follow the size of the type; here it follows the screen's."""


def asked_for() -> bool:
    """Whether the address asks for it."""
    return current.query().get(PARAMETER) == YES


def is_on(key: str) -> bool:
    """Whether the switch of that key is on."""
    return bool(st.session_state.get(key, False))


def toggle(key: str) -> None:
    """The switch between the page for one and the page for many."""
    st.toggle(
        "Presentation mode",
        key=key,
        persist_state="session",
        help="Hides the controls and fills the screen, for an audience. The address of the page "
        "remembers it.",
    )

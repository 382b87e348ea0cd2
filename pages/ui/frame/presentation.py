"""The presentation mode of a page: larger type and no controls, asked for by the address."""

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
"""All sizes of Streamlit's depend on the size of the type; here that depends on the screen."""


def asked_for() -> bool:
    """Return True if the address asks for the presentation mode."""
    return current.query().get(PARAMETER) == YES


def is_on(key: str) -> bool:
    """Return True if the switch of this key is on."""
    return bool(st.session_state.get(key, False))


def toggle(key: str) -> None:
    """Show the switch of the presentation mode."""
    st.toggle(
        "Presentation mode",
        key=key,
        persist_state="session",
        help="Hides the controls and fills the screen, for an audience. The address of the page "
        "remembers it.",
    )

"""The glossary on a page: its terms first, and what the chosen one means."""

import streamlit as st

from pages.ui import faults, menu
from pages.ui.words import session
from pages.ui.words.card import tell
from pages.ui.words.entries import ENTRIES, ON_PAGES, TERMS

CSS = f"""<style>
@media (min-width: {menu.WIDE}) {{
  [data-testid=stLayoutWrapper]:has(> .st-key-{session.PLACE}) {{ position: absolute; }}
  .st-key-{session.PLACE} {{
    position: fixed; z-index: 1000000; top: 0.6rem; right: 4rem; width: auto;
  }}
}}
@media (max-width: calc({menu.WIDE} - 1px)) {{
  [data-testid=stLayoutWrapper]:has(> .st-key-{session.PLACE}) {{ order: 1; }}
}}
</style>"""
"""Where there is room, the glossary stands in the bar at the top of a page, else at its end."""


def show(page: str) -> None:
    """A button that opens the glossary, on the page of this title."""
    st.html(CSS)
    with (
        st.container(key=session.PLACE),
        st.popover(
            "Glossary",
            icon=":material/dictionary:",
            type="tertiary",
            on_change="rerun",
            key=session.BOOK,
        ) as book,
    ):
        if book.open:
            faults.fragment(_open)(page)


def _open(page: str) -> None:
    here: tuple[str, ...] = ON_PAGES.get(page, ())
    terms = [*here, *(entry.term for entry in ENTRIES if entry.term not in here)]
    tell(TERMS[st.selectbox("What does it mean?", terms, key=session.term_key(page))])

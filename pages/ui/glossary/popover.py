"""The glossary on a page: a control with the page's terms first, and the chosen entry.

If there is room, `frame.css` places it in the bar at the top, else at the end of the page.
"""

import streamlit as st

from pages.ui.frame import error_boundary
from pages.ui.glossary.dialog import tell
from pages.ui.glossary.entries import ENTRIES, ON_PAGES, TERMS

PLACE = "words"
BOOK = "words_book"


def show(page: str) -> None:
    """Show the button that opens the glossary, on the page of this title."""
    with (
        st.container(key=PLACE),
        st.popover(
            "Glossary",
            icon=":material/dictionary:",
            type="tertiary",
            on_change="rerun",
            key=BOOK,
        ) as book,
    ):
        if book.open:
            error_boundary.fragment(_open)(page)


def _open(page: str) -> None:
    here: tuple[str, ...] = ON_PAGES.get(page, ())
    terms = [*here, *(entry.term for entry in ENTRIES if entry.term not in here)]
    tell(TERMS[st.selectbox("What does it mean?", terms, key=f"words_term_{page}")])

"""The glossary on a page: the control that opens it, and the dialog about a clicked term."""

import streamlit as st

from mnist_core.errors import LabError
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.frame import error_boundary, frame
from pages.ui.guide.glossary_entries import ENTRIES, ON_PAGES, TERMS
from pages.ui.guide.glossary_entry import Entry, GlossaryContext
from pages.ui.train import session as train
from pages.ui.visit import data_sets

PLACE = "words"
"""The key of the control's container: if there is room, `frame.css` places it in the bar at the
top, else at the end of the page."""

ASKED = "words_card"
"""The key of a clicked term."""

ZOOM = 4
WIDTH, WIDEST = 112, 340

keep_asked = browser.when_reported(
    frame.KEY,
    frame.ASKED,
    lambda term: TERMS[term],
    lambda entry: st.session_state.update({ASKED: entry.term}),
)
"""The callback that stores a clicked term for `show_when_asked`."""


def show_when_asked() -> None:
    """Show a dialog about the term that was clicked in a sentence of the page."""
    if (term := st.session_state.pop(ASKED, None)) is not None:
        st.dialog(f"{term[0].upper()}{term[1:]}")(error_boundary.fragment(_explain))(TERMS[term])


def show_control(page: str) -> None:
    """Show the button that opens the glossary, on the page of this title."""
    with (
        st.container(key=PLACE),
        st.popover(
            "Glossary",
            icon=":material/dictionary:",
            type="tertiary",
            on_change="rerun",
            key="words_book",
        ) as book,
    ):
        if book.open:
            error_boundary.fragment(_choose)(page)


def _choose(page: str) -> None:
    """Ask for a term, those of the page first, and explain it."""
    here: tuple[str, ...] = ON_PAGES.get(page, ())
    terms = [*here, *(entry.term for entry in ENTRIES if entry.term not in here)]
    _explain(TERMS[st.selectbox("What does it mean?", terms, key=f"words_term_{page}")])


def _explain(entry: Entry) -> None:
    """Show an entry's text and its illustration."""
    st.markdown(f"**{entry.plain[0].upper()}{entry.plain[1:]}.** {entry.sentence}")
    try:
        context = GlossaryContext(data_sets.current(), train.of_window().config)
        illustration = entry.illustration(context)
    except LabError as error:
        st.caption(str(error))
        return
    if illustration is None:
        return
    st.markdown(illustration.caption)
    if illustration.pictures is not None:
        count = len(illustration.pictures)
        st.image(
            charts.data_url(charts.montage(illustration.pictures, count, zoom=ZOOM)),
            width=min(WIDTH * count, WIDEST),
            alt=illustration.caption,
        )

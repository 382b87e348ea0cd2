"""The meaning of a term with its number or picture, in the glossary or as a dialog."""

import streamlit as st

from mnist_core.errors import LabError
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.frame import error_boundary, frame
from pages.ui.glossary.entries import TERMS
from pages.ui.glossary.entry import Entry, GlossaryContext
from pages.ui.train import session as train
from pages.ui.visit import data_sets

CARD = "words_card"
"""The key of a clicked term."""

ZOOM = 4
WIDTH, WIDEST = 112, 340

keep_asked = browser.when_reported(
    frame.KEY,
    frame.ASKED,
    lambda term: TERMS[term],
    lambda entry: st.session_state.update({CARD: entry.term}),
)
"""The callback that stores a clicked term for `show_when_asked`."""


def show_when_asked() -> None:
    """Show a dialog about the term that was clicked in a sentence of the page."""
    if (term := st.session_state.pop(CARD, None)) is not None:
        st.dialog(f"{term[0].upper()}{term[1:]}")(error_boundary.fragment(tell))(TERMS[term])


def tell(entry: Entry) -> None:
    """Show an entry's text and its illustration."""
    st.markdown(f"**{entry.plain[0].upper()}{entry.plain[1:]}.** {entry.told}")
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

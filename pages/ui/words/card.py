"""What a term means, with its number or picture: in the glossary, and where a sentence says it."""

import streamlit as st

from mnist_core.errors import LabError
from pages.ui import charts, data_sets, faults, frame, widgets
from pages.ui.train import session as train
from pages.ui.words import session
from pages.ui.words.entries import TERMS
from pages.ui.words.entry import Entry, Scene

ZOOM = 4
WIDTH, WIDEST = 112, 340

keep_asked = widgets.when_reported(
    frame.KEY,
    frame.ASKED,
    lambda term: TERMS[term],
    lambda entry: st.session_state.update({session.CARD: entry.term}),
)
"""A callback: keep what the visitor has touched for `show_when_asked`."""


def show_when_asked() -> None:
    """A card over the page, of the term in a sentence that the visitor has touched."""
    if (term := st.session_state.pop(session.CARD, None)) is not None:
        st.dialog(f"{term[0].upper()}{term[1:]}")(faults.fragment(tell))(TERMS[term])


def tell(entry: Entry) -> None:
    """What a term means, in the words of its entry, and what shows it."""
    st.markdown(f"**{entry.plain[0].upper()}{entry.plain[1:]}.** {entry.told}")
    try:
        found = entry.evidence(Scene(data_sets.current(), train.of_window().config))
    except LabError as error:
        st.caption(str(error))
        return
    if found is None:
        return
    st.markdown(found.told)
    if found.pictures is not None:
        count = len(found.pictures)
        st.image(
            charts.data_url(charts.montage(found.pictures, count, zoom=ZOOM)),
            width=min(WIDTH * count, WIDEST),
            alt=found.told,
        )

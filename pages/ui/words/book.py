"""The glossary on a page: its terms first, and what the chosen one means."""

import streamlit as st

from mnist_core.errors import LabError
from pages.ui import charts, data_sets, faults, menu
from pages.ui.train.session import training_config
from pages.ui.words import session
from pages.ui.words.entries import ENTRIES, ON_PAGES, TERMS
from pages.ui.words.entry import Scene

CSS = f"""<style>
@media (min-width: {menu.WIDE}) {{
  .st-key-{session.PLACE} {{
    position: fixed; z-index: 1000000; top: 0.6rem; right: 4rem; width: auto;
  }}
}}
@media (max-width: calc({menu.WIDE} - 1px)) {{
  [data-testid=stLayoutWrapper]:has(> .st-key-{session.PLACE}) {{ order: 1; }}
}}
</style>"""
"""Where there is room, the glossary stands in the bar at the top of a page, else at its end."""

ZOOM = 4
WIDTH, WIDEST = 112, 340


def show(page: str) -> None:
    """A button that opens the glossary, on the page of this title."""
    st.html(CSS)
    with (
        st.container(key=session.PLACE),
        st.popover(
            "Words",
            icon=":material/dictionary:",
            type="tertiary",
            on_change="rerun",
            key=session.BOOK,
        ) as book,
    ):
        if book.open:
            faults.fragment(_open)(page)


def _open(page: str) -> None:
    here = ON_PAGES.get(page, ())
    terms = [*here, *(entry.term for entry in ENTRIES if entry.term not in here)]
    term = st.selectbox("What does it mean?", terms, key=session.term_key(page))
    entry = TERMS[term]
    st.markdown(f"**{entry.term[0].upper()}{entry.term[1:]}**: {entry.plain}. {entry.told}")
    try:
        found = entry.evidence(Scene(data_sets.current(), training_config()))
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

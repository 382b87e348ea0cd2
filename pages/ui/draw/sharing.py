"""The drawing as a picture file and as a link, and the opening of such a link."""

from urllib.parse import urlencode

import numpy as np
import streamlit as st

from mnist_core.drawing.sketch_text import from_text, to_text
from mnist_core.errors import LabError
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.draw.address import DRAWING, LINKED
from pages.ui.draw.state import Key, of_visit, of_window
from pages.ui.frame import notices
from pages.ui.visit import shared, url_state
from pages.ui.visit.paper import Paper


def follow_link() -> None:
    """Put the drawing in the URL on the paper, once per drawing.

    The window remembers it as well as the visit: after another window of the visit has brought
    another drawing, neither puts its own back.
    """
    text, window, visit = st.query_params.get(DRAWING, ""), of_window(), of_visit()
    if text in {"", window.link}:
        return
    window.link = text
    if text == visit.link:  # the page was loaded again
        return
    visit.link = text
    try:
        shared.paper().draw(from_text(text))
    except LabError as error:
        notices.flash(str(error), ":material/link_off:")


def show(paper: Paper) -> None:
    """Offer the picture and the link in an expander that is closed at first."""
    with st.expander(
        "Save or share", icon=":material/ios_share:", on_change="rerun", key=Key.SHARING
    ) as ways:
        if not ways.open:
            return
        if not paper.pixels().any():
            st.markdown("Draw something first.")
            return
        picture = charts.inked(paper.pixels()[np.newaxis], browser.look())[0]
        st.download_button(
            "Save picture",
            charts.png(picture),
            "drawing.png",
            "image/png",
            icon=":material/download:",
            on_click="ignore",
        )
        if paper.picture is None:
            _link(paper)


def _link(paper: Paper) -> None:
    try:
        text = to_text(paper.sketch)
    except LabError as error:
        st.caption(str(error))
        return
    page, controls = (st.context.url or "").partition("?")[0], url_state.query_of(LINKED)
    seen = (
        "the drawing, your settings and the answer"
        if "reader" in controls
        else "the drawing and your settings, but another network reads it: yours is not in the link"
    )
    st.markdown(f"Or share this link. Whoever opens it sees {seen}:")
    query = urlencode({DRAWING: text, **controls})
    st.code(f"{page}?{query}", language=None, wrap_lines=True)

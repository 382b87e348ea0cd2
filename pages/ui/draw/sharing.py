"""The drawing as a picture file, and the URL: it names the settings, and in a link the drawing."""

from urllib.parse import urlencode

import streamlit as st

from mnist_core.drawing.sketch_text import from_text, to_text
from mnist_core.drawing.strokes import BRUSH
from mnist_core.errors import LabError
from pages.ui import charts
from pages.ui.canvas.canvas import THICKEST, THINNEST
from pages.ui.components import browser
from pages.ui.draw import details, readers
from pages.ui.draw.panels import steps, why
from pages.ui.draw.state import CANVAS, Key, of_visit, of_window
from pages.ui.frame import notices, presentation
from pages.ui.visit import models, shared, url_state
from pages.ui.visit.paper import Paper

DRAWING = "drawing"
"""The parameter for a drawing."""

_PANELS = dict(zip(details.NAMES, details.PANELS, strict=True))
_SWITCH = {"no": False, "yes": True}

LINKED = (
    models.one_of_the_labs("reader", Key.READER),
    url_state.whole_number("unsure", Key.THRESHOLD, 0, 99, readers.USUAL_THRESHOLD),
    url_state.whole_number("pen", CANVAS.brush, THINNEST, THICKEST, int(BRUSH)),
    url_state.named("closer", Key.DETAILS, _PANELS, usual=None),
    url_state.one_of("why", Key.VIEW, list(why.VIEWS), why.SLOPE),
    *(url_state.named(name, key, _SWITCH, usual=True) for name, key in steps.IN_ADDRESSES.items()),
    url_state.named(presentation.PARAMETER, Key.PRESENT, {presentation.YES: True}, usual=False),
)
"""The controls whose settings are in the URL."""


def write_url() -> None:
    """Write the settings of the controls into the URL, beside the drawing of a link."""
    url_state.write_url("draw", LINKED, keep=(DRAWING,))


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
    ways = st.expander(
        "Save or share", icon=":material/ios_share:", on_change="rerun", key=Key.SHARING
    )
    if not ways.open:
        return
    with ways:
        pixels = paper.pixels()
        if not pixels.any():
            st.markdown("Draw something first.")
            return
        st.download_button(
            "Save picture",
            charts.png(charts.inked(pixels, browser.look())),
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

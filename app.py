"""The frame of the lab: the page's settings, the navigation, the page itself.

`streamlit run app.py` runs this file twice over: once as a module, when the server starts, and
then as a script for every visitor.
"""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from mnist_core.threads import limit_blas_threads
from pages.ui import (
    current_visit,
    data_sets,
    faults,
    from_the_top,
    housekeeping,
    legible,
    menu,
    mode,
    notices,
    operating,
    returning,
    running_sign,
    served,
    spoken_names,
    stale_values,
    top_of_page,
    unanswered,
    upload_share,
    whole_callbacks,
)
from pages.ui.draw.canvas import CANVAS_ROUTE
from pages.ui.headers import SafeHeaders
from pages.ui.live_chart import PLOTLY_ROUTE
from pages.ui.site import HOME, LOGO, ROOMS
from pages.ui.tours import bar
from pages.ui.turns import PagesInTurn
from pages.ui.words import book, card

READABLE = "<style>[data-testid='stMainBlockContainer'] { max-width: 76rem; }</style>"

# What the keyboard comes to is not scrolled to below the bar (WCAG 2.2, success criterion 2.4.11).
IN_SIGHT = "<style>.stMain :is(a, button, input) { scroll-margin-top: 4.5rem; }</style>"

# Plotly shows a hand over every chart in which nothing can be moved or pressed.
NO_HAND = "<style>.js-plotly-plot .nsewdrag.cursor-pointer { cursor: default; }</style>"


def frame() -> None:
    """Show the page that the address asks for, within the navigation."""
    from_the_top.begin()
    st.set_page_config(page_title="MNIST Lab", page_icon=LOGO, layout="wide")
    pages = [
        st.Page(room.file, title=room.title, icon=room.icon, default=room is HOME)
        for room in (HOME, *ROOMS)
    ]
    page = st.navigation(pages, position="top")
    st.logo(LOGO)
    st.html(READABLE + IN_SIGHT + NO_HAND + stale_values.HIDDEN + running_sign.CSS)
    legible.mend()
    spoken_names.mend()
    unanswered.mend()
    upload_share.tell()
    top_of_page.follow(page.title)
    menu.show(pages)
    mode.follow()
    returning.follow()
    current_visit.follow()
    data_sets.tell()
    returning.offer()
    bar.show(page.title)
    book.show(page.title)
    card.show_when_asked()
    try:
        with notices.shown():
            page.run()
    finally:
        stale_values.mark_run()


if __name__ == "__main__":
    frame()
else:
    # A folder named `pages` makes a fresh Streamlit guess that there is no st.navigation, and a
    # first visitor who comes by a page's own address would get that page without this frame.
    PagesManager.uses_pages_directory = False
    limit_blas_threads()
    stale_values.install()
    whole_callbacks.install()
    operating.tell_events()
    served.ask_nobody_outside()
    app = st.App(
        __file__,
        lifespan=housekeeping.lifespan,
        on_script_error=faults.show,
        routes=[PLOTLY_ROUTE, CANVAS_ROUTE, *operating.status_routes()],
        middleware=[Middleware(SafeHeaders), Middleware(PagesInTurn)],
    )

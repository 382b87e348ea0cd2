"""The frame of the lab: the page's settings, the navigation, the page itself.

`streamlit run app.py` runs this file twice over: once as a module, when the server starts, and
then as a script for every visitor.
"""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from mnist_core.threads import limit_blas_threads
from pages.ui.canvas.canvas import CANVAS_ROUTE
from pages.ui.components.live_chart import PLOTLY_ROUTE
from pages.ui.frame import (
    data_in_use,
    error_boundary,
    frame,
    from_the_top,
    notices,
    stale_values,
)
from pages.ui.guide import glossary_views, tour_bar
from pages.ui.server import routes, whole_callbacks
from pages.ui.server.headers import SafeHeaders
from pages.ui.server.script_scheduler import ScheduledScripts
from pages.ui.visit import current, housekeeping, status
from pages.ui.visit.cookie import VisitCookie
from pages.ui.visit.site import HOME, JOIN, LOGO, ROOMS


def show_page() -> None:
    """Show the page that the address asks for, within the navigation."""
    from_the_top.begin()
    st.set_page_config(page_title="MNIST Lab", page_icon=LOGO, layout="wide")
    pages = [
        st.Page(room.file, title=room.title, icon=room.icon, default=room is HOME)
        for room in (HOME, *ROOMS)
    ]
    join = st.Page(JOIN.file, title=JOIN.title, icon=JOIN.icon, visibility="hidden")
    page = st.navigation([*pages, join], position="top")
    st.logo(LOGO)
    frame.show(page.title, pages, glossary_views.keep_asked)
    notices.tell_loss()
    current.follow()
    data_in_use.tell()
    tour_bar.show(page.title)
    glossary_views.show_control(page.title)
    glossary_views.show_when_asked()
    try:
        with notices.taken_flashes():
            page.run()
    finally:
        stale_values.mark_run()


if __name__ == "__main__":
    show_page()
else:
    # A folder named `pages` makes a fresh Streamlit guess that there is no st.navigation, and a
    # first visitor who comes by a page's own address would get that page without this frame.
    PagesManager.uses_pages_directory = False
    limit_blas_threads()
    stale_values.install()
    whole_callbacks.install()
    status.tell_events()
    routes.ask_nobody_outside()
    app = st.App(
        __file__,
        lifespan=housekeeping.lifespan,
        on_script_error=error_boundary.show,
        routes=[PLOTLY_ROUTE, CANVAS_ROUTE, *status.status_routes()],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(VisitCookie, current.VISITS.new_secret),
            Middleware(ScheduledScripts),
        ],
    )

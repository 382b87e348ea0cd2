"""The run that is looked at, on one screen: its curve, and beside it its buttons and a panel."""

from collections.abc import Callable

import streamlit as st

from mnist_core.data import Data
from pages.ui.live_chart import fetch_ahead
from pages.ui.records import Record
from pages.ui.train import pace, panels, run_choice, run_controls, run_view, session
from pages.ui.train.run_view import Headline

SHARES = (8, 5)
"""How the screen is shared between the curve and what is beside it."""


def nothing() -> None:
    """Show nothing."""


def show_stage(
    data: Data,
    *,
    headline: Headline,
    chart_height: str,
    above_side: Callable[[], None] = nothing,
    pause_key: str | None = None,
) -> Record | None:
    """Show the run that the visitor has chosen, or what to do first; returns the run.

    Args:
        data: the data set of the lab.
        headline: shows the one line of what the run is and how it reads.
        chart_height: of the curve, a length of CSS.
        above_side: shows what is above the buttons of the run.
        pause_key: of the keyboard; it pauses and resumes the run.
    """
    curve, side = st.columns(SHARES, gap="medium")
    with curve:
        view = st.container()
        record, beside = run_choice.choose()
    with side:
        above_side()
        if record is None:
            pace.ask(None)
    if record is None:
        with view:
            fetch_ahead(session.FETCHED)
            st.info(
                "Nothing has been trained yet. Press **Start training**: the curve grows here.",
                icon=":material/show_chart:",
            )
        return None
    with view:
        run_view.show_run(record, beside, headline=headline, chart_height=chart_height)
    with side:
        run_controls.show_controls(record, pause_key, data)
        pace.ask(record)
        panels.show_panel(record, data)
    return record

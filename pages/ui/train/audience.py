"""The Train page for an audience: the curve and one panel fill the screen, in large type."""

from functools import partial

import streamlit as st

from mnist_core.data import Data
from mnist_core.runs.lessons import LESSONS
from pages.ui import presenting
from pages.ui.records import Record
from pages.ui.train import presets, session
from pages.ui.train.stage import show_stage

CHART_HEIGHT = "max(20rem, 100vh - 19rem)"
"""What the navigation, the headline and the choices below leave of the screen."""


def show_to_audience(data: Data) -> Record | None:
    """A headline that can be read from the last row, the curve, one panel; the run shown."""
    st.html(presenting.LARGE)
    if session.shown_record() is None:
        st.title("Train", anchor=False)
    return show_stage(
        data,
        headline=partial(st.title, anchor=False),
        chart_height=CHART_HEIGHT,
        above_side=partial(_beginning, data),
        pause_key="P",
    )


def _beginning(data: Data) -> None:
    """The button that starts, and what is to be watched in the lesson that is chosen."""
    presets.start_button(data, key="S")
    lesson = session.chosen_lesson()
    if lesson:
        st.markdown(f"**{LESSONS[lesson].title}.** {LESSONS[lesson].before}")

"""The Train page for one visitor: the settings of the next run, the run, and all runs."""

from functools import partial

import streamlit as st

from mnist_core.data import Data
from pages.ui import widgets
from pages.ui.records import Record
from pages.ui.train import (
    controls,
    cost,
    keeping,
    presets,
    run_table,
    run_tools,
    search,
    session,
    uploads,
    words,
)
from pages.ui.train.jump import jump
from pages.ui.train.stage import show_stage

WIDE = """
<style>
@media (min-width: 640px) {
  [data-testid="stMainBlockContainer"] { max-width: 96rem; padding-inline: 2.5rem; }
}
</style>
"""
CHART_HEIGHT = "24rem"
LONG_SECONDS = 300
"""From here on the button that starts says how long it takes."""


def show_desk(data: Data) -> Record | None:
    """Everything of the page, top to bottom; the run that is shown."""
    st.html(WIDE)
    widgets.header(
        "Train",
        "Here a network learns to read. Pick a preset, press **Start training**, and watch the "
        "curve climb.",
    )
    settings, main = st.columns([1, 3], gap="medium")
    with settings:
        presets.presets()
        presets.start_button(data)
        warning = st.container()
        jump("To the curve ↓", presets.CURVE)
        config = controls.config_controls(data.train)
        duration = cost.expected_duration(config, data.train)
        st.caption(cost.size_in_words(config, data.train, duration))
        if duration is not None and duration > LONG_SECONDS:
            warning.caption(
                f"As set, this takes {words.about(duration)}. You can stop it at any time and keep "
                "what it has learned."
            )
    with main:
        headline = partial(st.subheader, anchor=presets.CURVE)
        record = show_stage(data, headline=headline, chart_height=CHART_HEIGHT)
    if record is not None:
        st.subheader("Your runs", anchor=False)
        run_tools.show_tools(record, data)
        run_table.show_table(data)
        keeping.show_keeping()
    with st.expander(
        "Let the computer search for better settings",
        expanded=session.sweep() is not None,
        icon=":material/search:",
    ):
        search.search(config, data)
    uploads.bring_back(data)
    return record

"""The layouts of the Train page: the whole page, and the shown run alone in presentation mode."""

from functools import partial
from pathlib import Path

import streamlit as st

from mnist_core.data import Data
from mnist_core.diagnosis.scenarios import SCENARIOS
from pages.ui.components.live_chart import fetch_ahead
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.frame import presentation
from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.train import (
    controls,
    downloads,
    messages,
    panels,
    run_controls,
    run_table,
    run_tools,
    run_view,
    search,
    session,
    starting,
    uploads,
)
from pages.ui.train.run_tools import CURVE, SETTINGS, jump
from pages.ui.train.session import Key
from pages.ui.visit import models, shared
from pages.ui.visit.records import RunEntry
from pages.ui.visit.site import room


def show_to_one(data: Data) -> RunEntry | None:
    """Show the whole page, and return the shown run."""
    st.html(Path(__file__).with_suffix(".css"))
    widgets.header(
        "Train",
        "Here a network learns to read. Pick a preset, press **Start training**, and watch the "
        "curve climb.",
    )
    settings, main = st.columns([1, 3], gap="medium")
    with settings:
        st.html(f'<div id="{SETTINGS}"></div>')
        starting.ask_preset()
        starting.start_button(data)
        warning = st.container()
        jump("To the curve ↓", CURVE)
        config = controls.config_controls(data.train)
        duration = starting.expected_duration(config, data.train)
        st.caption(starting.size_in_words(config, data.train, duration))
        if duration is not None and duration > 300:
            warning.caption(
                f"As set, this takes {messages.about(duration)}. You can stop it at any time and "
                "keep what it has learned."
            )
    with main:
        record = _show_run(data)
    if record is not None:
        st.subheader("Your runs", anchor=False)
        run_tools.show_tools(record, data)
        run_table.show_table(data)
        downloads.show_keeping()
    with st.expander(
        "Let the computer search for better settings",
        expanded=session.of_visit().sweep is not None,
        icon=":material/search:",
    ):
        search.search(config, data)
    uploads.bring_back(data)
    return record


def show_to_audience(data: Data) -> RunEntry | None:
    """Show the shown run in presentation mode (headline, curve and one panel), and return it."""
    st.html(presentation.LARGE)
    if session.shown_record() is None:
        st.title("Train", anchor=False)
    return _show_run(data)


def _show_run(data: Data) -> RunEntry | None:
    """Show the chosen run, or an invitation to start one; return the run."""
    curve, side = st.columns([8, 5], gap="medium")
    with curve:
        view = st.container()
        record, beside = run_view.choose()
    with side:
        if presentation.is_on(Key.PRESENT):
            starting.start_button(data, key="S")
            if lesson := session.chosen_scenario():
                st.markdown(f"**{SCENARIOS[lesson].title}.** {SCENARIOS[lesson].before}")
        if record is None:
            starting.ask_pace(None)
    if record is None:
        with view:
            fetch_ahead(Key.FETCHED)
            st.info(
                "Nothing has been trained yet. Press **Start training**: the curve grows here.",
                icon=":material/show_chart:",
            )
        return None
    with view:
        run_view.show_run(record, beside)
    with side:
        run_controls.show_controls(record, data)
        starting.ask_pace(record)
        panels.show_panel(record, data)
    return record


def lead_on(record: RunEntry | None, data: Data) -> None:
    """Link to the next pages, which open with the network of the run if it has one."""
    if record is None or record.model() is None or not record.is_of(data):
        steps = [NextStep(room("explore"), "See the pictures that a network learns from.")]
        if models.offered(data):
            reason = "Look inside a network that has already learned."
            steps.append(NextStep(room("weights"), reason))
        next_steps(*steps)
        return
    drawn = "a digit" if vocabulary(data).digits else "something"
    choose = partial(shared.use_everywhere, shared.run_key(record))
    name = in_markdown(record.name)
    next_steps(
        NextStep(
            room("weights"),
            f"See what the numbers inside **{name}** have learned to look for.",
            prepare=choose,
        ),
        NextStep(
            room("draw"),
            f"Draw {drawn} yourself, and let **{name}** read it.",
            action="Let it read my drawing",
            prepare=choose,
        ),
    )

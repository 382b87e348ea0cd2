"""The controls of a run that goes on: pause, one step, stop, and its learning rate."""

from functools import partial
from typing import NamedTuple

import streamlit as st

from mnist_core.data import Data
from mnist_core.training.settings import RealNumber
from pages.ui import faults, records
from pages.ui.records import Record, Training
from pages.ui.train import replay, session, words
from pages.ui.train.exact import exact_slider
from pages.ui.train.slider_stops import logarithmic
from pages.ui.train.starting import go_on

FACTORS = logarithmic(0.01, 100)
MOST_EPOCHS = 1_000


class Asked(NamedTuple):
    """What a run has been told to do, as far as its visitor is told so."""

    held: bool
    steps: int
    waits: bool


def show_controls(record: Record, pause_key: str | None, data: Data) -> None:
    """Show them; for a run that is over, how to look back at it and how to let it go on.

    `pause_key` pauses and resumes by keyboard.
    """
    faults.fragment(_controls)(record, pause_key, data, _asked(record))
    replay.moment_slider(record, record.snapshot())


def _asked(record: Record) -> Asked:
    now = record.snapshot()
    held = isinstance(record, Training) and record.run.held
    return Asked(held, now.steps_asked, now.place > 0)


def _controls(record: Record, pause_key: str | None, data: Data, before: Asked) -> None:
    row = st.container(horizontal=True, gap="xsmall")  # also when it is empty: what follows keeps
    if record.snapshot().status.over:  # its place then
        with row:
            _go_on(record, data)
    elif isinstance(record, Training):
        with row:
            _transport(record, pause_key)
        _rate(record)
        if before.waits and _asked(record) != before:
            st.rerun()  # a run in the queue is looked at so seldom that nothing would be said


def _go_on(record: Record, data: Data) -> None:
    """Let a run that is over learn for more epochs; nothing where it cannot."""
    if not records.can_go_on(record, data):
        return
    with st.popover("Continue", icon=":material/play_arrow:"):
        more = st.number_input(
            "For how many more epochs?",
            1,
            MOST_EPOCHS,
            min(record.config.epochs, MOST_EPOCHS),
            key=session.more_key(record),
        )
        st.caption(words.going_on(record.snapshot(), exactly=record.goes_on_exactly))
        if st.button("Continue training", type="primary") and go_on(record, more, data):
            st.rerun()


def _transport(record: Training, pause_key: str | None) -> None:
    """The buttons."""
    held = record.run.held
    if held:
        label, icon, act = "Resume", ":material/play_arrow:", record.run.resume
    else:
        label, icon, act = "Pause", ":material/pause:", record.run.pause
    st.button(label, icon=icon, on_click=act, key=session.pause_key(held=held), shortcut=pause_key)
    st.button(
        "One step",
        icon=":material/skip_next:",
        on_click=record.run.step,
        key=session.STEP,
        help="Take one more step, then pause.",
    )
    st.button("Stop", icon=":material/stop:", on_click=record.run.stop, key=session.STOP)


def _rate(record: Training) -> None:
    """A slider that multiplies the learning rate of the run while it goes on."""
    key = session.rate_key(record)
    factor = record.snapshot().rate_factor(record.config.learning_rate)
    st.session_state.setdefault(key, float(f"{factor:g}"))
    exact_slider(
        "Multiply the learning rate by",
        FACTORS,
        RealNumber(min(FACTORS[0], factor), max(FACTORS[-1], factor)),
        key=key,
        in_words=lambda factor: f"{factor:g}",
        on_change=partial(_move_rate, record, key),
        persist_state="session",
        help="From the next step on, the learning rate of the settings and their schedule is "
        "multiplied by this. The curve gets a mark.",
    )


def _move_rate(record: Training, key: str) -> None:
    record.run.move_learning_rate(st.session_state[key])

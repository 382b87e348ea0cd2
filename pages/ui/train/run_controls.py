"""The controls of a run that goes on: pause, one step, stop, and its learning rate."""

import streamlit as st

from mnist_core.training.config import SETTINGS
from pages.ui.records import Record, Training
from pages.ui.train import session
from pages.ui.train.controls import STOPS
from pages.ui.train.slider_stops import with_value, within


def run_controls(record: Record) -> None:
    """Show them; nothing where the run is over."""
    row = st.container(horizontal=True, vertical_alignment="bottom")  # also when it is empty:
    now = record.snapshot()  # what follows keeps its place then
    if not isinstance(record, Training) or now.status.over:
        return
    with row:
        if record.run.held:
            st.button(
                "Resume",
                icon=":material/play_arrow:",
                on_click=record.run.resume,
                key=session.PAUSE,
            )
        else:
            st.button(
                "Pause",
                icon=":material/pause:",
                on_click=record.run.pause,
                key=session.PAUSE,
            )
        st.button(
            "One step",
            icon=":material/skip_next:",
            on_click=record.run.step,
            key=session.STEP,
            help="Look at one more batch, then hold still.",
        )
        st.button("Stop", icon=":material/stop:", on_click=record.run.stop, key=session.STOP)
    _rate(record)


def _rate(record: Training) -> None:
    """A slider that moves the learning rate of the run while it goes on."""
    kind = SETTINGS["learning_rate"].kind
    key = session.rate_key(record)
    now = record.snapshot()
    rate = now.moves[-1].learning_rate if now.moves else record.config.learning_rate
    st.session_state.setdefault(key, rate)
    st.select_slider(
        "Learning rate, from now on",
        with_value(within(STOPS["learning_rate"], kind), st.session_state[key]),
        format_func=kind.in_words,
        key=key,
        persist_state="session",
        on_change=_move_rate,
        args=(record, key),
        help="Move it while it learns: the curve gets a mark.",
    )


def _move_rate(record: Training, key: str) -> None:
    record.run.move_learning_rate(st.session_state[key] / record.config.learning_rate)

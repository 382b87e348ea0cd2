"""A run as it goes on: its progress, its curve, and the buttons that stop it."""

import streamlit as st

from mnist_core.snapshot import Snapshot, Status
from pages.ui import state, widgets
from pages.ui.training import words
from pages.ui.training.figures import accuracy_figure
from pages.ui.training.plot import live_chart
from pages.ui.training.records import Record

REFRESH_SECONDS = 0.2


def show_run(record: Record) -> None:
    """Show a run; while it goes on, what is shown follows it."""
    over = record.snapshot().status.over
    with st.container(horizontal=True):  # also when empty: the chart below keeps its place
        if not over:
            st.button(
                "Stop", icon=":material/stop:", on_click=record.run.stop, key=state.TRAIN_STOP
            )
    st.fragment(_follow, run_every=None if over else REFRESH_SECONDS)(record, over)


def _follow(record: Record, over_before: bool) -> None:
    now = record.snapshot()
    _progress(now)
    figure = accuracy_figure(now.history, record.config.epochs, widgets.look())
    live_chart(figure, key=state.TRAIN_CURVE)
    if now.status.over and not over_before:
        st.rerun()


def _progress(now: Snapshot) -> None:
    if now.status.over:
        tell = st.success if now.status is Status.FINISHED else st.warning
        tell(words.outcome(now))
    else:
        st.progress(now.progress, text=words.progress(now))

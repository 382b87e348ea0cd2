"""The view of a run: its controls, how it stands, and its curve."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.runs.lessons import LESSONS
from mnist_core.runs.snapshot import Snapshot, Status
from pages.ui import widgets
from pages.ui.charts.theme import class_colour
from pages.ui.live_chart import live_chart
from pages.ui.records import Record, Training
from pages.ui.train import session, words
from pages.ui.train.curve_lines import Axis, Line
from pages.ui.train.curves import AXES, curves
from pages.ui.train.run_controls import run_controls

REFRESH_SECONDS = 0.2


def show_run(record: Record, others: Sequence[Record], *, height: int) -> None:
    """Show a run with others beside it; while it goes on, what is shown follows it."""
    over = record.snapshot().status.over
    st.fragment(run_controls)(record)
    going_on = not all(one.snapshot().status.over for one in (record, *others))
    axis: Axis = st.session_state.get(session.AXIS, "epochs")
    every = REFRESH_SECONDS if going_on else None
    st.fragment(_follow, run_every=every)(record, others, axis, height, over)
    st.segmented_control(
        "Along the bottom",
        list(AXES),
        default="epochs",
        required=True,
        key=session.AXIS,
        persist_state="session",
        label_visibility="collapsed",
    )


def _follow(
    record: Record, others: Sequence[Record], axis: Axis, height: int, over_before: bool
) -> None:
    now = record.snapshot()
    _status(record, now)
    beside = [
        Line(other.number, other.name, other.snapshot(), class_colour(place))
        for place, other in enumerate(others)
    ]
    look = widgets.look()
    figure = curves(Line(record.number, record.name, now, look.second), beside, axis, look, height)
    live_chart(figure, key=session.CURVE)
    if now.status.over and not over_before:
        st.rerun()


def _status(record: Record, now: Snapshot) -> None:
    if not now.status.over:
        st.progress(now.progress, text=words.progress(now))
        return
    told = words.outcome(now)
    if record.origin is None:
        told = f"{told} Its file does not say of which data set."
    if isinstance(record, Training) and record.lesson:
        told = f"{told} **What you should have seen:** {LESSONS[record.lesson].after}"
    if now.status is Status.FINISHED:
        st.success(told)
    else:
        st.warning(told)

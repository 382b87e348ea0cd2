"""A run as it goes on: its progress, its curve, and the buttons that hold it."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.runs.lessons import LESSONS
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import Range
from pages.ui import widgets
from pages.ui.records import Record
from pages.ui.theme import class_colour
from pages.ui.train import session, words
from pages.ui.train.controls import SETTINGS, STOPS
from pages.ui.train.curve_lines import Axis, Line
from pages.ui.train.curves import AXES, curves
from pages.ui.train.live_chart import live_chart
from pages.ui.train.slider_stops import with_value, within

REFRESH_SECONDS = 0.2


def show_run(record: Record, others: Sequence[Record], *, height: int) -> None:
    """Show a run with others beside it; while it goes on, what is shown follows it."""
    over = record.snapshot().status.over
    st.fragment(_transport)(record)
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


def _transport(record: Record) -> None:
    """Pause, step, stop, and the learning rate: what can be done to a run that goes on."""
    row = st.container(horizontal=True, vertical_alignment="bottom")  # also when it is empty:
    now = record.snapshot()  # what follows keeps its place then
    if record.run is None or now.status.over:
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


def _rate(record: Record) -> None:
    """A slider that moves the learning rate of the run while it goes on."""
    allowed: Range = SETTINGS["learning_rate"].metadata["allowed"]
    key = session.rate_key(record)
    now = record.snapshot()
    rate = now.moves[-1].learning_rate if now.moves else record.config.learning_rate
    st.session_state.setdefault(key, rate)
    st.select_slider(
        "Learning rate, from now on",
        with_value(within(STOPS["learning_rate"], allowed), st.session_state[key]),
        format_func=words.number,
        key=key,
        persist_state="session",
        on_change=_move_rate,
        args=(record, key),
        help="Move it while it learns: the curve gets a mark.",
    )


def _move_rate(record: Record, key: str) -> None:
    if record.run is not None:
        record.run.move_learning_rate(st.session_state[key] / record.config.learning_rate)


def _follow(
    record: Record, others: Sequence[Record], axis: Axis, height: int, over_before: bool
) -> None:
    now = record.snapshot()
    _status(record, now)
    beside = [
        Line(other.name, other.snapshot(), class_colour(place))
        for place, other in enumerate(others)
    ]
    look = widgets.look()
    figure = curves(Line(record.name, now, look.second), beside, axis, look, height)
    live_chart(figure, key=session.CURVE)
    if now.status.over and not over_before:
        st.rerun()


def _status(record: Record, now: Snapshot) -> None:
    if not now.status.over:
        st.progress(now.progress, text=words.progress(now))
        return
    told = words.outcome(now)
    if record.lesson:
        told = f"{told} **What you should have seen:** {LESSONS[record.lesson].after}"
    if now.status is Status.FINISHED:
        st.success(told)
    else:
        st.warning(told)

"""The controls of a run: pause, one step, stop, learning rate; continuation and replay after it."""

from typing import NamedTuple

import streamlit as st

from mnist_core.data import Data
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.settings import RealNumber
from pages.ui.components.fresh_keys import fresh_key
from pages.ui.components.time_slider import time_slider, when
from pages.ui.frame import error_boundary, presentation
from pages.ui.train import messages, session
from pages.ui.train.exact import exact_slider, logarithmic
from pages.ui.train.session import Key
from pages.ui.train.starting import go_on
from pages.ui.visit import records
from pages.ui.visit.records import LiveRun, RunEntry
from pages.ui.visit.shared import run_key

FACTORS = logarithmic(0.01, 100)
MOST_EPOCHS = 1_000


class RequestedState(NamedTuple):
    """The requests to a run that the page shows: pause, single steps, and the wait in the queue."""

    held: bool
    steps: int
    waits: bool


def show_controls(record: RunEntry, data: Data) -> None:
    """Show the controls of a run; for one that is over, its continuation and its replay."""
    error_boundary.fragment(_controls)(record, data, _requested_state(record))
    _checkpoint_slider(record, record.snapshot())


def _requested_state(record: RunEntry) -> RequestedState:
    now = record.snapshot()
    held = isinstance(record, LiveRun) and record.run.held
    return RequestedState(held, now.steps_asked, now.queue_position > 0)


def _controls(record: RunEntry, data: Data, before: RequestedState) -> None:
    # Created even if it stays empty, so that the elements below do not move.
    row = st.container(horizontal=True, gap="xsmall")
    if record.snapshot().status.over:
        with row:
            _continuation(record, data)
    elif isinstance(record, LiveRun):
        with row:
            _transport(record)
        _rate(record)
        if before.waits and _requested_state(record) != before:
            st.rerun()  # a queued run is refreshed too seldom to show the request in time


def _continuation(record: RunEntry, data: Data) -> None:
    """Offer to continue a run that is over; nothing if it cannot be continued."""
    if not records.can_go_on(record, data):
        return
    with st.popover("Continue", icon=":material/play_arrow:"):
        more = st.number_input(
            "For how many more epochs?",
            1,
            MOST_EPOCHS,
            min(record.config.epochs, MOST_EPOCHS),
            key=Key.MORE.of(record.number),
        )
        st.caption(messages.going_on(record.snapshot(), exactly=record.goes_on_exactly))
        if st.button("Continue training", type="primary") and go_on(record, more, data):
            st.rerun()


def _transport(record: LiveRun) -> None:
    """Show the buttons Pause or Resume, One step and Stop.

    Pause and Resume have different keys: a late click on one must not act as the other.
    """
    run, held = record.run, record.run.held
    st.button(
        "Resume" if held else "Pause",
        icon=":material/play_arrow:" if held else ":material/pause:",
        on_click=run.resume if held else run.pause,
        key=fresh_key(Key.PAUSE, held),
        shortcut="P" if presentation.is_on(Key.PRESENT) else None,
    )
    st.button(
        "One step",
        icon=":material/skip_next:",
        on_click=run.step,
        key=Key.STEP,
        help="Take one more step, then pause.",
    )
    st.button("Stop", icon=":material/stop:", on_click=run.stop, key=Key.STOP)


def _rate(record: LiveRun) -> None:
    """Show a slider that multiplies the learning rate of the run while it goes on."""
    key = Key.FACTOR.of(record.number)
    factor = record.snapshot().rate_factor(record.config.learning_rate)
    st.session_state.setdefault(key, float(f"{factor:g}"))
    exact_slider(
        "Multiply the learning rate by",
        FACTORS,
        RealNumber(min(FACTORS[0], factor), max(FACTORS[-1], factor)),
        key=key,
        in_words=lambda factor: f"{factor:g}",
        on_change=lambda: record.run.change_learning_rate(st.session_state[key]),
        persist_state="session",
        help="From the next step on, the learning rate of the settings and their schedule is "
        "multiplied by this. The curve gets a mark.",
    )


def _checkpoint_slider(record: RunEntry, now: Snapshot) -> None:
    """Show the replay of the checkpoints of a run that is over; nothing if there are too few."""
    points = [checkpoint.point for checkpoint in now.checkpoints]
    if not now.status.over or len(points) < 3:
        return
    number, index = record.number, _replayed_index(record, now)

    def look_back(step: int) -> None:
        session.of_window().replayed = number, step

    time_slider(
        "Training replay",
        run_key(record),
        [point.iteration for point in points],
        [when(point.iteration, point.epoch) for point in points],
        len(points) - 1 if index is None else index,
        key=Key.TIME,
        on_move=look_back,
    )


def replayed(record: RunEntry, now: Snapshot) -> Snapshot:
    """Return the snapshot of the run at the replayed checkpoint; without a replay, `now`."""
    index = _replayed_index(record, now)
    return now if index is None else now.at(now.checkpoints[index])


def _replayed_index(record: RunEntry, now: Snapshot) -> int | None:
    """Return the index of the replayed checkpoint; None for the last one, or without a replay."""
    number, step = session.of_window().replayed or (None, None)
    if not now.status.over or number != record.number:
        return None
    steps = [checkpoint.point.iteration for checkpoint in now.checkpoints[:-1]]
    return steps.index(step) if step in steps else None
